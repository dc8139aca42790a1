"""A small institution two months into its year, served to the pages under test: cases, claims, open tasks, users of every role."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.test import Client

from refusion.rehearsal.profiles import small_plan
from refusion.rehearsal.show import Show
from refusion.rehearsal.stage import staged
from refusion.rehearsal.users import log_ins
from refusion.rehearsal.world import World
from refusion.wiring.demo import LogIn
from refusion.wiring.founding import enrolled
from refusion.wiring.house import House
from refusion.wiring.reading import Reads
from refusion.workflow.ports.institution import HOUSE

DAY = date(2024, 9, 5)


@dataclass(frozen=True, slots=True)
class Scene:
    """The world, its house and its users by role."""

    world: World
    users: tuple[LogIn, ...]

    @property
    def house(self) -> House:
        """Give the house that the pages speak to."""
        return self.world.house

    @property
    def code(self) -> str:
        """Give the institution's code."""
        return self.world.plan.profiles[0].code

    def user(self, role: str) -> LogIn:
        """Give the user of a role."""
        return next(user for user in self.users if role in user.roles)

    def client(self, role: str | None, language: str = "da") -> Client:
        """Give a browser's stand-in, logged in under a role or not at all."""
        client = Client(headers={"accept-language": language})
        if role is not None:
            user = self.user(role)
            answer = client.post("/log-in", {"name": user.name, "password": user.password})
            assert answer.status_code == 302, answer.content
        return client

    def any_case(self) -> int:
        """Give the number of a case with claims."""
        with self.house.reading(HOUSE, self.code, "test") as reads:
            return min(row.number for row in reads.cases(None, None, 200).rows if row.expected)

    def any_claim(self) -> int:
        """Give the number of a claim."""
        with self.house.reading(HOUSE, self.code, "test") as reads:
            chain = reads.case(self.any_case_of(reads))
        assert chain is not None
        return chain.claims[0].number

    @staticmethod
    def any_case_of(reads: Reads) -> int:
        """Give the number of a case with claims inside open reads."""
        return min(row.number for row in reads.cases(None, None, 200).rows if row.expected)


def granting(code: str) -> tuple[LogIn, ...]:
    """Give the users who work on grants, whom the Danish demo does not have."""
    roles = ("grant_administrator", "grant_approver", "county_reporter")
    return tuple(LogIn(f"demo-{role}", f"demo-{role}-adgang", (role,), code) for role in roles)


@contextmanager
def scene(place: Path) -> Iterator[Scene]:
    """Live two months of the small plan on the database at hand, and enrol its users."""
    plan = small_plan()
    with staged(plan, place) as world:
        world.live(DAY)
        users = (*log_ins(plan), *granting(plan.profiles[0].code))
        enrolled(users)
        world.house.demo = Show(world, users)
        try:
            yield Scene(world, tuple(users))
        finally:
            if world.authority._client is not None:
                world.authority._client[1].close()
