"""Keys that begin with the institution, numbers from sequences, and the paths that the verbs look things up by."""

from collections.abc import Iterator

from django.db import migrations

# Each leads from a table's columns after the institution to a table's key after the institution.
REFERENCES = (
    ("employment_version", "employment_id", "employment"),
    ("employment_version", "person_id", "person"),
    ("employment_version", "file_id", "raw_file"),
    ("pay_version", "employment_id", "employment"),
    ("pay_version", "file_id", "raw_file"),
    ("absence", "employment_id", "employment"),
    ("absence_version", "absence_id", "absence"),
    ("absence_version", "file_id", "raw_file"),
    ("entered_answer", "employment_id", "employment"),
    ("file_problem", "file_id", "raw_file"),
    ("refund_case", "employment_id", "employment"),
    ("refund_case", "person_id", "person"),
    ("refund_case", "absence_id", "absence"),
    ("case_history", "case_id", "refund_case"),
    ("claim", "case_id", "refund_case"),
    ("claim_version", "claim_id", "claim"),
    ("loss", "case_id", "refund_case"),
    ("filing", "case_id", "refund_case"),
    ("filing_attempt", "filing_id", "filing"),
    ("message", "filing_id", "filing"),
    ("decision", "claim_id", "claim"),
    ("bank_match", "line_id", "bank_line"),
    ("bank_match", "claim_id", "claim"),
    ("bank_match", "decision_id", "decision"),
    ("ledger_transaction", "corrects_id", "ledger_transaction"),
    ("posting", "transaction_id", "ledger_transaction"),
    ("posting", "claim_id", "claim"),
    ("task", "case_id", "refund_case"),
    ("task", "claim_id", "claim"),
    ("task", "line_id", "bank_line"),
    ("look_up", "person_id", "person"),
)
# Tables that no reference above leads on to another table of the institution. Persons and employments are left to the
# policy, which lets only rows of the set institution in: a reference would cost a first load a tenth of its time.
BOUND = (
    "user_role", "day_step", "mandate_owner", "raw_file", "message", "marker", "ledger_transaction",
    "task", "audit_entry",
)
UNIQUE = (
    ("person", "institution_id, number_index", ""),
    ("employment", "institution_id, number", ""),
    ("employment_version", "institution_id, employment_id", "superseded_at IS NULL"),
    ("pay_version", "institution_id, employment_id, month", "superseded_at IS NULL"),
    ("absence", "institution_id, employment_id, number", ""),
    ("absence_version", "institution_id, absence_id", "superseded_at IS NULL"),
    ("entered_answer", "institution_id, position", ""),
    ("raw_file", "institution_id, kind, sha256", ""),
    ("message", "institution_id, position", ""),
    ("refund_case", "institution_id, number", ""),
    ("refund_case", "institution_id, absence_id", ""),
    ("claim", "institution_id, number", ""),
    ("filing", "institution_id, position", ""),
    ("decision", "institution_id, position", ""),
    ("bank_line", "mandate_id, key", ""),
    ("ledger_transaction", "institution_id, position", ""),
)
PATHS = (
    ("employment", "institution_id", "pay_changed"),
    ("employment_version", "institution_id, person_id", "superseded_at IS NULL"),
    ("person", "institution_id, lower(name) text_pattern_ops", ""),
    ("absence", "institution_id", "touched"),
    ("entered_answer", "institution_id, employment_id", ""),
    ("refund_case", "institution_id, state, file_on", ""),
    ("refund_case", "institution_id, employment_id", ""),
    ("refund_case", "institution_id, person_id", ""),
    ("claim", "institution_id, case_id, sequence", ""),
    ("claim", "institution_id, state", ""),
    ("loss", "institution_id, case_id", ""),
    ("filing", "institution_id, case_id, position", ""),
    ("filing", "institution_id, subject_id", ""),
    ("filing", "institution_id, state, next_try_at", ""),
    ("message", "institution_id, filing_id", ""),
    ("decision", "institution_id, claim_id", ""),
    ("decision", "institution_id, reference", ""),
    ("bank_line", "institution_id, booked_on", ""),
    ("bank_line", "mandate_id", "institution_id IS NULL"),
    ("bank_match", "institution_id, line_id", ""),
    ("bank_match", "institution_id, claim_id", ""),
    ("posting", "institution_id, claim_id", ""),
    ("task", "institution_id, safe_day", "done_on IS NULL"),
    ("task", "institution_id, case_id", ""),
    ("task", "institution_id, claim_id", ""),
    ("look_up", "institution_id, person_id", ""),
)
PERIODS = (
    ("employment_version", "employed_since", "ends"),
    ("absence_version", "first_day", "last_day"),
    ("entered_answer", "valid_from", "valid_until"),
    ("claim_version", "first_day", "last_day"),
    ("loss", "first_day", "last_day"),
)
# What is numbered in the order it came; people read the numbers of cases and claims.
NUMBERED = (
    ("entered_answer", "position", 1), ("refund_case", "number", 100001), ("case_history", "position", 1),
    ("claim", "number", 100001), ("filing", "position", 1), ("decision", "position", 1), ("bank_line", "position", 1),
    ("ledger_transaction", "position", 1), ("look_up", "position", 1),
)


