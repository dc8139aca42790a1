"""The pages obey their own content policy: nothing inline, nothing from another host."""

from __future__ import annotations

import re

from tests.house.tree import SOURCE, nothing, place, text_of

FORBIDDEN = {
    "an hx-on attribute": re.compile(r"\bhx-on\b", re.IGNORECASE),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "an inline style sheet": re.compile(r"<style\b", re.IGNORECASE),
    "an inline style": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=(?!=)", re.IGNORECASE),
    "a value that is evaluated": re.compile(r"""=\s*["']\s*(js|javascript):""", re.IGNORECASE),
    "a trigger filter": re.compile(r"""hx-trigger\s*=\s*["'][^"']*\["""),
    "something from another host": re.compile(r"""\b(src|href|action)\s*=\s*["'](https?:)?//""", re.IGNORECASE),
}


def test_pages_hold_nothing_inline_and_nothing_foreign() -> None:
    found = [
        f"{place(file)}: {what}"
        for file in sorted(SOURCE.rglob("templates/**/*.html"))
        for what, pattern in FORBIDDEN.items()
        if pattern.search(text_of(file))
    ]
    nothing(found)


def test_the_patterns_find_what_they_forbid() -> None:
    bad = (
        '<a hx-on:click="x">', "<script>x</script>", "<style>", '<p style="x">', '<p onclick="x">', '<p hx-vals="js:x">',
        '<p hx-trigger="click[x]">', '<img src="//elsewhere/x.png">',
    )  # fmt: skip
    nothing(what for (what, pattern), text in zip(FORBIDDEN.items(), bad, strict=True) if not pattern.search(text))
