"""Institutions, their mandates and accounts: found by code; made by the operator, as the owner of the tables."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection, connections, transaction

from refusion.ledger import PreRegistration, Rule
from refusion.store.tenant import Connection, Row
from refusion.values.ids import derived_id
from refusion.values.said import Refused, said
from refusion.watch.deadlines import WorkingModel
from refusion.watch.facts import Turn
from refusion.workflow.ports.institution import Institution, Settings

_FACTS = "code, name, namespace, company_number, unit_number, country, currency, language"
_NAMES = ("id", *_FACTS.split(", "))
_FIND = f"SELECT id, {_FACTS}, settings, wrapped_keys FROM institution WHERE code = %s"  # noqa: S608 (our own names)
_ENTER = _FIND.replace(" FROM ", ", set_config('app.institution', id::text, true) FROM ")
_MAKE = f"INSERT INTO institution ({_FACTS}, settings, wrapped_keys) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) RETURNING id"  # noqa: S608 (our own names)
_MANDATE = "INSERT INTO mandate (id, code, name) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
_OWNER = "INSERT INTO mandate_owner (institution_id, mandate_id) VALUES (%s, %s) ON CONFLICT DO NOTHING"
_ACCOUNT = "INSERT INTO mandate_account (mandate_id, account, currency, institution_id) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING"
_ROLES = """
    SELECT i.code, r.role FROM user_role r JOIN institution i ON i.id = r.institution_id WHERE r.user_id = %s ORDER BY i.code, r.role
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """An institution with its keys as they are stored: wrapped."""

    institution: Institution
    wrapped_keys: bytes


@dataclass(frozen=True, slots=True)
class Account:
    """An account of a mandate; ``institution`` is the code of the one whose money lies there, None for nobody's."""

    account: str
    currency: str
    institution: str | None


def find(code: str) -> Standing:
    """Give the institution of a code. Raises Refused when there is none."""
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [code])
        return _standing(code, cursor.fetchone())


def _standing(code: str, row: Row | None) -> Standing:
    if row is None:
        raise Refused(said("store.no_institution", code=code))
    institution = Institution(**dict(zip(_NAMES, row[:-2], strict=True)), settings=settings_from(row[-2]))
    return Standing(institution, bytes(row[-1]))


def enter(connection: Connection, code: str) -> Standing:
    """Give the institution of a code and set it for the rest of the open transaction. Raises Refused when there is none."""
    row = psycopg.Cursor(connection).execute(_ENTER, [code]).fetchone()
    return _standing(code, row[:-1] if row else None)


def codes() -> tuple[str, ...]:
    """Give the codes of all institutions in order."""
    with connection.cursor() as cursor:
        cursor.execute('SELECT code FROM institution ORDER BY code COLLATE "C"')
        return tuple(row[0] for row in cursor.fetchall())


def create(institution: Institution, wrapped_keys: bytes) -> Institution:
    """Make an institution, as the owner of the tables; its ``id`` is given by the database and stands in the result.

    Raises Refused when the code is taken.
    """
    facts = [getattr(institution, name) for name in _FACTS.split(", ")]
    with transaction.atomic(using="migrator"), connections["migrator"].cursor() as cursor:
        cursor.execute("SELECT 1 FROM institution WHERE code = %s", [institution.code])
        if cursor.fetchone():
            raise Refused(said("store.institution_stands", code=institution.code))
        cursor.execute(_MAKE, [*facts, settings_as_json(institution.settings), wrapped_keys])
        number = cursor.fetchone()[0]
    return replace(institution, id=number)


def give_mandate(code: str, name: str, owners: Iterable[str], accounts: Iterable[Account]) -> UUID:
    """Make a mandate or add owners and accounts to it, as the owner of the tables; what stands is left as it is.

    Accounts are written as the bank reader writes them: no spaces, capitals. Raises Refused for an unknown institution.
    """
    served = [find(owner).institution for owner in owners]
    mandate = derived_id(served[0].namespace, "mandate", code)
    with transaction.atomic(using="migrator"), connections["migrator"].cursor() as cursor:
        cursor.execute("SELECT id FROM mandate WHERE code = %s", [code])
        row = cursor.fetchone()
        mandate = mandate if row is None else row[0]
        cursor.execute(_MANDATE, [mandate, code, name])
        for owner in served:
            cursor.execute(_OWNER, [owner.id, mandate])
        for account in accounts:
            owner_id = None if account.institution is None else find(account.institution).institution.id
            cursor.execute(_ACCOUNT, [mandate, account.account, account.currency, owner_id])
    return mandate


def roles_of(user: int) -> dict[str, frozenset[str]]:
    """Give a user's roles by institution code, before an institution is chosen."""
    found: dict[str, set[str]] = {}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.user', %s, true)", [str(user)])
        cursor.execute(_ROLES, [user])
        for code, role in cursor.fetchall():
            found.setdefault(code, set()).add(role)
    return {code: frozenset(roles) for code, roles in found.items()}


def give_roles(user: int, code: str, roles: Iterable[str]) -> None:
    """Give a user roles at an institution; those he has stay."""
    institution = find(code).institution
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.institution', %s, true)", [str(institution.id)])
        for role in sorted(roles):
            cursor.execute(
                "INSERT INTO user_role (institution_id, user_id, role) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
                [institution.id, user, role],
            )


def take_roles(user: int, code: str, roles: Iterable[str]) -> None:
    """Take roles from a user at an institution."""
    institution = find(code).institution
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.institution', %s, true)", [str(institution.id)])
        cursor.execute(
            "DELETE FROM user_role WHERE institution_id = %s AND user_id = %s AND role = ANY (%s)", [institution.id, user, sorted(roles)]
        )


def settings_as_json(settings: Settings) -> str:
    """Write an institution's settings."""
    rules = [{"since": rule.since.isoformat(), "on": rule.on, "kind": rule.kind} for rule in settings.preregistration.rules]
    return json.dumps({
        "filing_day": settings.filing_day,
        "safe_margin_days": settings.safe_margin_days,
        "preregistration": {"on_by_default": settings.preregistration.on_by_default, "rules": rules},
        "accounts": dict(settings.accounts),
        "contact": settings.contact,
        "nightly_reconciliation": settings.nightly_reconciliation,
        "close_alone_up_to": settings.close_alone_up_to,
        "working_model": settings.working_model.value,
        "people": {turn.value: person for turn, person in settings.people.items()},
        "self_employed": settings.self_employed,
    })


def settings_from(written: str) -> Settings:
    """Read an institution's settings; what is not written is as the house has it by default."""
    found: dict[str, Any] = json.loads(written)
    registered = found.pop("preregistration", {})
    rules = tuple(
        Rule(date.fromisoformat(rule["since"]), rule["on"], rule["kind"]) for rule in registered.get("rules", ())
    )
    people = {Turn(turn): person for turn, person in found.pop("people", {}).items()}
    model = WorkingModel(found.pop("working_model", WorkingModel.FILES_ITSELF))
    registration = PreRegistration(rules, registered.get("on_by_default", True))
    return Settings(**found, working_model=model, people=people, preregistration=registration)
