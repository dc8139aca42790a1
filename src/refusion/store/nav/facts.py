"""What SAP told, as versions, and the Norwegian cases that follow from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from refusion.absences.norwegian import AbsenceTold, AllocationTold, Benefit, EmploymentTold, FeedRow, PayTold
from refusion.cases.nav_case import State
from refusion.ledger.accounts import is_number
from refusion.ledger.nav_chart import Role, profiles
from refusion.store.columns import as_json, from_json
from refusion.store.tenant import Row, Tenant, insert, update
from refusion.values.said import Refused, said
from refusion.workflow.ports.norway.kept import KeptCase, NavSettings
from refusion.workflow.ports.payroll import Absorbed

KINDS: Mapping[type[FeedRow], str] = {EmploymentTold: "employment", PayTold: "pay", AbsenceTold: "absence", AllocationTold: "allocation"}
OF_PERSONS = frozenset({"national_number", "name"})
"""These stand with the person, sealed."""
ACCOUNT = "account:"
_CASE = "id, number, employment_number, absence_number, person_id, benefit, state, request, received_on, right_ends"
_CURRENT = """
    SELECT subject, version, facts::text FROM nav_fact
    WHERE institution_id = %(institution)s AND kind = %(kind)s AND superseded_at IS NULL AND subject = ANY (%(subjects)s)
"""
_SUPERSEDE = """
    UPDATE nav_fact SET superseded_at = %(at)s WHERE institution_id = %(institution)s AND kind = %(kind)s
    AND superseded_at IS NULL AND subject = ANY (%(subjects)s)
"""
_ADD = """
    INSERT INTO nav_fact (institution_id, kind, subject, version, employment_number, facts, registered_on, file_id, recorded_at)
    SELECT %(institution)s, %(kind)s, told.subject, told.version, told.number, told.facts::jsonb, told.registered_on, %(file)s, %(at)s
    FROM unnest(%(subjects)s::text[], %(versions)s::int[], %(numbers)s::text[], %(facts)s::text[], %(days)s::date[])
        AS told (subject, version, number, facts, registered_on)
"""
_EMPLOYED = """
    SELECT DISTINCT subject FROM nav_fact
    WHERE institution_id = %(institution)s AND kind = 'employment' AND subject = ANY (%(numbers)s)
"""
_ALL = """
    SELECT facts::text FROM nav_fact WHERE institution_id = %(institution)s AND kind = %(kind)s AND superseded_at IS NULL ORDER BY subject
"""
_OF_CASES = """
    SELECT facts::text FROM nav_fact WHERE institution_id = %(institution)s AND kind = %(kind)s AND superseded_at IS NULL
    AND employment_number IN (SELECT employment_number FROM nav_case WHERE institution_id = %(institution)s) ORDER BY subject
"""
_WORKPLACES = """
    SELECT DISTINCT facts->>'workplace' FROM nav_fact
    WHERE institution_id = %(institution)s AND kind = 'employment' AND superseded_at IS NULL
"""
_EMPLOYEES = """
    SELECT e.number, v.person_id FROM employment e
    JOIN employment_version v ON v.institution_id = e.institution_id AND v.employment_id = e.id AND v.superseded_at IS NULL
    WHERE e.institution_id = %(institution)s
