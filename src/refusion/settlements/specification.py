"""Takes lines apart by their payment specifications: only when a specification certainly belongs to a line and sums to it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from refusion.settlements.bank_entry import BankEntry
from refusion.settlements.evidence import even, named, normal, words
from refusion.settlements.facts import Received, Specified
from refusion.values.ids import derived_id


@dataclass(frozen=True, slots=True)
class Payment:
    """The specification of one payment: its lines, in øre together ``total``."""

    parts: tuple[Specified, ...]

    @property
    def payer(self) -> str:
        """Give who pays, written in one way; empty where that is not told."""
        return even(self.parts[0].payer)

    @property
    def total(self) -> int:
        """Sum the lines."""
        return sum(part.amount for part in self.parts)


@dataclass(frozen=True, slots=True)
class TakenApart:
    """The specification of each line that has one, and the totals of specifications that don't sum to their line."""

    payments: Mapping[UUID, Payment]
    differing: Mapping[UUID, int]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One way to know a specification's line: what a line says, and what a specification says of its line."""

    of_line: Callable[[Received], Collection[Hashable]]
    of_payment: Callable[[Payment], Hashable | None]


def take_apart(received: Sequence[Received], specified: Iterable[Specified], known: Collection[str]) -> TakenApart:
    """Find the line that each specification belongs to; ``known`` are the references of all that is to come.

    Tried in order: the line itself is named; the line names the payment; line and specification name the same known
    references; payer, day and sum agree. Each time the sums must meet, and only one line and one specification may fit.
    What fits more than once, or not to the øre, waits for a person: weaker evidence would only hide that.
    Raises ValueError when one line of a specification is told with two contents.
    """
    waiting = _payments(specified)
    free = [line for line in received if line.amount] if waiting else []
    found: dict[UUID, Payment] = {}
    differing: dict[UUID, int] = {}
    for evidence in _ladder(known):
        fitting = _fitting(free, waiting, evidence)
        lines = Counter(line.line for line, _ in fitting)
        payments = Counter(id(payment) for _, payment in fitting)
        for line, payment in fitting:
            if lines[line.line] == payments[id(payment)] == 1 and payment.total == line.amount:
                found[line.line] = payment
            else:
                differing[line.line] = payment.total
        free = [line for line in free if line.line not in lines]
        waiting = [payment for payment in waiting if id(payment) not in payments]
    return TakenApart(found, differing)


def _ladder(known: Collection[str]) -> tuple[Evidence, ...]:
    return (
        Evidence(lambda line: (line.line,), lambda payment: payment.parts[0].of_line),
        Evidence(lambda line: words(line.told), lambda payment: normal(payment.parts[0].payment) or None),
        Evidence(lambda line: (named(line.told, known),), lambda payment: named(_told(payment), known) or None),
        Evidence(lambda line: ((even(line.payer), line.booked_on, line.amount),), _payer_day_and_sum),
    )


def _fitting(lines: Sequence[Received], payments: Sequence[Payment], evidence: Evidence) -> list[tuple[Received, Payment]]:
    """Pair every line with every specification that says the same of it, unless another payer is named."""
    by_key: defaultdict[Hashable, list[Payment]] = defaultdict(list)
    for payment in payments:
        key = evidence.of_payment(payment)
        if key is not None:
            by_key[key].append(payment)
    together = [(line, payment) for line in lines for key in evidence.of_line(line) for payment in by_key.get(key, ())]
    return [(line, payment) for line, payment in together if len({even(line.payer), payment.payer} - {""}) < 2]


def details_as_specified(entry: BankEntry, line: UUID) -> tuple[Specified, ...]:
    """Give the transactions inside a bank's line as its specification, when each has an amount and they sum to the line."""
    if len(entry.details) < 2 or not entry.details_hold:
        return ()
    return tuple(
        Specified(
            part=derived_id(line, "part", place),
            payment=str(line),
            amount=detail.amount or 0,
            told=tuple(text for text in (detail.reference, detail.end_to_end, *detail.creditor_references, *detail.text) if text),
            payer=detail.payer or "",
            pays_on=entry.booked_on,
            of_line=line,
        )
        for place, detail in enumerate(entry.details, 1)
    )


def _payments(specified: Iterable[Specified]) -> list[Payment]:
    """Put the lines of one payment together, each once, in an order that is theirs alone."""
    by_payment: defaultdict[tuple[str, str, str], dict[UUID, Specified]] = defaultdict(dict)
    for part in specified:
        together = by_payment["" if part.of_line is None else str(part.of_line), even(part.payer), normal(part.payment)]
        if together.setdefault(part.part, part) != part:
            raise ValueError(f"told with two contents: {part}")
    return [Payment(tuple(parts[key] for key in sorted(parts, key=lambda one: one.int))) for _, parts in sorted(by_payment.items())]


def _told(payment: Payment) -> Iterator[str]:
    """Give all that the specification's lines tell."""
    return (text for part in payment.parts for text in part.told)


def _payer_day_and_sum(payment: Payment) -> Hashable | None:
    """Give payer, day and sum, or nothing when the specification lacks one of the first two."""
    days = {part.pays_on for part in payment.parts}
    day = days.pop() if len(days) == 1 else None
    return (payment.payer, day, payment.total) if payment.payer and day else None
