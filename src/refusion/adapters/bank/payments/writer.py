"""Writes payment orders as pain.001.001.03 or .09: one text line a payment, so that an error is found by its row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from xml.sax.saxutils import escape as escaped

from refusion.adapters.bank.payments.orders import Order, Payment, Scheme
from refusion.adapters.bank.stream import ISO
from refusion.values.money import kroner

VERSIONS = ("03", "09")
NAME, TEXT = 70, 140
AT_ONCE = 1000
"""So many payments are handed on in one piece."""
SWEDISH_CLEARING = "SESBA"
PERSON, COMPANY = "CPR", "CVR"


def pieces(order: Order, part: int, payments: Sequence[Payment], version: str) -> Iterator[bytes]:
    """Give the file piece by piece; ``part`` numbers the files of an order from 1. Raises ValueError for another version."""
    if version not in VERSIONS:
        raise ValueError(f"pain.001.001.{version} is not written")
    identification = f"{order.id}-{part:03d}"
    total = sum(payment.amount for payment in payments)
    sums = f"<NbOfTxs>{len(payments)}</NbOfTxs><CtrlSum>{kroner(total)}</CtrlSum>"
    yield (_opening(order, identification, sums, version) + _head(order, identification, sums, version)).encode()
    write = _writer(order.payer.currency)
    for start in range(0, len(payments), AT_ONCE):
        yield "".join(map(write, payments[start : start + AT_ONCE])).encode()
    yield b"\n</PmtInf></CstmrCdtTrfInitn></Document>\n"


def _opening(order: Order, identification: str, sums: str, version: str) -> str:
    """Write the group header with the initiating party."""
    party = f"<InitgPty>{_name(order.payer.name)}{_organisation(order)}</InitgPty>"
    group = f"<GrpHdr><MsgId>{escape(identification)}</MsgId><CreDtTm>{order.made_at}</CreDtTm>{sums}{party}</GrpHdr>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="{ISO}pain.001.001.{version}"><CstmrCdtTrfInitn>{group}'


def _head(order: Order, identification: str, sums: str, version: str) -> str:
    """Write what holds for all payments: salary, the day, the payer's account and bank, charges shared."""
    day = order.pays_on.isoformat()
    when, bank = (day, "BIC") if version == "03" else (f"<Dt>{day}</Dt>", "BICFI")
    payer = order.payer
    return (
        f"<PmtInf><PmtInfId>{escape(identification)}</PmtInfId><PmtMtd>TRF</PmtMtd>{sums}"
        f"<PmtTpInf><SvcLvl><Cd>NURG</Cd></SvcLvl><CtgyPurp><Cd>SALA</Cd></CtgyPurp></PmtTpInf>"
        f"<ReqdExctnDt>{when}</ReqdExctnDt><Dbtr>{_name(payer.name)}{_organisation(order)}</Dbtr>"
        f"<DbtrAcct><Id><IBAN>{payer.iban}</IBAN></Id><Ccy>{payer.currency}</Ccy></DbtrAcct>"
        f"<DbtrAgt><FinInstnId><{bank}>{payer.bic}</{bank}></FinInstnId></DbtrAgt><ChrgBr>SHAR</ChrgBr>"
    )


def _organisation(order: Order) -> str:
    return f"<Id><OrgId><Othr><Id>{escape(order.payer.company_number)}</Id><SchmeNm><Cd>COID</Cd></SchmeNm></Othr></OrgId></Id>"


def _name(text: str) -> str:
    return f"<Nm>{escape(_plain(text)[:NAME].strip())}</Nm>"


def _plain(text: str) -> str:
    """Leave out what XML can't hold."""
    return text if text.isprintable() else "".join(character for character in text if character.isprintable())


def _writer(currency: str) -> Callable[[Payment], str]:
    """Give what writes one payment in a currency."""

    def write(payment: Payment) -> str:
        text = f"<RmtInf><Ustrd>{escape(_plain(payment.text)[:TEXT])}</Ustrd></RmtInf>" if payment.text else ""
        identification = escape(payment.id)
        agent, account = WHERE[payment.scheme](payment)
        return (
            f"\n<CdtTrfTxInf><PmtId><InstrId>{identification}</InstrId><EndToEndId>{identification}</EndToEndId></PmtId>"
            f'<Amt><InstdAmt Ccy="{currency}">{kroner(payment.amount)}</InstdAmt></Amt>'
            f"{agent}<Cdtr>{_name(payment.name)}</Cdtr><CdtrAcct><Id>{account}</Id></CdtrAcct>{text}</CdtTrfTxInf>"
        )

    return write


def escape(text: str) -> str:
    """Write the three signs of XML so that they stay text; few texts have one."""
    return escaped(text) if "&" in text or "<" in text or ">" in text else text


def _other(number: str, scheme: str) -> str:
    return f"<Othr><Id>{number}</Id><SchmeNm>{scheme}</SchmeNm></Othr>"


def _bban(number: str) -> str:
    return _other(number, "<Cd>BBAN</Cd>")


def _swedish(payment: Payment) -> tuple[str, str]:
    """The clearing number names the bank, the account stands alone."""
    member = f"<ClrSysMmbId><ClrSysId><Cd>{SWEDISH_CLEARING}</Cd></ClrSysId><MmbId>{payment.bank}</MmbId></ClrSysMmbId>"
    return f"<CdtrAgt><FinInstnId>{member}</FinInstnId></CdtrAgt>", _bban(payment.account)


WHERE: Mapping[Scheme, Callable[[Payment], tuple[str, str]]] = MappingProxyType({
    Scheme.IBAN: lambda payment: ("", f"<IBAN>{payment.account.replace(' ', '')}</IBAN>"),
    Scheme.DK: lambda payment: ("", _bban(payment.bank + payment.account.zfill(10))),
    Scheme.NO: lambda payment: ("", _bban(payment.account)),
    Scheme.SE: _swedish,
    Scheme.NEMKONTO_CPR: lambda payment: ("", _other(payment.account.replace("-", ""), f"<Prtry>{PERSON}</Prtry>")),
    Scheme.NEMKONTO_CVR: lambda payment: ("", _other(payment.account, f"<Prtry>{COMPANY}</Prtry>")),
})
