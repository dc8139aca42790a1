"""From payroll's cells to the house's columns: every heading and cell is checked, and a file is refused once with all of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from refusion.absences.columns import AbsenceColumns, EmploymentColumns, PayColumns
from refusion.adapters.sls.cells import Reader, reader
from refusion.adapters.sls.findings import Findings
from refusion.adapters.sls.formats.grid import Cells, Grid
from refusion.adapters.sls.mapping import Layout
from refusion.adapters.sls.messages import ABSENCES, EMPLOYMENTS, PAY, Column, Kind, Shape
from refusion.adapters.sls.plain import PlainReader, plainly
from refusion.adapters.sls.refusals import shown
from refusion.values.said import Said, said

Values = NDArray[Any]
Columns = EmploymentColumns | PayColumns | AbsenceColumns
_NUMBERS = (Shape.DATE, Shape.MONTH, Shape.HOURS, Shape.MONEY)
_ORDER = (
    (EMPLOYMENTS, "employed_since", "employment_ends", "payroll.ends_before_employed"),
    (ABSENCES, "first_day", "last_day", "payroll.ends_before_start"),
    (ABSENCES, "first_day", "partial_from", "payroll.partial_before_start"),
    (ABSENCES, "partial_from", "last_day", "payroll.partial_after_end"),
)


def translate(kind: Kind, table: Grid, layout: Layout, institution: str, national_number: Reader) -> Columns:
    """Turn a table into the columns of its kind; rows told twice with the same content are one.

    Raises BadInput with every problem, up to 100.
    """
    values, findings = read_columns(kind, table, layout, institution, national_number)
    first = _check_repeats(kind, table, values, findings)
    findings.refuse_if_any()
    return _COLUMNS[kind.name]({name: column[first] for name, column in values.items()})


def read_columns(
    kind: Kind, table: Grid, layout: Layout, institution: str, national_number: Reader
) -> tuple[dict[str, Values], Findings]:
    """Read the cells of every column of a kind, and give beside them what is wrong; raises BadInput for wrong headings."""
    cells = _cells_by_column(kind, table, layout)
    findings = Findings(table.file, table.rows)
    _check_institution(findings, cells["institution"], layout, institution)
    values = {
        column.name: _values(
            column,
            cells[column.name],
            partial(plainly, column, layout, national_number),
            reader(column, layout, national_number),
            findings,
        )
        for column in kind.columns
    }
    _check_order(kind, cells, values, findings)
    return values, findings


def _cells_by_column(kind: Kind, table: Grid, layout: Layout) -> dict[str, Cells]:
    """Find the cells of each of our columns; raises BadInput for unknown, missing, doubled and unnamed columns."""
    findings = Findings(table.file, table.rows)
    fixed = {name: value for name, value in layout.fixed.items() if name in kind.headings}
    wanted = {layout.heading(name): name for name in kind.headings if name not in fixed}
    _check_headings(table, wanted, layout.ignored, findings)
    findings.refuse_if_any()
    cells = {wanted[heading]: column for heading, column in zip(table.headings, table.columns, strict=True) if heading in wanted}
    return cells | {name: pa.array([value] * len(table.rows), type=pa.string()) for name, value in fixed.items()}


def _check_headings(table: Grid, wanted: Mapping[str, str], ignored: frozenset[str], findings: Findings) -> None:
    """Note what is wrong with the headings, with the nearest known name as the remedy."""
    missing = [heading for heading in wanted if heading not in table.headings]
    for heading in dict.fromkeys(table.headings):
        if table.headings.count(heading) > 1 and heading not in ignored:
            findings.add_one(said("payroll.column_doubled", heading=shown(heading)), shown(heading))
        elif heading not in wanted and heading not in ignored:
            findings.add_one(_unknown(heading, list(wanted)), shown(heading) or None)
    for heading in missing:
        findings.add_one(said("payroll.column_missing", heading=heading, known=", ".join(wanted)), heading)


def _unknown(heading: str, known: list[str]) -> Said:
    """Say that a heading is unknown, and which one may be meant."""
    if not heading:
        return said("payroll.column_unnamed")
    near = get_close_matches(heading.lower(), known, n=1)
    if near:
        return said("payroll.column_unknown_near", heading=shown(heading), near=near[0])
    return said("payroll.column_unknown", heading=shown(heading), known=", ".join(known))


def _check_institution(findings: Findings, cells: Cells, layout: Layout, institution: str) -> None:
    """Refuse a file that is another institution's altogether; note single rows that are."""
    codes = layout.codes.get("institution", {})
    distinct = {text: codes.get(text, text) for text in pc.unique(cells).to_pylist() if text}
    foreign = [text for text, code in distinct.items() if code != institution]
    if not foreign:
        return
    wrong = pc.is_in(cells, value_set=pa.array(foreign)).to_numpy(zero_copy_only=False)
    key = "payroll.institution_row"
    if len(foreign) == len(distinct):
        # A file that is wrong from its first row to its last is told once, at the first.
        key = "payroll.institution_other"
        wrong = np.arange(len(wrong)) == np.argmax(wrong)
    findings.add(wrong, "institution", lambda _: said(key, expected=institution), partial(_shown_at, cells))
    if key == "payroll.institution_other":
        findings.refuse_if_any()


