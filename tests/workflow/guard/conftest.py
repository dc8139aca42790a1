"""A house with one institution and nothing but pay runs: a clock that can be set, people with the roles they need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from uuid import UUID, uuid5

import pytest

from refusion.salary_guard.intake import Announced
from refusion.store import institutions
from refusion.wiring.clock import HERE, SetClock
from refusion.wiring.house import House
from refusion.wiring.keys import open_vault
from refusion.wiring.parts import ports_of
from refusion.wiring.work import HouseWork
from refusion.workflow.guard.take import Delivered, Taken
from refusion.workflow.ports.guard.facts import Paid
from refusion.workflow.ports.institution import Actor, Institution, Settings

ROOT = UUID("0a6e7d0c-6a6e-5d0c-8f0a-0f6f1d1f2a12")
PAYDAY, TODAY = date(2025, 6, 30), date(2025, 6, 20)
HEADINGS = (
    "institution,payment_number,employment_number,national_number,name,account_form,bank,account,net_pay,"
    "limit_this_run,component_244,component_244_state,text"
)
PEOPLE = ("6101901234", "6201901236", "6301901238", "6401901230", "6501901231", "6601901233")
PAYER = 'name = "Fjordby Gymnasium"\ncompany_number = "99990001"\niban = "DK5000400440116243"\nbic = "DABADKKK"\ncurrency = "DKK"\n'
OFFICER = Actor("Olga", frozenset({"payroll_officer"}))
APPROVER = Actor("Arne", frozenset({"approver"}))
ACCOUNTANT = Actor("Bent", frozenset({"accountant"}))
CODE = "FJORDBY"


def row(number: str, person: int, net: str, limits: str = ",,") -> str:
    """Write a row of a run: payment number, which of the people, net pay in kroner, the three columns of limits."""
    return f"{CODE},{number},E{person},{PEOPLE[person]},Person {person},nemkonto_cpr,,,{net},{limits},Løn"


def run_file(rows: Sequence[str]) -> bytes:
    """Write a run as CSV."""
    return ("\n".join((HEADINGS, *rows)) + "\n").encode()


@dataclass
class Guarding:
    """A house with the institution FJORDBY."""

    house: House
    clock: SetClock
    folder: Path
    peek: HouseWork

    def take(self, *rows: str, name: str = "June", value_date: date = PAYDAY, raw: bytes | None = None) -> Taken:
        """Take a run in."""
        delivered = Delivered(f"{name}.csv", raw or run_file(rows), name, value_date, Announced())
        return self.house.take_run(OFFICER, CODE, delivered)

    def write(self, run: int = 1, name: str = "bank.xml") -> Path:
        """Write a run's bank file."""
        payer = self.folder / "payer.toml"
        payer.write_text(PAYER, encoding="utf-8")
        self.house.write_bank_file(OFFICER, CODE, run, target=self.folder / name, payer=payer)
        return self.folder / name

    def paid(self, payment: str, run: str = "June") -> Paid:
        """Give a payment by its number in the file."""
        with self.peek(CODE, OFFICER) as tx:
            found = tx.guard.run_named(run)
            assert found is not None
            number = tx.guard.numbered(found.id, payment)
            assert number is not None
            return tx.guard.payment(number)

    def stands(self, payment: str, run: str = "June") -> dict[str, int]:
        """Give what stands of a payment on each account; accounts at zero are left out."""
        id = self.paid(payment, run).id
        with self.peek(CODE, OFFICER) as tx:
            return {account: amount for account, amount in tx.guard.standing(id).items() if amount}


def made(folder: Path) -> Guarding:
    """Make the institution and its house on the database at hand."""
    clock = SetClock(TODAY)
    facts = Institution(0, CODE, "Fjordby", uuid5(ROOT, CODE), "99990001", "1000000001", "DK", "DKK", "da", Settings(contact="Løn"))
    institutions.create(facts, open_vault().new_institution_keys())
    vault = open_vault()
    work = HouseWork(clock, vault, HERE, must_note=True)
    return Guarding(House(replace(ports_of(clock), work=work)), clock, folder, HouseWork(clock, vault, HERE))


@pytest.fixture
def guarding(house_database: str, tmp_path: Path) -> Guarding:
    """Give the house on a database of its own."""
    return made(tmp_path)
