"""The institution a verb works for, its settings, and who acts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from refusion.ledger import PreRegistration
from refusion.watch.deadlines import WorkingModel
from refusion.watch.facts import Turn


@dataclass(frozen=True, slots=True)
class Settings:
    """What an institution decides for itself.

    ``filing_day`` counts absence days (28: the 28th day); ``safe_margin_days`` how long before a legal day the house
    files at the latest; ``preregister`` per case kind; accounts name the ledger's places.
    ``close_alone_up_to`` is øre of a difference that one person alone may close, None without a limit.
    ``nightly_reconciliation``: the books are proved every night, else on the last day of each month. ``people`` names who stands on
    which rung of the work list; ``working_model`` who speaks to the authority; ``self_employed`` that it has their cases.
    """

    filing_day: int = 28
    safe_margin_days: int = 2
    preregistration: PreRegistration = field(default_factory=PreRegistration)
    accounts: Mapping[str, str] = field(default_factory=dict)
    contact: str = ""
    nightly_reconciliation: bool = True
    close_alone_up_to: int | None = None
    working_model: WorkingModel = WorkingModel.FILES_ITSELF
    people: Mapping[Turn, str] = field(default_factory=dict)
    self_employed: bool = False


@dataclass(frozen=True, slots=True)
class Institution:
    """One payroll with its accounts; ``namespace`` is the root of its derived ids."""

    id: int
    code: str
    name: str
    namespace: UUID
    company_number: str
    unit_number: str
    country: str
    currency: str
    language: str
    settings: Settings


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: a person's user name with roles, or the house itself."""

    name: str
    roles: frozenset[str] = frozenset()
    is_house: bool = False


HOUSE = Actor("house", is_house=True)
