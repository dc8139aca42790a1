"""Income notices on their way to NAV, sealed, with every attempt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from refusion.store.tenant import Row, Tenant, insert
from refusion.workflow.ports.norway.kept import KeptNotice, NoticeState

_COLUMNS = (
    "id, case_id, version, request, sealed_content, content_hash, refund, state, intended_at, next_try_at, attempts, not_found, "
    "notice_id, taken_on, code"
)
_SELECT = f"SELECT {_COLUMNS} FROM nav_notice WHERE institution_id = %(institution)s"  # noqa: S608 (our own names)
_CHANGE = """
    UPDATE nav_notice SET request = %(request)s, sealed_content = %(sealed_content)s, state = %(state)s, notice_id = %(notice_id)s,
        next_try_at = %(next_try_at)s, attempts = %(attempts)s, not_found = %(not_found)s, taken_on = %(taken_on)s, code = %(code)s
    WHERE institution_id = %(institution)s AND id = %(id)s
"""
_WAITING = [state.value for state in (NoticeState.PLANNED, NoticeState.SENDING, NoticeState.UNKNOWN, NoticeState.RECEIVED)]
_BEGIN = insert("nav_attempt", "notice_id, number, began_at")
_END = """
    UPDATE nav_attempt SET ended_at = %(at)s, outcome = %(outcome)s
    WHERE institution_id = %(institution)s AND notice_id = %(notice_id)s AND number = %(number)s AND ended_at IS NULL
"""
FIELD = "nav_notice"


@dataclass(frozen=True, slots=True)
class StoredNavNotices:
    """An institution's notices."""

    tenant: Tenant

    def plan(self, notice: KeptNotice) -> None:
        """Keep a new notice."""
        self.tenant.run(insert("nav_notice", _COLUMNS), **self._columns(notice))

    def change(self, notice: KeptNotice) -> None:
        """Bring a notice up to date."""
        self.tenant.run(_CHANGE, **self._columns(notice))

    def due(self, now: datetime, limit: int) -> tuple[KeptNotice, ...]:
        """Give notices that wait for a step now, oldest first."""
        rows = self.tenant.rows(
            _SELECT + " AND state = ANY (%(waiting)s) AND next_try_at <= %(now)s ORDER BY next_try_at, position LIMIT %(limit)s",
            waiting=_WAITING,
            now=now,
            limit=limit,
        )
        return tuple(map(self._notice, rows))

    def newest(self) -> Mapping[UUID, KeptNotice]:
        """Give the newest notice of each case."""
        return {row[1]: self._notice(row) for row in self.tenant.rows(_SELECT + " ORDER BY version")}

    def of_case(self, case: UUID) -> tuple[KeptNotice, ...]:
        """Give the notices of a case, oldest first."""
        return tuple(map(self._notice, self.tenant.rows(_SELECT + " AND case_id = %(case)s ORDER BY version", case=case)))

    def begin_attempt(self, notice: UUID, number: int, at: datetime) -> None:
        """Note that an attempt begins, before anything is sent."""
        self.tenant.run(_BEGIN, notice_id=notice, number=number, began_at=at)

    def end_attempt(self, notice: UUID, number: int, at: datetime, outcome: str) -> None:
        """Note what became of an attempt."""
        self.tenant.run(_END, notice_id=notice, number=number, at=at, outcome=outcome)

    def _notice(self, row: Row) -> KeptNotice:
        id, case, version, request, sealed, digest, refund, state, *rest = row
        content = self.tenant.keys.unseal(bytes(sealed), str(id), FIELD)
        return KeptNotice(id, case, version, request, content, digest, refund, NoticeState(state), *rest)

    def _columns(self, notice: KeptNotice) -> dict[str, object]:
        return {
            "id": notice.id,
            "case_id": notice.case,
            "version": notice.version,
            "request": notice.request,
            "sealed_content": self.tenant.keys.seal(notice.content, str(notice.id), FIELD),
            "content_hash": notice.content_hash,
            "refund": notice.refund,
            "state": notice.state.value,
            "intended_at": notice.intended_at,
            "next_try_at": notice.next_try_at,
            "attempts": notice.attempts,
            "not_found": notice.not_found,
            "notice_id": notice.notice_id,
            "taken_on": notice.taken_on,
            "code": notice.code,
        }
