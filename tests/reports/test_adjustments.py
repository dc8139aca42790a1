"""The list of adjustments and its sentences: open before decided, the most kroner first, counted and summed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from refusion.claims.facts import State
from refusion.claims.recalculation import Kept, Recalculated
from refusion.law.engine.change.effect import Applied, Effect
from refusion.reports.adjustments import SHORT, list_of, list_of_cases, preview, sentences, strayed
from refusion.reports.text import as_csv
from refusion.values.period import Period
from refusion.values.said import Said, said
from refusion.wiring.texts import render

RULES = (Applied("tillæg", "SDL § 54 b"), Applied("tillæg", "SDL § 54 a"))


def one(case: int, change: int, decided: int | None = None, strayed: int = 0, refused: Said | None = None) -> Recalculated:
    first = date(2021, 3, case)
    kept = Kept(
        id=UUID(int=case), case_number=case, claim_number=100 + case, state=State.DECIDED if decided else State.ACCEPTED,
        decided=decided, first_absence_day=first, last_absence_day=None, waived=False, notified_on=None,
        period=Period(first, date(2021, 3, 31)), answers=(), refund=1000_00, supplement=0, made_on=first,
    )  # fmt: skip
    return Recalculated(kept, 1000_00, 1000_00 + change, strayed, RULES, refused)


FOUND = [one(1, 27_00, decided=5), one(2, -10_00), one(3, 0), one(4, 30_00), one(5, 30_00), one(6, 0, refused=said("law.file_not_text"))]


def english(told: Said) -> str:
    return render(told, "en")


def test_the_list_has_open_claims_first_and_then_the_most_kroner() -> None:
    listed = list_of(preview(FOUND))
    assert [row[0] for row in listed.rows] == [4, 5, 2, 1]
    assert (listed.total("old_amount"), listed.total("new_amount"), listed.total("difference")) == (4000_00, 4077_00, 77_00)
    assert listed.rows[-1] == (
        1, 101, Said("claims.state_decided"), Said("reports.yes"), date(2021, 3, 1), date(2021, 3, 31), 1000_00, 1027_00, 27_00,
        "tillæg", "SDL § 54 b; SDL § 54 a",
    )  # fmt: skip
    assert [row[0] for row in list_of(preview(FOUND), SHORT).rows] == [4, 5, 2, 1]


def test_the_effect_is_told_by_count_and_kroner() -> None:
    assert [english(told) for told in sentences(preview(FOUND))] == [
        "Open claims that change: 3 of 6, in cases: 3. Amounts: kr 50.00 in all (kr 60.00 more, kr -10.00 less).",
        "Decided claims that change: 1 of 6, in cases: 1. Amounts: kr 27.00 in all (kr 27.00 more, kr 0.00 less).",
        "Claims that cannot be calculated anew and are not counted: 1.",
    ]


def test_nothing_that_changes_and_no_claims_are_told_apart() -> None:
    assert [english(told) for told in sentences(preview([one(3, 0)]))] == ["No claim gets another amount; claims calculated anew: 1."]
    assert [english(told) for told in sentences(preview([]))] == ["There are no claims in the books."]
    assert list_of(preview([])).rows == ()


def test_amounts_that_strayed_are_counted_by_themselves() -> None:
    told = strayed(preview([one(1, 0, strayed=5_00), one(2, 1_00), one(3, 0, strayed=-1_00)]))
    assert told is not None
    assert english(told).startswith("Claims whose amount in the books is not what the law gives already now: 2, kr 4.00 in all;")
    assert strayed(preview(FOUND)) is None


def test_answers_of_cases_are_listed_where_they_change() -> None:
    effects = [
        Effect("a", "DK-REFUND", "refund", "1.00", "1.00", 0, ()),
        Effect("a", "DK-REFUND", "supplement", "27.00", "0.00", -27_00, RULES),
        Effect("b", "DK-SICK-DATES", "refund_from", "2022-02-02", said("law.file_not_text"), None, RULES),
    ]
    listed = list_of_cases(effects)
    assert english(listed.sentence) == "Answers that change: 2 of 3, in cases: 2. Amounts: kr -27.00 in all."
    lines = as_csv(listed, english, "en").decode("utf-8-sig").splitlines()
    assert lines[1] == "a,DK-REFUND,supplement,27.00,0.00,-27.00,tillæg,SDL § 54 b; SDL § 54 a"
    assert lines[2].startswith("b,DK-SICK-DATES,refund_from,2022-02-02,")
    assert english(list_of_cases(effects[:1]).sentence) == "No answer changes; answers calculated anew: 1."