"""
_SET = insert("nav_setting", "name, value, set_by, set_at")


@dataclass(frozen=True, slots=True)
class StoredNavFacts:
    """An institution's Norwegian facts, settings and cases."""

    tenant: Tenant

    def settings(self) -> NavSettings:
        """Give the settings as they stand."""
        rows = self.tenant.rows("SELECT name, value FROM nav_setting WHERE institution_id = %(institution)s ORDER BY position")
        found = NavSettings()
        for name, value in rows:
            found = _decided(found, name, value)
        return found

    def decide(self, name: str, value: str) -> None:
        """Note a setting; raises Refused for a name or value that there is not."""
        _decided(self.settings(), name, value)
        self.tenant.run(_SET, name=name, value=value, set_by=self.tenant.actor.name, set_at=self.tenant.at.now)

    def absorb(self, rows: Sequence[FeedRow], file: UUID, at: datetime) -> Absorbed:
        """Add a version wherever a row differs from the current one; ``unknown`` lists employments that nobody has told of."""
        if not rows:
            return Absorbed(0, 0, 0)
        kind = KINDS[type(rows[0])]
        unknown = () if kind == "employment" else self._unknown(rows)
        if unknown:
            return Absorbed(0, 0, 0, unknown)
        self.tenant.run("SELECT pg_advisory_xact_lock(1885435501, %(institution)s::int)")
        told = {_subject(row): row for row in rows}
        current = {row[0]: row[1:] for row in self.tenant.rows(_CURRENT, kind=kind, subjects=list(told))}
        written = {subject: as_json(_facts(row)) for subject, row in told.items()}
        new = [subject for subject in told if subject not in current]
        changed = [subject for subject in told if subject in current and from_json(current[subject][1]) != from_json(written[subject])]
        versions = [(subject, told[subject], written[subject], current.get(subject, (0,))[0]) for subject in (*new, *changed)]
        self._add(kind, at, file, versions)
        return Absorbed(len(new), len(changed), len(told) - len(new) - len(changed))

    def _add(self, kind: str, at: datetime, file: UUID, rows: Sequence[tuple[str, FeedRow, str, int]]) -> None:
        self.tenant.run(_SUPERSEDE, kind=kind, at=at, subjects=[subject for subject, _, _, version in rows if version])
        self.tenant.run(
            _ADD,
            kind=kind,
            file=file,
            at=at,
            subjects=[subject for subject, _, _, _ in rows],
            versions=[version + 1 for _, _, _, version in rows],
            numbers=[row.number for _, row, _, _ in rows],
            facts=[facts for _, _, facts, _ in rows],
            days=[row.registered_on for _, row, _, _ in rows],
        )

    def _unknown(self, rows: Sequence[FeedRow]) -> tuple[str, ...]:
        numbers = {row.number for row in rows}
        return tuple(sorted(numbers - set(self.tenant.column(_EMPLOYED, numbers=sorted(numbers)))))

    def current(self, kind: type[FeedRow]) -> tuple[FeedRow, ...]:
        """Give the current rows of a kind: all absences, and of the others those of employments with a case."""
        query = _ALL if kind is AbsenceTold else _OF_CASES
        return tuple(_row(kind, from_json(row[0])) for row in self.tenant.rows(query, kind=KINDS[kind]))

    def workplaces(self) -> frozenset[str]:
        """Name the sub-units of all employments."""
        return frozenset(self.tenant.column(_WORKPLACES))

    def employees(self) -> Mapping[str, UUID]:
        """Give the person of each employment number."""
        return dict(self.tenant.rows(_EMPLOYEES))

    def persons(self, numbers: Iterable[str]) -> Mapping[str, UUID]:
        """Give the persons of national numbers, those that payroll has told of."""
        listed = sorted(set(numbers))
        indices = {bytes(index): number for index, number in zip(self.tenant.keys.index_many(listed), listed, strict=True)}
        rows = self.tenant.rows(
            "SELECT number_index, id FROM person WHERE institution_id = %(institution)s AND number_index = ANY (%(found)s)",
            found=list(indices),
        )
        return {indices[bytes(index)]: person for index, person in rows}

    def numbers(self, persons: Iterable[UUID]) -> Mapping[UUID, str]:
        """Unseal the national numbers of persons."""
        rows = self.tenant.rows(
            "SELECT id, sealed_number FROM person WHERE institution_id = %(institution)s AND id = ANY (%(ids)s)", ids=list(persons)
        )
        return {id: self.tenant.keys.unseal(sealed, str(id), "national_number") for id, sealed in rows}

    def names(self, persons: Iterable[UUID]) -> Mapping[UUID, str]:
        """Give the names of persons."""
        return dict(
            self.tenant.rows("SELECT id, name FROM person WHERE institution_id = %(institution)s AND id = ANY (%(ids)s)", ids=list(persons))
        )

    def cases(self) -> tuple[KeptCase, ...]:
        """Give all cases by number."""
        rows = self.tenant.rows(f"SELECT {_CASE} FROM nav_case WHERE institution_id = %(institution)s ORDER BY number")  # noqa: S608 (our own names)
        return tuple(map(_case, rows))

    def case(self, id: UUID) -> KeptCase:  # noqa: A002 (the port's word)
        """Give a case; raises Refused where there is none."""
        return _case(self.tenant.found(f"SELECT {_CASE} FROM nav_case WHERE institution_id = %(institution)s AND id = %(id)s", id=id))  # noqa: S608 (our own)

    def open_cases(self, cases: Sequence[KeptCase]) -> None:
        """Keep new cases; their numbers are given in this order."""
        last = self.tenant.found("SELECT coalesce(max(number), 0) FROM nav_case WHERE institution_id = %(institution)s")[0]
        self.tenant.run_many(insert("nav_case", _CASE), (_columns(replace(case, number=last + n)) for n, case in enumerate(cases, 1)))

    def change(self, case: KeptCase) -> None:
        """Bring a case up to date."""
        facts = _columns(case)
        self.tenant.run(update("nav_case", "state, request, received_on, right_ends"), **facts)


