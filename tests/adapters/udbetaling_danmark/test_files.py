"""Report and decision files: what is written is read back, and what cannot be read is told with its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refusion.adapters.udbetaling_danmark import ReportOffice
from refusion.adapters.udbetaling_danmark.codec import MARK, read_decisions, read_report, write_decisions
from refusion.adapters.udbetaling_danmark.messages import DECISION_HEADINGS, REPORT_HEADINGS, SCHEMES, Afgoerelse
from refusion.cases.facts import FUNDS, Kind
from refusion.values.money import kroner
from refusion.values.period import Period
from refusion.values.said import BadInput
from refusion.workflow.ports.funds import Row
from refusion.workflow.ports.institution import Institution, Settings

OFFICE = ReportOffice()
SAMPLES = Path(__file__).parents[3] / "src/refusion/adapters/udbetaling_danmark/samples"
HOUSE = Institution(1, "FJORDBY", "Fjordby", None, "99990014", "9999000141", "DK", "DKK", "da", Settings())  # type: ignore[arg-type]  # no id is derived
QUARTER = Period(date(2025, 1, 1), date(2025, 3, 31))
GOOD = {
    "ordning": "Fleksjobordningen", "afgoerelse": "A1", "anmodning": "7-1", "udfald": "Bevilget", "refusion": "1.50", "tillaeg": "0,00",
    "udbetales": "-1,50", "afgjort": "2025-04-07", "dispositionsdag": "", "betalingsreference": "FLEKS 1", "erstatter": "A0",
}  # fmt: skip


def row(**facts: object) -> Row:
    return Row("7-1", "new", "6101701234", "E1", QUARTER, facts, 100_50, 1_00, "K-1")


def test_every_fund_has_its_own_name_in_the_files() -> None:
    assert set(SCHEMES) == {kind.value for kind in FUNDS}
    assert len(set(SCHEMES.values())) == len(SCHEMES)


def test_a_row_says_what_the_claim_rests_on() -> None:
    raw = OFFICE.write(HOUSE, Kind.STATE_FLEKSJOB, [row(hired_on="2014-05-01", wage_paid=60_000_00, other_refunds=0, excluded_pay=0)])
    (found,) = read_report("out.csv", raw)
    assert set(found.celler) == set(REPORT_HEADINGS)
    assert (found.celler["ordning"], found.celler["ansat"], found.celler["i_alt"]) == ("Fleksjobordningen", "2014-05-01", "101.50")
    assert (found.celler["udbetalt_loen"], found.celler["anden_refusion"], found.celler["loentimer"]) == ("60000.00", "0.00", "")
    assert found.celler["sats"] == ""


@pytest.mark.parametrize(
    ("facts", "rate"),
    [({"fleksjob_share": "two_thirds"}, "2/3"), ({"pay_grade": 36}, "36"), ({"subsidy_sector": "public"}, "offentlig"), ({}, "")],
)
def test_the_rate_stands_in_their_words(facts: dict[str, object], rate: str) -> None:
    (found,) = read_report("x", OFFICE.write(HOUSE, Kind.WAGE_SUBSIDY, [row(**facts)]))
    assert found.celler["sats"] == rate


def test_no_text_becomes_a_formula() -> None:
    made = Row("7-1", "corrected", "6101701234", "=1+1", QUARTER, {}, 0, 0, "-K")
    (found,) = read_report("x", OFFICE.write(HOUSE, Kind.FLEKSJOB_WAGE, [made]))
    assert (found.celler["ansaettelse"], found.celler["erstatter"]) == ("'=1+1", "'-K")


@given(st.integers(-(10**9), 10**9), st.integers(0, 10**9), st.booleans(), st.sampled_from(list(SCHEMES.values())))
def test_amounts_come_back_as_they_were(pays: int, refund: int, comma: object, scheme: str) -> None:
    written = kroner(pays).replace(".", ",") if comma else kroner(pays)
    outcome = "Bevilget" if refund else "Afslag"
    cells = {**GOOD, "ordning": scheme, "udbetales": written, "refusion": kroner(refund), "udfald": outcome}
    (found,) = OFFICE.read("x", write_decisions([Afgoerelse(2, cells)]))
    assert (found.pays, found.refund, SCHEMES[found.kind.value]) == (pays, refund, scheme)


def test_a_decision_has_every_fact() -> None:
    (found,) = OFFICE.read("x", MARK.encode() + write_decisions([Afgoerelse(2, GOOD)]))
    assert (found.decision, found.claim, found.outcome, found.refund, found.pays) == ("A1", "7-1", "granted", 150, -150)
    assert (found.decided_on, found.pays_on, found.revises, found.reference, found.reason) == (date(2025, 4, 7), None, "A0", "FLEKS 1", "")


@pytest.mark.parametrize(
    ("heading", "cell", "key"),
    [
        ("ordning", "Lotteri", "funds.cell_scheme"), ("udfald", "Måske", "funds.cell_outcome"), ("udfald", "Afslag", "funds.outcome"),
        ("refusion", "1.000,00", "funds.cell_money"), ("refusion", "", "funds.cell_money"), ("udbetales", "1e5", "funds.cell_money"),
        ("afgjort", "7. april", "funds.cell_day"), ("dispositionsdag", "2025-02-30", "funds.cell_day"),
        ("betalingsreference", "", "funds.cell_text"), ("afgoerelse", "x" * 201, "funds.cell_text"), ("begrundelse", "a\x07", "funds.cell_text"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_told_with_its_place(heading: str, cell: str, key: str) -> None:
    with pytest.raises(BadInput) as bad:
        OFFICE.read("wrong.csv", write_decisions([Afgoerelse(2, GOOD), Afgoerelse(3, {**GOOD, heading: cell})]))
    (problem,) = bad.value.problems
    assert (problem.what.key, problem.file, problem.row, problem.column) == (key, "wrong.csv", 3, heading)
    assert problem.remedy.key == f"{key}_remedy"


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        (b"", "funds.heading"), (b"\xff\xfe", "funds.unreadable"), (b'"a;b', "funds.unreadable"), (b"ordning;x\r\n", "funds.heading"),
        (";".join(DECISION_HEADINGS).encode() + b"\r\na;b\r\n", "funds.cells"),
        (";".join((*DECISION_HEADINGS, "ordning")).encode() + b"\r\n", "funds.heading"),
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_refused_whole(raw: bytes, key: str) -> None:
    with pytest.raises(BadInput) as bad:
        read_decisions("wrong.csv", raw)
    assert {problem.what.key for problem in bad.value.problems} == {key}


def test_columns_may_stand_in_any_order_and_empty_lines_anywhere() -> None:
    headings = sorted(DECISION_HEADINGS)
    lines = [";".join(headings), "", ";".join(GOOD.get(heading, "") for heading in headings), ";" * (len(headings) - 1)]
    (found,) = OFFICE.read("x", "\n".join(lines).encode())
    assert found.decision == "A1"


def test_the_samples_are_what_they_say() -> None:
    (found,) = OFFICE.read("decisions.csv", (SAMPLES / "decisions.csv").read_bytes())
    assert (found.kind, found.pays) == (Kind.STATE_FLEKSJOB, 60_000_00)
    with pytest.raises(BadInput) as bad:
        OFFICE.read("decisions-broken.csv", (SAMPLES / "decisions-broken.csv").read_bytes())
    assert {problem.column for problem in bad.value.problems} == {"afgjort"}
    assert len(read_report("report.csv", (SAMPLES / "report.csv").read_bytes())) == 1
