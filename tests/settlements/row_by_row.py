"""The evidence read naively: every claim is looked at for every line, rung by rung, with no key, no sorting, no columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

Row = dict[str, Any]
Share = tuple[int, int, int, str]


class Reader:
    """Reads lines against claims; ``found`` are the shares by place of line and claim."""

    def __init__(self, lines: list[Row], claims: list[Row]) -> None:
        """Begin with every line that has an amount, and every claim."""
        self.free_lines: dict[int, Row] = {place: {**line, "place": place} for place, line in enumerate(lines) if line["amount"]}
        self.free_claims: dict[int, Row] = {place: {**claim, "place": place} for place, claim in enumerate(claims)}
        self.found: list[Share] = []
        self.before: list[Row] = []

    def read(self) -> list[Share]:
        """Read all rungs."""
        for name in {line["reference"] for line in self.lines if line["reference"]}:
            self.reference(name)
        self.exact("amount", "amount", 1, "person_period", lambda claim: claim["amount"] != 0)
        self.before = list(self.lines)
        for person, first, last in {period_of(line) for line in self.lines if tells(line, "person", "first")}:
            self.period(person, first, last)
        for person in {line["person"] for line in self.lines if tells(line, "person")}:
            self.person(person)
        self.exact("amount", "matched", -1, "recovery", lambda claim: claim["matched"] > 0)
        return sorted(self.found)

    def reference(self, name: str) -> None:
        """Read the lines and claims of one reference; what is not paid is out of play for good."""
        lines = [line for line in self.lines if line["reference"] == name]
        claims = [claim for claim in self.claims if claim["reference"] == name]
        if not claims:
            return
        if all(tells(line, "person") for line in lines) and not (len(lines) == len(claims) == 1):
            for line in [line for line in lines if tells(line, "first")]:
                self.within(lines, claims, lambda row, line=line: period_of(row) == period_of(line))
            for line in [line for line in lines if not tells(line, "first")]:
                self.within(
                    [one for one in lines if not tells(one, "first")], claims, lambda row, line=line: row["person"] == line["person"]
                )
        lines, claims = self.still(lines, self.free_lines), self.still(claims, self.free_claims)
        people = {claim["person"] for claim in claims}
        if lines and not any(tells(line, "person") and line["person"] not in people for line in lines):
            self.take(paid(lines, claims, ("reference", "lump_sum"), must_meet=False))
        if lines:
            self.drop(lines, claims)

    def within(self, lines: list[Row], claims: list[Row], same: Callable[[Row], bool]) -> None:
        """Read some lines of a reference against those of its claims that they can mean."""
        some = [line for line in self.still(lines, self.free_lines) if same(line)]
        self.take(
            paid(some, [claim for claim in self.still(claims, self.free_claims) if same(claim)], ("reference_person",) * 2, must_meet=False)
        )

    def exact(self, told: str, owed: str, sign: int, reason: str, counts: Callable[[Row], bool]) -> None:
        """Read lines of a person and period against each claim, for one amount that both have."""
        lines = [line for line in self.lines if tells(line, "person", "first") and (sign > 0 or line["amount"] < 0)]
        fits = [
            (line, claim) for line in lines for claim in self.claims
            if line["person"] == claim["person"] and period_of(line) == period_of(claim) and counts(claim) and line[told] == sign * claim[owed]
        ]  # fmt: skip
        often_lines, often_claims = Counter(line["place"] for line, _ in fits), Counter(claim["place"] for _, claim in fits)
        for line, claim in fits:
            if often_lines[line["place"]] == often_claims[claim["place"]] == 1:
                self.take([(line["place"], claim["place"], line["amount"], reason)])

    def period(self, person: int, first: int, last: int) -> None:
        """Read the lines of one person and period against the claims that these days touch."""
        if not any(period_of(line) == (person, first, last) for line in self.lines):
            return
        touched = [
            one for one in self.claims if one["person"] == person and one["amount"] and one["first"] <= last and one["last"] >= first
        ]
        others = {period_of(line) for line in self.before if line["person"] == person and tells(line, "first")} - {(person, first, last)}
        rivals = [one for one in others if any(claim["first"] <= one[2] and claim["last"] >= one[1] for claim in touched)]
        days = sorted((claim["first"], claim["last"]) for claim in touched)
        apart = all(one[1] < other[0] for one, other in pairwise(days))
        if days and apart and not rivals and days[0][0] == first and days[-1][1] == last:
            heap = [line for line in self.lines if period_of(line) == (person, first, last)]
            self.take(paid(heap, touched, ("period_sum",) * 2, must_meet=True))

    def person(self, person: int) -> None:
        """Read the lines of one person, none with a period, against all that is to come for that person."""
        heap = [line for line in self.lines if line["person"] == person]
        if heap and not any(tells(line, "first") for line in heap):
            claims = [claim for claim in self.claims if claim["person"] == person and claim["amount"]]
            self.take(paid(heap, claims, ("person_sum",) * 2, must_meet=True))

    def take(self, shares: list[Share]) -> None:
        """Keep shares and take their rows out of play."""
        self.found += shares
        for line, claim, *_ in shares:
            self.free_lines.pop(line, None)
            self.free_claims.pop(claim, None)

    def drop(self, lines: list[Row], claims: list[Row]) -> None:
        """Take rows out of play that no evidence gave."""
        for line in lines:
            self.free_lines.pop(line["place"], None)
        for claim in claims:
            self.free_claims.pop(claim["place"], None)

    @property
    def lines(self) -> list[Row]:
        """Give the lines in play."""
        return list(self.free_lines.values())

    @property
    def claims(self) -> list[Row]:
        """Give the claims in play."""
        return list(self.free_claims.values())

    @staticmethod
    def still(rows: list[Row], free: dict[int, Row]) -> list[Row]:
        """Give those of the rows that are in play."""
        return [row for row in rows if row["place"] in free]


def tells(row: Row, *names: str) -> bool:
    """Tell whether a row says all these things."""
    return all(row[name] is not None for name in names)


def period_of(row: Row) -> tuple[Any, Any, Any]:
    """Give person and period of a row."""
    return row["person"], row["first"], row["last"]


def paid(lines: list[Row], claims: list[Row], reasons: tuple[str, str], *, must_meet: bool) -> list[Share]:
    """Pay claims with lines: one claim takes all lines, several are paid when the sums meet."""
    lines = sorted(lines, key=lambda line: (line["amount"], line["place"]))
    claims = sorted(claims, key=lambda claim: (claim["amount"], claim["place"]))
    received, owed, before = (sum(row[name] for row in rows) for rows, name in ((lines, "amount"), (claims, "amount"), (claims, "matched")))
    meets = bool(lines) and bool(claims) and received == owed
    open_claims = [claim for claim in claims if claim["amount"]]
    if len(claims) == 1 and lines and (meets or not must_meet):
        return [(line["place"], claims[0]["place"], line["amount"], reasons[0]) for line in lines]
    if len(lines) == 1 and len(claims) > 1 and meets:
        return [(lines[0]["place"], claim["place"], claim["amount"], reasons[1]) for claim in open_claims]
    if len(lines) == 1 and len(claims) > 1 and owed == 0 and before > 0 and received == -before:
        return [(lines[0]["place"], claim["place"], -claim["matched"], "recovery") for claim in claims if claim["matched"]]
    if len(claims) > 1 and meets and all(row["amount"] > 0 for row in (*lines, *open_claims)):
        return laid_end_to_end(lines, open_claims, reasons[1])
    return []


def laid_end_to_end(lines: Iterable[Row], claims: Iterable[Row], reason: str) -> list[Share]:
    """Hand money out in order until a line is empty or a claim is full."""
    waiting = [[claim["place"], claim["amount"]] for claim in claims]
    shares = []
    for line in lines:
        rest = line["amount"]
        while rest:
            place, owed = waiting[0]
            share = min(rest, owed)
            shares.append((line["place"], place, share, reason))
            rest -= share
            waiting[0][1] -= share
            if not waiting[0][1]:
                waiting.pop(0)
    return shares
