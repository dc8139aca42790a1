"""The bank's status report on payment orders (pain.002): checked against its ISO schema, read payment by payment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from lxml import etree

from refusion.adapters.bank.refusals import against_schema, broken, refusal
from refusion.adapters.bank.stream import ISO, SCHEMAS, first_look

ACCEPTED, PENDING, REJECTED = "accepted", "pending", "rejected"
STATUSES = MappingProxyType({
    **dict.fromkeys(("ACTC", "ACCP", "ACSP", "ACSC", "ACWC", "ACCC", "ACFC", "ACWP", "ACIS"), ACCEPTED),
    **dict.fromkeys(("RJCT", "CANC"), REJECTED),
})
"""What the codes of external code set PaymentStatus come to; any other one (received, pending, in part) is still waited for."""
MESSAGE = re.compile(r"pain\.002\.001\.\d{2}")
PART = re.compile(r"(.+)-(\d{3})")
LARGEST = 1 << 28


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bank says of one payment, or of all of a file where ``payment`` is empty.

    ``message`` is the identification of the file as we gave it, ``order`` the order's name in it, ``part`` its number from 1;
    ``status`` is accepted, pending or rejected, ``code`` the bank's word for it.
    """

    message: str
    order: str
    part: int
    payment: str
    status: str
    code: str
    reason: str


def read_status(name: str, raw: bytes) -> tuple[Answer, ...]:
    """Read a report. Raises BadInput for what is broken, has a document type definition, or is no pain.002 that its schema allows."""
    report = _checked(name, raw)[0]
    original = _text(report, "OrgnlGrpInfAndSts/OrgnlMsgId")
    whole = _text(report, "OrgnlGrpInfAndSts/GrpSts")
    found = list(_group(report, original, whole))
    for batch in _children(report, "OrgnlPmtInfAndSts"):
        found += _batch(batch, original, whole)
    return tuple(found)


def _checked(name: str, raw: bytes) -> etree._Element:
    """Parse and check; nothing is expanded, fetched or read that a definition says."""
    if not raw.strip():
        raise refusal("empty", name)
    if len(raw) > LARGEST:
        raise refusal("too_large", name, limit=LARGEST)
    namespace = first_look(raw, name)[1:].partition("}")[0]
    message = namespace.removeprefix(ISO)
    if not namespace.startswith(ISO) or not MESSAGE.fullmatch(message):
        raise refusal("unknown_message", name, 1, message=namespace[:100])
    path = SCHEMAS / f"{message}.xsd"
    if not path.is_file():
        raise refusal("no_schema", name, 1, message=message)
    try:
        document = etree.parse(BytesIO(raw), etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)).getroot()
    except etree.XMLSyntaxError as error:
        raise broken(name, error) from error
    try:
        _schema(path).assertValid(document)
    except etree.DocumentInvalid as invalid:
        first = next(iter(cast("Iterable[Any]", invalid.error_log)))
        raise against_schema(name, first.message, first.line) from invalid
    return document


@lru_cache(maxsize=8)
def _schema(path: Path) -> etree.XMLSchema:
    """Read a schema once per process."""
    return etree.XMLSchema(etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)))


def _group(report: etree._Element, original: str, whole: str) -> Iterator[Answer]:
    """Give what holds for all of a file, where the bank says so."""
    if whole and whole != "PART":
        yield _answer(original, "", whole, _reason(report, "OrgnlGrpInfAndSts"))


def _batch(batch: etree._Element, original: str, whole: str) -> Iterator[Answer]:
    """Give what the bank says of a payment information block and of each payment in it."""
    message = _text(batch, "OrgnlPmtInfId") or original
    status = _text(batch, "PmtInfSts")
    if status and status not in {"PART", whole}:
        yield _answer(message, "", status, _reason(batch, ""))
    for one in _children(batch, "TxInfAndSts"):
        payment = _text(one, "OrgnlEndToEndId") or _text(one, "OrgnlInstrId")
        if payment:
            yield _answer(message, payment, _text(one, "TxSts") or status or whole, _reason(one, ""))


def _answer(message: str, payment: str, code: str, reason: str) -> Answer:
    named = PART.fullmatch(message)
    order, part = (named[1], max(1, int(named[2]))) if named else (message, 1)
    return Answer(message, order, part, payment, STATUSES.get(code, PENDING), code, reason)


def _reason(element: etree._Element, path: str) -> str:
    """Give the bank's reason: its code and its own words."""
    place = f"{path}/StsRsnInf" if path else "StsRsnInf"
    codes = (*_texts(element, f"{place}/Rsn/Cd"), *_texts(element, f"{place}/Rsn/Prtry"))
    return " ".join(dict.fromkeys((*codes, *_texts(element, f"{place}/AddtlInf"))))


def _text(element: etree._Element, path: str) -> str:
    return next(iter(_texts(element, path)), "")


def _texts(element: etree._Element, path: str) -> tuple[str, ...]:
    found = ((one.text or "").strip() for one in element.iterfind("/".join(f"{{*}}{step}" for step in path.split("/"))))
    return tuple(text for text in found if text)


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    yield from element.iterfind(f"{{*}}{name}")
