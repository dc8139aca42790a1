"""A first load of 200,000 employments and 114,000 absences and the ordinary day after it, beside bare SQL and beside Django."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter

from django.db import connections

from refusion.wiring.house import House
from refusion.wiring.keys import open_vault
from refusion.wiring.launcher import session
from refusion.workflow.ports.institution import HOUSE
from tests.bench.peers import bare_load, django_load
from tests.bench.second_run import CODE, KINDS, File, delivered, large_house

Row = tuple[str, str, str, bool]
EMPLOYMENTS, ABSENCES = 200_000, 114_000
CHANGED_ABSENCES = 500
ROUNDS = 3
MOST_OF_BARE, LEAST_OF_DJANGO, MOST_SECONDS = 3, 5, 3
FIRST = (KINDS[0], KINDS[2])
_SUMS = """
    SELECT (SELECT count(*) FROM {schema}.person), (SELECT count(*) FROM {schema}.employment),
        (SELECT count(*) || ' ' || coalesce(sum(weekly_hours), 0) FROM {schema}.employment_version WHERE superseded_at IS NULL),
        (SELECT count(*) || ' ' || coalesce(sum(gross + hours + wage_paid), 0) FROM {schema}.pay_version WHERE superseded_at IS NULL),
        (SELECT count(*) FROM {schema}.absence),
        (SELECT count(*) || ' ' || sum(first_day - DATE '2000-01-01') || ' ' || sum(last_day - DATE '2000-01-01')
            FROM {schema}.absence_version WHERE superseded_at IS NULL)
"""


class Spent:
    """Seconds of ours and of each peer, round by round, and whether all wrote the same."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.ours: list[float] = []
        self.bare: list[float] = []
        self.django: list[float] = []
        self.right = True

    def rows(self, what: str, most_seconds: float | None = None) -> list[Row]:
        """Give the rows of the table, each peer taken in the rounds in which it stood beside ours."""
        ours = median(self.ours)
        by_round = [mine / theirs for mine, theirs in zip(self.ours, self.bare, strict=True)]
        slower, faster = median(by_round), min(self.django) / ours
        rows = [
            (
                f"{what}, of bare COPY and INSERT … SELECT",
                f"{slower:.2f} × ({ours:.2f} s)",
                f"{MOST_OF_BARE} ×",
                self.right and slower <= MOST_OF_BARE,
            ),
            (
                f"{what}, faster than Django's bulk verbs",
                f"{faster:.1f} ×",
                f"{LEAST_OF_DJANGO} ×",
                self.right and faster >= LEAST_OF_DJANGO,
            ),
        ]
        if most_seconds is not None:
            rows.insert(0, (what, f"{ours:.2f} s", f"{most_seconds} s", self.right and ours <= most_seconds))
        return rows


def measure() -> list[Row]:
    """Give the rows of the bench table: what, measured, limit, whether the result was correct and within it."""
    open_vault()
    session.ensure()
    try:
        return measured(EMPLOYMENTS, ABSENCES, ROUNDS)
    finally:
        session.stop()


def measured(employments: int, absences: int, rounds: int) -> list[Row]:
    """Load and do the day on fresh tables, round by round, each side after the other within the round."""
    files = {kind: (kind, name, raw) for kind, name, raw in delivered(employments, absences)}
    later = {kind: (kind, f"later-{name}", _LATER[kind](raw)) for kind, name, raw in files.values() if kind in _LATER}
    first, day = Spent(), Spent()
    for count in range(rounds):
        one_round(files, later, (first, day), with_django=count == 0)
    what = f"first load of {employments:,} employments and {absences:,} absences"
    return [
        *first.rows(what),
        *day.rows(f"ordinary day: pay of {employments:,} with 1 % changed, {CHANGED_ABSENCES} changed absences", MOST_SECONDS),
    ]


def one_round(files: dict[str, File], later: dict[str, File], spent: tuple[Spent, Spent], *, with_django: bool) -> None:
    """Do it all once on a database of its own."""
    first, day = spent
    with large_house() as house:
        bare_load.prepare()
        bare_load.prepare(django_load.SCHEMA)
        beginning, ordinary = [files[kind] for kind in FIRST], list(later.values())
        first.ours.append(timed(_ours(house), beginning))
        first.bare.append(timed(_bare, beginning))
        _ours(house)(*files[KINDS[1]])
        _bare(*files[KINDS[1]])
        for schema in ("public", bare_load.SCHEMA):
            bare_load.learn(schema)
        first.right &= sums("public") == sums(bare_load.SCHEMA)
        day.bare.append(timed(_bare, ordinary))
        day.ours.append(timed(_ours(house), ordinary))
        if with_django:
            first.django.append(timed(_django, beginning))
            _django(*files[KINDS[1]])
            bare_load.learn(django_load.SCHEMA)
            day.django.append(timed(_django_later, ordinary))
        day.right &= len({sums(schema) for schema in ("public", bare_load.SCHEMA, *[django_load.SCHEMA] * with_django)}) == 1


def timed(side: Callable[[str, str, bytes], object], files: list[File]) -> float:
    """Give a side the files; give the seconds."""
    start = perf_counter()
    for kind, name, raw in files:
        side(kind, name, raw)
    return perf_counter() - start


def _ours(house: House) -> Callable[[str, str, bytes], object]:
    return lambda kind, name, raw: house.absorb_payroll(HOUSE, CODE, kind, name, raw)


def _bare(kind: str, _: str, raw: bytes) -> None:
    bare_load.load(kind, raw)


def _django(kind: str, _: str, raw: bytes) -> None:
    django_load.load(kind, raw)


def _django_later(kind: str, _: str, raw: bytes) -> None:
    django_load.change(kind, raw)


def sums(schema: str) -> tuple[object, ...]:
    """Count and add up what stands in the tables of one side."""
    with connections["migrator"].cursor() as cursor:
        cursor.execute(_SUMS.format(schema=schema))
        return tuple(cursor.fetchone())


def _pay_later(raw: bytes) -> bytes:
    """Change the pay of each hundredth row."""
    heading, *lines = raw.decode().splitlines()
    for place in range(0, len(lines), 100):
        cells = lines[place].split(";")
        cells[3] = f"{int(cells[3].partition('.')[0]) + 1000}.00"
        lines[place] = ";".join(cells)
    return "\n".join((heading, *lines, "")).encode()


def _absences_later(raw: bytes) -> bytes:
    """Tell again the first absences that have an end, one day longer at the beginning."""
    heading, *lines = raw.decode().splitlines()
    changed = [line.split(";") for line in lines if line.split(";")[4]][:CHANGED_ABSENCES]
    told = [";".join((*cells[:3], f"{int(cells[3][:4]) - 1}{cells[3][4:]}".replace("02-29", "02-28"), *cells[4:])) for cells in changed]
    return "\n".join((heading, *told, "")).encode()


_LATER = {KINDS[1]: _pay_later, KINDS[2]: _absences_later}
