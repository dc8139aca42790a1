"""What is wrong with a bank file, said with its place and what helps; nothing that may hold a person's number is repeated."""

from __future__ import annotations

import re

from lxml import etree

from refusion.values.said import BadInput, Fact, Problem, said

SAYS_NO_PERSON = frozenset(
    {"Amt", "TtlAmt", "CdtDbtInd", "Sts", "Dt", "DtTm", "CreDtTm", "NbOfTxs", "RvslInd", "IBAN", "BIC", "BICFI", "Ctry"}
)
_ELEMENT = re.compile(r"^Element '(?:\{[^}]*\})?([^']+)'")
_EXPECTED = re.compile(r"Expected is (?:one of )?\( (.*) \)\.")
_VALUE = re.compile(r"'([^']*)' is not a valid value|The value '([^']*)'")
_NAMESPACE = re.compile(r"\{[^}]*\}")


def refusal(key: str, name: str, row: int | None = None, **facts: Fact) -> BadInput:
    """Refuse the file: ``key`` names what is wrong, ``<key>_remedy`` what helps."""
    return BadInput(Problem(what=said(f"bank.{key}", **facts), remedy=said(f"bank.{key}_remedy"), file=name, row=row))


def broken(name: str, error: etree.XMLSyntaxError) -> BadInput:
    """Refuse a file that is no well-formed XML, at the line where the parser stopped."""
    return refusal("broken_xml", name, error.lineno or None)


def against_schema(name: str, message: str, row: int | None) -> BadInput:
    """Refuse a file that breaks the ISO schema: which element, what was expected, the value where it names no person."""
    found = _ELEMENT.match(message)
    element = found.group(1) if found else ""
    expected = _EXPECTED.search(message)
    facts: dict[str, Fact] = {"element": element}
    key = _kind_of(message)
    if expected:
        facts["expected"] = _NAMESPACE.sub("", expected.group(1))
        key += "_expected"
    what = said(f"bank.{key}", **facts)
    remedy = said("bank.schema_remedy")
    return BadInput(Problem(what, remedy, file=name, row=row, column=element or None, value=_value(element, message)))


def _kind_of(message: str) -> str:
    """Sort the parser's message into missing, unexpected or wrong."""
    if "Missing child element" in message:
        return "schema_missing"
    if "This element is not expected" in message:
        return "schema_unexpected"
    return "schema_value"


def _value(element: str, message: str) -> str | None:
    """Give the wrong value of an element that never names a person."""
    found = _VALUE.search(message)
    if found is None or element not in SAYS_NO_PERSON:
        return None
    return found.group(1) if found.group(1) is not None else found.group(2)
