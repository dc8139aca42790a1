"""Payroll facts as versions: what a staged file tells is compared with the current versions, and only what differs is added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from refusion.store.tenant import Tenant
from refusion.workflow.ports.payroll import Absorbed

# So many new rows change how a table is best read, where they are that part of what was told; a usual day's are not.
WORTH_LEARNING, OF_TOLD = 200, 10


@dataclass(frozen=True, slots=True)
class Versions:
    """A table of versions: what a version is of (``key``), what it says (``facts``), and where a file says it.

    ``things`` names the tables whose rows are made along with versions. ``told`` is a query that gives key and facts of
    the staged rows in this order; of two rows with one key the later ``place`` counts.
    """

    table: str
    things: tuple[str, ...]
    key: tuple[str, ...]
    facts: tuple[str, ...]
    told: str

    @property
    def changed(self) -> str:
        """Name the temporary table of what differs; it stands until the transaction ends."""
        return f"changed_{self.table}"


def absorb_versions(tenant: Tenant, versions: Versions, told: int, file: UUID, at: datetime) -> Absorbed:
    """Close the versions that the staged rows contradict, add new ones, and count; equal rows write nothing.

    ``told`` is the number of different keys among the staged rows.
    """
    tenant.run(_changed_table(versions))
    tenant.run(f"DELETE FROM pg_temp.{versions.changed}")  # noqa: S608 (our own names)
    tenant.run(_compare(versions))
    changed, new = tenant.found(_count(versions))
    if changed:
        tenant.run(_supersede(versions), at=at)
    if changed or new:
        tenant.run(_add(versions), file=file, at=at)
    if changed + new >= max(WORTH_LEARNING, told // OF_TOLD):
        tenant.run("SELECT learn_sizes(%(names)s)", names=[*versions.things, versions.table])
    return Absorbed(new, changed, told - new - changed)


def _changed_table(versions: Versions) -> str:
    columns = ", ".join((*versions.key, *versions.facts))
    return f"""
        CREATE TEMPORARY TABLE IF NOT EXISTS {versions.changed} ON COMMIT DELETE ROWS
        AS SELECT {columns}, version FROM public.{versions.table} WITH NO DATA
    """  # noqa: S608 (our own names)


def _compare(versions: Versions) -> str:
    columns = ", ".join((*versions.key, *versions.facts))
    told = ", ".join(f"told.{name}" for name in (*versions.key, *versions.facts))
    same_key = " AND ".join(f"v.{name} = told.{name}" for name in versions.key)
    stands = ", ".join(f"v.{name}" for name in versions.facts)
    says = ", ".join(f"told.{name}" for name in versions.facts)
    return f"""
        INSERT INTO pg_temp.{versions.changed} ({columns}, version)
        SELECT DISTINCT ON ({", ".join(f"told.{name}" for name in versions.key)}) {told}, coalesce(v.version, 0)
        FROM ({versions.told}) AS told
        LEFT JOIN {versions.table} v
            ON v.institution_id = %(institution)s AND {same_key} AND v.superseded_at IS NULL
        WHERE v.version IS NULL OR ({stands}) IS DISTINCT FROM ({says})
        ORDER BY {", ".join(f"told.{name}" for name in versions.key)}, told.place DESC
    """  # noqa: S608 (our own names)


def _count(versions: Versions) -> str:
    return f"SELECT count(*) FILTER (WHERE version > 0), count(*) FILTER (WHERE version = 0) FROM pg_temp.{versions.changed}"  # noqa: S608 (our own names)


def _supersede(versions: Versions) -> str:
    same_key = " AND ".join(f"v.{name} = changed.{name}" for name in versions.key)
    return f"""
        UPDATE {versions.table} v SET superseded_at = %(at)s FROM pg_temp.{versions.changed} changed
        WHERE v.institution_id = %(institution)s AND {same_key} AND v.superseded_at IS NULL
    """  # noqa: S608 (our own names)


def _add(versions: Versions) -> str:
    columns = ", ".join((*versions.key, *versions.facts))
    return f"""
        INSERT INTO {versions.table} (institution_id, {columns}, version, file_id, recorded_at)
        SELECT %(institution)s, {columns}, version + 1, %(file)s, %(at)s FROM pg_temp.{versions.changed}
    """  # noqa: S608 (our own names)
