"""Ids of many things at once are the ids of each."""

from __future__ import annotations

from uuid import UUID, uuid5

from hypothesis import given
from hypothesis import strategies as st

from refusion.values.ids import derived_id, derived_ids

HOUSE = UUID("0d6c0b9e-33a5-5c55-9a4f-6f7b5ad6d4a1")


@given(st.lists(st.tuples(st.text(max_size=9), st.text(max_size=9)), max_size=20))
def test_many_ids_are_the_ids_of_each(keys: list[tuple[str, str]]) -> None:
    columns = [[key[place] for key in keys] for place in (0, 1)]
    assert derived_ids(HOUSE, "absence", *columns) == [str(derived_id(HOUSE, "absence", *key)) for key in keys]
    assert derived_ids(HOUSE, "employment", columns[0]) == [str(derived_id(HOUSE, "employment", key)) for key in columns[0]]


def test_an_id_is_a_name_based_uuid() -> None:
    assert derived_ids(HOUSE, "employment", ["17"]) == [str(uuid5(HOUSE, "employment\x1f17"))]
