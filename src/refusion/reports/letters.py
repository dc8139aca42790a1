"""Writes a letter as text or as a page of its own that prints well and asks nothing of any other place."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from html import escape

LINE = 78
_PAGE = """<!doctype html>
<html lang="{language}">
<head><meta charset="utf-8"><title>{heading}</title>
<style>body{{font:11pt/1.5 sans-serif;max-width:40em;margin:3em auto;padding:0 1em}}
h1{{font-size:1.3em}}p{{white-space:pre-wrap}}</style></head>
<body><h1>{heading}</h1>
{paragraphs}
</body></html>
"""


def as_text(heading: str, paragraphs: Sequence[str]) -> bytes:
    """Write plain text in UTF-8, lines of at most 78 letters, an empty line between paragraphs."""
    parts = [heading, "=" * min(len(heading), LINE), *("\n".join(textwrap.wrap(one, LINE)) for one in paragraphs)]
    return ("\n\n".join([f"{parts[0]}\n{parts[1]}", *parts[2:]]) + "\n").encode()


def as_html(heading: str, paragraphs: Sequence[str], language: str) -> bytes:
    """Write one page of HTML; every text in it is escaped."""
    lines = "\n".join(f"<p>{escape(one)}</p>" for one in paragraphs)
    return _PAGE.format(language=language, heading=escape(heading), paragraphs=lines).encode()
