"""What waits, from the command line: at risk, year-end, deadlines, late, partial hours, orders, stops, away, settings and rules."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from typing import Any

import pytest

from refusion.doors.cli import main
from refusion.wiring import house as houses
from refusion.wiring.database.clones import cloned
from tests.story.diary import Diary, opened_diary
from tests.story.payroll import hired, paid_through, sick

Command = Callable[..., tuple[int, str, str]]
NUMBER = "SELECT number FROM refund_case LIMIT 1"


@pytest.fixture
def journey(house_server: None) -> Iterator[Diary]:
    """Live a partial sickness up to May: one claim waits for hours worked, the next is drafted."""
    with cloned(), opened_diary() as diary:
        diary.on("2025-03-03").payroll_says(
            hired(), paid_through("1", "2024-12", "2025-05"), sick(since="2025-03-03", partial_from="2025-04-07")
        )
        diary.until("2025-05-06")
        yield diary


@pytest.fixture
def refusion(journey: Diary, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Give the command line, working in this process on the journey's database."""
    monkeypatch.setattr("refusion.wiring.start.started", nullcontext)
    monkeypatch.setattr(houses, "_installed", [journey.house()])
    monkeypatch.setenv("REFUSION_LANGUAGE", "en")

    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["refusion", *map(str, words), "--institution", journey.code])
        with pytest.raises(SystemExit) as ended:
            main.run()
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return int(ended.value.code or 0), said.out, said.err

    return run


def told(refusion: Command, *words: object) -> Any:
    code, out, err = refusion(*words, "--json", "-")
    assert code == 0, err
    return json.loads(out)


def test_kroner_at_risk_in_words_and_as_json(refusion: Command, journey: Diary) -> None:
    found = told(refusion, "at-risk")
    # The weeks that are not told yet count for the claim of April at what the law gives at most, with all of May's.
    assert [row["legal_day"] for row in found["rows"]] == ["2025-07-02", "2025-08-01"]
    assert found["total_ore"] == sum(row["amount_ore"] for row in found["rows"]) == sum(one["amount_ore"] for one in found["by_day"]) > 0
    code, out, _ = refusion("at-risk", "--limit", 1)
    assert (code, "Within 30 days:" in out, "… and 1 more" in out, "by 30 June 2025, in law 2 July 2025" in out) == (0, True, True, True)


def test_the_year_s_end_in_words_and_as_json(refusion: Command) -> None:
    found = told(refusion, "year-end", 2025)
    assert (found["first_cut"], found["second_cut"]) == ("2025-12-30", "2026-01-12")
    assert [(one["owner"], one["claims"]) for one in found["owed_by"]] == [("leader", 2)]
    assert found["accrual_ore"] == sum(row["accrual_ore"] for row in found["rows"]) > 0
    code, out, _ = refusion("year-end", 2025)
    assert (code, "in by Tuesday 30 December 2025 for the first run" in out, "Owed by the leader" in out) == (0, True, True)
    assert refusion("year-end", 1999)[0] == 2


def test_the_days_of_a_case_with_the_proof_of_its_report(refusion: Command, journey: Diary) -> None:
    number = journey.value(NUMBER)
    found = told(refusion, "deadlines", number)
    assert [(one["layer"], one["day"]) for one in found["deadlines"]] == [("law", "2025-04-07"), ("service_centre", "2025-03-31")]
    assert [(one["layer"], one["day"]) for one in found["claims"][0]["deadlines"]] == [("law", "2025-07-02"), ("service_centre", "2025-05-12")]
    (report,) = found["reports"]
    assert (report["kept"], report["legal_day"]) == (True, "2025-04-07")
    code, out, _ = refusion("deadlines", number)
    assert (code, "in time, signed 2025-04-01" in out) == (0, True)
    assert refusion("deadlines", 1) == (1, "", "There is no case 1.\n")


def test_hours_that_are_owed_by_the_12th(refusion: Command) -> None:
    found = told(refusion, "partial-hours")
    assert [(one["due"], len(one["weeks"])) for one in found] == [("2025-05-12", 3), ("2025-06-12", 1)]
    code, out, _ = refusion("partial-hours")
    assert (code, "due Monday 12 May 2025, warned of from 5 May 2025" in out) == (0, True)


def test_holidays_are_noted_shown_and_taken_back(refusion: Command) -> None:
    code, out, _ = refusion("away", "note", "anna", "--from", "2025-05-05", "--to", "2025-05-30")
    assert (code, "anna is away from 5 May 2025 to 30 May 2025" in out) == (0, True)
    (row,) = told(refusion, "away", "list")
    assert (row["person"], row["from"], row["to"]) == ("anna", "2025-05-05", "2025-05-30")
    assert refusion("away", "withdraw", row["id"][:8])[:2] == (0, "The days away were taken back.\n")
    assert told(refusion, "away", "list") == []
    assert refusion("away", "withdraw", row["id"][:8]) == (1, "", "There are no such days away.\n")
    code, _, err = refusion("away", "note", "anna", "--from", "2025-05-30", "--to", "2025-05-05")
    assert (code, err) == (1, "The last day 5 May 2025 comes before the first day 30 May 2025.\n")


