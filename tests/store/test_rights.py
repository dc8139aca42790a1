"""What the database refuses: other institutions' rows, statements beyond the roles' verbs, tables without a policy."""

from __future__ import annotations

from datetime import date

import psycopg
import pytest
from django.db import connection, connections

from refusion.store.grants import APP, BACKUP, BOUND, FRAMEWORK, GRANTS, OPEN, WORKER, Verbs
from refusion.store.shared_tables import NO_POLICY, OWN_POLICY
from tests.store.conftest import Open
from tests.store.filled import fill

ONLY_GROW = sorted(table for table, verbs in {**BOUND, **OPEN}.items() if verbs == Verbs(insert=True))
NEVER_DELETED = sorted(set(BOUND) - {"user_role", "api_answer"} | set(OPEN))


def ask(query: str) -> list[tuple[object, ...]]:
    """Ask as the owner of the tables."""
    with connections["migrator"].cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def as_role(role: str) -> psycopg.Connection[tuple[object, ...]]:
    settings = connections["migrator"].settings_dict
    return psycopg.connect(host=settings["HOST"], dbname=settings["NAME"], user=role)


def refused(opened: psycopg.Connection[tuple[object, ...]], statement: str) -> bool:
    """Try a statement and tell whether the role has no right to it."""
    try:
        with opened.transaction(force_rollback=True):
            opened.execute(statement.encode())
    except (psycopg.errors.InsufficientPrivilege, psycopg.errors.GeneratedAlways):
        return True
    return False


def tables() -> set[str]:
    return {str(row[0]) for row in ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}


def test_every_table_has_a_forced_policy_or_stands_among_the_shared_ones(house_database: str) -> None:
    forced = {
        str(row[0])
        for row in ask("SELECT relname FROM pg_class WHERE relkind = 'r' AND relrowsecurity AND relforcerowsecurity "
                       "AND oid IN (SELECT polrelid FROM pg_policy)")
    }
    standing = tables()
    assert standing - forced == set(NO_POLICY) & standing
    assert forced == set(BOUND) | set(OWN_POLICY)


def test_every_bound_table_has_the_institution_first_in_every_key(house_database: str) -> None:
    keys = ask("""
        SELECT t.relname, c.relname, a.attname FROM pg_index i
        JOIN pg_class t ON t.oid = i.indrelid JOIN pg_class c ON c.oid = i.indexrelid
        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.indkey[0]
        WHERE t.relnamespace = 'public'::regnamespace""")
    bound = [row for row in keys if row[0] in BOUND]
    assert {row[0] for row in bound} == set(BOUND)
    assert [row for row in bound if row[2] != "institution_id"] == []


def test_every_reference_between_bound_tables_leads_through_the_institution(house_database: str) -> None:
    references = ask("""
        SELECT c.conname, t.relname, r.relname, (SELECT attname FROM pg_attribute WHERE attrelid = c.conrelid AND attnum = c.conkey[1])
        FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class r ON r.oid = c.confrelid WHERE c.contype = 'f'""")
    wrong = [row for row in references if row[1] in BOUND and row[2] in BOUND and row[3] != "institution_id"]
    assert references
    assert wrong == []


def test_no_column_has_a_time_of_its_own(house_database: str) -> None:
    told = ask("SELECT table_name, column_default FROM information_schema.columns WHERE table_schema = 'public' "
               "AND column_default ~* 'now|current_|clock_timestamp|random'")
    assert told == []


def test_every_table_is_named_in_the_grants(house_database: str) -> None:
    assert tables() <= {*BOUND, *OPEN, *FRAMEWORK}


def test_two_institutions_never_see_each_others_rows(work: Open) -> None:
    filled = set(fill(work))
    missing = set(BOUND) - filled
    assert missing == set(), "every bound table has a row in this test"
    seen = {}
    for code in ("HERE", "THERE"):
        with work(code) as tx, connection.cursor() as cursor:
            number = tx.institution.id
            for table in sorted(set(BOUND)):
                cursor.execute(f"SELECT count(*) FILTER (WHERE institution_id = {number}), count(*) FROM {table}")
                own, every = cursor.fetchone()
                assert own == every, table
                seen[table, code] = every
    assert [table for table in BOUND if not seen[table, "HERE"]] == []
    shared = {"mandate_owner"}
    assert [table for table in BOUND if seen[table, "THERE"] and table not in shared] == []


