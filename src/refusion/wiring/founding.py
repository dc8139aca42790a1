"""Founds institutions with keys and bank connection, and enrols the users of a demo; what stands is left as it is."""

from __future__ import annotations

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from django.contrib.auth.hashers import make_password

from refusion.access import require_separate
from refusion.store import institutions
from refusion.store.institutions import Account
from refusion.values.said import Refused, said
from refusion.wiring.database.addresses import ADDRESSES, APP
from refusion.wiring.demo import LogIn
from refusion.wiring.keys import open_vault
from refusion.workflow.ports.institution import Institution, Settings

NOT_NUMBERED = 0


def founded(
    code: str,
    name: str,
    namespace: UUID,
    numbers: tuple[str, str],
    settings: Settings,
    *,
    country: str = "denmark",
    speaks: tuple[str, str] = ("DKK", "da"),
) -> Institution:
    """Give the institution of a code, founded with keys of its own where there is none yet.

    ``numbers`` are its company number and the number of its production unit, ``speaks`` its currency and its language.
    """
    if code in institutions.codes():
        return institutions.find(code).institution
    company, unit = numbers
    facts = Institution(NOT_NUMBERED, code, name, namespace, company, unit, country, *speaks, settings)
    return institutions.create(facts, open_vault().new_institution_keys())


def banked(mandate: str, name: str, accounts: Iterable[tuple[str, str, str | None]]) -> None:
    """Give institutions a bank connection: account, currency and the code of the institution whose money lies there."""
    given = [Account(*account) for account in accounts]
    owners = sorted({account.institution for account in given if account.institution is not None})
    institutions.give_mandate(mandate, name, owners, given)


def enrolled(log_ins: Iterable[LogIn]) -> None:
    """Enrol the users of a demo with their roles.

    Raises Refused where a real database is named, and for roles whose duties nobody may hold together.
    """
    if os.environ.get(ADDRESSES[APP]):
        raise Refused(said("demo.real_database", variable=ADDRESSES[APP]))
    # Django's models can be named only when the database is up.
    from django.contrib.auth.models import User

    log_ins = tuple(log_ins)
    names = {log_in.name: log_in.password for log_in in log_ins}
    known = set(User.objects.filter(username__in=names).values_list("username", flat=True))
    new = {name: password for name, password in names.items() if name not in known}
    # Hashing is slow by intent and leaves the interpreter free meanwhile.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        hashed = dict(zip(new, pool.map(make_password, new.values()), strict=True))
    User.objects.bulk_create(User(username=name, password=password) for name, password in hashed.items())
    numbers = dict(User.objects.filter(username__in=names).values_list("username", "pk"))
    for log_in in log_ins:
        user = numbers[log_in.name]
        require_separate([*log_in.roles, *institutions.roles_of(user).get(log_in.institution, ())])
        institutions.give_roles(user, log_in.institution, log_in.roles)
