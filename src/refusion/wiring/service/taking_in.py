"""Takes an institution into the house: who it is, where its money lies, who works there; the operator's verbs.

They act as the owner of the tables and leave a line in the institution's own trail.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from stdnum import iban
from stdnum.dk import cvr
from stdnum.exceptions import ValidationError
from stdnum.no import orgnr as norwegian
from stdnum.se import orgnr as swedish

from refusion.access import Role, require_separate
from refusion.store import institutions
from refusion.values.said import BadInput, Problem, Refused, Said, said
from refusion.wiring.founding import banked, founded
from refusion.workflow.ports.institution import Actor, Institution, Settings
from refusion.workflow.ports.work import Ports

COUNTRIES = {"denmark": ("DKK", "da"), "norway": ("NOK", "nb"), "sweden": ("SEK", "sv")}
CHECKED = {"denmark": cvr, "norway": norwegian, "sweden": swedish}
UNIT_DIGITS = {"denmark": 10, "norway": 9}
LONGEST_CODE = 20


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What is told of an institution that is taken in."""

    code: str
    name: str
    country: str
    company_number: str
    unit_number: str
    contact: str


@dataclass(frozen=True, slots=True)
class Colleague:
    """A user with his roles at each institution, by code."""

    name: str
    roles: Mapping[str, Sequence[str]]
    can_log_in: bool


def take_in(ports: Ports, actor: Actor, told: Newcomer) -> Institution:
    """Found an institution with keys of its own. Raises BadInput for what is wrong of it, Refused where the code is taken."""
    problems = list(_problems(told))
    if problems:
        raise BadInput(*problems)
    if told.code in institutions.codes():
        raise Refused(said("store.institution_stands", code=told.code))
    numbers, speaks = (told.company_number, told.unit_number), COUNTRIES[told.country]
    made = founded(told.code, told.name, uuid4(), numbers, Settings(contact=told.contact), country=told.country, speaks=speaks)
    facts = {"name": told.name, "country": told.country, "company": told.company_number, "unit": told.unit_number}
    _note(ports, actor, told.code, "take_in", facts)
    return made


def give_account(ports: Ports, actor: Actor, code: str, bank: str, account: str) -> str:
    """Say that an institution's money lies on an account; gives it as it is written. Raises BadInput for no IBAN."""
    institution = institutions.find(code).institution
    try:
        written = iban.validate(account)
    except ValidationError:
        raise BadInput(_problem("account", account)) from None
    banked(f"{code}-{bank}", bank, [(written, institution.currency, code)])
    _note(ports, actor, code, "give_account", {"bank": bank, "account": written})
    return str(written)


def enrol(ports: Ports, actor: Actor, code: str, name: str, roles: Sequence[str], *, password: str | None) -> bool:
    """Give a user roles at an institution; one who has no log-in yet is made with the password. Tells whether he was made.

    Raises BadInput for an unknown role, a name that can't be one, a new user without a good password; Refused for roles
    that nobody may hold together.
    """
    from django.contrib.auth.models import User

    institutions.find(code)
    wrong = [_problem("role", role) for role in roles if role not in set(Role)]
    wrong += [] if name.isprintable() and name.strip() == name != "" else [_problem("user", name)]
    if wrong:
        raise BadInput(*wrong)
    user = User.objects.filter(username=name).first()
    is_new = user is None
    require_separate([*roles, *(institutions.roles_of(user.pk).get(code, ()) if user else ())])
    if user is None:
        user = User.objects.create_user(name, password=_good(password, name))
    institutions.give_roles(user.pk, code, roles)
    _note(ports, actor, code, "enrol", {"user": name, "roles": ",".join(sorted(roles))})
    return is_new


def dismiss(ports: Ports, actor: Actor, code: str, name: str, roles: Sequence[str]) -> tuple[str, ...]:
    """Take roles from a user at an institution, all of them where none is named; gives those that were taken.

    Raises Refused where he had none of them.
    """
    from django.contrib.auth.models import User

    user = User.objects.filter(username=name).first()
    had = institutions.roles_of(user.pk).get(code, frozenset()) if user else frozenset()
    taken = tuple(sorted(had & set(roles) if roles else had))
    if user is None or not taken:
        raise Refused(said("founding.no_such_role", user=name, code=code))
    institutions.take_roles(user.pk, code, taken)
    _note(ports, actor, code, "dismiss", {"user": name, "roles": ",".join(taken)})
    return taken


def colleagues() -> tuple[Colleague, ...]:
    """Give every user with his roles, by name."""
    from django.contrib.auth.models import User

    found = []
    for user in User.objects.order_by("username"):
        roles = {code: tuple(sorted(held)) for code, held in sorted(institutions.roles_of(user.pk).items())}
        found.append(Colleague(user.username, roles, bool(user.is_active and user.has_usable_password())))
    return tuple(found)


def standing() -> tuple[Institution, ...]:
    """Give every institution, by code."""
    return tuple(institutions.find(code).institution for code in institutions.codes())


def _problems(told: Newcomer) -> list[Problem]:
    found = []
    if not (told.code.isascii() and told.code.isalnum() and told.code.isupper() and len(told.code) <= LONGEST_CODE):
        found.append(_problem("code", told.code))
    if not told.name.strip():
        found.append(_problem("name", told.name))
    if told.country not in COUNTRIES:
        return [*found, _problem("country", told.country)]
    if not CHECKED[told.country].is_valid(told.company_number):
        found.append(_problem("company_number", told.company_number))
    digits = UNIT_DIGITS.get(told.country)
    if digits is not None and not (told.unit_number.isascii() and told.unit_number.isdecimal() and len(told.unit_number) == digits):
        found.append(_problem("unit_number", told.unit_number))
    if "@" not in told.contact:
        found.append(_problem("contact", told.contact))
    return found


def _problem(column: str, value: str) -> Problem:
    key = f"founding.wrong_{column}"
    return Problem(what=Said(key, {}), remedy=Said(f"{key}_remedy", {}), column=column, value=value)


def _good(password: str | None, name: str) -> str:
    """Give a password that is good enough. Raises BadInput without repeating it."""
    from django.contrib.auth.models import User
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError as TooWeak

    try:
        validate_password(password or "", User(username=name))
    except TooWeak:
        what, remedy = said("founding.wrong_password"), said("founding.wrong_password_remedy")
        raise BadInput(Problem(what=what, remedy=remedy, column="password")) from None
    return password or ""


def _note(ports: Ports, actor: Actor, code: str, verb: str, facts: Mapping[str, object]) -> None:
    with ports.work(code, actor) as tx:
        tx.audit.note(verb, code, facts)
