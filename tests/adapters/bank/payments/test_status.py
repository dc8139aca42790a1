"""Status reports of the bank: all accepted, some rejected, all rejected, waiting; what is no report is refused with its place."""

from __future__ import annotations

import pytest

from refusion.adapters.bank.payments.status import read_status
from refusion.values.said import BadInput

XSI = "urn:iso:std:iso:20022:tech:xsd:pain.002.001."


def report(body: str, version: str = "03") -> bytes:
    head = "<GrpHdr><MsgId>ANSWER-1</MsgId><CreDtTm>2025-06-28T09:00:00</CreDtTm></GrpHdr>"
    return f'<?xml version="1.0"?><Document xmlns="{XSI}{version}"><CstmrPmtStsRpt>{head}{body}</CstmrPmtStsRpt></Document>'.encode()


def group(status: str = "", message: str = "June-001", reason: str = "") -> str:
    told = f"<GrpSts>{status}</GrpSts>" if status else ""
    return f"<OrgnlGrpInfAndSts><OrgnlMsgId>{message}</OrgnlMsgId><OrgnlMsgNmId>pain.001</OrgnlMsgNmId>{told}{reason}</OrgnlGrpInfAndSts>"


def because(code: str, words: str = "") -> str:
    more = f"<AddtlInf>{words}</AddtlInf>" if words else ""
    return f"<StsRsnInf><Rsn><Cd>{code}</Cd></Rsn>{more}</StsRsnInf>"


def batch(*payments: str, status: str = "", of: str = "June-001") -> str:
    told = f"<PmtInfSts>{status}</PmtInfSts>" if status else ""
    return f"<OrgnlPmtInfAndSts><OrgnlPmtInfId>{of}</OrgnlPmtInfId>{told}{''.join(payments)}</OrgnlPmtInfAndSts>"


def payment(number: str, status: str = "", reason: str = "") -> str:
    told = f"<TxSts>{status}</TxSts>" if status else ""
    return f"<TxInfAndSts><OrgnlEndToEndId>{number}</OrgnlEndToEndId>{told}{reason}</TxInfAndSts>"


def shortly(raw: bytes) -> list[tuple[str, int, str, str, str]]:
    return [(one.order, one.part, one.payment, one.status, one.reason) for one in read_status("s.xml", raw)]


CASES = [
    (group("ACCP"), [("June", 1, "", "accepted", "")]),
    (group("RJCT", "June-002", because("AM04", "No funds")), [("June", 2, "", "rejected", "AM04 No funds")]),
    (
        group("PART") + batch(payment("P1", "ACSC"), payment("P2", "RJCT", because("AC01"))),
        [("June", 1, "P1", "accepted", ""), ("June", 1, "P2", "rejected", "AC01")],
    ),
    (group() + batch(payment("P1"), status="RJCT"), [("June", 1, "", "rejected", ""), ("June", 1, "P1", "rejected", "")]),
    (group("PDNG"), [("June", 1, "", "pending", "")]),
    (group("ACTC") + batch(payment("P1", "PDNG")), [("June", 1, "", "accepted", ""), ("June", 1, "P1", "pending", "")]),
    (group("ACCP", "No number"), [("No number", 1, "", "accepted", "")]),
]


@pytest.mark.parametrize(("body", "told"), CASES)
def test_what_the_bank_says(body: str, told: list[tuple[str, int, str, str, str]]) -> None:
    assert shortly(report(body)) == told


@pytest.mark.parametrize("version", ["12", "14"])
def test_newer_versions_are_read_alike(version: str) -> None:
    assert shortly(report(group("RJCT"), version)) == [("June", 1, "", "rejected", "")]


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        (b"", "bank.empty"),
        (b"hello", "bank.broken_xml"),
        (report(group("NOPE")), "bank.schema_value"),
        (report("<Nothing/>"), "bank.schema_unexpected"),
        (report(group("ACCP"))[:-20], "bank.broken_xml"),
        (report(group("ACCP")).replace(b"pain.002.001.03", b"pain.001.001.03"), "bank.unknown_message"),
        (report(group("ACCP")).replace(b"pain.002.001.03", b"pain.002.001.99"), "bank.no_schema"),
        (b'<!DOCTYPE x [<!ENTITY e "e">]>' + report(group("ACCP")).partition(b"?>")[2], "bank.document_type"),
    ],
)
def test_what_is_no_report_is_refused(raw: bytes, key: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_status("s.xml", raw)
    assert refused.value.problems[0].what.key.startswith(key)
