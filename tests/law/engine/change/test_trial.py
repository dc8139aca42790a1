"""While a change is tried, its figures stand in for the law's: for every reader inside, for one thread alone, and never afterwards."""

from __future__ import annotations

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import numpy as np
import pytest

from refusion.law.denmark.holidays import STORE_BEDEDAG, refundable_through
from refusion.law.denmark.sickness.benefit import refundable_days
from refusion.law.engine.figure import Value
from refusion.law.engine.parameters import Dated, on_trial, trying
from refusion.law.engine.refusals import NotKnown
from refusion.law.engine.tape import explaining
from refusion.wiring.rulebook import MODULES, figures
from tests.law.engine.middle_earth import SECOND_BREAKFAST, YEARS_OF_RINGS, meal_money

DAY = date(1419, 3, 25).toordinal()


def in_place_of(figure: Dated, *values: Value, known_until: date | None = None) -> Dated:
    return Dated(figure.name, {"says": figure.says, "law": figure.law, "unit": figure.unit.name, "known_until": known_until}, list(values))


DEARER = in_place_of(SECOND_BREAKFAST, Value(date(1400, 1, 1), 900, "a bill", verified=False), known_until=date(1419, 3, 24))


def test_every_reading_inside_is_of_what_stands_in_and_none_outside() -> None:
    def readings() -> list[object]:
        days = np.array([DAY])
        return [
            SECOND_BREAKFAST.at(DAY), SECOND_BREAKFAST.at(days).tolist(), SECOND_BREAKFAST.value_on(DAY).source,
            SECOND_BREAKFAST.estimated(DAY), SECOND_BREAKFAST.estimated(days).tolist(),
            SECOND_BREAKFAST.unverified(DAY), SECOND_BREAKFAST.unverified(days).tolist(), meal_money(DAY, 4),
        ]  # fmt: skip

    before = readings()
    with trying({SECOND_BREAKFAST: DEARER}):
        assert readings() == [900, [900], "a bill", True, [True], True, [True], 1800]
        assert SECOND_BREAKFAST.ever() == 900
    assert readings() == before
    with pytest.raises(NotKnown):
        SECOND_BREAKFAST.ever()


def test_what_does_not_change_is_read_as_ever() -> None:
    with trying({SECOND_BREAKFAST: DEARER}):
        assert YEARS_OF_RINGS.ever() == 9


def test_an_error_inside_ends_the_trial_too() -> None:
    with pytest.raises(RuntimeError), trying({SECOND_BREAKFAST: DEARER}):
        raise RuntimeError
    assert not on_trial()
    assert SECOND_BREAKFAST.at(DAY) == 301


def test_another_thread_sees_nothing_of_a_trial() -> None:
    with ThreadPoolExecutor(1) as pool, trying({SECOND_BREAKFAST: DEARER}):
        assert pool.submit(SECOND_BREAKFAST.at, DAY).result() == 301
        assert SECOND_BREAKFAST.at(DAY) == 900


def test_a_trial_inside_a_trial_changes_what_the_outer_one_put_in_place() -> None:
    dearest = in_place_of(SECOND_BREAKFAST, Value(date(1400, 1, 1), 1000, "another bill", verified=True))
    with trying({SECOND_BREAKFAST: DEARER}):
        with trying({DEARER: dearest}):
            assert SECOND_BREAKFAST.at(DAY) == 1000
        with trying({SECOND_BREAKFAST: dearest}):
            assert SECOND_BREAKFAST.at(DAY) == 1000
        assert SECOND_BREAKFAST.at(DAY) == 900


def test_an_explanation_made_inside_names_the_value_that_was_tried() -> None:
    with trying({SECOND_BREAKFAST: DEARER}), explaining() as tape:
        meal_money(DAY, 4)
    assert "[a bill], unverified, estimated" in tape.explanation.as_tree()
    assert tape.explanation.as_json()["estimated"] is True


def test_a_figure_is_one_thing_however_many_rules_files_read_it() -> None:
    found = defaultdict(set)
    for module in MODULES:
        for name, figure in vars(module).get("FIGURES", {}).items():
            found[name].add(figure)
    assert set(found) == set(figures())
    assert [name for name, same in found.items() if len(same) > 1] == []


def test_a_calendar_worked_out_from_figures_follows_a_trial_and_forgets_it() -> None:
    first, last = date(2024, 4, 22).toordinal(), date(2024, 4, 28).toordinal()
    kept = in_place_of(STORE_BEDEDAG, STORE_BEDEDAG.values[0])
    assert refundable_days(first, last) == 5
    with trying({STORE_BEDEDAG: kept}):
        assert refundable_days(first, last) == 4
        assert (refundable_through(np.array([last])) - refundable_through(np.array([first - 1]))).tolist() == [4]
    assert refundable_days(first, last) == 5
