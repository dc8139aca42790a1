"""Payroll facts become versions: the same file twice adds nothing, a changed row adds a version, nothing is erased."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from refusion.absences.facts import Entered, Question
from refusion.store.tenant import Tenant
from refusion.values.period import Period
from refusion.values.said import Refused
from refusion.wiring.clock import SetClock
from refusion.workflow.ports.payroll import Absorbed
from tests.store.conftest import Open, undone
from tests.store.told import ANNA, BO, absence_of, absences, absorb, employment_of, employments, pay

TWO = (("E1", ANNA, "Anna Ager", 3700), ("E2", BO, "Bo Berg", -1))


def rows_of(tx: object, query: str) -> list[tuple[object, ...]]:
    tenant: Tenant = tx.payroll.tenant  # type: ignore[attr-defined]
    return tenant.rows(query)


def test_a_first_file_makes_persons_employments_and_first_versions(work: Open) -> None:
    with work() as tx:
        assert absorb(tx, employments(*TWO)) == Absorbed(2, 0, 0)
    with work() as tx:
        anna = tx.payroll.employment(employment_of(tx, "E1"))
        bo = tx.payroll.employment(employment_of(tx, "E2"))
        assert (anna.number, anna.weekly_hours, anna.employed_since, anna.ends, anna.unit) == (
            "E1", 3700, date(2020, 1, 1), None, "Library",
        )
        assert bo.weekly_hours is None
        assert anna.learned.version == 1
        assert anna.learned.recorded_at == datetime(2025, 3, 3, 11, tzinfo=UTC)
        assert (tx.payroll.name(anna.person), tx.payroll.national_number(anna.person)) == ("Anna Ager", ANNA)


def test_the_same_file_twice_has_the_effect_of_once(work: Open) -> None:
    with work() as tx:
        absorb(tx, employments(*TWO), "first")
    with work() as tx:
        before = rows_of(tx, "SELECT * FROM employment_version ORDER BY 1, 2, 3")
        assert absorb(tx, employments(*TWO), "second") == Absorbed(0, 0, 2)
        assert rows_of(tx, "SELECT * FROM employment_version ORDER BY 1, 2, 3") == before
        assert rows_of(tx, "SELECT count(*) FROM person") == [(2,)]


def test_a_changed_row_adds_a_version_and_closes_the_one_before(work: Open, clock: SetClock) -> None:
    with work() as tx:
        absorb(tx, employments(*TWO), "first")
    clock.next_day()
    with work() as tx:
        assert absorb(tx, employments(TWO[0], ("E2", BO, "Bo Berg", 3200)), "second") == Absorbed(0, 1, 1)
        versions = rows_of(tx, "SELECT version, weekly_hours, recorded_at, superseded_at FROM employment_version WHERE version > 1 OR "
                               "weekly_hours IS NULL ORDER BY version")
        first, second = datetime(2025, 3, 3, 11, tzinfo=UTC), datetime(2025, 3, 4, 11, tzinfo=UTC)
        assert versions == [(1, None, first, second), (2, 3200, second, None)]
        assert tx.payroll.pay_changed() == (employment_of(tx, "E2"),)
        assert tx.payroll.pay_changed() == ()


def test_back_to_what_it_was_is_a_third_version(work: Open) -> None:
    for name, hours in (("first", 3700), ("second", 3200), ("third", 3700)):
        with work() as tx:
            absorb(tx, employments(("E1", ANNA, "Anna", hours)), name)
    with work() as tx:
        found = tx.payroll.employment(employment_of(tx, "E1"))
        assert (found.learned.version, found.weekly_hours) == (3, 3700)


def test_one_person_with_two_employments_is_one_person_and_keeps_one_name(work: Open) -> None:
    file = employments(("E1", ANNA, "Anna Ager", 3700), ("E3", ANNA, "Anna A. Ager", 1000))
    for name in ("first", "second"):
        with work() as tx:
            absorb(tx, file, name)
            one, other = (tx.payroll.employment(employment_of(tx, number)) for number in ("E1", "E3"))
            assert one.person == other.person
            assert tx.payroll.name(one.person) == "Anna A. Ager"


def test_a_doubled_row_is_one_employment(work: Open) -> None:
    with work() as tx:
        assert absorb(tx, employments(TWO[0], TWO[0])) == Absorbed(1, 0, 0)


def test_any_text_comes_through_staging_as_it_was(work: Open) -> None:
    for name in ("Tab\tand\nline", "Back\\slash", "\\N", "\\.", "O'Brien; DROP", "Ærø Øst Å", "", "Plain"):
        with undone(work) as tx:
            absorb(tx, employments(("E\\1\t", ANNA, name, 3700)))
            person = tx.payroll.employment(employment_of(tx, "E\\1\t")).person
            assert tx.payroll.name(person) == name


def test_pay_of_an_unknown_employment_absorbs_nothing_and_names_it(work: Open) -> None:
    with work() as tx:
        absorb(tx, employments(*TWO))
        told = pay(("E1", date(2025, 1, 1), 100), ("E9", date(2025, 1, 1), 100), ("E8", date(2025, 1, 1), 100))
        assert absorb(tx, told) == Absorbed(0, 0, 0, ("E8", "E9"))
        assert rows_of(tx, "SELECT count(*) FROM pay_version") == [(0,)]
        assert absorb(tx, absences(("E9", "1", date(2025, 1, 1), None, False))) == Absorbed(0, 0, 0, ("E9",))


def test_pay_is_given_by_month_and_a_change_is_told_once(work: Open) -> None:
    january, february = date(2025, 1, 1), date(2025, 2, 1)
    with work() as tx:
        absorb(tx, employments(*TWO))
        assert absorb(tx, pay(("E1", january, 3_000_000), ("E1", february, 3_100_000))) == Absorbed(2, 0, 0)
        assert tx.payroll.pay_changed() == ()
        assert absorb(tx, pay(("E1", january, 3_000_001), ("E1", february, 3_100_000)), "later") == Absorbed(0, 1, 1)
        employment = employment_of(tx, "E1")
        found = tx.payroll.pay(employment, Period(date(2025, 1, 15), date(2025, 2, 1)))
        assert [(month.month, month.gross, month.learned.version) for month in found] == [
            (january, 3_000_001, 2), (february, 3_100_000, 1),
        ]
        assert tx.payroll.pay_changed() == (employment,)


def test_touched_absences_come_in_order_until_they_are_handled(work: Open) -> None:
    start = date(2025, 2, 10)
    with work() as tx:
        absorb(tx, employments(*TWO))
        told = absences(("E2", "1", start, None, False), ("E1", "2", start, date(2025, 2, 12), False), ("E1", "1", start, None, True))
        assert absorb(tx, told) == Absorbed(3, 0, 0)
        touched = tx.payroll.touched()
        assert touched.absence.tolist() == [absence_of(tx, *key) for key in (("E1", "1"), ("E1", "2"), ("E2", "1"))]
        assert touched.last_day.tolist() == [0, date(2025, 2, 12).toordinal(), 0]
        assert touched.withdrawn.tolist() == [True, False, False]
        assert touched.first_day.tolist() == [start.toordinal()] * 3
        assert touched.recorded_day.tolist() == [date(2025, 3, 3).toordinal()] * 3
        assert touched.employed_since.tolist() == [date(2020, 1, 1).toordinal()] * 3
        for flags in (touched.has_case, touched.agreement_56, touched.fleksjob_decision):
            assert flags.tolist() == [False] * 3
        tx.payroll.mark_handled(touched.absence, touched.version)
        assert tx.payroll.touched().absence.tolist() == []
        assert tx.payroll.touched().version.dtype == touched.version.dtype


def test_a_later_version_is_touched_again_and_an_older_mark_does_not_hide_it(work: Open) -> None:
    start = date(2025, 2, 10)
    with work() as tx:
        absorb(tx, employments(*TWO))
        absorb(tx, absences(("E1", "1", start, None, False)))
        absence = absence_of(tx, "E1", "1")
        tx.payroll.mark_handled([absence], [1])
        assert absorb(tx, absences(("E1", "1", start, date(2025, 2, 20), False)), "later") == Absorbed(0, 1, 0)
        tx.payroll.mark_handled([absence], [1])
        assert tx.payroll.touched().version.tolist() == [2]
        found = tx.payroll.absence(absence)
        assert (found.last_day, found.withdrawn, found.learned.version) == (date(2025, 2, 20), False, 2)


def test_a_withdrawn_absence_is_a_version(work: Open) -> None:
    start = date(2025, 2, 10)
    with work() as tx:
        absorb(tx, employments(*TWO))
        absorb(tx, absences(("E1", "1", start, None, False)))
        absorb(tx, absences(("E1", "1", start, None, True)), "later")
        assert tx.payroll.absence(absence_of(tx, "E1", "1")).withdrawn
        assert rows_of(tx, "SELECT version, withdrawn, superseded_at IS NULL FROM absence_version ORDER BY 1") == [
            (1, False, False), (2, True, True),
        ]


def test_an_entered_answer_counts_for_the_first_absence_day_and_the_later_one_stands(work: Open) -> None:
    start = date(2025, 2, 10)
    with work() as tx:
        absorb(tx, employments(*TWO))
        absorb(tx, absences(("E1", "1", start, None, False)))
        employment = employment_of(tx, "E1")
        tx.payroll.mark_handled([absence_of(tx, "E1", "1")], [1])
        for place, (value, since) in enumerate((("yes", start), ("no", date(2025, 2, 11)))):
            tx.payroll.keep_entered(_entered(tx.at.now, employment, place, value, since))
        tx.payroll.touch_employment(employment)
        assert tx.payroll.touched().agreement_56.tolist() == [True]
        tx.payroll.keep_entered(_entered(tx.at.now, employment, 2, "no", start))
        assert tx.payroll.touched().agreement_56.tolist() == [False]
        assert [answer.value for answer in tx.payroll.entered(employment)] == ["yes", "no", "no"]


def _entered(at: datetime, employment: UUID, place: int, value: str, since: date) -> Entered:
    return Entered(UUID(int=place + 1), employment, Question.AGREEMENT_56, value, since, None, "letter", "kim", at)


def test_an_unknown_employment_absence_or_person_is_refused(work: Open) -> None:
    with work() as tx:
        for find in (tx.payroll.employment, tx.payroll.absence, tx.payroll.name, tx.payroll.national_number):
            with pytest.raises(Refused, match=r"store\.not_found"):
                find(UUID(int=1))
