"""Writes a report or a letter as PDF: pages of lines in the two fonts that every reader has; the same content gives the same bytes.

Letters outside Latin script's western part are written by their base letter (Ł as L); CSV and xlsx have them exactly.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from refusion.reports.report import Cell, Column, Report, Unit
from refusion.reports.text import Say
from refusion.values.money import kroner
from refusion.values.said import Said, said

# A4 in points; a report lies on its side.
TALL, WIDE = (595, 842), (842, 595)
MARGIN, GAP, LINE = 36, 6, 11
# A text is given this much at least before the letters of all become smaller.
LEAST_TEXT = 45
REGULAR, BOLD = "F1", "F2"
# Widths of Helvetica's letters in thousandths of the size, from a space on (Adobe's core font metrics).
_ASCII = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556,
    556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778,
    722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222,
    500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)
_OTHERS = {"\N{NO-BREAK SPACE}": 278, "Æ": 1000, "æ": 889, "Ø": 778, "ø": 611, "–": 556, "—": 1000, "…": 1000}
_WIDTHS = {chr(32 + place): width for place, width in enumerate(_ASCII)} | _OTHERS
_USUAL = 600
# Where a line may end: never at the gap inside an amount such as 12 345,50.
_BREAKS = re.compile(r"[ \t\r\n]+")
# Letters that fall apart into no base letter and a mark; signs that the fonts have under another name.
_BARE = str.maketrans("ŁłĐđıĦħ\N{MINUS SIGN}\N{NO-BREAK SPACE}", "LlDdiHh- ")
_AMOUNTS = frozenset({Unit.ORE, Unit.COUNT, Unit.NUMBER})
_TEXTS = frozenset({Unit.TEXT, Unit.WORD})
_COMMA_COUNTRIES = frozenset({"da", "nb", "sv"})


@dataclass(frozen=True, slots=True)
class Placed:
    """One line of text on a page: where it begins, in which font and size."""

    x: int
    y: int
    text: str
    font: str = REGULAR
    size: int = 8


@dataclass(frozen=True, slots=True)
class Table:
    """A report as texts: heads, rows and totals, which columns stand to the right, and which may be cut short."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[str, ...]
    right: tuple[bool, ...]
    bends: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Where each column begins, how wide it is, whether it stands to the right, and the size of its letters."""

    places: tuple[int, ...]
    widths: tuple[int, ...]
    right: tuple[bool, ...]
    size: int


def as_pdf(report: Report, say: Say, language: str) -> bytes:
    """Write title, sentence and table; the heads stand on every page, the totals under the last row."""
    table = _table(report, say, language)
    grid = _grid(table, WIDE[0] - 2 * MARGIN)
    lines = [(row, REGULAR) for row in table.rows] + ([(table.totals, BOLD)] if table.rows else [])
    pages = [_opening(report, say)]
    y = _heads(pages[0], table, grid, pages[0][-1].y - 14)
    for row, font in lines:
        if y < MARGIN + LINE:
            pages.append([])
            y = _heads(pages[-1], table, grid, WIDE[1] - MARGIN - LINE)
        pages[-1] += _row(row, grid, y, font)
        y -= LINE
    for number, page in enumerate(pages, start=1):
        page.append(Placed(WIDE[0] - MARGIN - 40, MARGIN - 14, f"{number} / {len(pages)}"))
    return _document(pages, WIDE)


def letter_as_pdf(heading: str, paragraphs: Sequence[str]) -> bytes:
    """Write a letter: heading and paragraphs, as many pages as they need."""
    width, height = TALL
    lines = [(line, BOLD, 13) for line in _wrapped(heading, 13, width - 4 * MARGIN)]
    for paragraph in paragraphs:
        lines += [("", REGULAR, 10), *((line, REGULAR, 10) for line in _wrapped(paragraph, 10, width - 4 * MARGIN))]
    fit = (height - 4 * MARGIN) // 15
    pages = [
        [Placed(2 * MARGIN, height - 2 * MARGIN - 15 * n, *line) for n, line in enumerate(lines[start : start + fit])]
        for start in range(0, len(lines), fit)
    ]
    return _document(pages, TALL)


def _table(report: Report, say: Say, language: str) -> Table:
    comma = language in _COMMA_COUNTRIES
    rows = tuple(tuple(_text(cell, one, say, comma=comma) for one, cell in zip(report.columns, row, strict=True)) for row in report.rows)
    totals = [_text(total, one, say, comma=comma) for one, total in zip(report.columns, report.totals, strict=True)]
    totals[0] = totals[0] or say(said("reports.total"))
    units = [one.unit for one in report.columns]
    right, bends = (tuple(unit in chosen for unit in units) for chosen in (_AMOUNTS, _TEXTS))
    return Table(tuple(say(one.heading) for one in report.columns), rows, tuple(totals), right, bends)


def _text(cell: Cell, one: Column, say: Say, *, comma: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Said):
        return say(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int) and one.unit is Unit.ORE:
        return kroner(cell).replace(".", ",") if comma else kroner(cell)
    return str(cell)


def _opening(report: Report, say: Say) -> list[Placed]:
    top = WIDE[1] - MARGIN - 12
    sentence = _wrapped(say(report.sentence), 9, WIDE[0] - 2 * MARGIN)
    lines = [Placed(MARGIN, top - 16 - LINE * number, line, size=9) for number, line in enumerate(sentence)]
    return [Placed(MARGIN, top, say(report.title), BOLD, 14), *lines]


def _grid(table: Table, room: int) -> Grid:
    """Give each column its place: numbers and days the room they need, in smaller letters if must be; texts share the rest."""
    for size in (8, 7, 6, 5):
        needed = [_needed(cells, size) for cells in zip(table.heads, table.totals, *table.rows, strict=True)]
        fixed = sum(width for width, bends in zip(needed, table.bends, strict=True) if not bends)
        texts = sum(needed) - fixed
        if fixed + min(texts, LEAST_TEXT * sum(table.bends)) <= room:
            break
    spare = max(room - fixed, 0)
    widths = [width * spare // texts if bends and texts > spare else width for width, bends in zip(needed, table.bends, strict=True)]
    return Grid(tuple(MARGIN + sum(widths[:number]) for number in range(len(widths))), tuple(widths), table.right, size)


def _needed(cells: Sequence[str], size: int) -> int:
    head, *others = cells
    words = [_width(word, size) for word in head.split()]
    return max([*words, *(_width(cell, size) for cell in others)], default=0) + GAP


def _heads(page: list[Placed], table: Table, grid: Grid, y: int) -> int:
    """Place the heads, wrapped to their columns; give where the first row stands."""
    wrapped = [_wrapped(head, grid.size, width - GAP) for head, width in zip(table.heads, grid.widths, strict=True)]
    deepest = max(map(len, wrapped))
    for number in range(deepest):
        line = tuple(words[number] if number < len(words) else "" for words in wrapped)
        page += _row(line, grid, y - LINE * number, BOLD)
    return y - LINE * deepest - 3


def _row(cells: Iterable[str], grid: Grid, y: int, font: str) -> Iterator[Placed]:
    for cell, x, width, to_the_right in zip(cells, grid.places, grid.widths, grid.right, strict=True):
        text = _cut(cell, width - GAP, grid.size)
        if text:
            yield Placed(x + (width - GAP - _width(text, grid.size) if to_the_right else 0), y, text, font, grid.size)


def _cut(text: str, room: int, size: int) -> str:
    """Shorten a text to its column; what was cut off is marked."""
    if _width(text, size) <= room:
        return text
    while text and _width(text + "…", size) > room:
        text = text[:-1]
    return text + "…"


def _wrapped(text: str, size: int, room: int) -> list[str]:
    lines = [""]
    for word in _BREAKS.split(text):
        longer = f"{lines[-1]} {word}".strip()
        if _width(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return [line for line in lines if line] or [""]


def _width(text: str, size: int) -> int:
    """Measure a text in points, rounded up; letters with a mark are as wide as their base letter."""
    thousandths = sum(_WIDTHS.get(letter) or _WIDTHS.get(unicodedata.normalize("NFD", letter)[0], _USUAL) for letter in text)
    return -(-thousandths * size // 1000)


def _document(pages: Sequence[Sequence[Placed]], size: tuple[int, int]) -> bytes:
    """Put pages together: catalogue, page tree, the two fonts, each page with its content, and where each object begins."""
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(len(pages)))
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /{} /Encoding /WinAnsiEncoding >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        font.format("Helvetica").encode(),
        font.format("Helvetica-Bold").encode(),
    ]
    for n, page in enumerate(pages):
        resources = f"/Resources << /Font << /{REGULAR} 3 0 R /{BOLD} 4 0 R >> >>"
        box = f"/MediaBox [0 0 {size[0]} {size[1]}]"
        objects.append(f"<< /Type /Page /Parent 2 0 R {box} {resources} /Contents {6 + 2 * n} 0 R >>".encode())
        content = b"\n".join(_drawn(line) for line in page)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    return _with_index(objects)


def _with_index(objects: Sequence[bytes]) -> bytes:
    written, places = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    index = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, index)
    return bytes(written)


def _drawn(line: Placed) -> bytes:
    raw = _western(line.text).replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /%s %d Tf %d %d Td (%s) Tj ET" % (line.font.encode(), line.size, line.x, line.y, raw)


def _western(text: str) -> bytes:
    """Write a text in the fonts' encoding: a letter that it lacks by its base letter, any other sign as a question mark."""
    return b"".join(_letter(letter) for letter in text.translate(_BARE) if letter.isprintable())


def _letter(letter: str) -> bytes:
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return unicodedata.normalize("NFD", letter)[0].encode("cp1252", "replace")
