"""Bytes to messages: streams camt.053 and camt.054 of every version whose schema is installed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from lxml import etree

from refusion.adapters.bank.elements import Words, details, row_of
from refusion.adapters.bank.messages import Amount, Entry, Statement, TransactionDetails
from refusion.adapters.bank.refusals import refusal
from refusion.adapters.bank.stream import ISO, Limits, elements

HEADS = {"Stmt": "BkToCstmrStmt", "Ntfctn": "BkToCstmrDbtCdtNtfctn"}
WANTED = (*HEADS, "Ntry", "TxDtls")
NO_LIMITS_GIVEN = Limits()


def decode(source: BinaryIO, name: str, limits: Limits = NO_LIMITS_GIVEN) -> Iterator[Statement | Entry]:
    """Give each statement's head, followed by its entries, in the order of the file.

    Raises BadInput at the first thing that is wrong; what was given before it must then not be kept.
    """
    reading = _Reading(name, limits)
    for element in elements(source, name, WANTED, limits):
        yield from reading.take(element)


@dataclass(slots=True)
class _Reading:
    """Where in the file we are, and the details of an entry that isn't complete yet."""

    name: str
    limits: Limits
    statements: int = 0
    entries: int = 0
    head: Statement | None = None
    details: list[TransactionDetails] = field(default_factory=list)
    digest: hashlib._Hash = field(default_factory=hashlib.sha256)

    def take(self, element: etree._Element) -> Iterator[Statement | Entry]:
        """Use one finished element and empty it."""
        name = element.tag.rpartition("}")[2]
        if name == "TxDtls":
            self._take_details(element)
        elif name == "Ntry":
            yield from self._begin(element.getparent())
            yield self._entry(element)
            _let_go(element)
        elif name in HEADS:
            yield from self._begin(element)
            self.head, self.entries = None, 0
            _let_go(element)

    def _take_details(self, element: etree._Element) -> None:
        """Keep one transaction of the entry that is being read."""
        if len(self.details) >= self.limits.details:
            raise refusal("too_many_details", self.name, row_of(element), limit=self.limits.details)
        self.details.append(details(element))
        self.digest.update(etree.tostring(element, with_tail=False))
        element.clear()

    def _begin(self, head: etree._Element | None) -> Iterator[Statement]:
        """Give the head of a statement once, before its first entry or at its end."""
        if self.head is None and head is not None:
            self.statements += 1
            self.head = _statement(head, self.statements)
            yield self.head

    def _entry(self, element: etree._Element) -> Entry:
        """Read an entry whose details are read already."""
        assert self.head is not None
        self.entries += 1
        self.digest.update(etree.tostring(element, with_tail=False))
        position = f"{self.head.position}/Ntry[{self.entries}]"
        place = _Place(tuple(self.details), position, self.digest.hexdigest())
        self.details, self.digest = [], hashlib.sha256()
        return _entry(element, place)


@dataclass(frozen=True, slots=True)
class _Place:
    """What is known of an entry beside its own element."""

    details: tuple[TransactionDetails, ...]
    position: str
    fragment_hash: str


def _let_go(element: etree._Element) -> None:
    """Empty an element and forget what stands before it, so that memory stays level."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _statement(element: etree._Element, number: int) -> Statement:
    """Read the head of a statement or notification."""
    qualified, words = etree.QName(element), Words(element)
    message = (qualified.namespace or "").removeprefix(ISO)
    iban = words.text("Acct/Id/IBAN")
    return Statement(
        message=message[:8],
        version=message.rpartition(".")[2],
        identification=words.text("Id") or "",
        account=iban or words.text("Acct/Id/Othr/Id", "Acct/Id/PrtryAcct/Id", "Acct/Id/BBAN") or "",
        account_scheme="iban" if iban else "other",
        account_currency=words.text("Acct/Ccy"),
        position=f"/Document/{HEADS[qualified.localname]}/{qualified.localname}[{number}]",
    )


def _entry(element: etree._Element, place: _Place) -> Entry:
    """Read the entry itself; from version 07 its status stands one level deeper."""
    words = Words(element)
    return Entry(
        amount=words.amount("Amt") or Amount("", ""),
        sign=words.text("CdtDbtInd") or "",
        is_reversal=words.text("RvslInd") in ("true", "1"),
        status=words.text("Sts/Cd", "Sts/Prtry", "Sts") or "",
        booking_date=words.day("BookgDt"),
        value_date=words.day("ValDt"),
        account_servicer_reference=words.text("AcctSvcrRef"),
        transaction_code=words.codes(),
        details=place.details,
        additional=words.text("AddtlNtryInf"),
        position=place.position,
        fragment_hash=place.fragment_hash,
        row=row_of(element),
    )
