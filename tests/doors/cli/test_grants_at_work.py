"""``refusion grants`` on an agreement at work: every verb, its JSON, its errors, a second run."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from refusion.doors.cli import main
from refusion.wiring import house as houses
from refusion.wiring.database.clones import cloned
from refusion.workflow.grants.deciding import batch_hash
from tests.story.grant_office import BO, CODE, NAME, STATISTICS, Office, columns, grant_office

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def office(house_server: None) -> Iterator[Office]:
    with cloned(), grant_office() as opened:
        yield opened.on("2013-02-01")


@pytest.fixture
def refusion(office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    monkeypatch.setattr("refusion.wiring.start.started", nullcontext)
    monkeypatch.setenv("REFUSION_LANGUAGE", "en")

    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(houses, "_installed", [office.house])
        monkeypatch.setattr(sys, "argv", ["refusion", "grants", *map(str, words), "--institution", CODE])
        with pytest.raises(SystemExit) as ended:
            main.run()
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return int(ended.value.code or 0), said.out, said.err

    return run


def table(folder: Path, rows: list[dict[str, str]], name: str = "table.csv") -> Path:
    file = folder / name
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return file


def refused(answer: tuple[int, str, str], words: str) -> None:
    code, out, err = answer
    assert (code != 0, out) == (True, "")
    assert words in err


def test_01_it_is_opened_and_its_papers_recorded(refusion: Command, office: Office, tmp_path: Path) -> None:
    assert refusion("list")[1] == "No agreement was opened.\n"
    refused(refusion("status", NAME), "was not opened here")
    for _ in range(2):
        assert refusion("open", NAME)[0] == 0
    code, out, _ = refusion("list", "--json", "-")
    assert (code, [one["name"] for one in json.loads(out)]) == (0, [NAME])
    for approval in ("government", "skl_board", "riksdag_funds", "investigations_government", "investigations_skl_board"):
        assert refusion("approval", NAME, approval, "--on", "2012-12-20", "--document", "dnr")[0] == 0
    refused(refusion("approval", NAME, "eu", "--on", "2012-12-20", "--document", "dnr"), "names no approval eu")
    refused(refusion("approval", NAME, "government", "--on", "2099-12-20", "--document", "dnr"), "has not come yet")
    words = ("require", NAME, "condition_1", "--on", "2013-02-01", "--document", "dnr 1", "--sent", "2013-02-01")
    refused(refusion(*words), "is set after consulting SKL")
    assert refusion(*words, "--consulted", "SKL", "--consulted-on", "2013-01-20", "--proof", "minutes")[0] == 0
    assert refusion("account", NAME, "01", "5050-1055", "--document", "form")[0] == 0
    refused(refusion("account", NAME, "01", "5050-1056", "--document", "form"), "no bankgiro number")
    assert refusion("reporter", NAME, "gun", "09", "--document", "letter")[0] == 0


def test_02_reports_are_registered_reviewed_decided_and_approved_by_another(refusion: Command, office: Office) -> None:
    office.on("2013-08-30")
    evidence = [word for check, text in office.evidence("condition_1").items() for word in ("--evidence", f"{check}={text}")]
    code, out, _ = refusion("report", NAME, "condition_1", "01", "--diary", "dnr 01", "--received", "2013-08-30T11:59", *evidence)
    assert (code, "received on 30 August 2013" in out) == (0, True)
    refused(refusion("report", NAME, "condition_1", "01", "--diary", "dnr 02"), "reported on condition_1 already")
    refused(refusion("report", NAME, "condition_1", "03", "--diary", "x", "--evidence", "C1-1"), "Write check=document")
    office.on("2013-09-02")
    refused(refusion("report", NAME, "condition_1", "03", "--diary", "dnr 03"), "the last day was 30 August 2013")
    assert "as late" in refusion("report", NAME, "condition_1", "03", "--diary", "dnr 03", "--late")[1]
    assert refusion("review", NAME, "condition_1")[1].startswith("2 reports")
    assert refusion("complete", NAME, "condition_1", "01", "--because", "a page lacks", "--due", "2013-09-20")[0] == 0
    assert refusion("report", NAME, "condition_1", "01", "--diary", "dnr 01b")[0] == 0
    refused(refusion("decide", NAME, "condition_1", "03", "--fulfilled", "--because", "late"), "No evidence for C1-1")
    code, out, _ = refusion("decide", NAME, "condition_1", "01", "--fulfilled", "--because", "complete", "--json", "-")
    digits = json.loads(out)["hash"]
    refused(refusion("approve", NAME, "condition_1", digits[:8]), "your own proposal")
    assert digits[:8] in refusion("decisions", NAME, "condition_1")[1]
    assert refusion("withdraw", NAME, "condition_1")[0] == 0
    assert refusion("decide", NAME, "condition_1", "01", "--fulfilled", "--because", "complete")[0] == 0
    assert refusion("decide", NAME, "condition_1", "03", "--not-fulfilled", "--because", "late")[0] == 0
    others = [code for code in office.standing.agreement.codes if code not in {"01", "03"}]
    assert refusion("decide", NAME, "condition_1", *others, "--not-fulfilled", "--because", "nothing reported")[0] == 0
    open_ones = [one for one in office.standing.decisions if one.is_open]
    office.house.approve_decisions(BO, CODE, NAME, "condition_1", batch_hash(open_ones))
    told = json.loads(refusion("status", NAME, "--json", "-")[1])
    assert told["conditions"]["condition_1"]["payable"] == ["01"]
    assert any("condition_2 waits for 21 decisions" in one for one in told["waits"]["condition_2"])
    assert "payable 01" in refusion("status", NAME)[1]


def test_03_statistics_and_orders_come_from_files(refusion: Command, office: Office, tmp_path: Path) -> None:
    office.on("2014-02-01")
    file = table(tmp_path, columns(STATISTICS))
    words = ("statistics", NAME, file, "--as-of", "2013-12-31", "--source", "made up")
    refused(refusion("statistics", NAME, table(tmp_path, columns(("county", "plan_in_time")), "plan.csv"), *words[3:]), "column plan_in_time")
    assert refusion(*words)[0] == 0
    orders = [{"order": "F1", "county": "1", "unit": "team_investigations", "ordered": "2013-03-01", "due": "2013-04-12", "delivered": "2013-04-12"}]
    good = table(tmp_path, orders, "orders.csv")
    assert refusion("orders", NAME, good)[1] == "1 new orders, 0 new deliveries.\n"
    assert json.loads(refusion("orders", NAME, good, "--json", "-")[1]) == {"new": 0, "delivered": 0}
    refused(refusion("orders", NAME, table(tmp_path, [{**orders[0], "due": "soon"}], "bad.csv")), "row 2")
    refused(refusion("orders", NAME, table(tmp_path, [{"order": "F2"}], "less.csv")), "county")
    refused(refusion("close", NAME, "pilot", "--on", "2014-01-31", "--document", "dnr", "--used", "much"), "no amount")
    assert refusion("close", NAME, "investigations", "--on", "2014-01-31", "--document", "dnr")[0] == 0
    refused(refusion("reopen-pot", NAME, "pilot", "--on", "2014-01-31", "--document", "dnr"), "pilot is not closed")
    assert refusion("reopen-pot", NAME, "investigations", "--on", "2014-01-31", "--document", "dnr")[1] == "investigations is open again.\n"
    assert refusion("close", NAME, "investigations", "--on", "2014-01-31", "--document", "dnr")[0] == 0
    assert refusion("close", NAME, "pilot", "--on", "2014-01-31", "--document", "dnr", "--used", "31250000")[0] == 0
    told = json.loads(refusion("status", NAME, "--json", "-")[1])
    assert any(one.startswith("To be paid by Friday 14 February 2014: ") for one in told["overdue"])


def test_04_a_preview_says_what_lacks(refusion: Command) -> None:
    code, out, err = refusion("preview", NAME)
    assert (code, "01 Stockholms läns landsting" in out) == (0, True)
    assert "share_ok_2012" in err
    told = json.loads(refusion("preview", NAME, "--if-fulfilled", "--json", "-")[1])
    assert set(told["lacking"]) == {"condition_4"}
    assert told["pots"]["condition_3"]["paid"] == "50000000.00"


def test_05_a_run_is_proposed_approved_by_another_paid_and_written(refusion: Command, office: Office, tmp_path: Path) -> None:
    refused(refusion("propose-run", NAME, "--due", "2014-02-15"), "waits for")
    refused(refusion("propose-run", NAME, "--due", "2014-02-16"), "the payout days are 2014-02-15, 2014-04-30")
    refused(refusion("propose-run", NAME), "are not paid")
    assert refusion("runs", NAME)[1] == "No run was proposed.\n"
    code, out, _ = refusion("propose-run", NAME, "condition_1", "--json", "-")
    told = json.loads(out)
    assert (code, told["pays_on"], {line["budget"] for line in told["lines"]}) == (0, "2014-02-14", {"UO 10, anslag 1:6, anslagspost 2"})
    refused(refusion("approve-run", NAME, 1, told["hash"][:8]), "your own")
    refused(refusion("payment-file", NAME, 1, tmp_path / "out.csv"), "not approved")
    assert told["hash"][:8] in refusion("run", NAME, 1)[1]
    assert refusion("withdraw-run", NAME, 1)[0] == 0
    refused(refusion("withdraw-run", NAME, 1), "withdrawn already")
    digits = json.loads(refusion("propose-run", NAME, "condition_1", "--json", "-")[1])["hash"]
    office.house.approve_run(BO, CODE, NAME, 2, digits)
    assert refusion("payment-file", NAME, 2, tmp_path / "out.csv")[0] == 0
    (paid,) = csv.DictReader((tmp_path / "out.csv").read_text(encoding="utf-8").splitlines())
    assert (paid["payee"], paid["bankgiro"], paid["budget_line"]) == ("01", "50501055", "UO 10, anslag 1:6, anslagspost 2")
    assert paid["amount"] == told["lines"][0]["difference"]
    refused(refusion("payment-file", NAME, 2, tmp_path / "out.csv"), "out.csv")
    assert refusion("pay-run", NAME, 2)[0] == 0
    refused(refusion("pay-run", NAME, 2), "not approved")
    assert refusion("letters", NAME, 2, tmp_path / "letters")[0] == 0
    (letter,) = (tmp_path / "letters").iterdir()
    assert "anslagspost 2" in letter.read_text(encoding="utf-8")
    assert "utbetalning till" in letter.read_text(encoding="utf-8")  # in Swedish, though the shell speaks English
    assert refusion("letters", NAME, 2, tmp_path / "pages", "--form", "html")[0] == 0
    refused(refusion("letters", NAME, 2, tmp_path / "pages", "--form", "pdf"), "Use text or html.")
    refused(refusion("letters", NAME, 9, tmp_path / "pages"), "There is no run 9.")
    assert [one["state"] for one in json.loads(refusion("runs", NAME, "--json", "-")[1])] == ["withdrawn", "paid"]


def test_06_the_reconciliation_says_what_was_paid_and_whether_it_helped(refusion: Command) -> None:
    assert "have not yet said" in refusion("reconciliation", NAME)[1]
    words = ("reconcile", NAME, "partly", "--on", "2014-01-31", "--document", "minutes", "--because", "absence rose", "--parties", "state, SKL")
    assert refusion(*words)[0] == 0
    told = json.loads(refusion("reconciliation", NAME, "--json", "-")[1])
    assert "reached in part" in told["purpose"]
    assert all(row["holds"] for row in told["pots"])
    assert refusion("reopen", NAME, "condition_1", "03", "--because", "an exception is asked for")[0] == 0
    refused(refusion("reopen", NAME, "condition_1", "03", "--because", "again"), "under_review")
