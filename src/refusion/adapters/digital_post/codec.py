"""Bytes ↔ messages: JSON with names of its own; pure and total, unknown names of a letter are kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from refusion.adapters.digital_post.messages import Besked, BesvarSkema, BesvarSkemaSvar, HentBeskeder, HentBeskederSvar

SIZE_LIMIT = 4_000_000
LETTER = frozenset({"id", "sagsreference", "type", "dato", "felter"})


class Unreadable(ValueError):
    """Bytes that are no message of theirs."""


def encode(message: HentBeskeder | BesvarSkema) -> bytes:
    """Write a message; the same message gives the same bytes."""
    return json.dumps(asdict(message), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def letters(raw: bytes) -> HentBeskederSvar:
    """Read a page of letters. Raises Unreadable."""
    answer = _object(raw)
    each = answer.get("beskeder")
    if not isinstance(each, list) or not isinstance(answer.get("maerke"), str) or not isinstance(answer.get("afskaaret"), bool):
        raise Unreadable("not a page of letters")
    return HentBeskederSvar(answer["maerke"], answer["afskaaret"], tuple(map(_letter, each)))


def receipt(raw: bytes) -> BesvarSkemaSvar:
    """Read a receipt. Raises Unreadable."""
    answer = _object(raw)
    values = [answer.get(name) for name in ("svar", "kvittering", "modtaget")]
    if not all(isinstance(value, str) and value for value in values):
        raise Unreadable("not a receipt")
    return BesvarSkemaSvar(*map(str, values))


def refusal(raw: bytes) -> tuple[str, str]:
    """Read why an answer was refused: code and words, as far as they are there."""
    try:
        answer = _object(raw)
    except Unreadable:
        return "", ""
    return str(answer.get("kode", "")), str(answer.get("tekst", ""))


def _letter(told: object) -> Besked:
    if not isinstance(told, dict):
        raise Unreadable("a letter is no object")
    fields = told.get("felter", {})
    if not isinstance(fields, Mapping) or not all(isinstance(told.get(name), str) for name in ("id", "sagsreference", "type", "dato")):
        raise Unreadable("a letter lacks its parts")
    unknown = {name: value for name, value in told.items() if name not in LETTER}
    return Besked(told["id"], told["sagsreference"], told["type"], told["dato"], {k: str(v) for k, v in fields.items()}, unknown)


def _object(raw: bytes) -> dict[str, Any]:
    try:
        read = json.loads(raw)
    except (ValueError, RecursionError) as wrong:
        raise Unreadable("not JSON") from wrong
    if not isinstance(read, dict):
        raise Unreadable("no object")
    return read
