"""From finished XML elements to the messages of the bank, alike for all versions of camt.053 and camt.054."""

from __future__ import annotations

from datetime import date

from lxml import etree

from refusion.adapters.bank.messages import Amount, Party, TransactionDetails

NOT_PROVIDED = "NOTPROVIDED"
CODES = ("Domn/Cd", "Domn/Fmly/Cd", "Domn/Fmly/SubFmlyCd", "Prtry/Cd")


def row_of(element: etree._Element) -> int | None:
    """Give the line of the file in which the element begins."""
    row: object = element.sourceline
    return row if isinstance(row, int) else None


class Words:
    """Finds the elements of one namespace by plain paths such as ``Refs/EndToEndId``."""

    def __init__(self, namespace: str) -> None:
        """Remember the namespace; paths are spelled out once."""
        self._prefix = f"{{{namespace}}}"
        self._spelled: dict[str, str] = {}

    def path(self, plain: str) -> str:
        """Spell a plain path out with its namespace."""
        if plain not in self._spelled:
            self._spelled[plain] = "/".join(self._prefix + step for step in plain.split("/"))
        return self._spelled[plain]

    def element(self, parent: etree._Element, *paths: str) -> etree._Element | None:
        """Give the first element that stands under one of the paths, in the order of the paths."""
        for plain in paths:
            found = parent.find(self.path(plain))
            if found is not None:
                return found
        return None

    def text(self, parent: etree._Element, *paths: str) -> str | None:
        """Give the text under the first path that has some."""
        for plain in paths:
            found = (parent.findtext(self.path(plain)) or "").strip()
            if found:
                return found
        return None

    def texts(self, parent: etree._Element, plain: str) -> tuple[str, ...]:
        """Give all texts under the path, in order, without empty ones."""
        found = ((element.text or "").strip() for element in parent.iterfind(self.path(plain)))
        return tuple(text for text in found if text)

    def day(self, parent: etree._Element, plain: str) -> date | None:
        """Give the day as the bank wrote it, be it a date or an instant of its own local day."""
        written = self.text(parent, f"{plain}/Dt", f"{plain}/DtTm")
        return date.fromisoformat(written[:10]) if written else None

    def amount(self, parent: etree._Element, *paths: str) -> Amount | None:
        """Give the first amount under the paths, as written."""
        found = self.element(parent, *paths)
        if found is None:
            return None
        return Amount((found.text or "").strip(), found.get("Ccy", ""), row_of(found))

    def codes(self, parent: etree._Element) -> str:
        """Give the bank transaction code as ``PMNT/RCDT/DMCT``, the bank's own code last."""
        code = self.element(parent, "BkTxCd")
        if code is None:
            return ""
        return "/".join(part for path in CODES if (part := self.text(code, path)))


def details(words: Words, element: etree._Element) -> TransactionDetails:
    """Read one ``TxDtls``; before version 03 its amount stands in ``AmtDtls`` only."""
    information = words.element(element, "RmtInf")
    structured = () if information is None else _structured(words, information, "CdtrRefInf/Ref", "RfrdDocInf/Nb")
    end_to_end = words.text(element, "Refs/EndToEndId")
    return TransactionDetails(
        amount=words.amount(element, "Amt", "AmtDtls/TxAmt/Amt"),
        sign=words.text(element, "CdtDbtInd"),
        account_servicer_reference=words.text(element, "Refs/AcctSvcrRef"),
        end_to_end=None if end_to_end == NOT_PROVIDED else end_to_end,
        debtor=_party(words, element, "Dbtr", "UltmtDbtr"),
        creditor=_party(words, element, "Cdtr", "UltmtCdtr"),
        unstructured=() if information is None else words.texts(information, "Ustrd"),
        creditor_references=structured,
        additional=_additional(words, element, information),
    )


def _structured(words: Words, information: etree._Element, *paths: str) -> tuple[str, ...]:
    """Collect the references of all structured parts."""
    parts = information.iterfind(words.path("Strd"))
    return tuple(text for part in parts for path in paths for text in words.texts(part, path))


def _additional(words: Words, element: etree._Element, information: etree._Element | None) -> tuple[str, ...]:
    """Collect what the bank adds in free words."""
    told = () if information is None else _structured(words, information, "AddtlRmtInf")
    own = words.text(element, "AddtlTxInf")
    return (*told, own) if own else told


def _party(words: Words, element: etree._Element, *roles: str) -> Party:
    """Read a party; from version 08 it stands one level deeper, and the last one in a chain has it when the first lacks it."""
    for role in roles:
        found = words.element(element, f"RltdPties/{role}/Pty", f"RltdPties/{role}")
        if found is not None:
            return Party(words.text(found, "Nm"), _address(words, found))
    return Party(None, ())


def _address(words: Words, party: etree._Element) -> tuple[str, ...]:
    """Give the address as lines, also when the bank has cut it into parts."""
    lines = words.texts(party, "PstlAdr/AdrLine")
    if lines:
        return lines
    street = (words.text(party, "PstlAdr/StrtNm"), words.text(party, "PstlAdr/BldgNb"))
    town = (words.text(party, "PstlAdr/PstCd"), words.text(party, "PstlAdr/TwnNm"))
    joined = (" ".join(part for part in parts if part) for parts in (street, town))
    return tuple(line for line in joined if line)
