"""refusion settings: how the kinds stand, what a switch does before it is done, and what a pilot comes to."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext

import pytest

from refusion.absences.facts import Question
from refusion.doors.cli import main
from refusion.wiring import house as houses
from tests.story.diary import Diary, opened_diary
from tests.story.payroll import hired, paid_through, sick

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def diary(house_database: str) -> Iterator[Diary]:
    with opened_diary() as opened:
        yield opened


@pytest.fixture
def refusion(diary: Diary, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    monkeypatch.setattr("refusion.wiring.start.started", nullcontext)
    monkeypatch.setattr(houses, "_installed", [diary.house()])
    monkeypatch.setenv("REFUSION_LANGUAGE", "en")

    def run(*words: object, answer: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["refusion", *map(str, words), "--institution", diary.code])
        monkeypatch.setattr("typer.confirm", lambda *_words, **_how: answer == "y")
        with pytest.raises(SystemExit) as ended:
            main.run()
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return int(ended.value.code or 0), said.out, said.err

    return run


def test_a_kind_is_switched_when_somebody_confirms(diary: Diary, refusion: Command) -> None:
    diary.on("2025-03-03").payroll_says(hired(), paid_through("1", "2024-12", "2025-05"), sick(since="2025-03-03"))
    diary.the_house_works()
    code, out, err = refusion("settings", "stage", "long-sickness", "pilot")
    assert (code, "1 cases that were not notified rest" in out, "Nothing was changed" in err) == (1, True, True)
    assert diary.value("SELECT count(*) FROM kind_stage") == 0
    code, out, _ = refusion("settings", "stage", "long-sickness", "pilot", "--since", "2025-03-04", answer="y")
    assert (code, "long-sickness is pilot from 4 March 2025" in out) == (0, True)
    assert diary.rows("SELECT kind, stage, since::text, set_by LIKE 'shell:%%' FROM kind_stage") == [("long-sickness", "pilot", "2025-03-04", True)]
    assert "pilot from 4 March 2025" in refusion("settings", "stages")[1]
    diary.until("2025-05-02")
    code, out, _ = refusion("settings", "pilot")
    assert (code, "2 pilot drafts are expected to give" in out) == (0, True)
    assert [line["case"] for line in json.loads(refusion("settings", "pilot", "--json", "-")[1])] == [diary.case().number] * 2


def test_json_tells_the_same_and_nothing_else_on_standard_output(diary: Diary, refusion: Command) -> None:
    diary.on("2025-03-03")
    code, out, _ = refusion("settings", "stage", "ill-child", "live", "--codes", "235, 236", "--yes", "--json", "-")
    assert code == 0
    assert json.loads(out) == {
        "kind": "ill-child", "before": "off", "after": "live", "codes": ["235", "236"], "since": "2025-03-03",
        "absences_looked_at": 0, "cases_filed": 0, "filed_ore": 0, "cases_resting": 0, "cases_running_out": 0,
    }  # fmt: skip
    standing = {one["kind"]: one for one in json.loads(refusion("settings", "stages", "--json", "-")[1])}
    assert (standing["ill-child"]["stage"], standing["ill-child"]["codes"]) == ("live", ["235", "236"])
    assert (standing["parental"]["stage"], standing["parental"]["since"]) == ("off", None)


@pytest.mark.parametrize(
    ("words", "because"),
    [
        (("sick", "live"), "There is no kind sick"),
        (("parental", "on"), "There is no stage on"),
        (("parental", "live", "--since", "2025-03-02"), "cannot hold from 2 March 2025"),
        (("ill-child", "live"), "name them with --codes"),
        (("ill-child", "live", "--codes", "400"), "means parental already"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(diary: Diary, refusion: Command, words: tuple[str, ...], because: str) -> None:
    diary.on("2025-03-03")
    code, _, err = refusion("settings", "stage", *words, "--yes")
    assert (code, because in err, err.count("\n")) == (1, True, 1), err
    assert diary.value("SELECT count(*) FROM kind_stage") == 0


def test_a_claim_for_leave_is_explained_by_the_act_on_leave(diary: Diary, refusion: Command) -> None:
    diary.on("2025-03-03").payroll_says(
        hired(), paid_through("1", "2024-10", "2025-06"), sick(since="2025-03-03", until="2025-03-16", code="400")
    )
    refusion("settings", "stage", "parental", "live", "--yes")
    for question, value in ((Question.PARENT, "father"), (Question.CHILD_BORN, "2025-03-01"), (Question.WEEKS_TRANSFERRED, "0")):
        diary.caseworker_enters(question, value, "2025-01-01")
    diary.until("2025-03-18")
    code, out, _ = refusion("explain", diary.claims()[0].number)
    assert (code, "9,906.00" in out or "9.906,00" in out, "(BL § 39 b)" in out) == (0, True, True), out


def test_what_one_person_closes_alone_is_limited_in_kroner_and_freed_again(diary: Diary, refusion: Command) -> None:
    assert refusion("settings", "close-alone", "500,50", "--yes")[0] == 0
    with diary.reading() as tx:
        assert tx.institution.settings.close_alone_up_to == 500_50
    code, _, err = refusion("settings", "close-alone", "a lot", "--yes")
    assert (code, err) == (1, "a lot is no limit: write kroner, or any for none.\n")
    assert refusion("settings", "close-alone", "any", "--yes")[0] == 0
    with diary.reading() as tx:
        assert tx.institution.settings.close_alone_up_to is None