def test_without_an_institution_nothing_is_seen(work: Open) -> None:
    fill(work)
    seen = {}
    with connection.cursor() as cursor:
        for table in (*BOUND, "bank_line", "mandate", "mandate_account"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            seen[table] = cursor.fetchone()[0]
    assert {table for table, count in seen.items() if count} == set()


def test_the_institution_is_forgotten_at_the_end_of_each_transaction(work: Open) -> None:
    with work():
        pass
    with connection.cursor() as cursor:
        cursor.execute("SELECT nullif(current_setting('app.institution', true), '')")
        assert cursor.fetchone() == (None,)


def test_a_row_of_another_institution_cannot_be_written(work: Open) -> None:
    with work("THERE") as tx:
        other = tx.institution.id
    with pytest.raises(Exception, match="row-level security"), work("HERE"), connection.cursor() as cursor:
        cursor.execute("INSERT INTO marker (institution_id, name, value) VALUES (%s, 'x', 'y')", [other])


def test_roles_own_nothing_and_pass_no_policy(house_database: str) -> None:
    for role in (APP, WORKER):
        owned = ask(f"SELECT relname FROM pg_class WHERE relowner = '{role}'::regrole")
        rights = ask(f"SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = '{role}'")
        assert (owned, rights) == ([], [(False, False, False, False)])


@pytest.mark.parametrize("role", [APP, WORKER])
def test_nothing_is_deleted_emptied_or_rebuilt(house_database: str, role: str) -> None:
    forms = ("DELETE FROM {}", "TRUNCATE {}", "ALTER TABLE {} ADD COLUMN more int", "DROP TABLE {}",
             "ALTER TABLE {} DISABLE ROW LEVEL SECURITY", "CREATE INDEX more ON {} (ctid)")
    with as_role(role) as opened:
        tried = [form.format(table) for form in forms for table in NEVER_DELETED]
        assert [statement for statement in tried if not refused(opened, statement)] == []


def test_what_only_grows_is_never_changed(house_database: str) -> None:
    columns = ask("SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
                  "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0")
    tried = [f'UPDATE {table} SET "{column}" = "{column}"' for table, column in columns if table in ONLY_GROW]
    assert len(tried) > 50
    with as_role(APP) as opened:
        assert [statement for statement in tried if not refused(opened, statement)] == []


def test_a_column_that_moves_can_be_moved(house_database: str) -> None:
    moving = [(table, column) for table, verbs in BOUND.items() for column in verbs.update]
    with as_role(APP) as opened:
        assert [at for at in moving if refused(opened, f'UPDATE {at[0]} SET "{at[1]}" = "{at[1]}"')] == []


def test_what_must_only_grow_does() -> None:
    growing = {"posting", "ledger_transaction", "audit_entry", "message", "decision", "bank_line", "bank_match", "case_history",
               "loss", "look_up", "entered_answer"}
    assert growing <= set(ONLY_GROW)
    assert {BOUND[table].update for table in ("employment_version", "pay_version", "absence_version")} == {("superseded_at",)}
    assert set(GRANTS[BACKUP].values()) == {Verbs()}


BEYOND = (
    "CREATE TABLE more (id int)", "CREATE ROLE more", "SET ROLE refusion_migrator", "ALTER ROLE refusion_app BYPASSRLS",
    "UPDATE django_migrations SET app = app", "SELECT learn_sizes(ARRAY['auth_user'])", "UPDATE institution SET wrapped_keys = ''",
    "INSERT INTO mandate_owner (institution_id, mandate_id) VALUES (1, '7d0c0a0e-6a6e-5d0c-8f0a-0f6f1d1f2a11')",
    "INSERT INTO institution (code) VALUES ('more')", "UPDATE mandate_account SET institution_id = 1",
)


def test_the_app_cannot_reach_beyond_its_verbs(house_database: str) -> None:
    with as_role(APP) as opened:
        assert [statement for statement in BEYOND if not refused(opened, statement)] == []


def test_the_worker_neither_reads_nor_writes_log_ins(house_database: str) -> None:
    for table in ("auth_user", "django_session"):
        with as_role(WORKER) as opened, pytest.raises(psycopg.errors.InsufficientPrivilege):
            opened.execute(f"SELECT count(*) FROM {table}")


def test_the_backup_reads_every_row_and_writes_none(work: Open) -> None:
    fill(work)
    with as_role(BACKUP) as opened:
        for table in sorted(tables()):
            opened.execute(f"SELECT count(*) FROM {table}")
        assert opened.execute("SELECT count(*) FROM person").fetchone() == (1,)
    with as_role(BACKUP) as opened, pytest.raises(psycopg.errors.InsufficientPrivilege):
        opened.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('x', 'y', now())")


@pytest.mark.parametrize("table", ["employment_version", "absence_version"])
def test_a_version_is_closed_once(work: Open, table: str) -> None:
    fill(work)
    close = f"UPDATE {table} SET superseded_at = %s"
    with work(), connection.cursor() as cursor:
        cursor.execute(f"{close} WHERE superseded_at IS NULL", [date(2025, 3, 4)])
    with pytest.raises(Exception, match="superseded_at was set once already"), work(), connection.cursor() as cursor:
        cursor.execute(close, [date(2025, 3, 5)])
