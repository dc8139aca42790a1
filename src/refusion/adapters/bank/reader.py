"""The bank as the verbs know it: a file in, its booked lines out, each ready to be kept."""

from __future__ import annotations

from refusion.adapters.bank.translate import read_file
from refusion.settlements.bank_entry import BankDetail, BankEntry, line_key
from refusion.workflow.ports.bank import BankLine, LineDetail


class CamtReader:
    """Reads camt.053 and camt.054; implements :class:`refusion.workflow.ports.bank.BankReader`."""

    def read(self, name: str, raw: bytes) -> tuple[BankLine, ...]:
        """Give the booked lines in the order of the file. Raises BadInput with file, line, element, value, remedy."""
        return tuple(bank_line(entry) for entry in read_file(raw, name).booked)


def bank_line(entry: BankEntry) -> BankLine:
    """Give a booked entry as the line that the house keeps.

    A batch stays one line, because a statement may give it whole and the notification in parts: cutting it up would
    count the money twice. What its transactions say stands in ``text``, one told thing per text line.
    """
    if entry.booked_on is None:
        raise ValueError(f"{entry.position} is not booked")
    return BankLine(
        key=line_key(entry),
        account=entry.account,
        currency=entry.currency,
        amount=entry.amount,
        booked_on=entry.booked_on,
        reference=entry.reference or "",
        payer=_payer(entry),
        text="\n".join(dict.fromkeys(_told(entry))),
        details=tuple(map(_detail, entry.details)) if len(entry.details) > 1 and entry.details_hold else (),
    )


def _detail(detail: BankDetail) -> LineDetail:
    """Give a transaction inside a batch with all that it tells."""
    told = (detail.reference, detail.end_to_end, *detail.creditor_references, *detail.text)
    return LineDetail(detail.amount or 0, detail.payer or "", tuple(dict.fromkeys(text for text in told if text)))


def _payer(entry: BankEntry) -> str:
    """Name the other party: by name, else by its address lines; parties of a batch each once."""
    parties = [detail.payer or " ".join(detail.payer_address) for detail in entry.details]
    return ", ".join(dict.fromkeys(party for party in parties if party))


def _told(entry: BankEntry) -> list[str]:
    """Collect end-to-end ids and texts."""
    return [detail.end_to_end for detail in entry.details if detail.end_to_end] + list(entry.text)
