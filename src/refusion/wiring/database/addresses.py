"""Where the database is and as whom we speak to it: a real server's addresses, or the private server's socket."""

from __future__ import annotations

import os
from collections.abc import Mapping

from psycopg.conninfo import conninfo_to_dict

from refusion.wiring.launcher.session import SOCKET_VARIABLE

DATABASE = "refusion"
MIGRATOR, APP, WORKER, BACKUP = "refusion_migrator", "refusion_app", "refusion_worker", "refusion_backup"
ADDRESSES = {
    APP: "DATABASE_URL",
    MIGRATOR: "DATABASE_MIGRATOR_URL",
    WORKER: "DATABASE_WORKER_URL",
    BACKUP: "DATABASE_BACKUP_URL",
}
NOT_STARTED = "/private-server-not-started"


def is_private(environment: Mapping[str, str] | None = None) -> bool:
    """Tell whether the database is the private server's: no address of another one is given."""
    return not (os.environ if environment is None else environment).get(ADDRESSES[APP])


def parameters(role: str, environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """Give the connection parameters of a role, in libpq's words, without opening a connection."""
    given = os.environ if environment is None else environment
    address = given.get(ADDRESSES[role])
    if address:
        return {word: str(value) for word, value in conninfo_to_dict(address).items() if value is not None}
    return {"host": given.get(SOCKET_VARIABLE, NOT_STARTED), "user": role, "dbname": DATABASE}


def django_settings(role: str, environment: Mapping[str, str] | None = None) -> dict[str, object]:
    """Give the entry of Django's ``DATABASES`` for a role."""
    found = parameters(role, environment)
    words = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    rest = {word: value for word, value in found.items() if word not in words.values()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "ATOMIC_REQUESTS": False,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": rest,
        **{name: found.get(word, "") for name, word in words.items()},
    }
