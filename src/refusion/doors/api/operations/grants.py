"""Grant agreements as they stand."""

from __future__ import annotations

from refusion.access import Duty
from refusion.doors.api.operation import Call, Field, Operation
from refusion.grants.course.standing import Standing
from refusion.workflow.ports.grants.agreements import Opened

NAME = Field("name", "The agreement's name.", longest=60)


def _agreements(call: Call) -> tuple[Opened, ...]:
    return call.house.agreements(*call.at)


def _agreement(call: Call) -> Standing:
    return call.house.agreement(*call.at, call.given["name"])


GRANTS = (
    Operation("agreements", "GET", "/agreements", Duty.SEE_GRANTS, "Agreements that were opened.", _agreements, Opened, paged=True),
    Operation("agreement", "GET", "/agreements/{name}", Duty.SEE_GRANTS, "An agreement with all its records.", _agreement, Standing,
              at=(NAME,)),
)  # fmt: skip
