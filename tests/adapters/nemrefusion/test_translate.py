"""House words ↔ NemRefusion's words: what comes back is what was said."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refusion.adapters.nemrefusion import codec, forms, translate
from refusion.adapters.nemrefusion.messages import OpretRetIndberetninger
from refusion.workflow.ports.report import (
    ClaimAnswers,
    Employer,
    NotificationAnswers,
    RecoveryAnswers,
    Report,
    canonical,
    content_hash,
    report,
)
from tests.adapters.nemrefusion.world import claimed, intent, notification, notified

TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff"), max_size=30)
DAYS = st.dates(date(2008, 1, 1), date(2040, 1, 1)).map(date.isoformat)
MONEY = st.integers(-(10**12), 10**12)
HOURS = st.integers(0, 16800)


def either(required: dict[str, st.SearchStrategy[Any]], optional: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(required, optional=optional)


EMPLOYER = either({"cvr": TEXT}, {"p_number": TEXT})
NOTIFICATIONS = either(
    {"employer": EMPLOYER, "national_number": TEXT, "first_absence_day": DAYS, "absence_kind": st.just("sickness")},
    {
        "name": TEXT,
        "employed_since": DAYS,
        "job_kind": st.sampled_from(["ordinary", "fleksjob"]),
        "weekly_hours": HOURS,
        "hourly_after_am": MONEY,
        "agreement_56": st.booleans(),
        "pregnancy": st.booleans(),
        "partial": st.booleans(),
        "wage_paid": st.booleans(),
        "last_absence_day": st.none() | DAYS,
        "contact": TEXT,
    },
)
CLAIMS = either(
    {"notification": TEXT, "number": st.integers(1, 99), "first_day": DAYS, "last_day": DAYS, "weekly_hours": HOURS}
    | {"hourly_after_am": MONEY, "wage_paid": MONEY},
    {"absent_hours_by_week": st.none() | st.dictionaries(DAYS, HOURS, max_size=5), "last_absence_day": st.none() | DAYS, "contact": TEXT},
)
RECOVERIES = either({"notification": TEXT, "last_absence_day": DAYS}, {})
LEAVES = st.sampled_from([
    ("parental", {"parent": st.sampled_from(["mother", "father"]), "child_born": DAYS, "weeks_transferred": st.integers(-13, 13)}),
    ("ill_child", {"child_born": DAYS, "hospital_days": st.integers(0, 400), "sole_provider": st.booleans()}),
])
CHANGES = {"of": TEXT, "token": TEXT}
CORRECTIONS = either({**CHANGES, "kind": st.just("notification"), "content": NOTIFICATIONS}, {}) | either(
    {**CHANGES, "kind": st.just("claim"), "content": CLAIMS}, {}
)
REPORTS = st.one_of(
    st.builds(report, st.uuids(), st.uuids(), st.just("notification"), NOTIFICATIONS),
    st.builds(report, st.uuids(), st.uuids(), st.just("claim"), CLAIMS),
    st.builds(report, st.uuids(), st.uuids(), st.just("recovery"), RECOVERIES),
    st.builds(report, st.uuids(), st.uuids(), st.just("correction"), CORRECTIONS),
    st.builds(report, st.uuids(), st.uuids(), st.just("annulment"), either(CHANGES, {})),
)


@given(REPORTS)
def test_every_report_is_read_back_as_it_was_said(filed: Report) -> None:
    raw = codec.encode(translate.to_bundle(filed))
    bundle = codec.decode(raw, OpretRetIndberetninger)
    kind, content = translate.to_content(bundle.indberetninger)
    assert (kind, content) == (filed.kind, filed.content)
    assert content_hash(kind, content) == filed.content_hash
    assert bundle.bundt == filed.about
    assert bundle.indberetninger[-1].uuid == filed.intent


@given(LEAVES.flatmap(lambda leave: st.tuples(st.just(leave[0]), either({}, leave[1]), st.uuids())), st.data())
def test_every_report_on_leave_is_read_back_as_it_was_said(leave: tuple[str, dict[str, Any], UUID], data: st.DataObject) -> None:
    kind, facts, of = leave
    asked = {**data.draw(CLAIMS), **facts, "absence_kind": kind}
    told = {key: value for key, value in data.draw(NOTIFICATIONS).items() if key not in {"job_kind", "agreement_56", "pregnancy"}}
    told |= {**facts, "absence_kind": kind}
    reports = [report(of, of, "notification", told), report(of, of, "claim", asked)]
    reports += [
        report(of, of, "correction", {"of": "a", "token": "b", "kind": corrected, "content": content})
        for corrected, content in (("notification", told), ("claim", asked))
    ]
    if kind == "parental":
        reports.append(report(of, of, "recovery", {"notification": "n", "last_absence_day": "2025-03-01", "absence_kind": kind}))
    for filed in reports:
        bundle = codec.decode(codec.encode(translate.to_bundle(filed)), OpretRetIndberetninger)
        assert translate.to_content(bundle.indberetninger) == (filed.kind, filed.content)


def test_there_is_no_return_from_a_seriously_ill_child() -> None:
    with pytest.raises(ValueError, match="no such report"):
        translate.to_bundle(report(UUID(int=1), UUID(int=2), "recovery", {"notification": "n", "last_absence_day": "2025-03-01", "absence_kind": "ill_child"}))


@given(REPORTS)
def test_the_same_report_gives_the_same_bytes(filed: Report) -> None:
    assert codec.encode(translate.to_bundle(filed)) == codec.encode(translate.to_bundle(filed))


@pytest.mark.parametrize(
    ("answers", "every"),
    [
        (NotificationAnswers, (forms.NOTIFICATION, forms.PARENTAL_NOTIFICATION, forms.ILL_CHILD_NOTIFICATION)),
        (ClaimAnswers, (forms.CLAIM, forms.PARENTAL_CLAIM, forms.ILL_CHILD_CLAIM)),
        (RecoveryAnswers, (forms.RECOVERY, forms.PARENTAL_RETURN)),
        (Employer, (forms._EMPLOYER,)),
    ],
)
def test_every_answer_that_the_house_knows_has_its_field(answers: type, every: tuple[forms.Form, ...]) -> None:
    assert set(answers.__annotations__) == {key for form in every for key, _, _ in form}
    assert all(len({navn for _, navn, _ in form}) == len(form) for form in every)


@pytest.mark.parametrize(
    "change",
    [
        {"diagnosis": "x"},
        {"weekly_hours": "37"},
        {"weekly_hours": True},
        {"agreement_56": 1},
        {"first_absence_day": "2024-8-1"},
        {"first_absence_day": "20240801"},
        {"first_absence_day": 20240801},
        {"job_kind": "loentilskud"},
        {"employer": "12345678"},
        {"name": 7},
    ],
    ids=str,
)
def test_an_answer_without_a_field_or_of_another_kind_is_refused(change: dict[str, object]) -> None:
    with pytest.raises((ValueError, TypeError)):
        translate.to_bundle(notification(1, **change))


def test_a_fraction_never_becomes_content() -> None:
    with pytest.raises(TypeError):
        canonical(claimed("a", "2024-08-31", "2024-09-30", wage_paid=1.5))
    with pytest.raises(TypeError):
        canonical({"absent_hours_by_week": {"2024-09-02": 18.5}})


def test_the_hash_tells_kind_and_content_apart_and_nothing_else() -> None:
    one = report(intent("a"), intent("case"), "notification", notified())
    assert one.content_hash == report(intent("b"), intent("other"), "notification", notified()).content_hash
    assert one.content_hash != report(intent("a"), intent("case"), "notification", notified(weekly_hours=3600)).content_hash
    assert content_hash("claim", b"{}") != content_hash("recovery", b"{}")
    assert canonical({"b": 1, "a": "ø"}) == '{"a":"ø","b":1}'.encode()


def test_numbers_of_persons_are_taken_out_of_their_words() -> None:
    assert translate.without_numbers("Fejl for 610190-0001 og 6101900001.") == "Fejl for … og …."


def test_the_replaced_claim_has_an_id_of_its_own() -> None:
    filed = report(intent("x"), intent("case"), "correction", {"of": "a", "token": "t", "kind": "claim", "content": claimed("n", "2024-08-31", "2024-09-30")})
    old, new = translate.to_bundle(filed).indberetninger
    assert (old.handling, new.handling) == ("Annuller", "Opret")
    assert isinstance(old.uuid, UUID)
    assert old.uuid != new.uuid == filed.intent
