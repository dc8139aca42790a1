"""A diary of the house: what payroll, people, authority and bank did on which day, and what then must stand in the books.

Everything is real but the world outside: a database of its own, the NemRefusion client over a socket, and its twin.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import count
from typing import Any, cast
from uuid import NAMESPACE_DNS, UUID, uuid5

from refusion.absences.facts import Question
from refusion.adapters.bank.reader import CamtReader
from refusion.adapters.bank.twin import Payment, StatementOrder, TwinAccount, lump, statement
from refusion.adapters.nemrefusion import twin
from refusion.adapters.nemrefusion.authority import NemRefusion
from refusion.adapters.nemrefusion.client import Client
from refusion.adapters.sls import SlsReader
from refusion.adapters.sls.messages import Row
from refusion.adapters.sls.twin import as_csv, kind_of
from refusion.adapters.udbetaling_danmark import ReportOffice
from refusion.cases.facts import Case
from refusion.claims.facts import Claim
from refusion.claims.facts import State as ClaimState
from refusion.ledger import default_chart
from refusion.rehearsal.faults import Fault
from refusion.rehearsal.host import Host, Machine, morning, opened
from refusion.rehearsal.outside.clock import HERE, VirtualClock, morning_of
from refusion.rehearsal.shelves import Shelves
from refusion.values.ids import derived_id
from refusion.watch.facts import Kind, Task
from refusion.wiring.founding import banked, founded
from refusion.wiring.house import House
from refusion.wiring.keys import open_vault
from refusion.wiring.parts import payment_reader
from refusion.workflow.cases.answer import Told, answer_question, enter_fact
from refusion.workflow.cases.retry import retry_refused
from refusion.workflow.day.run import begin_day, end_day
from refusion.workflow.filing.send import file_due
from refusion.workflow.payroll.absorb import Delivered, PayrollAbsorbed, absorb_payroll
from refusion.workflow.ports.institution import HOUSE, Actor, Settings
from refusion.workflow.ports.work import Ports, Transaction
from refusion.workflow.settlements.absorb import BankAbsorbed, absorb_bank
from refusion.workflow.settlements.close import close_difference
from tests.story.line import Line
from tests.story.noting import NotingWork
from tests.story.payroll import day as on_day

FIRST_DAY = date(2025, 1, 1)
FIRST_ABSENCE_DAY = "SELECT first_absence_day FROM refund_case WHERE id = %(case)s"
GONE = (ClaimState.ANNULLED, ClaimState.DROPPED)
CASEWORKER, ACCOUNTANT = Actor("sagsbehandler", frozenset({"caseworker"})), Actor("regnskab", frozenset({"accountant"}))
PLACES = {
    "FJORDBY": ("Fjordby Seminarium", ("99990014", "9999000141"), "DK0320009876543210"),
    "BAKKEN": ("Bakken Museum", ("99990022", "9999000221"), "DK0420009876543229"),
}


@dataclass
class Diary:
    """One institution's diary; all diaries of a story share clock, authority and database."""

    code: str
    ports: Ports
    clock: VirtualClock
    line: Line
    host: Host
    delivered: list[bytes] = field(default_factory=list)

    # --- days ------------------------------------------------------------------------------------------------------

    def on(self, written: str) -> Diary:
        """Turn to the morning of a day; the authority's clock goes along."""
        self.clock.begin(on_day(written))
        self.authority("clock", now=self.clock.now().isoformat())
        return self

    def later(self, minutes: int) -> Diary:
        """Go on within the day."""
        self.clock.instant += timedelta(minutes=minutes)
        self.authority("clock", now=self.clock.now().isoformat())
        return self

    def until(self, written: str) -> Diary:
        """Let the days pass up to one; the house works when a month begins, when money comes, and on the last day."""
        today = self.clock.today()
        while (today := today + timedelta(days=1)) <= on_day(written):
            paid = self.on(today.isoformat()).the_bank_pays()
            if paid or today.day == 1 or today == on_day(written):
                self.the_house_works()
        return self

    def every_day_until(self, written: str) -> Diary:
        """Live every single day up to one."""
        while self.clock.today() < on_day(written):
            self.until((self.clock.today() + timedelta(days=1)).isoformat())
        return self

    def house(self) -> House:
        """Give the house as the doors know it."""
        return House(self.ports)

    # --- what happens ----------------------------------------------------------------------------------------------

    def payroll_says(self, *rows: Row | Iterable[Any]) -> list[PayrollAbsorbed]:
        """Let payroll deliver rows: one file of each kind, employments first."""
        flat = [one for row in rows for one in (row if not isinstance(row, Row) else (row,))]
        kinds = ("payroll-employments", "payroll-pay", "payroll-absences")
        files = [(kind, [row for row in flat if kind_of([row]).name == kind]) for kind in kinds]
        return [self.payroll_sends(kind, self._delivered(rows)) for kind, rows in files if rows]

    def _delivered(self, rows: list[Row]) -> bytes:
        """Write a delivery of its own: the very same bytes twice would be the same file, which counts once."""
        written = as_csv(self.code, rows)
        raw = next(raw for blank_lines in count() if (raw := written + b"\r\n" * blank_lines) not in self.delivered)
        self.delivered.append(raw)
        return raw

    def payroll_sends(self, kind: str, raw: bytes) -> PayrollAbsorbed:
        """Let payroll deliver a file as it is."""
        return absorb_payroll(self.ports, HOUSE, self.code, Delivered(kind, f"{kind}.csv", raw))

    def the_house_works(self) -> Mapping[str, int]:
        """Let the house do its day: filing goes on in rounds until nothing is in doubt."""
        counts = begin_day(self.ports, HOUSE, self.code)
        counts["file_due"] = self.the_house_files()
        return counts | end_day(self.ports, HOUSE, self.code)

    def the_house_files(self, rounds: int = 8) -> int:
        """Let the house file, and ask again half an hour later while it is in doubt."""
        answered = file_due(self.ports, HOUSE, self.code)
        for _ in range(rounds):
            if not self.value("SELECT count(*) FROM filing WHERE state IN ('sending', 'unknown')"):
                break
            self.later(30)
            answered += file_due(self.ports, HOUSE, self.code)
        return answered

    def caseworker_answers(self, value: str, about: str | None = None, kind: Question | None = None) -> Diary:
        """Answer open questions: the one about a week, or all of a kind."""
        for task in self.tasks(Kind.ANSWER_MISSING):
            if (about is None or task.about == about) and (kind is None or task.question == kind.value):
                since = on_day(task.about) if task.about else self.value(FIRST_ABSENCE_DAY, case=task.case)
                until = since + timedelta(days=6) if task.about else None
                told = Told(value, since, until, "tidsregistrering")
                answer_question(self.ports, CASEWORKER, self.code, task.id, told)
        return self

    def caseworker_enters(self, question: Question, value: str, since: str, until: str | None = None, number: str = "1") -> Diary:
        """Enter a fact with its document."""
        told = Told(value, on_day(since), None if until is None else on_day(until), "dokument")
        enter_fact(self.ports, CASEWORKER, self.code, self.id_of("employment", number), (question, told))
        return self

    def caseworker_retries(self) -> Diary:
        """Try again what the authority refused."""
        retry_refused(self.ports, CASEWORKER, self.code, self.case().id)
        return self

    def accountant_closes(self, place: int = 0, reason: str = "gennemgået og godtaget") -> Diary:
        """Close the difference of a claim with its reason."""
        close_difference(self.ports, ACCOUNTANT, self.code, self.claims()[place].id, reason)
        return self

    def the_bank_pays(self, *, less: int = 0, together: bool = False) -> BankAbsorbed | None:
        """Let the bank tell what the authority pays today, each ``less`` so many øre, or ``together`` in one sum."""
        today, company = self.clock.today(), PLACES[self.code][1][0]
        due = self.authority("payments", **{"from": today.isoformat(), "to": today.isoformat()})["items"]
        own = sorted((one for one in due if one["cvr"] == company), key=lambda one: one["reference"])
        lines = [Payment(today, one["amount_ore"] - less, one["reference"], (one["text"],), one["payer"]) for one in own]
        if not lines:
            return None
        return self.the_bank_tells(*((lump(lines),) if together else lines))

    def the_bank_tells(self, *lines: Payment, account: str = "", currency: str = "DKK", name: str = "") -> BankAbsorbed:
        """Let the bank deliver a statement of today with these lines."""
        today, number = self.clock.today(), self.value("SELECT count(*) FROM raw_file") + 1
        held = TwinAccount(account or PLACES[self.code][2], PLACES[self.code][0], currency)
        raw = statement(held, today, lines, StatementOrder(number))
        return self.the_bank_sends(name or f"camt053-{today}-{number}.xml", raw)

    def the_bank_sends(self, name: str, raw: bytes) -> BankAbsorbed:
        """Let the bank deliver a file as it is."""
        return absorb_bank(self.ports, HOUSE, self.code, name, raw)

    def authority(self, name: str, **facts: object) -> dict[str, Any]:
        """Give an order to the authority's control door."""
        answer = self.host.control(json.dumps({"order": name, **facts}).encode())
        assert answer.status == 200, answer.body
        return cast("dict[str, Any]", json.loads(answer.body))

    def the_authority(self, *faults: str, on: tuple[str, ...] = ("OpretRetIndberetninger",), times: int = 1) -> Diary:
        """Let every message of some operations meet these faults; without any the authority is itself again."""
        rules = [vars_of(Fault(kind, per_mille=1000, on=on, times=times, delay_ms=3000)) for kind in faults]
        self.authority("faults", rules=rules)
        return self

    # --- what stands in the books ----------------------------------------------------------------------------------

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """Open a transaction that only looks."""
        with self.ports.work(self.code, HOUSE) as tx:
            yield tx

    def id_of(self, noun: str, *key: object) -> UUID:
        """Give the id of a thing from its business key."""
        return derived_id(uuid5(NAMESPACE_DNS, self.code), noun, *key)

    def case(self, number: str = "1", absence: str = "A1") -> Case:
        """Give the case of an absence."""
        case = self.case_or_none(number, absence)
        assert case is not None, "no case was opened"
        return case

    def case_or_none(self, number: str = "1", absence: str = "A1") -> Case | None:
        """Give the case of an absence where there is one."""
        with self.reading() as tx:
            return tx.cases.of_absence(self.id_of("absence", number, absence))

    def claims(self, number: str = "1", absence: str = "A1") -> tuple[Claim, ...]:
        """Give the claims of a case that are not taken back."""
        return tuple(claim for claim in self.all_claims(number, absence) if claim.state not in GONE)

    def all_claims(self, number: str = "1", absence: str = "A1") -> tuple[Claim, ...]:
        """Give every claim that a case ever had."""
        case = self.case(number, absence)
        with self.reading() as tx:
            return tx.claims.of_case(case.id)

    def tasks(self, *kinds: Kind) -> tuple[Task, ...]:
        """Give the open tasks, of some kinds or all."""
        with self.reading() as tx:
            return tuple(task for task in tx.tasks.open_tasks() if not kinds or task.kind in kinds)

    def rows(self, query: str, **facts: Any) -> list[tuple[Any, ...]]:
        """Run a query under the institution."""
        from django.db import connection

        with self.reading(), connection.cursor() as cursor:
            cursor.execute(query, facts or None)
            return cast("list[tuple[Any, ...]]", cursor.fetchall())

    def value(self, query: str, **facts: Any) -> Any:
        """Run a query that gives one value."""
        return self.rows(query, **facts)[0][0]

    def the_case_is(self, state: str, number: str = "1") -> Diary:
        """Require the case to stand here."""
        found = self.case(number).state.value
        assert found == state, found
        return self

    def the_claims_are(self, *states: str) -> Diary:
        """Require the claims that count to stand here, in their order."""
        found = tuple(claim.state.value for claim in self.claims())
        assert found == states, found
        return self

    def the_periods_are(self, *written: str) -> Diary:
        """Require the claims that count to ask for these periods."""
        found = tuple(f"{claim.period.first}..{claim.period.last}" for claim in self.claims())
        assert found == written, found
        return self

    def the_authority_holds(self, *forms: str) -> Diary:
        """Require what the authority accepted, as action and form; the order of one instant doesn't matter."""
        found = sorted(f"{one['action']} {one['form']}".strip() for one in self.accepted())
        assert found == sorted(forms), found
        return self

    def accepted(self) -> list[dict[str, Any]]:
        """Give what the authority accepted of this institution, in order."""
        company = PLACES[self.code][1][0]
        items = [one for one in self.authority("accepted")["items"] if one["cvr"] == company]
        return sorted(items, key=lambda one: one["signed_at"])

    def balance(self, purpose: str) -> int:
        """Give the balance of an account by its purpose, in øre, debit positive."""
        account = getattr(default_chart(), purpose).number
        return int(self.value("SELECT coalesce(sum(amount), 0) FROM posting WHERE account = %(account)s", account=account))

    def the_books_balance(self) -> Diary:
        """Require the ledger to sum to zero and the authority to hold nothing twice."""
        with self.reading() as tx:
            assert tx.ledger.imbalance() == 0
        assert self.authority("counts")["double_filings"] == 0
        return self


