"""The house with the twins of NemRefusion and Digital Post in the same process, and the municipality's pen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from types import ModuleType
from typing import Any, cast
from uuid import UUID

from refusion.adapters.digital_post import translate
from refusion.adapters.digital_post import twin as post_twin
from refusion.adapters.digital_post.client import PATH as POST_PATH
from refusion.adapters.digital_post.mailbox import DigitalPost
from refusion.adapters.nemrefusion import twin as nemrefusion_twin
from refusion.adapters.nemrefusion.authority import NemRefusion
from refusion.adapters.nemrefusion.client import PATH as NEMREFUSION_PATH
from refusion.rehearsal.faults import Fault, written
from refusion.rehearsal.host import Host, Machine, Request, morning
from refusion.rehearsal.outside.near import arrived
from refusion.rehearsal.shelves import Shelves
from refusion.values.money import kroner
from refusion.wiring.clock import SetClock
from refusion.wiring.house import House
from refusion.wiring.parts import ports_of
from refusion.workflow.ports.authority import Message, RawAnswer, Silence

LETTER_OF = {event: kind for kind, event in translate.TYPES.items()}
FIELD_OF = {fact: name for name, fact in translate.FIELDS.items()}


class Near:
    """A twin in this process: the same machine, memory and faults as behind a socket, without one."""

    def __init__(self, machine: ModuleType, path: str, first_day: date, faults: Iterable[Fault] = ()) -> None:
        """Begin on a day, with the faults given."""
        self._host, self._path = Host(cast("Machine", machine), Shelves(":memory:"), morning(first_day.isoformat())), path
        self.order("faults", rules=written(tuple(faults)))

    def send(self, message: Message) -> RawAnswer | Silence:
        """Take a message of the house and give what arrives of the answer."""
        return arrived(self._host.serve(Request(self._path + message.operation, message.raw)))

    def order(self, name: str, **facts: object) -> dict[str, Any]:
        """Give an order to its control door. Raises ValueError when it refuses."""
        delivery = self._host.control(json.dumps({"order": name, **facts}).encode())
        answer: dict[str, Any] = json.loads(delivery.body)
        if "error" in answer:
            raise ValueError(answer["error"])
        return answer


class SelfWorld:
    """An institution that has cases of self-employed persons, its clock, and both authorities."""

    def __init__(self, code: str, first_day: date, faults: Iterable[Fault] = ()) -> None:
        """Begin on a day; the institution stands in the books already."""
        self.code, self.clock, every = code, SetClock(first_day), tuple(faults)
        self.nemrefusion = Near(nemrefusion_twin, NEMREFUSION_PATH, first_day, every)
        self.post = Near(post_twin, POST_PATH, first_day, every)
        ports = ports_of(self.clock)
        self.house = House(replace(ports, authority=NemRefusion(self.nemrefusion), mailbox=DigitalPost(self.post), connected=True))
        self._letters = 0

    def turn_to(self, day: date) -> None:
        """Turn to a day; the authorities' clocks go along."""
        self.clock.day = day
        now = self.clock.now().isoformat()
        self.nemrefusion.order("clock", now=now)
        self.post.order("clock", now=now)

    def writes(self, case: UUID, event: str, facts: Mapping[str, object]) -> None:
        """Let the municipality write a letter about a case."""
        self._letters += 1
        fields = {FIELD_OF[name]: _as_text(name, value) for name, value in facts.items()}
        self.post.order(
            "deliver",
            id=f"letter-{self._letters}",
            sagsreference=str(case),
            type=LETTER_OF[event],
            dato=self.clock.today().isoformat(),
            felter=fields,
        )


def _as_text(name: str, value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return kroner(value) if name.endswith("_ore") and isinstance(value, int) else str(value)
