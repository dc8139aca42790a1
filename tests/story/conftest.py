"""What every story begins with: a fresh house, a twin of the authority on a socket of its own, an open diary."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.story.diary import Diary, opened_diary


@pytest.fixture
def diary(house_database: str) -> Iterator[Diary]:
    with opened_diary() as opened:
        yield opened
