"""The message codes and the order of reports, asked of the twin through the real client."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from refusion.adapters.nemrefusion import codec, translate
from refusion.adapters.nemrefusion.messages import Handling, Indberetning, OpretRetIndberetninger
from refusion.workflow.ports.authority import Accepted, FoundOther, Message, NotFound, Rejected, Unknown
from refusion.workflow.ports.report import Report, report
from tests.adapters.nemrefusion.world import World, claimed, content, intent, notification, notified, world


@pytest.fixture
def here() -> Iterator[World]:
    with world() as opened:
        yield opened


def code(outcome: object) -> str | None:
    if isinstance(outcome, Rejected):
        return outcome.code
    assert isinstance(outcome, Accepted), outcome
    return outcome.warnings[0][:4] if outcome.warnings else None


def test_the_journey_of_one_case(here: World) -> None:
    here.accepted(notification())
    assert here.found(notification()).standing == "signed"
    here.day("2024-10-01")
    assert here.found(notification()).standing == "fetched"
    first = here.claim("c1", "2024-08-31", "2024-09-30")
    here.accepted(first)
    here.day("2024-11-04")
    here.accepted(here.claim("c2", "2024-10-01", "2024-10-31", last_absence_day="2024-10-25"))
    assert here.found(first).standing == "decided"
    recovery = report(intent("r"), intent("case 1"), "recovery", {"notification": here.found(notification()).authority_id, "last_absence_day": "2024-10-25"})
    here.accepted(recovery)
    assert here.found(recovery).content_hash == recovery.content_hash


CASES = Path(__file__).parents[4] / "shared/cases/denmark.jsonl"


def worked() -> list[dict[str, Any]]:
    if not CASES.exists():
        return []
    cases = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [case for case in cases if case["rule"] == "DK-NEMREFUSION-CODES"]


@pytest.mark.skipif(not worked(), reason="the worked cases lie beside the repository and are not there")
@pytest.mark.parametrize("case", worked(), ids=lambda case: case["id"])
def test_worked_cases_of_the_message_codes(case: dict[str, Any]) -> None:
    with world(day="2022-06-01") as here:
        codes = [code(_sent(here, number, words)) for number, words in enumerate(case["inputs"]["messages"])]
    assert codes == case["expected"]["codes"]


def _sent(here: World, number: int, words: list[str]) -> object:
    if words[0] == "delete":
        held = here.inquire(notification(1, "n0", first_absence_day="2022-01-03"))
        return act(here, _bundle("Slet", getattr(held, "authority_id", "none")))
    return here.file(_message(here, number, words))


def _message(here: World, number: int, words: list[str]) -> Report:
    if words[0] == "notify":
        return notification(1, f"n{number}", first_absence_day="2022-01-03")
    held = here.inquire(notification(1, "n0", first_absence_day="2022-01-03"))
    authority_id, token = (getattr(held, name, "none") for name in ("authority_id", "receipt"))
    if words[0] == "claim":
        return report(intent(f"c{number}"), intent("case 1"), "claim", claimed(authority_id, words[1], words[2]))
    if words[0] == "annul":
        return report(intent(f"a{number}"), intent("case 1"), "annulment", {"of": authority_id, "token": token})
    raise AssertionError(words)


def _bundle(handling: Handling, of: str = "", token: str = "", underskrevet: bool = True, **changes: Any) -> OpretRetIndberetninger:
    single = Indberetning(intent("act"), handling, changes.get("formular", ""), of, token, underskrevet, changes.get("indhold", ()))
    return OpretRetIndberetninger("m", intent("case 1"), (single,))


def act(here: World, bundle: OpretRetIndberetninger) -> object:
    answer = here.authority.send(Message("OpretRetIndberetninger", codec.encode(bundle)))
    return here.authority.read_answer(intent("act"), answer)


def test_1101_a_change_without_token(here: World) -> None:
    here.accepted(notification())
    held = here.found(notification())
    correction = report(intent("k"), intent("case 1"), "correction", {"of": held.authority_id, "token": "", "kind": "notification", "content": notified()})
    assert code(here.file(correction)) == "1101"


def test_1102_a_change_from_an_older_version(here: World) -> None:
    here.accepted(notification())
    old = here.correction("k2", notification(), "notification", notified(weekly_hours=3000))
    newest = here.accepted(here.correction("k1", notification(), "notification", notified(weekly_hours=3600)))
    assert code(here.file(old)) == "1102"
    again = report(intent("k3"), old.about, "correction", content(old) | {"token": newest.receipt})
    assert code(here.file(again)) is None


def test_1103_an_annulment_before_the_fetch(here: World) -> None:
    here.accepted(notification())
    annulment = here.annulment("a", notification())
    assert code(here.file(annulment)) == "1103"
    here.day("2024-08-29")
    here.accepted(annulment)
    assert here.found(notification()).standing == "annulled"


def test_1104_only_a_draft_is_deleted(here: World) -> None:
    here.accepted(notification())
    assert code(act(here, _bundle("Slet", here.found(notification()).authority_id))) == "1104"
    indhold = translate.to_bundle(notification(2)).indberetninger[0].indhold
    draft = act(here, _bundle("Opret", formular="DP201", indhold=indhold, underskrevet=False))
    assert isinstance(draft, Accepted)
    deletion = OpretRetIndberetninger("m", intent("case 1"), (Indberetning(intent("del"), "Slet", "", draft.authority_id, "", True),))
    answer = here.authority.send(Message("OpretRetIndberetninger", codec.encode(deletion)))
    assert isinstance(here.authority.read_answer(intent("del"), answer), Accepted)


def test_1105_a_signed_claim_is_not_updated(here: World) -> None:
    here.accepted(notification())
    here.day("2024-10-01")
    claim = here.claim("c1", "2024-08-31", "2024-09-30")
    here.accepted(claim)
    held = here.found(claim)
    indhold = translate.to_bundle(claim).indberetninger[0].indhold
    assert code(act(here, _bundle("Ret", held.authority_id, held.receipt, formular="DP202", indhold=indhold))) == "1105"


def test_1106_a_claim_or_recovery_without_a_signed_notification(here: World) -> None:
    here.day("2024-10-01")
    for kind, answers in (
        ("claim", claimed("none", "2024-08-31", "2024-09-30")),
        ("recovery", {"notification": "none", "last_absence_day": "2024-09-30"}),
        ("annulment", {"of": "none", "token": "t"}),
    ):
        assert code(here.file(report(intent(kind), intent("case 1"), kind, answers))) == "1106"  # type: ignore[arg-type]
    here.accepted(notification())
    claim = here.claim("c1", "2024-08-31", "2024-09-30")
    assert code(here.file(report(claim.intent, intent("case 2"), "claim", content(claim)))) == "1106", "of another bundle"
    indhold = translate.to_bundle(notification(2)).indberetninger[0].indhold
    draft = act(here, _bundle("Opret", formular="DP201", indhold=indhold, underskrevet=False))
    assert isinstance(draft, Accepted)
    on_draft = report(intent("c2"), intent("case 1"), "claim", claimed(draft.authority_id, "2024-08-31", "2024-09-30"))
    assert code(here.file(on_draft)) == "1106"


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2024-10-01", "2024-10-31", None),
        ("2024-10-02", "2024-10-31", "1107"),
        ("2024-09-30", "2024-10-31", "1107"),
        ("2024-08-31", "2024-10-31", "1108"),
        ("2024-08-01", "2024-08-30", "1108"),
        ("2024-10-31", "2024-10-01", "1110"),
        ("2024-10-01", "2024-11-05", "1001"),
        ("2024-10-01", "2024-11-04", None),
    ],
)
def test_the_row_of_claims_has_no_gap_and_no_overlap(here: World, first: str, last: str, expected: str | None) -> None:
    here.accepted(notification())
    here.day("2024-11-05")
    here.accepted(here.claim("c1", "2024-08-31", "2024-09-30"))
    assert code(here.file(here.claim("c2", first, last))) == expected


def test_1109_a_second_notification_of_the_same_absence(here: World) -> None:
    here.accepted(notification())
    assert code(here.file(notification(1, "again"))) == "1109"
    assert here.order("counts")["double_filings"] == 1
    assert code(here.file(notification(2))) is None


def test_another_absence_after_the_first_has_ended_is_no_overlap(here: World) -> None:
    here.accepted(notification(1, last_absence_day="2024-08-20"))
    assert code(here.file(notification(1, "later", first_absence_day="2024-08-21"))) is None
    assert here.order("counts")["double_filings"] == 0


def test_a_minimum_report_is_taken_and_less_is_not(here: World) -> None:
    answers = {key: notified()[key] for key in ("employer", "national_number", "first_absence_day", "absence_kind")}
    here.accepted(report(intent("m"), intent("case 1"), "notification", answers))
    outcome = here.file(report(intent("l"), intent("case 2"), "notification", answers | {"national_number": ""}))
    assert outcome == Rejected("1001", "1001 Fejl under validering: mangler PersonCivilRegistrationIdentifier")


def test_too_early_waits_in_the_register() -> None:
    with world(day="2024-08-10") as here:
        here.accepted(notification())
        assert here.found(notification()).standing == "waiting"
        here.day("2024-08-22")
        assert here.found(notification()).standing == "waiting"
        here.day("2024-08-23")
        assert here.found(notification()).standing == "fetched"


def test_a_claim_is_corrected_in_its_place(here: World) -> None:
    here.accepted(notification())
    here.day("2024-12-02")
    claims = [here.claim(f"c{n}", *days) for n, days in enumerate((("2024-08-31", "2024-09-30"), ("2024-10-01", "2024-10-31"), ("2024-11-01", "2024-11-30")))]
    for claim in claims:
        here.accepted(claim)
    changed = content(claims[1]) | {"wage_paid": 1_000_000}
    early = here.correction("k", claims[1], "claim", changed)
    assert code(here.file(early)) == "1103"
    here.day("2024-12-03")
    here.accepted(early)
    assert here.found(claims[1]).standing == "annulled"
    assert here.found(early).standing == "signed"
    shorter = here.correction("gap", claims[0], "claim", content(claims[0]) | {"last_day": "2024-09-29"})
    assert code(here.file(shorter)) == "1107"
    later = here.correction("late", claims[0], "claim", content(claims[0]) | {"first_day": "2024-10-01", "last_day": "2024-10-05"})
    assert code(here.file(later)) == "1108"
    assert here.found(claims[0]).standing == "fetched", "both or neither"


def test_a_row_is_shortened_from_its_end(here: World) -> None:
    here.accepted(notification())
    here.day("2024-11-04")
    one, two = here.claim("c1", "2024-08-31", "2024-09-30"), here.claim("c2", "2024-10-01", "2024-10-31")
    here.accepted(one)
    here.accepted(two)
    here.day("2024-11-05")
    assert code(here.file(here.annulment("a1", one))) == "1107"
    assert code(here.file(here.annulment("an", notification()))) == "1001"
    here.accepted(here.annulment("a2", two))
    here.accepted(here.correction("k1", one, "claim", content(one) | {"last_day": "2024-09-20", "last_absence_day": "2024-09-20"}))
    assert here.order("counts")["double_filings"] == 0


def test_the_same_report_twice_is_one_and_is_compared(here: World) -> None:
    here.accepted(notification())
    again = here.file(notification())
    assert isinstance(again, Unknown)
    assert again.why.key == "nemrefusion.already_received"
    assert here.found(notification()).content_hash == notification().content_hash
    (item,) = here.order("accepted")["items"]
    assert item["received"] == 2
    other = notification(1, weekly_hours=3000)
    assert code(here.file(other)) == "1001"
    assert isinstance(here.inquire(other), FoundOther)


def test_what_was_never_sent_is_not_found(here: World) -> None:
    found = here.inquire(notification())
    assert isinstance(found, NotFound)
    assert found.asked_at.isoformat() == "2024-08-28T06:00:00+00:00"


def test_read_after_write_takes_its_time(here: World) -> None:
    here.order("set", read_delay_seconds=600)
    here.accepted(notification())
    assert isinstance(here.inquire(notification()), NotFound)
    here.order("clock", now="2024-08-28T08:10:00+02:00")
    here.found(notification())
