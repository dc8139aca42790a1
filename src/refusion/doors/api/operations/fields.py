"""Fields that many operations take."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from refusion.doors.api.operation import Field

NUMBER = Field("number", "The number that people use.", int, least=1)
TASK = Field("task", "The task's id.", UUID)
ID = Field("id", "The id.", UUID)
LINE = Field("line", "The bank line's number.", int, least=1)
LIMIT = Field("limit", "How many rows at most; 50 where none is named.", int, required=False, least=1, most=200)
EVERY = Field("every", "Those that are over as well.", bool, required=False)
REASON = Field("reason", "Why, in a person's words.")
DOCUMENT = Field("document", "What proves it.")
VALID_FROM = Field("valid_from", "The first day on which it holds.", date)
VALID_UNTIL = Field("valid_until", "The last day on which it holds; open where none is named.", date, required=False)
FIRST = Field("first", "The first day.", date)
LAST = Field("last", "The last day.", date)
MONTH = Field("month", "Any day of the month.", date)
USUAL = 50
