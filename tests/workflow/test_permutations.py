"""A month's files in whatever order, each perhaps twice: bank files, decisions and payment specifications give the same books."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any, cast

import pytest
from django.db import connection

from refusion.adapters.bank.twin import Payment, StatementOrder, TwinAccount, notification, statement
from refusion.workflow.ports.authority import Decision, Message, Page, RawAnswer
from refusion.workflow.ports.institution import HOUSE, Actor
from refusion.workflow.ports.work import Ports, Transaction
from refusion.workflow.settlements.absorb import absorb_bank
from refusion.workflow.settlements.absorb_specification import absorb_specification
from refusion.workflow.settlements.fetch import MARKER, fetch_decisions
from refusion.workflow.settlements.settle import settle
from tests.story.diary import PLACES, Diary
from tests.story.payroll import NATIONAL_NUMBERS
from tests.story.test_matching import kroner, specified
from tests.story.test_money import decided

BOOKS = {
    "matches": "SELECT line_id, claim_id, decision_id, sum(amount), min(reason) FROM bank_match GROUP BY 1, 2, 3 HAVING sum(amount) <> 0",
    "parts": "SELECT m.line_id, m.claim_id, s.part_id FROM matched_part s JOIN bank_match m ON m.id = s.match_id",
    "lines": "SELECT id, amount, institution_id, tray FROM bank_line",
    "claims": "SELECT id, state, decided, received FROM claim",
    "balances": "SELECT claim_id, account, sum(amount) FROM posting GROUP BY 1, 2",
    "tasks": "SELECT kind, said_key, said_facts::text, at_stake, claim_id, line_id FROM task WHERE done_on IS NULL",
    "specifications": "SELECT id, amount, told::text FROM payment_part",
}


class Undone(Exception):
    """Takes a whole permutation back."""


@contextmanager
def undone(diary: Diary) -> Iterator[Transaction]:
    """Give a transaction of which nothing stays."""
    with suppress(Undone), diary.ports.work(diary.code, HOUSE) as tx:
        yield tx
        raise Undone


@dataclass
class OneTransaction:
    """Gives every verb the same transaction, so that a permutation leaves nothing behind."""

    tx: Transaction

    @contextmanager
    def __call__(self, _institution: str, _actor: Actor) -> Iterator[Transaction]:
        yield self.tx


@dataclass
class Told:
    """An authority that tells one page of decisions, under a marker of its own each time."""

    items: tuple[Decision, ...]
    times: int

    def encode_decisions(self, _employer: str, _marker: str) -> Message | None:
        return None

    def send(self, _message: Message | None) -> RawAnswer:
        return RawAnswer(200, f"page {self.times}".encode())

    def read_decisions(self, _answer: RawAnswer) -> Page[Decision]:
        return Page(self.items, f"marker {self.times}", complete=True)


@dataclass
class Month:
    """What comes in a month: files by kind; some are told by two files, one covers another institution too."""

    diary: Diary
    files: list[tuple[str, Any]] = field(default_factory=list)

    def books(self, seed: int, *, nights: bool) -> dict[str, list[Any]]:
        """Take in the files in a random order, some of them twice, and give the books; ``nights`` lie between them or at the end only."""
        chance = Random(seed)
        order = self.files + [one for one in self.files if chance.random() < 0.5]
        chance.shuffle(order)
        found: dict[str, list[Any]] = {}
        with undone(self.diary) as tx:
            for times, (kind, content) in enumerate(order):
                self._take_in(tx, kind, content, times)
                if nights and chance.random() < 0.5:
                    settle(tx)
            settle(tx)
            assert settle(tx) == 0
            tx.tasks.open_tasks()
            found = {name: _rows(query) for name, query in BOOKS.items()}
            assert tx.ledger.imbalance() == 0
        return found

    def _take_in(self, tx: Transaction, kind: str, content: Any, times: int) -> None:
        ports: Ports = replace(self.diary.ports, work=OneTransaction(tx))
        if kind == "bank":
            absorb_bank(ports, HOUSE, self.diary.code, f"{times}.xml", content)
        elif kind == "payments":
            absorb_specification(ports, HOUSE, self.diary.code, f"{times}.csv", content)
        else:
            fetch_decisions(replace(ports, authority=cast("Any", Told((content,), times))), HOUSE, self.diary.code)


def _rows(query: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return sorted(cursor.fetchall(), key=str)


@pytest.fixture
def month(diary: Diary) -> Month:
    """Live up to where four claims wait for their decisions, then lay out what the month brings."""
    decided(diary, numbers="1234")
    diary.on("2025-05-14")
    with diary.reading() as tx:
        marker = tx.messages.marker(MARKER) or ""
        employer = tx.institution.company_number
    authority = diary.ports.authority
    page = authority.read_decisions(authority.send(authority.encode_decisions(employer, marker)))
    assert isinstance(page, Page)
    decisions = sorted(page.items, key=lambda one: one.reference)
    assert len(decisions) == 4
    diary.on(max(one.pays_on for one in decisions if one.pays_on is not None).isoformat())
    return Month(diary, [("decision", one) for one in decisions] + _money(diary, decisions))


def _money(diary: Diary, decisions: list[Decision]) -> list[tuple[str, Any]]:
    """Lay out the money: a specified lump sum with a wrong share, a batch told by two files, and what nobody can know."""
    day = diary.clock.today()
    held = TwinAccount(PLACES[diary.code][2], PLACES[diary.code][0], "DKK")
    one, two, three, four = decisions
    lump_sum = Payment(day, one.pays + two.pays - 40_00, None, ("Udbetaling UDB-1",))
    rows = (f"UDB-1;{kroner(one.pays)};;;{one.reference};;;;", f"UDB-1;{kroner(two.pays - 40_00)};;;{two.reference};;;;til")
    batch = Payment(day, three.pays + 100_00, None, parts=(Payment(day, three.pays, three.reference), Payment(day, 100_00, "KSD-7777777777")))
    unknown = [
        Payment(day, 55_00, None, (four.reference, "KSD-8888888888")),
        Payment(day, -33_00, None, ("modregning",)),
        Payment(day, 77_00, None, (f"Refusion {NATIONAL_NUMBERS['4']}",)),
        Payment(day, 12_00, "KSD-9999999999"),
        Payment(day, 12_00, "KSD-9999999999"),
    ]
    stranger = TwinAccount("DK5000400440116243", "En anden", "DKK")
    return [
        ("bank", statement(held, day, [lump_sum], StatementOrder(1))),
        ("bank", notification(held, day, [batch], StatementOrder(2))),
        ("bank", statement(held, day, [batch, *unknown], StatementOrder(3))),
        ("bank", statement(held, day, [*unknown], StatementOrder(4, identification="again"))),
        ("bank", statement(stranger, day, [Payment(day, 1_00, four.reference)], StatementOrder(5))),
        ("payments", specified(*rows)),
        ("payments", specified(*reversed(rows))),
    ]


def _same(month: Month, times: int) -> None:
    first = month.books(0, nights=False)
    states = {str(row[1]) for row in first["claims"]}
    assert states == {"settled", "differing", "decided"}
    assert len(first["parts"]) == 3
    assert [row[3] for row in first["tasks"] if row[0] == "difference"] == [40_00]
    for seed in range(1, times):
        assert month.books(seed, nights=seed % 2 == 0) == first, f"seed {seed}"


def test_twenty_permutations_of_a_months_files_give_the_same_books(month: Month) -> None:
    _same(month, 20)


@pytest.mark.chaos
def test_a_thousand_permutations_of_a_months_files_give_the_same_books(month: Month) -> None:
    _same(month, 1000)
