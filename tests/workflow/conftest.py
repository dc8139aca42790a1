"""The verbs are tried in an open diary, as the stories are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.story.diary import Diary, opened_diary


@pytest.fixture
def diary(house_database: str) -> Iterator[Diary]:
    with opened_diary(seconds=1) as opened:
        yield opened