def _index(number: int, kind: str, table: str, columns: str, condition: str) -> str:
    where = f" WHERE {condition}" if condition else ""
    return f"CREATE {kind} {table}_{'key' if 'UNIQUE' in kind else 'path'}_{number} ON {table} ({columns}){where}"


def _statements() -> Iterator[str]:
    yield "ALTER TABLE bank_line ADD CONSTRAINT bank_line_owner_key UNIQUE (institution_id, id)"
    for table, column, other in REFERENCES:
        yield (
            f"ALTER TABLE {table} ADD CONSTRAINT {table}_{column}_reference FOREIGN KEY (institution_id, {column}) "
            f"REFERENCES {other} (institution_id, id)"
        )
    for table in BOUND:
        yield f"ALTER TABLE {table} ADD CONSTRAINT {table}_institution_reference FOREIGN KEY (institution_id) REFERENCES institution"
    yield "ALTER TABLE user_role ADD CONSTRAINT user_role_user_reference FOREIGN KEY (user_id) REFERENCES auth_user ON DELETE CASCADE"
    yield "ALTER TABLE mandate_owner ADD CONSTRAINT mandate_owner_mandate_reference FOREIGN KEY (mandate_id) REFERENCES mandate"
    yield "ALTER TABLE mandate_account ADD CONSTRAINT mandate_account_mandate_reference FOREIGN KEY (mandate_id) REFERENCES mandate"
    # An account's money can only be given to an institution that the mandate serves.
    yield (
        "ALTER TABLE mandate_account ADD CONSTRAINT mandate_account_owner_reference "
        "FOREIGN KEY (institution_id, mandate_id) REFERENCES mandate_owner (institution_id, mandate_id)"
    )
    yield "ALTER TABLE bank_line ADD CONSTRAINT bank_line_mandate_reference FOREIGN KEY (mandate_id) REFERENCES mandate"
    yield "ALTER TABLE bank_line ADD CONSTRAINT bank_line_institution_reference FOREIGN KEY (institution_id) REFERENCES institution"
    yield (
        "ALTER TABLE bank_line ADD CONSTRAINT bank_line_file_reference FOREIGN KEY (received_by_id, file_id) "
        "REFERENCES raw_file (institution_id, id)"
    )
    yield "ALTER TABLE bank_line ADD CONSTRAINT bank_line_tray_or_owner CHECK ((institution_id IS NULL) = (tray IS NOT NULL))"
    for number, (table, columns, condition) in enumerate(UNIQUE, 1):
        yield _index(number, "UNIQUE INDEX", table, columns, condition)
    for number, (table, columns, condition) in enumerate(PATHS, 1):
        yield _index(number, "INDEX", table, columns, condition)
    for table, first, last in PERIODS:
        yield f"ALTER TABLE {table} ADD CONSTRAINT {table}_period CHECK ({last} >= {first})"
    for table, column, start in NUMBERED:
        yield f"ALTER TABLE {table} ALTER COLUMN {column} ADD GENERATED ALWAYS AS IDENTITY (START WITH {start})"
    # A message's id follows from its number, so the number is asked for first.
    yield "CREATE SEQUENCE message_number OWNED BY message.position"


class Migration(migrations.Migration):
    dependencies = [("store", "0003_money_and_traces"), ("auth", "0012_alter_user_first_name_max_length")]
    operations = [migrations.RunSQL(list(_statements()), migrations.RunSQL.noop)]
