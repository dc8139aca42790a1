"""``refusion self-employed``: the guide without a database, and a case from the command line: words, JSON, errors, second run, undo."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_DNS, uuid5

import pytest

from refusion.doors.cli import main
from refusion.rehearsal.self_employed.world import SelfWorld
from refusion.wiring import house as houses
from refusion.wiring.database.clones import cloned
from refusion.wiring.founding import founded
from refusion.workflow.ports.institution import Settings

Command = Callable[..., tuple[int, str, str]]
TOLD = {
    "who": "self_employed", "first_absence_day": "2022-03-01", "business_months": 12, "last_month_in_business": True, "weekly_hours": 37,
    "income_year": 900000,
}  # fmt: skip
OPENING = {"national_number": "610165-1236", "name": "Berit Bager", "cvr": "12345678", "first_absence_day": "2022-03-01", "income_year": "900000"}


def runner(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    monkeypatch.setenv("REFUSION_LANGUAGE", "en")

    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["refusion", "self-employed", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main.run()
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return int(ended.value.code or 0), said.out, said.err

    return run


@pytest.fixture
def guide(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Give the command line; a database that is opened fails."""

    def opened() -> None:
        raise AssertionError("the guide opened a database")

    monkeypatch.setattr("refusion.wiring.start.started", opened)
    return runner(monkeypatch, capsys)


@pytest.fixture
def world(house_server: None) -> Iterator[SelfWorld]:
    with cloned():
        founded("RAADGIVER", "Rådgiverne", uuid5(NAMESPACE_DNS, "raadgiver"), ("12345678", "1234567890"), Settings(contact="Rådgiverne"))
        yield SelfWorld("RAADGIVER", date(2022, 3, 8))


@pytest.fixture
def case(world: SelfWorld, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    """Give the command line in this process on a world's database, with one case open."""
    monkeypatch.setattr("refusion.wiring.start.started", nullcontext)
    monkeypatch.setattr(houses, "_installed", [world.house])
    run = runner(monkeypatch, capsys)
    file = tmp_path / "case.json"
    file.write_text(json.dumps(OPENING), encoding="utf-8")
    assert run("case", "open", file)[0] == 0
    return run


def told(run: Command, *words: object) -> Any:
    code, out, err = run(*words, "--json", "-")
    assert code == 0, err
    return json.loads(out)


def written(folder: Path, name: str, content: str) -> Path:
    file = folder / name
    file.write_text(content, encoding="utf-8")
    return file


def test_the_guide_answers_in_words_as_json_and_as_a_calendar(guide: Command, tmp_path: Path) -> None:
    source = written(tmp_path, "told.json", json.dumps(TOLD))
    code, out, err = guide("assess", source, "--calendar", tmp_path / "days.ics")
    assert (code, "municipality decides" in out, "9 days" in err) == (0, True, True)
    assert (tmp_path / "days.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    answer = told(guide, "assess", source)[0]
    assert (answer["verdict"], answer["benefit_from"], answer["amount"]["weekly"]) == ("pass", "2022-03-15", "4465.00")
    assert all(one["source"] and one["reason"] for one in answer["conditions"])


def test_the_guide_reads_tables_and_names_every_wrong_cell(guide: Command, tmp_path: Path) -> None:
    heading = "who,first_absence_day,business_months,last_month_in_business,weekly_hours,income_year\n"
    good = written(tmp_path, "two.csv", heading + "self_employed,2022-03-01,12,yes,37,900000\nassisting_spouse,2022-03-01,12,yes,18.49,100000\n")
    assert [one["verdict"] for one in told(guide, "assess", good)] == ["pass", "fail"]
    bad = written(tmp_path, "bad.csv", heading + "self_employed,soon,12,yes,37,900000\nself_employed,2022-03-01,,yes,much,1\n")
    code, _, err = guide("assess", bad)
    assert (code, err.count("\n")) == (2, 3)
    assert "row 3" in err
    assert guide("assess", good, "--calendar", tmp_path / "x.ics")[0] == 1
    assert guide("assess", written(tmp_path, "broken.json", "{"))[0] == 2
    assert guide("assess", tmp_path / "nothing.json")[0] == 1


def test_premiums_of_a_year_and_of_one_that_nobody_knows(guide: Command) -> None:
    assert told(guide, "premiums", "2018-05-01")["premiums"]["day1_max"] == {"premium": "4305.00", "verified": True}
    assert not told(guide, "premiums", "2022-05-01")["premiums"]["day1_max"]["verified"]
    assert "not verified" in guide("premiums", "2022-05-01")[1]
    assert guide("premiums", "1999-01-01")[0] == 1


def test_every_event_is_listed_with_its_facts(guide: Command) -> None:
    rows = told(guide, "case", "events")
    granted = next(row for row in rows if row["event"] == "granted")
    assert [fact["name"] for fact in granted["facts"]] == ["benefit_from", "decision_received"]


def test_a_case_from_the_command_line(case: Command, world: SelfWorld, tmp_path: Path) -> None:
    again = told(case, "case", "open", written(tmp_path, "again.json", json.dumps(OPENING)))
    number = again["number"]
    assert told(case, "case", "list")[0]["number"] == number
    assert {row["kind"] for row in told(case, "due")} >= {"notification", "request", "first_meeting"}
    assert told(case, "case", "file", number, "notification")["state"] == "intended"
    world.house.self_employed_day(houses.HOUSE, world.code)
    shown = told(case, "case", "show", number)
    assert (shown["state"], shown["filings"][0]["state"]) == ("notified", "accepted")
    assert "610165" not in json.dumps(shown)
    told(case, "case", "record", number, "fast_track_asked", "--on", "2022-03-08")
    assert told(case, "case", "undo", number, "--because", "wrong")["state"] == "notified"
    assert "Notified" in case("case", "show", number)[1]
    assert told(case, "case", "list", "--state", "ended") == []


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("case", "record", 1, "weather", "--on", "2022-03-08"), 1, "events"),
        (("case", "record", 1, "granted", "--on", "2022-03-08"), 2, "benefit_from"),
        (("case", "record", 1, "notified", "--on", "2022-03-08", "--fact", "way=borgerservice"), 1, "exempt"),
        (("case", "record", 1, "form_sent", "--on", "2022-03-08", "--fact", "answer_by=2022-03-20"), 1, "too early"),
        (("case", "record", 1, "withdrawn", "--on", "2022-03-09"), 1, "future"),
        (("case", "paid", 1, "much", "--on", "2022-03-08"), 2, "kroner"),
        (("case", "file", 1, "poem"), 1, "notification or request"),
        (("case", "answer", 1), 1, "no information form"),
        (("case", "undo", 1, "--because", "why"), 1, "nothing to undo"),
        (("case", "show", 99), 1, ""),
        (("case", "list", "--state", "odd"), 1, "opened"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(case: Command, words: tuple[object, ...], code: int, said: str) -> None:
    ended, out, err = case(*words)
    assert (ended, out) == (code, "")
    assert said in err
    assert len(err.strip().splitlines()) == 1
