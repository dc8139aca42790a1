"""A prepared database: four roles that may do no more than they need, tables of exactly this version, clones in a blink."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection, connections

from refusion.wiring.database import APP, BACKUP, MIGRATOR, WORKER, django_settings, is_private, parameters
from refusion.wiring.database.clones import cloned
from refusion.wiring.database.preparation import is_prepared, superuser, wanted_mark
from refusion.wiring.launcher.session import ensure


def test_django_speaks_as_the_app_and_migrates_as_the_owner(house_database: str) -> None:
    seen = {}
    for alias in ("default", "migrator"):
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT current_user, current_database()")
            seen[alias] = cursor.fetchone()
    assert seen == {"default": (APP, house_database), "migrator": (MIGRATOR, house_database)}


@pytest.mark.parametrize(
    "forbidden",
    [
        "CREATE TABLE mine (number int)",
        "CREATE SCHEMA mine",
        "ALTER TABLE institution ADD COLUMN mine int",
        "DROP TABLE institution",
        "TRUNCATE institution",
        "ALTER TABLE institution DISABLE ROW LEVEL SECURITY",
        "SET ROLE refusion_migrator",
    ],
)
def test_the_app_may_not_change_the_tables(house_database: str, forbidden: str) -> None:
    with psycopg.connect(host=str(ensure().socket), user=APP, dbname=house_database) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(forbidden)


def test_only_migrator_and_backup_see_past_the_walls(house_server: None) -> None:
    with superuser() as connected:
        assert connected is not None
        rows = connected.execute("SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname LIKE 'refusion%' ORDER BY 1").fetchall()
    assert rows == [(APP, False, False), (BACKUP, False, True), (MIGRATOR, False, True), (WORKER, False, False)]


def test_every_table_is_walled_or_shared_on_purpose(house_database: str) -> None:
    from refusion.wiring.doctor.database import examine_database, walls

    with psycopg.connect(host=str(ensure().socket), user=APP, dbname=house_database) as app:
        assert walls(app).well, walls(app).seen.facts
    assert callable(examine_database)


def test_a_clone_carries_the_mark_of_no_database_and_is_gone_afterwards(house_server: None) -> None:
    with cloned() as name, superuser() as connected:
        assert connected is not None
        assert not is_prepared(connected, name), "a mark belongs to the database that was prepared"
    with superuser() as connected:
        assert connected is not None
        assert connected.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None
    assert str(connection.settings_dict["NAME"]) != name
    assert wanted_mark() == wanted_mark()


def test_addresses_of_a_real_server_are_taken_as_they_are() -> None:
    given = {"DATABASE_URL": "postgresql://refusion_app:secret@db.example:6432/refunds?sslmode=verify-full"}
    assert not is_private(given)
    assert parameters(APP, given)["dbname"] == "refunds"
    entry = django_settings(APP, given)
    assert (entry["HOST"], entry["PORT"], entry["USER"], entry["PASSWORD"]) == ("db.example", "6432", APP, "secret")
    assert entry["OPTIONS"] == {"sslmode": "verify-full"}


def test_without_an_address_the_private_server_is_meant() -> None:
    assert is_private({})
    assert parameters(MIGRATOR, {"REFUSION_SOCKET": "/socket"}) == {"host": "/socket", "user": MIGRATOR, "dbname": "refusion"}