def _values(column: Column, cells: Cells, plainly_read: PlainReader, read: Reader, findings: Findings) -> Values:
    """Read the cells of a column, each distinct text once."""
    encoded = cells.dictionary_encode()
    places = encoded.indices.to_numpy()
    numbers = column.shape in _NUMBERS
    nothing: int | str = 0 if numbers else ""
    plain, done = plainly_read(encoded.dictionary)
    values: Values = plain.astype(np.int64 if numbers else np.object_)
    wrong: dict[int, Said] = {}
    left = encoded.dictionary.filter(pa.array(~done)).to_pylist()
    for place, text in zip(np.flatnonzero(~done).tolist(), left, strict=True):
        value = read(text)
        if isinstance(value, Said):
            wrong[place] = value
        values[place] = nothing if isinstance(value, Said) else value
    if wrong:
        findings.add(
            np.isin(places, list(wrong)),
            column.name,
            lambda place: wrong[int(places[place])],
            lambda place: None if column.shape is Shape.NATIONAL_NUMBER else shown(cells[place].as_py()),
        )
    told: Values = values[places]
    return told


def _check_order(kind: Kind, cells: Mapping[str, Cells], values: Mapping[str, Values], findings: Findings) -> None:
    """Note rows that end before they begin; a cell that could not be read is 0 and was noted already."""
    for of_kind, first, last, key in _ORDER:
        if of_kind is kind:
            wrong = (values[last] != 0) & (values[last] < values[first])
            findings.add(wrong, last, partial(_ends_early, key, cells[first]), partial(_shown_at, cells[last]))


def _shown_at(cells: Cells, place: int) -> str:
    """Give a cell as it may be shown."""
    return shown(cells[place].as_py())


def _ends_early(key: str, begins: Cells, place: int) -> Said:
    """Say that a row ends before the day on which it begins."""
    return said(key, begins=_shown_at(begins, place))


def _check_repeats(kind: Kind, table: Grid, values: Mapping[str, Values], findings: Findings) -> NDArray[np.int64]:
    """Give the places of the rows to keep: the first of each key; note rows that tell it otherwise."""
    keys = _numbered([values[name] for name in kind.key])
    _, first, of_row = np.unique(keys, return_index=True, return_inverse=True)
    if len(first) < len(keys):
        earlier = first[of_row]
        differs = np.zeros(len(keys), dtype=np.bool_)
        for column in values.values():
            differs |= column != column[earlier]
        # A key that could not be read was noted already and says nothing about repetition.
        readable = np.logical_and.reduce([values[name].astype(np.bool_) for name in kind.key])
        number = values["employment_number"]
        what = partial(_told_otherwise, table.rows[earlier])
        findings.add(differs & readable, "employment_number", what, lambda place: shown(number[place]))
    return np.sort(first)


def _told_otherwise(earlier: NDArray[np.int64], place: int) -> Said:
    """Say that a row tells otherwise what an earlier one told."""
    return said("payroll.row_repeated", earlier=int(earlier[place]))


def _numbered(columns: list[Values]) -> NDArray[np.int64]:
    """Give rows that are equal over all columns the same number."""
    numbers = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        encoded = pa.array(column).dictionary_encode()
        numbers = numbers * max(len(encoded.dictionary), 1) + encoded.indices.to_numpy()
    return numbers


def _employments(values: Mapping[str, Values]) -> EmploymentColumns:
    return EmploymentColumns(
        number=values["employment_number"],
        national_number=values["national_number"],
        name=values["name"],
        employed_since=values["employed_since"],
        ends=values["employment_ends"],
        weekly_hours=values["weekly_hours"],
        job_kind=values["job_kind"],
        unit=values["unit"],
    )


def _pay(values: Mapping[str, Values]) -> PayColumns:
    return PayColumns(
        number=values["employment_number"],
        month=values["month"],
        gross=values["gross_pay"],
        hours=values["hours"],
        wage_paid=values["wage_paid"],
    )


def _absences(values: Mapping[str, Values]) -> AbsenceColumns:
    return AbsenceColumns(
        number=values["employment_number"],
        absence_number=values["absence_number"],
        first_day=values["first_day"],
        last_day=values["last_day"],
        code=values["code"],
        partial_from=values["partial_from"],
        withdrawn=values["status"] == "withdrawn",
    )


_COLUMNS: Mapping[str, Callable[[Mapping[str, Values]], Columns]] = {
    EMPLOYMENTS.name: _employments,
    PAY.name: _pay,
    ABSENCES.name: _absences,
}
