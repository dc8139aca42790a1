"""Payment orders: every account form in both versions, parts of 10,000, refused whole, nothing half-written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from refusion.adapters.bank.payments import files
from refusion.adapters.bank.payments.files import MOST, write_files
from refusion.adapters.bank.payments.orders import Order, Payer, Payment, Scheme
from refusion.values.said import BadInput, Refused

PAYER = Payer("Fjordby Gymnasium & HF", "99990001", "DK5000400440116243", "DABADKKK", "DKK")
ORDER = Order("LOEN-2025-06-1", PAYER, date(2025, 6, 30), "2025-06-25T14:00:00+02:00")
CROWNS = {"DKK": "DK5000400440116243", "NOK": "NO9386011117947", "SEK": "SE4550000000058398257466"}
FORMS = {
    Scheme.IBAN: ("DK5000400440116243", "", "DKK"),
    Scheme.DK: ("440116243", "0040", "DKK"),
    Scheme.NO: ("86011117947", "", "NOK"),
    Scheme.SE: ("8257466", "5000", "SEK"),
    Scheme.NEMKONTO_CPR: ("6101901234", "", "DKK"),
    Scheme.NEMKONTO_CVR: ("13585628", "", "DKK"),
}
NAMESPACE = "{{urn:iso:std:iso:20022:tech:xsd:pain.001.001.{}}}"


def paid(number: int, scheme: Scheme = Scheme.DK, amount: int = 2_512_345) -> Payment:
    """Make a payment to an account of a form."""
    account, bank, _ = FORMS[scheme]
    return Payment(f"P{number}", amount, "Åse <Test> & Søn", scheme, account, bank, "Løn juni 2025")


def in_currency(currency: str) -> Order:
    """Make an order from an account in a currency."""
    return replace(ORDER, payer=replace(PAYER, iban=CROWNS[currency], currency=currency))


@pytest.mark.parametrize("version", ["03", "09"])
@pytest.mark.parametrize("scheme", list(Scheme))
def test_every_account_form_is_written_as_the_schema_wants(tmp_path: Path, scheme: Scheme, version: str) -> None:
    (file,) = write_files(tmp_path / "out.xml", in_currency(FORMS[scheme][2]), [paid(1, scheme), paid(2, scheme, 1)], version)
    root = etree.parse(file).getroot()
    ns = NAMESPACE.format(version)
    assert [one.text for one in root.iter(f"{ns}CtrlSum")] == ["25123.46", "25123.46"]
    assert [one.text for one in root.iter(f"{ns}InstdAmt")] == ["25123.45", "0.01"]
    assert [one.text for one in root.iter(f"{ns}EndToEndId")] == ["P1", "P2"]
    account = next(root.iter(f"{ns}CdtrAcct"))
    assert FORMS[scheme][0] in "".join(account.itertext())
    assert [one.text for one in root.iter(f"{ns}Nm")].count("Åse <Test> & Søn") == 2


def test_above_ten_thousand_payments_the_file_is_parted_and_sums_hold(tmp_path: Path) -> None:
    payments = [paid(number, amount=number) for number in range(1, 2 * MOST + 2)]
    written = write_files(tmp_path / "run.xml", ORDER, payments)
    assert [file.name for file in written] == ["run-001.xml", "run-002.xml", "run-003.xml"]
    ns = NAMESPACE.format("03")
    counts = [int(next(etree.parse(file).getroot().iter(f"{ns}NbOfTxs")).text or "") for file in written]
    assert counts == [MOST, MOST, 1]
    assert sorted(file.name for file in tmp_path.iterdir()) == [file.name for file in written]


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        (replace(paid(1), amount=0), "pain.amount"),
        (replace(paid(1), amount=-5), "pain.amount"),
        (replace(paid(1), name="  "), "pain.name"),
        (replace(paid(1), bank="40"), "pain.account_dk"),
        (replace(paid(1), account="12345678901"), "pain.account_dk"),
        (replace(paid(1, Scheme.IBAN), account="DK5000400440116244"), "pain.account_iban"),
        (replace(paid(1, Scheme.NEMKONTO_CVR), account="13585627"), "pain.account_nemkonto_cvr"),
        (replace(paid(1, Scheme.NEMKONTO_CPR), account="3213901234"), "pain.account_nemkonto_cpr"),
        (paid(1, Scheme.NO), "pain.currency"),
        (replace(paid(1), id=""), "pain.id"),
        (paid(2), "pain.same_id"),
    ],
)
def test_a_payment_that_cannot_go_is_named_and_nothing_is_written(tmp_path: Path, wrong: Payment, key: str) -> None:
    with pytest.raises(BadInput) as refused:
        write_files(tmp_path / "run.xml", ORDER, [paid(2), wrong])
    (problem,) = refused.value.problems
    assert (problem.what.key, problem.row, problem.file) == (key, 2, "run.xml")
    assert not list(tmp_path.iterdir())


def test_a_norwegian_account_with_a_wrong_check_digit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        write_files(tmp_path / "run.xml", in_currency("NOK"), [replace(paid(1, Scheme.NO), account="86011117948")])
    assert refused.value.problems[0].what.key == "pain.account_no"


def test_a_file_that_stands_is_not_written_over(tmp_path: Path) -> None:
    write_files(tmp_path / "run.xml", ORDER, [paid(1)])
    before = (tmp_path / "run.xml").read_bytes()
    with pytest.raises(Refused, match=r"pain\.file_stands"):
        write_files(tmp_path / "run.xml", ORDER, [paid(2)])
    assert (tmp_path / "run.xml").read_bytes() == before


def test_a_failure_in_a_later_part_leaves_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[int] = []

    def full(descriptor: int) -> None:
        written.append(descriptor)
        if len(written) == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_files(tmp_path / "run.xml", ORDER, [paid(number) for number in range(MOST + 1)])
    assert not list(tmp_path.iterdir())


def test_no_payments_are_no_file(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"pain\.none"):
        write_files(tmp_path / "run.xml", ORDER, [])
