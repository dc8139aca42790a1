"""Lines that name a payment beside ours which we don't know: their money is ours only as far as it meets what is ours."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from uuid import UUID

from refusion.settlements.coding import opens, references_of
from refusion.settlements.facts import DecisionLine, Expected, Matching, Pair, Received, Unmatched
from refusion.values.said import Said, said

_WRITTEN = re.compile(r"(?<![0-9A-Z-])(?:KSD|BDP|UDK)-[0-9][0-9A-Z-]*")


def strange_references(told: Iterable[str], known: Collection[str]) -> frozenset[str]:
    """Give what is written as an authority's reference and is neither known nor the beginning of a known one."""
    written = {found for text in told for found in _WRITTEN.findall(text.upper())}
    return frozenset(one for one in written if not any(name.startswith(one) for name in known))


def without_strangers(
    found: Matching, received: Iterable[Received], decided: Iterable[DecisionLine], expected: Iterable[Expected]
) -> Matching:
    """Take back the pairs of lines that name a stranger's payment too, unless they are told apart or meet to the øre.

    Such a line may pay two institutions in one sum; how much of it is ours, only the payer can say.
    """
    rows = opens(tuple(decided), expected)
    known = references_of(rows)
    owed = {(row.claim, row.decision): row.amount for row in rows}
    by_line: defaultdict[UUID, list[Pair]] = defaultdict(list)
    for pair in found.pairs:
        by_line[pair.line].append(pair)
    taken: dict[UUID, Unmatched] = {}
    for line in received:
        pairs = by_line.get(line.line, [])
        if not pairs or any(pair.parts for pair in pairs):
            continue
        strange = strange_references(line.told, known)
        if strange and any(pair.amount != owed[pair.claim, pair.decision] for pair in pairs):
            taken[line.line] = Unmatched(line.line, _because(line, strange))
    if not taken:
        return found
    kept = tuple(pair for pair in found.pairs if pair.line not in taken)
    others = (one for one in found.unmatched if one.line not in taken)
    left = sorted((*others, *taken.values()), key=lambda one: one.line.int)
    return replace(found, pairs=kept, unmatched=tuple(left))


def _because(line: Received, strange: Iterable[str]) -> Said:
    return said("settlements.strange_reference", amount_ore=line.amount, booked_on=line.booked_on, references=", ".join(sorted(strange)))
