"""Who sees which row: a transaction sees the rows of the institution it set, and nothing where it set none."""

from collections.abc import Iterator

from django.db import migrations

CURRENT = "nullif(current_setting('app.institution', true), '')::bigint"
MINE = f"institution_id = {CURRENT}"
BOUND = (
    "day_step", "mandate_owner", "person", "employment", "employment_version", "pay_version", "absence", "absence_version",
    "entered_answer", "raw_file", "file_problem", "message", "marker", "refund_case", "case_history", "claim", "claim_version",
    "loss", "filing", "filing_attempt", "decision", "bank_match", "ledger_transaction", "posting", "task", "audit_entry",
    "look_up",
)
OWN_MANDATE = "mandate_id IN (SELECT owned.mandate_id FROM mandate_owner AS owned)"
OTHERS = (
    # Found by its code before the tenant is set; only its own transactions change its settings.
    "CREATE POLICY found_by_code ON institution FOR SELECT USING (true)",
    f"CREATE POLICY own_settings ON institution FOR UPDATE USING (id = {CURRENT}) WITH CHECK (id = {CURRENT})",
    # At log-in a user sees where he has roles; they are given and taken by the institution alone.
    f"CREATE POLICY institution ON user_role USING ({MINE}) WITH CHECK ({MINE})",
    "CREATE POLICY own_roles ON user_role FOR SELECT USING (user_id = nullif(current_setting('app.user', true), '')::int)",
    "CREATE POLICY owners ON mandate FOR SELECT USING (id IN (SELECT owned.mandate_id FROM mandate_owner AS owned))",
    f"CREATE POLICY owners ON mandate_account FOR SELECT USING ({OWN_MANDATE})",
    # A line is its institution's; one in the tray is seen by all owners of the mandate.
    f"CREATE POLICY seen ON bank_line FOR SELECT USING ({MINE} OR (institution_id IS NULL AND {OWN_MANDATE}))",
    # Whoever receives the file, a line goes to the institution whose account it stands on, or to the tray.
    f"""CREATE POLICY kept ON bank_line FOR INSERT WITH CHECK (
        received_by_id = {CURRENT} AND {OWN_MANDATE} AND (institution_id IS NULL OR EXISTS (
            SELECT 1 FROM mandate_account AS place WHERE place.mandate_id = bank_line.mandate_id
            AND place.account = bank_line.account AND place.currency = bank_line.currency
            AND place.institution_id = bank_line.institution_id)))""",
)
FORCED = (*BOUND, "institution", "user_role", "mandate", "mandate_account", "bank_line")


def _statements() -> Iterator[str]:
    for table in FORCED:
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
        yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
    for table in BOUND:
        yield f"CREATE POLICY institution ON {table} USING ({MINE}) WITH CHECK ({MINE})"
    yield from OTHERS


class Migration(migrations.Migration):
    dependencies = [("store", "0004_keys")]
    operations = [migrations.RunSQL(list(_statements()), migrations.RunSQL.noop)]