def test_settings_say_what_they_move_before_they_are_saved(refusion: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(refusion, "settings", "show")["filing_day"] == 28
    monkeypatch.setattr("typer.confirm", lambda *_words, **_more: False)
    code, out, err = refusion("settings", "set", "--safe-margin", 5)
    assert (code, "Safe margin in days: 2 → 5" in out, "the safe day of 4 tasks" in out, err) == (1, True, True, "Nothing was saved.\n")
    assert told(refusion, "settings", "show")["safe_margin_days"] == 2
    assert refusion("settings", "set", "--safe-margin", 5, "--deputy", "bo", "--working-model", "orders", "--yes")[0] == 0
    found = told(refusion, "settings", "show")
    assert (found["safe_margin_days"], found["deputy"], found["working_model"]) == (5, "bo", "orders")
    assert "Nothing changes." in refusion("settings", "set", "--safe-margin", 5)[1]
    assert refusion("settings", "set", "--filing-day", 99)[2] == "The filing day 99 is not between 1 and 35.\n"
    assert refusion("settings", "set", "--working-model", "post")[2] == "There is no working model «post»; known are files_itself, orders.\n"
    code, out, _ = refusion("settings", "show")
    assert (code, "Deputy: bo" in out) == (0, True)


def test_a_stop_is_noted_shown_and_lifted(refusion: Command, journey: Diary) -> None:
    number = journey.value(NUMBER)
    words = ("stops", "note", number, "--from", "2025-05-01", "--document", "brev 17")
    assert refusion(*words)[2] == "Give the day of the letter that was not answered.\n"
    code, out, _ = refusion(*words, "--letter", "2025-04-20")
    assert (code, f"Case {number} is stopped from 1 May 2025" in out) == (0, True)
    (row,) = told(refusion, "stops", "list")
    assert (row["cause"], row["stopped_from"], row["at_risk_ore"] > 0) == ("no_answer", "2025-05-01", True)
    code, out, _ = refusion("stops", "lift", number, "--from", "2025-05-01", "--document", "afgørelse")
    assert (code, "the days without benefit cost kr 0.00" in out) == (0, True)
    assert told(refusion, "stops", "list") == []
    assert [row["resumed_from"] for row in told(refusion, "stops", "list", "--all")] == ["2025-05-01"]
    assert refusion(*words, "--because", "weather")[2].startswith("There is no cause «weather»")


def test_a_rule_is_proposed_and_waits_for_somebody_else(refusion: Command) -> None:
    code, out, _ = refusion("settings", "propose-rule", "weekly_hours", "3700", "--because", "the agreement", "--from", "2025-01-01")
    (rule,) = told(refusion, "settings", "rules")
    assert (code, rule["hash"][:8] in out, rule["rule"], rule["approved_by"]) == (0, True, "R1", None)
    code, _, err = refusion("settings", "approve-rule", 1, rule["hash"][:8])
    assert (code, err) == (1, "The rule R1 must be approved by somebody else than its proposer.\n")
    assert "withdrawn by shell:" in refusion("settings", "withdraw-rule", 1)[1]
    assert refusion("settings", "propose-rule", "wage", "1", "--because", "so", "--from", "2025-01-01")[0] == 1


def test_orders_are_followed(refusion: Command, journey: Diary) -> None:
    refusion("settings", "set", "--working-model", "orders", "--yes")
    journey.caseworker_answers("1800").the_house_works()
    (order,) = told(refusion, "orders", "list")
    assert (order["form_name"], order["state"], order["order_by"]) == ("Refusion: Opfølgning på eksisterende sygdom", "prepared", "2025-05-12")
    assert refusion("orders", "sent", order["order"][:8], "SAM-1")[1].endswith("is now sent.\n")
    assert refusion("orders", "received", order["order"][:8], "KV-1")[1].endswith("is now received.\n")
    words = ("--receipt", "NR-1", "--authority-id", "A-1", "--signed", "2025-05-06T08:30")
    assert refusion("orders", "filed", order["order"], *words)[1].endswith("is now filed with the authority.\n")
    assert told(refusion, "orders", "list") == []
    journey.the_claims_are("accepted", "drafted")
    assert refusion("orders", "sent", "x", "SAM-2")[2].startswith("0 orders begin with «x»")
    code, _, err = refusion("orders", "returned", order["order"], "late")
    assert (code, err.startswith("An order that is filed")) == (1, True)


def test_late_tasks_with_whom_they_stand(refusion: Command, journey: Diary) -> None:
    assert told(refusion, "late") == []
    journey.on("2025-07-02").the_house_works()
    rows = told(refusion, "late")
    assert {(row["turn"], row["days_late"]) for row in rows} == {("leader", 2)}
    code, out, _ = refusion("late")
    assert (code, "with Leader, 2 days late" in out) == (0, True)


@pytest.mark.parametrize("verb", ["at-risk", "year-end", "deadlines", "late", "partial-hours", "orders", "stops", "away", "settings"])
def test_every_verb_has_its_help(verb: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["refusion", verb, "--help"])
    with pytest.raises(SystemExit) as ended:
        main.run()
    assert (ended.value.code or 0, f"refusion {verb}" in capsys.readouterr().out) == (0, True)
