"""What is examined in the database: version, tables, roles, walls between institutions, its clock."""

from __future__ import annotations

from datetime import datetime

import psycopg

from refusion.store.shared_tables import NO_POLICY
from refusion.wiring.clock import SystemClock
from refusion.wiring.database import APP, BACKUP, MIGRATOR, WORKER, parameters
from refusion.wiring.database.preparation import Connection, wanted_mark
from refusion.wiring.doctor.finding import Finding, ill, well

OLDEST_SERVER = 15
SERVER_NUMBER = 10_000  # the server's version number is the major version times this
BYPASSES = {MIGRATOR: True, APP: False, WORKER: False, BACKUP: True}
CLOCK_DRIFT_SECONDS = 5
UNWALLED = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
    ORDER BY c.relname
"""
MARK = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"


def examine_database() -> list[Finding]:
    """Examine all that can be seen as the app's role; where it cannot log in, that is the only finding."""
    try:
        with psycopg.connect(**parameters(APP), connect_timeout=10) as connection:  # type: ignore[arg-type]  # all words of libpq are text
            return [point(connection) for point in (server, prepared, roles, walls, server_clock)]
    except psycopg.Error as error:
        return [ill("reach", reason=(str(error).strip().splitlines() or ["?"])[-1].strip())]


def server(connection: Connection) -> Finding:
    """Examine the server's version."""
    version = connection.info.server_version
    found = f"{version // SERVER_NUMBER}.{version % SERVER_NUMBER}"
    return (well if version >= OLDEST_SERVER * SERVER_NUMBER else ill)("server", found=found, needed=OLDEST_SERVER)


def prepared(connection: Connection) -> Finding:
    """Examine whether tables and grants are those of this version."""
    row = connection.execute(MARK).fetchone()
    found = "–" if row is None or row[0] is None else str(row[0])
    return (well if found == wanted_mark() else ill)("prepared", found=found, needed=wanted_mark())


def roles(connection: Connection) -> Finding:
    """Examine the roles: all there, none a superuser, and only migrator and backup see past the walls."""
    found = {
        str(name): (super_, bypasses)
        for name, super_, bypasses in connection.execute(
            "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = ANY(%s)", [list(BYPASSES)]
        )
    }
    wrong = [role for role, bypasses in BYPASSES.items() if found.get(role) != (False, bypasses)]
    return ill("roles", roles=", ".join(wrong)) if wrong else well("roles", number=len(found))


def walls(connection: Connection) -> Finding:
    """Examine whether each table that is not shared is walled between institutions, also against its owner."""
    unwalled = {str(row[0]) for row in connection.execute(UNWALLED)} - NO_POLICY.keys()
    return ill("walls", tables=", ".join(sorted(unwalled))) if unwalled else well("walls")


def server_clock(connection: Connection) -> Finding:
    """Examine whether the server's clock agrees with ours."""
    row = connection.execute("SELECT clock_timestamp()").fetchone()
    theirs = row[0] if row else None
    drift = abs((theirs - SystemClock().now()).total_seconds()) if isinstance(theirs, datetime) else CLOCK_DRIFT_SECONDS
    return (well if drift < CLOCK_DRIFT_SECONDS else ill)("server_clock", seconds=int(drift))
