"""The rule name of the case files on NemRefusion's order codes, answered by the function that the product itself calls."""

from __future__ import annotations

from refusion.claims.order.codes import Annul, Claim, Delete, Message, Notify, codes
from refusion.law.engine.worked import Answer, Given, Input, Unreadable, Worked, day, several

ALONE: dict[str, Message] = {"notify": Notify(), "annul": Annul(), "delete": Delete()}
CLAIM, WORDS_OF_A_CLAIM = "claim", 3


def message(value: object) -> Message:
    """Read ``["notify"]``, ``["claim", first, last]``, ``["annul"]`` or ``["delete"]``."""
    words = value if isinstance(value, list) else []
    if len(words) == 1 and words[0] in ALONE:
        return ALONE[words[0]]
    if len(words) == WORDS_OF_A_CLAIM and words[0] == CLAIM:
        return Claim(day(words[1]), day(words[2]))
    raise Unreadable(f"not a message: {value!r}")


def code_or_null(value: object) -> str | None:
    """Read a message code or null."""
    return None if value is None else str(value)


def _codes(given: Given) -> tuple[str | None, ...]:
    return codes(given.of(tuple, "messages"))


RULES = {"DK-NEMREFUSION-CODES": Worked({"messages": Input(several(message))}, {"codes": Answer(several(code_or_null), _codes)})}
