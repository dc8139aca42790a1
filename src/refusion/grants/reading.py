"""Agreements from TOML: those that ship with the house by name, anyone's own by file; every fault at once, none taken over."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from refusion.grants.agreement import Agreement, Approval, Budget, Check, County, Deadline, Parameter, Pot, Requirement
from refusion.grants.rules.catalogue import RULE_TYPES
from refusion.grants.rules.rule_type import RuleType
from refusion.law.engine.citation import Statute
from refusion.law.sweden.population import KRONA
from refusion.values.money import Ore
from refusion.values.said import BadInput, Problem, Said, said

SHIPPED = Path(__file__).with_name("agreements")
COUNTIES = "counties"
TOP = {
    "name": str, "title": str, "short": str, "edition": str, "source": str, "year": int, "population_day": date, "counties": list,
}  # fmt: skip
POT = {"name": str, "called": str, "amount": int, "section": str, "source": str, "verified": bool}
OPTIONAL = {"part_of": str, "rule": str, "columns": dict, "parameters": dict, "unused_to": str, "pay_by": date}
CHECK = {"id": str, "pot": str, "asks": str, "kind": str, "evidence": str}
DEADLINE = {"by": date, "what": str, "who": str, "pots": list, "section": str}
APPROVAL = {"id": str, "by": str, "what": str, "pots": list, "section": str}
REQUIREMENT = {"pot": str, "set_by": str, "section": str}
HEARD = {"consulted": str, "reviewed_with": str, "by": date, "interim": list}
BUDGET = {"expenditure_area": str, "appropriation": str, "item": str}
LISTS: Mapping[str, tuple[Mapping[str, type], Mapping[str, type]]] = {
    "pot": (POT, OPTIONAL), "check": (CHECK, {}), "deadline": (DEADLINE, {}), "approval": (APPROVAL, {}),
    "requirement": (REQUIREMENT, HEARD),
}  # fmt: skip
MORE: Mapping[str, type] = {**dict.fromkeys(LISTS, list), "budget": dict, "in_force_to": date, "published_decimals": int}
CHECK_KINDS = ("precondition", "required", "integration", "timestamp", "measured", "process", "national", "scope")
Table = Mapping[str, Parameter]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in an agreement: where in the file, and what."""

    where: str
    what: Said


def shipped() -> tuple[str, ...]:
    """Name the agreements that ship with the house."""
    return tuple(sorted(file.stem for file in SHIPPED.glob("*.toml") if file.stem != COUNTIES))


def agreement(name: str) -> Agreement:
    """Give a shipped agreement by name, or read a file of one's own.

    Raises BadInput for an unknown name, a file that is no TOML, pots that do not add up, or anything lacking.
    """
    return parsed(text_of(name), name)


def text_of(name: str) -> str:
    """Give the text of a shipped agreement, or of a file of one's own. Raises BadInput for an unknown name, or no text."""
    file = SHIPPED.joinpath(f"{name}.toml") if name in shipped() else Path(name)
    if file.suffix != ".toml" or not file.is_file():
        remedy = said("grants.agreement_unknown_remedy", names=", ".join(shipped()))
        raise BadInput(Problem(said("grants.agreement_unknown"), remedy, value=name))
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise BadInput(Problem(said("law.file_not_text"), said("law.file_not_text_remedy"), file=str(file))) from None


def parsed(text: str, file: str) -> Agreement:
    """Read the text of an agreement; ``file`` is named in problems. Raises BadInput."""
    try:
        table = tomllib.loads(text, parse_float=Fraction)
    except ValueError as error:
        what = said("grants.agreement_unreadable", reason=str(error))
        raise BadInput(Problem(what, said("grants.agreement_remedy"), file=file)) from None
    faults = list(_shape(table)) or list(_sense(table))
    if faults:
        raise BadInput(*(Problem(fault.what, said("grants.agreement_remedy"), file=file, column=fault.where) for fault in faults))
    return _built(table)


def all_counties() -> tuple[County, ...]:
    """Give the 21 counties with the bodies that were paid in 2013."""
    rows = tomllib.loads(SHIPPED.joinpath(f"{COUNTIES}.toml").read_text(encoding="utf-8"))["county"]
    return tuple(County(row["code"], row["name"], row["payee"]) for row in rows)


