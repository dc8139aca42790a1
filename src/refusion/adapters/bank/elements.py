"""From finished XML elements to the messages of the bank, alike for all versions of camt.053 and camt.054."""

from __future__ import annotations

from datetime import date

from lxml import etree

from refusion.adapters.bank.messages import Amount, Party, TransactionDetails

NOT_PROVIDED = "NOTPROVIDED"
CODES = ("BkTxCd/Domn/Cd", "BkTxCd/Domn/Fmly/Cd", "BkTxCd/Domn/Fmly/SubFmlyCd", "BkTxCd/Prtry/Cd")
DEBTORS, CREDITORS = (
    tuple(f"RltdPties/{role}{deeper}" for role in (whose, f"Ultmt{whose}") for deeper in ("/Pty", "")) for whose in ("Dbtr", "Cdtr")
)
NOBODY = Party(None, ())


def row_of(element: etree._Element) -> int | None:
    """Give the line of the file in which the element begins."""
    row: object = element.sourceline
    return row if isinstance(row, int) else None


class Words:
    """One finished element as a list of what stands under each path such as ``Refs/EndToEndId``; walked once."""

    def __init__(self, element: etree._Element) -> None:
        """Walk the element; names lose their namespace."""
        self.under: dict[str, list[etree._Element]] = {}
        _walk(element, "", element.tag.rfind("}") + 1, self.under)

    def element(self, *paths: str) -> etree._Element | None:
        """Give the first element that stands under one of the paths, in the order of the paths."""
        for path in paths:
            if path in self.under:
                return self.under[path][0]
        return None

    def text(self, *paths: str) -> str | None:
        """Give the text under the first path that has some."""
        for path in paths:
            if path in self.under:
                found = (self.under[path][0].text or "").strip()
                if found:
                    return found
        return None

    def texts(self, path: str) -> tuple[str, ...]:
        """Give all texts under the path, in order, without empty ones."""
        found = ((element.text or "").strip() for element in self.under.get(path, ()))
        return tuple(text for text in found if text)

    def day(self, path: str) -> date | None:
        """Give the day as the bank wrote it, be it a date or an instant of its own local day."""
        written = self.text(f"{path}/Dt", f"{path}/DtTm")
        return date.fromisoformat(written[:10]) if written else None

    def amount(self, *paths: str) -> Amount | None:
        """Give the first amount under the paths, as written."""
        found = self.element(*paths)
        if found is None:
            return None
        return Amount((found.text or "").strip(), found.get("Ccy", ""), row_of(found))

    def codes(self) -> str:
        """Give the bank transaction code as ``PMNT/RCDT/DMCT``, the bank's own code last."""
        return "/".join(part for path in CODES if (part := self.text(path)))


def _walk(element: etree._Element, path: str, prefix: int, under: dict[str, list[etree._Element]]) -> None:
    """Note every element under its path; the depth is bounded by the parser."""
    for child in element:
        here = path + child.tag[prefix:]
        if here in under:
            under[here].append(child)
        else:
            under[here] = [child]
        if len(child):
            _walk(child, here + "/", prefix, under)


def details(element: etree._Element) -> TransactionDetails:
    """Read one ``TxDtls``; before version 03 its amount stands in ``AmtDtls`` only."""
    words = Words(element)
    end_to_end = words.text("Refs/EndToEndId")
    own = words.text("AddtlTxInf")
    told = words.texts("RmtInf/Strd/AddtlRmtInf")
    return TransactionDetails(
        amount=words.amount("Amt", "AmtDtls/TxAmt/Amt"),
        sign=words.text("CdtDbtInd"),
        account_servicer_reference=words.text("Refs/AcctSvcrRef"),
        end_to_end=None if end_to_end == NOT_PROVIDED else end_to_end,
        debtor=_party(words, DEBTORS),
        creditor=_party(words, CREDITORS),
        unstructured=words.texts("RmtInf/Ustrd"),
        creditor_references=(*words.texts("RmtInf/Strd/CdtrRefInf/Ref"), *words.texts("RmtInf/Strd/RfrdDocInf/Nb")),
        additional=(*told, own) if own else told,
    )


def _party(words: Words, places: tuple[str, ...]) -> Party:
    """Read a party; from version 08 it stands one level deeper, and the last in a chain has it when the first lacks it."""
    for place in places:
        if place in words.under:
            return Party(words.text(f"{place}/Nm"), _address(words, f"{place}/PstlAdr"))
    return NOBODY


def _address(words: Words, place: str) -> tuple[str, ...]:
    """Give the address as lines, also when the bank has cut it into parts."""
    lines = words.texts(f"{place}/AdrLine")
    if lines:
        return lines
    street = (words.text(f"{place}/StrtNm"), words.text(f"{place}/BldgNb"))
    town = (words.text(f"{place}/PstCd"), words.text(f"{place}/TwnNm"))
    joined = (" ".join(part for part in parts if part) for parts in (street, town))
    return tuple(line for line in joined if line)
