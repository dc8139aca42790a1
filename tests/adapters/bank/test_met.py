"""How often a number was met is counted alike in little memory and by plain counting."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refusion.adapters.bank import met
from refusion.adapters.bank.met import Met

numbers = st.lists(st.one_of(st.integers(0, 9), st.integers(0, 2**64 - 1)), max_size=60)


@pytest.mark.parametrize("apart", [1, 3, 1 << 16])
@given(numbers=numbers)
def test_each_meeting_is_counted(apart: int, numbers: list[int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(met, "APART", apart)
        house, plain = Met(), Counter[int]()
        for number in numbers:
            plain[number] += 1
            assert house.count(number) == plain[number]