def _shape(table: Table) -> Iterator[Fault]:
    yield from _fields("agreement", table, TOP, MORE)
    if "budget" in table:
        yield from _fields("budget", _inner(table, "budget"), BUDGET, {})
    for kind, (needed, optional) in LISTS.items():
        rows = table.get(kind, [])
        for place, row in enumerate(rows if isinstance(rows, list) else [], start=1):
            where = f"{kind} {row.get('name', place) if isinstance(row, dict) else place}"
            yield from _fields(where, row if isinstance(row, dict) else {}, needed, optional)
    if not table.get("pot"):
        yield Fault("agreement", said("grants.field_lacking", field="pot"))


def _fields(where: str, table: Table, needed: Mapping[str, type], optional: Mapping[str, type]) -> Iterator[Fault]:
    known = {**needed, **optional}
    for name in needed:
        if name not in table:
            yield Fault(where, said("grants.field_lacking", field=name))
    for name, value in table.items():
        if name not in known:
            yield Fault(where, said("grants.field_unknown", field=name))
        elif not isinstance(value, known[name]) or (isinstance(value, bool) and known[name] is int):
            yield Fault(where, said("grants.field_not_of_its_kind", field=name, kind=known[name].__name__))


def _sense(table: Table) -> Iterator[Fault]:
    pots = _rows(table, "pot")
    yield from _tree(pots)
    yield from _flows(pots)
    for pot in pots:
        yield from _rule(pot)
    yield from _codes(table)
    names = {str(pot["name"]) for pot in pots}
    yield from _named_pots(table, names)
    for check in _rows(table, "check"):
        if check["kind"] not in CHECK_KINDS:
            yield Fault(f"check {check['id']}", said("grants.check_kind_unknown", kind=str(check["kind"]), known=", ".join(CHECK_KINDS)))


def _named_pots(table: Table, known: set[str]) -> Iterator[Fault]:
    """Find checks, approvals, requirements and deadlines on pots that nobody knows."""
    for kind in ("check", "requirement", "approval", "deadline"):
        for row in _rows(table, kind):
            named = row.get("pots", [row.get("pot")])
            for pot in named if isinstance(named, list) else []:
                if pot not in known:
                    yield Fault(f"{kind} {row.get('id', row.get('pot', row.get('what')))}", said("grants.pot_unknown", pot=str(pot)))


def _tree(pots: list[Table]) -> Iterator[Fault]:
    names = [str(pot["name"]) for pot in pots]
    roots = [pot for pot in pots if "part_of" not in pot]
    if len(roots) != 1:
        yield Fault("pot", said("grants.not_one_root", count=len(roots)))
    for pot in pots:
        name, above = str(pot["name"]), pot.get("part_of")
        if names.count(name) > 1:
            yield Fault(f"pot {name}", said("grants.pot_twice"))
        if above is not None and (above not in names or name in _above(pots, str(above))):
            yield Fault(f"pot {name}", said("grants.pot_unknown", pot=str(above)))
        if _amount(pot) < 0:
            yield Fault(f"pot {name}", said("grants.below_zero"))
        parts = [part for part in pots if part.get("part_of") == name]
        if bool(parts) == ("rule" in pot):
            yield Fault(f"pot {name}", said("grants.pot_rule_or_parts"))
        total = sum(map(_amount, parts))
        if parts and total != _amount(pot):
            yield Fault(f"pot {name}", said("grants.pots_do_not_add_up", parts_ore=KRONA * total, whole_ore=KRONA * _amount(pot)))


def _above(pots: list[Table], name: str) -> list[str]:
    """Name a pot and all above it; stops where the way turns in a circle."""
    parents = {str(pot["name"]): pot.get("part_of") for pot in pots}
    found: list[str] = []
    at: Parameter | None = name
    while isinstance(at, str) and at not in found:
        found.append(at)
        at = parents.get(at)
    return found


def _flows(pots: list[Table]) -> Iterator[Fault]:
    receivers = {str(pot["name"]) for pot in pots if "rule" in pot and "unused_to" not in pot}
    for pot in pots:
        if "unused_to" in pot and pot["unused_to"] not in receivers:
            yield Fault(f"pot {pot['name']}", said("grants.overflow_nowhere", pot=str(pot["unused_to"])))


def _rule(pot: Table) -> Iterator[Fault]:
    where, name = f"pot {pot['name']}", pot.get("rule")
    rule_type = RULE_TYPES.get(str(name))
    if rule_type is not None:
        yield from _parameters(where, _inner(pot, "parameters"), rule_type)
        yield from _columns(where, _inner(pot, "columns"), rule_type)
    elif name is not None:
        yield Fault(where, said("grants.rule_unknown", rule=str(name), known=", ".join(RULE_TYPES)))


