"""Makes a database fit for use: roles, the database itself, its tables and who may do what to them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
import psycopg
from django.conf import settings
from psycopg import sql

from refusion.wiring.database.addresses import ADDRESSES, APP, BACKUP, DATABASE, MIGRATOR, WORKER, is_private, parameters
from refusion.wiring.launcher.cluster import SUPERUSER
from refusion.wiring.launcher.session import ensure
from refusion.wiring.trouble import not_ready

SUPERUSER_VARIABLE = "DATABASE_SUPERUSER_URL"
RIGHTS = {
    MIGRATOR: "LOGIN NOSUPERUSER NOCREATEROLE BYPASSRLS",
    APP: "LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOBYPASSRLS",
    WORKER: "LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOBYPASSRLS",
    BACKUP: "LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB BYPASSRLS",
}
ONE_AT_A_TIME = 7_336_478_766  # the advisory lock under which databases are prepared
SETTINGS = "refusion.wiring.settings"
Connection = psycopg.Connection[tuple[object, ...]]


def prepare() -> bool:
    """Make roles, database, tables and grants where they are not as this version needs them; tell whether work was done.

    On the private server nothing more is asked. On a real one the roles and the database are made when
    ``DATABASE_SUPERUSER_URL`` is given; tables and grants are always made as the migrator.
    """
    with superuser() as connection:
        if connection is not None:
            connection.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
            if is_private() and is_prepared(connection, DATABASE):
                return False
            make_roles(connection)
            make_database(connection, parameters(APP)["dbname"])
        migrate()
    return True


@contextmanager
def superuser() -> Iterator[Connection | None]:
    """Speak as the superuser: of the private server, or of the real one where its address is given."""
    if is_private():
        with psycopg.connect(host=str(ensure().socket), user=SUPERUSER, dbname="postgres", autocommit=True) as connection:
            yield connection
    elif os.environ.get(SUPERUSER_VARIABLE):
        with psycopg.connect(os.environ[SUPERUSER_VARIABLE], autocommit=True) as connection:
            yield connection
    else:
        yield None


def make_roles(connection: Connection) -> None:
    """Make the four roles or set them right; passwords are those of the addresses given."""
    for role, rights in RIGHTS.items():
        name = sql.Identifier(role)
        if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone() is None:
            connection.execute(sql.SQL("CREATE ROLE {}").format(name))
        connection.execute(sql.SQL("ALTER ROLE {} " + rights).format(name))
        set_password(connection, role)


def set_password(connection: Connection, role: str) -> None:
    """Set the password of the role's address, where it has one; the server is only told its hash."""
    if not os.environ.get(ADDRESSES[role]):
        return
    found = parameters(role)
    if found.get("user") != role:
        raise not_ready("setup.other_role", variable=ADDRESSES[role], role=role)
    if "password" in found:
        hashed = connection.pgconn.encrypt_password(found["password"].encode(), role.encode(), b"scram-sha-256").decode()
        connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(hashed)))


def make_database(connection: Connection, name: str) -> None:
    """Make the database, owned by the migrator, where there is none; nobody else comes in but our roles."""
    database = sql.Identifier(name)
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
        owner = sql.Identifier(MIGRATOR)
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'").format(database, owner))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    for role, rights in ((APP, "CONNECT, TEMPORARY"), (WORKER, "CONNECT, TEMPORARY"), (BACKUP, "CONNECT")):
        connection.execute(sql.SQL("GRANT " + rights + " ON DATABASE {} TO {}").format(database, sql.Identifier(role)))


def migrate() -> None:
    """Bring the tables to this version and set what each role may do, as the migrator."""
    set_up_django()
    from django.core.management import call_command
    from django.db import connections

    from refusion.store import grants

    connection = connections["migrator"]
    call_command("migrate", database="migrator", interactive=False, verbosity=0)
    grants.apply(connection)
    with connection.cursor() as cursor:
        name = sql.Identifier(str(connection.settings_dict["NAME"]))
        cursor.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, sql.Literal(wanted_mark())))
    connection.close()


def set_up_django() -> None:
    """Load the settings and models once."""
    name_settings()
    django.setup()


def name_settings() -> None:
    """Tell Django where its settings are; they are read at first use, when the server is up."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)


def is_prepared(connection: Connection, name: str) -> bool:
    """Tell whether the database carries the mark of exactly these migrations and grants."""
    found = connection.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
    ).fetchone()
    return found is not None and found[0] == wanted_mark()


def wanted_mark() -> str:
    """Name the state of tables and grants that this version needs: a hash of all that makes them."""
    name_settings()
    store = Path(__file__).resolve().parents[2] / "store"
    makers = [*sorted((store / "migrations").glob("*.py")), *sorted(store.glob("*.py"))]
    digest = hashlib.sha256(repr((django.VERSION, settings.INSTALLED_APPS)).encode())
    for file in makers:
        digest.update(file.name.encode() + file.read_bytes())
    return f"refusion {digest.hexdigest()[:16]}"
