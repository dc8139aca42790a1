"""The Norwegian demo, small: a few months end with the books equal to NAV's own list, whatever was lost or came twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from refusion.rehearsal.norway.outcome import outcome
from refusion.rehearsal.norway.profile import small_plan
from refusion.rehearsal.norway.show import staged


@pytest.mark.slow
def test_the_small_year_ends_with_no_residual(house_database: str, tmp_path: Path) -> None:
    with staged(small_plan(), tmp_path) as world:
        world.live()
        found = outcome(world)
    assert found.cases == 16
    assert found.double_notices == 0
    assert found.open_items_ore == found.debtor_ore == found.owed_by_nav_ore + found.paid_not_booked_ore
    assert found.residual_ore == 0
    assert found.deviations_ore == found.explained_deviations_ore != 0
    assert found.interim_ore == found.unexplained_ore == found.books_sum_ore == 0
    assert found.open_differences == 0
    assert found.received_ore > 0