def _decided(settings: NavSettings, name: str, value: str) -> NavSettings:
    if name.startswith(ACCOUNT):
        return replace(settings, accounts=_accounts(settings.accounts, name.removeprefix(ACCOUNT), value))
    read = _READ.get(name)
    found = read(value) if read else None
    if found is None:
        raise Refused(said("refusjon.setting_unknown", name=name, value=value))
    return replace(settings, **{name: found})


def _accounts(own: Mapping[str, str], role: str, number: str) -> Mapping[str, str]:
    """Give the own numbers with one more; an empty number takes the profile's again."""
    if role not in set(Role) or (number and not is_number(number)):
        raise Refused(said("refusjon.setting_unknown", name=f"{ACCOUNT}{role}", value=number))
    others = {key: kept for key, kept in own.items() if key != role}
    return {**others, role: number} if number else others


def _whole(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 4 else None  # noqa: PLR2004 (days of three digits)


_READ: Mapping[str, Any] = {
    "profile": lambda value: value if value in profiles() else None,
    "payments_in_corrections": {"on": True, "off": False}.get,
    "deadline_days": _whole,
    "ending_months": _whole,
    "contact_name": str,
    "contact_phone": str,
}


def _subject(row: FeedRow) -> str:
    """Give the business key of a row."""
    if isinstance(row, PayTold):
        return f"{row.number}|{row.month}"
    if isinstance(row, AbsenceTold):
        return f"{row.number}|{row.absence_number}"
    if isinstance(row, AllocationTold):
        return f"{row.number}|{row.first_day}|{row.cost_centre}|{row.project}"
    return row.number


def _facts(row: FeedRow) -> dict[str, object]:
    return {name: str(value) if isinstance(value, Benefit) else value for name, value in asdict(row).items() if name not in OF_PERSONS}


def _row(kind: type[FeedRow], facts: Mapping[str, Any]) -> FeedRow:
    known = {field.name for field in fields(kind)}
    given: dict[str, Any] = {name: value for name, value in facts.items() if name in known}
    if "benefit" in given:
        given["benefit"] = Benefit(given["benefit"])
    return kind(**{**dict.fromkeys(OF_PERSONS & known, ""), **given})


def _case(row: Row) -> KeptCase:
    id, number, employment, absence, person, benefit, state, *rest = row
    return KeptCase(id, number, employment, absence, person, Benefit(benefit), State(state), *rest)


def _columns(case: KeptCase) -> dict[str, object]:
    return {
        "id": case.id,
        "number": case.number,
        "employment_number": case.employment_number,
        "absence_number": case.absence_number,
        "person_id": case.person,
        "benefit": case.benefit.value,
        "state": case.state.value,
        "request": case.request,
        "received_on": case.received_on,
        "right_ends": case.right_ends,
    }

