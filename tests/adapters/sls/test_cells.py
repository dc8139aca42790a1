"""Single cells: what is read at once equals what is read one by one, and the published schemas say the same."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refusion.adapters.sls.cells import reader
from refusion.adapters.sls.mapping import OWN, Layout
from refusion.adapters.sls.messages import ABSENCES, EMPLOYMENTS, KINDS, PAY, Column, Kind, Shape
from refusion.adapters.sls.persons import danish_number
from refusion.adapters.sls.plain import plain_danish, plainly
from refusion.values.said import Said

ROOT = Path(__file__).resolve().parents[3]
SCHEMAS = ROOT / "src" / "refusion" / "adapters" / "sls" / "schemas"
COLUMNS = sorted({column for kind in KINDS.values() for column in kind.columns}, key=lambda column: column.name)
LAYOUTS = [OWN, Layout(decimal=",", thousands="."), Layout(codes={"unit": {"a": "b"}, "code": {"x": "100"}})]
cell_texts = st.one_of(
    st.text(max_size=12),
    st.from_regex(r"-?\d{1,10}([.,]\d{0,3})?", fullmatch=True),
    st.from_regex(r"-?\d{1,3}(\.\d{3}){0,3}(,\d{1,3})?", fullmatch=True),
    st.from_regex(r"(19|20|21)\d\d-[01]\d(-[0-3]\d)?", fullmatch=True),
    st.dates(date(1890, 1, 1), date(2110, 1, 1)).map(date.isoformat),
    st.sampled_from(["", "ordinary", "fleksjob", "active", "withdrawn", "100", "6101701234", "610170-1234", "168", "168.01", "0"]),
)


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=150, deadline=None)
@given(texts=st.lists(cell_texts, min_size=1, max_size=20), column=st.sampled_from(COLUMNS))
def test_what_is_read_at_once_equals_what_is_read_one_by_one(layout: Layout, texts: list[str], column: Column) -> None:
    one_by_one = reader(column, layout, danish_number)
    values, done = plainly(column, layout, danish_number, pa.array(texts, type=pa.string()))
    for text, value, is_done in zip(texts, values.tolist(), done.tolist(), strict=True):
        if is_done:
            assert value == one_by_one(text)


@pytest.mark.slow
def test_every_day_of_a_national_number_is_read_at_once_as_one_by_one() -> None:
    texts = [f"{day:02d}{month:02d}{year}1234" for day in range(100) for month in range(14) for year in ("00", "58", "96")]
    values, done = plain_danish(pa.array(texts, type=pa.string()))
    assert done.sum() > 2 * 350 * 3
    assert all(danish_number(text) == value for text, value, is_done in zip(texts, values, done, strict=True) if is_done)


@pytest.mark.parametrize(
    ("text", "layout", "ore"),
    [
        ("0", OWN, 0),
        ("-0.01", OWN, -1),
        ("30000.5", OWN, 3_000_050),
        ("999999999.99", OWN, 99_999_999_999),
        ("30.000,50", LAYOUTS[1], 3_000_050),
        ("1.234.567,8", LAYOUTS[1], 123_456_780),
        ("30000,5", LAYOUTS[1], 3_000_050),
    ],
)
def test_an_amount_is_read_to_the_ore(text: str, layout: Layout, ore: int) -> None:
    assert reader(PAY.columns[3], layout, danish_number)(text) == ore


@pytest.mark.parametrize("text", ["30.000,50", "30.00", "3,0.0", "1.2345", "30.0000,1", "٣٠", "1_000", "+5", "5.", ".5", " 5"])
def test_an_amount_in_another_writing_is_refused(text: str) -> None:
    layout = OWN if text == "30.000,50" else LAYOUTS[1]
    assert isinstance(reader(PAY.columns[3], layout, danish_number)(text), Said)


def schema_of(kind: Kind) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SCHEMAS / f"{kind.name}.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_a_schema_is_valid_and_names_the_columns_in_their_order(kind: Kind) -> None:
    schema = schema_of(kind)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert tuple(schema["properties"]) == tuple(schema["required"]) == kind.headings
    assert all(described["description"] for described in schema["properties"].values())


@pytest.mark.slow
@pytest.mark.parametrize("kind", [EMPLOYMENTS, PAY, ABSENCES], ids=list(KINDS))
@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_a_cell_that_the_reader_takes_is_one_that_the_schema_allows(kind: Kind, data: st.DataObject) -> None:
    column = data.draw(st.sampled_from(kind.columns))
    text = data.draw(cell_texts)
    taken = not isinstance(reader(column, OWN, danish_number)(text), Said)
    allowed = jsonschema.Draft202012Validator(schema_of(kind)["properties"][column.name]).is_valid(text)
    # The schema cannot count: leap days, real birth days, the most hours and unseen characters are the reader's alone.
    assert allowed or not taken
    if column.shape in (Shape.MONTH, Shape.CODE, Shape.CHOICE, Shape.MONEY) and re.fullmatch(r"[\x20-\x7e]*", text):
        assert taken == allowed


@pytest.mark.parametrize("kind", KINDS)
def test_the_reference_names_every_column_and_links_its_schema(kind: str) -> None:
    page = (ROOT / "docs" / "reference" / "files" / "payroll.md").read_text(encoding="utf-8")
    assert f"schemas/{kind}.json" in page
    for heading in KINDS[kind].headings:
        assert f"`{heading}`" in page