def _parameters(where: str, parameters: Table, rule_type: RuleType) -> Iterator[Fault]:
    for parameter, fits in rule_type.fits.items():
        if parameter not in parameters:
            yield Fault(where, said("grants.field_lacking", field=f"parameters.{parameter}"))
        elif not fits(parameters[parameter]):
            yield Fault(where, said("grants.parameter_will_not_do", parameter=parameter, value=str(parameters[parameter])))
    for parameter in parameters:
        if parameter not in rule_type.fits:
            yield Fault(where, said("grants.field_unknown", field=f"parameters.{parameter}"))


def _columns(where: str, columns: Table, rule_type: RuleType) -> Iterator[Fault]:
    roles = {*rule_type.roles, *rule_type.of_country}
    for role, column in columns.items():
        if role not in roles or not isinstance(column, str):
            yield Fault(where, said("grants.field_unknown", field=f"columns.{role}"))


def _codes(table: Table) -> Iterator[Fault]:
    known = {county.code for county in all_counties()}
    for code in table["counties"] if isinstance(table["counties"], list) else []:
        if code not in known:
            yield Fault("counties", said("grants.agreement_county_unknown", county=str(code)))


def _built(table: Table) -> Agreement:
    codes = table["counties"]
    return Agreement(
        name=str(table["name"]),
        statute=Statute(str(table["short"]), str(table["title"]), str(table["edition"]), section_sign="–", item_sign="p."),
        year=int(str(table["year"])),
        population_day=_day(table["population_day"]),
        counties=tuple(county for county in all_counties() if not codes or (isinstance(codes, list) and county.code in codes)),
        pots=tuple(map(_pot, _rows(table, "pot"))),
        checks=tuple(Check(**{name: str(row[name]) for name in CHECK}) for row in _rows(table, "check")),
        deadlines=tuple(sorted(map(_deadline, _rows(table, "deadline")), key=lambda deadline: deadline.by)),
        source=str(table["source"]),
        approvals=tuple(map(_approval, _rows(table, "approval"))),
        requirements=tuple(map(_requirement, _rows(table, "requirement"))),
        budget=Budget(**{name: str(_inner(table, "budget")[name]) for name in BUDGET}) if "budget" in table else None,
        in_force_to=_maybe_day(table, "in_force_to"),
        published_decimals=int(str(table["published_decimals"])) if "published_decimals" in table else None,
    )


def _pot(row: Table) -> Pot:
    return Pot(
        name=str(row["name"]),
        called=str(row["called"]),
        amount=Ore(KRONA * _amount(row)),
        part_of=_text(row, "part_of"),
        rule=_text(row, "rule"),
        columns={role: str(column) for role, column in _inner(row, "columns").items()},
        parameters=_inner(row, "parameters"),
        unused_to=_text(row, "unused_to"),
        pay_by=_maybe_day(row, "pay_by"),
        section=str(row["section"]),
        source=str(row["source"]),
        verified=row["verified"] is True,
    )


def _deadline(row: Table) -> Deadline:
    return Deadline(_day(row["by"]), str(row["what"]), str(row["who"]), tuple(map(str, _list(row, "pots"))), str(row["section"]))


def _approval(row: Table) -> Approval:
    return Approval(str(row["id"]), str(row["by"]), str(row["what"]), tuple(map(str, _list(row, "pots"))), str(row["section"]))


def _requirement(row: Table) -> Requirement:
    heard = (_text(row, "consulted") or "", _text(row, "reviewed_with") or "")
    interim = tuple(_day(day) for day in _list(row, "interim"))
    return Requirement(str(row["pot"]), str(row["set_by"]), *heard, _maybe_day(row, "by"), interim, str(row["section"]))


def _rows(table: Table, kind: str) -> list[Table]:
    rows = table.get(kind, [])
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _inner(table: Table, name: str) -> Table:
    inner = table.get(name, {})
    return inner if isinstance(inner, dict) else {}


def _list(row: Table, name: str) -> list[Parameter]:
    found = row.get(name, [])
    return found if isinstance(found, list) else []


def _maybe_day(row: Table, name: str) -> date | None:
    return _day(row[name]) if name in row else None


def _amount(pot: Table) -> int:
    return int(str(pot["amount"]))


def _text(row: Table, name: str) -> str | None:
    return str(row[name]) if name in row else None


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError(f"not a day: {value!r}")
    return value