def vars_of(fault: Fault) -> dict[str, Any]:
    """Write a fault as the control door reads it."""
    return {name: getattr(fault, name) for name in fault.__dataclass_fields__}


@contextmanager
def opened_diary(settings: Settings | None = None, seconds: float = 2) -> Iterator[Diary]:
    """Found the institutions, host the authority and open the diary of the first one."""
    state = Shelves(":memory:")
    clock = VirtualClock(morning_of(FIRST_DAY))
    host = Host(cast("Machine", twin), state, morning(FIRST_DAY.isoformat()))
    with opened(host) as address:
        client = Client(address, seconds)
        line = Line(client)
        for code, (name, numbers, _account) in PLACES.items():
            founded(code, name, uuid5(NAMESPACE_DNS, code), numbers, settings or Settings())
        banked("BANK", "Bank", [(account, "DKK", code) for code, (_name, _numbers, account) in PLACES.items()])
        work = NotingWork(clock, open_vault(), HERE, must_note=True)
        ports = Ports(work, clock, HERE, NemRefusion(line), SlsReader(), CamtReader(), payment_reader(), ReportOffice())
        try:
            yield Diary("FJORDBY", ports, clock, line, host)
        finally:
            client.close()
    state.close()


def at(diary: Diary, code: str) -> Diary:
    """Give the diary of another institution in the same story."""
    return replace(diary, code=code)
