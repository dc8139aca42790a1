"""Nightly proofs of the books, journal exports with what each holds, and postings that are to be taken back."""

from django.db import migrations, models

MINE = "institution_id = nullif(current_setting('app.institution', true), '')::bigint"
TABLES = ("certificate", "journal_export", "journal_exported", "posting_void")
FORCED = [
    statement
    for table in TABLES
    for statement in (
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_institution_reference FOREIGN KEY (institution_id) REFERENCES institution",
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY institution ON {table} USING ({MINE}) WITH CHECK ({MINE})",
    )
]
PROMISES = [
    "ALTER TABLE certificate ALTER COLUMN position ADD GENERATED ALWAYS AS IDENTITY (START WITH 1)",
    "CREATE UNIQUE INDEX certificate_key_position ON certificate (institution_id, position)",
    # A proof that found a difference is no certificate.
    "ALTER TABLE certificate ADD CONSTRAINT certificate_without_difference CHECK (NOT certified OR differences = '[]')",
    "ALTER TABLE journal_export ADD CONSTRAINT journal_export_period CHECK (last_day >= first_day)",
    "ALTER TABLE journal_exported ADD CONSTRAINT journal_exported_transaction_reference "
    "FOREIGN KEY (institution_id, transaction_id) REFERENCES ledger_transaction (institution_id, id)",
    "ALTER TABLE journal_exported ADD CONSTRAINT journal_exported_number_reference "
    "FOREIGN KEY (institution_id, target, number) REFERENCES journal_export (institution_id, target, number)",
    "CREATE INDEX journal_exported_path_number ON journal_exported (institution_id, target, number)",
    "ALTER TABLE posting_void ADD CONSTRAINT posting_void_transaction_reference "
    "FOREIGN KEY (institution_id, transaction_id) REFERENCES ledger_transaction (institution_id, id)",
    "CREATE UNIQUE INDEX posting_void_key_open ON posting_void (institution_id, transaction_id) WHERE outcome IS NULL",
    "ALTER TABLE posting_void ADD CONSTRAINT posting_void_outcome CHECK (outcome IN ('approved', 'withdrawn'))",
    "ALTER TABLE posting_void ADD CONSTRAINT posting_void_decided CHECK "
    "((outcome IS NULL) = (decided_by IS NULL) AND (outcome IS NULL) = (decided_at IS NULL))",
    # Four eyes: whoever proposed does not approve, and what is approved is what was proposed.
    "ALTER TABLE posting_void ADD CONSTRAINT posting_void_four_eyes CHECK "
    "(outcome IS DISTINCT FROM 'approved' OR (decided_by <> proposed_by AND decided_hash IS NOT DISTINCT FROM content_hash))",
    "CREATE TRIGGER once BEFORE UPDATE ON posting_void FOR EACH ROW WHEN (OLD.outcome IS NOT NULL) "
    "EXECUTE FUNCTION refuse_second_time('outcome')",
]


class Migration(migrations.Migration):
    dependencies = [("store", "0011_losses")]

    operations = [
        migrations.CreateModel(
            name="Certificate",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "day", "number", primary_key=True)),
                ("day", models.DateField()),
                ("number", models.IntegerField()),
                ("position", models.BigIntegerField()),
                ("certified", models.BooleanField()),
                ("figures", models.TextField()),
                ("differences", models.TextField()),
                ("digest", models.TextField()),
                ("previous", models.TextField()),
                ("made_by", models.TextField()),
                ("made_at", models.DateTimeField()),
            ],
            options={"db_table": "certificate"},
        ),
        migrations.CreateModel(
            name="JournalExport",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "target", "number", primary_key=True)),
                ("target", models.TextField()),
                ("number", models.IntegerField()),
                ("form", models.TextField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("transactions", models.IntegerField()),
                ("lines", models.IntegerField()),
                ("debit", models.BigIntegerField()),
                ("sha256", models.TextField()),
                ("content", models.BinaryField()),
                ("made_by", models.TextField()),
                ("made_at", models.DateTimeField()),
            ],
            options={"db_table": "journal_export"},
        ),
        migrations.CreateModel(
            name="JournalExported",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "target", "transaction_id", primary_key=True)),
                ("target", models.TextField()),
                ("transaction_id", models.UUIDField()),
                ("number", models.IntegerField()),
            ],
            options={"db_table": "journal_exported"},
        ),
        migrations.CreateModel(
            name="PostingVoid",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "id", primary_key=True)),
                ("id", models.UUIDField()),
                ("transaction_id", models.UUIDField()),
                ("reason", models.TextField()),
                ("content_hash", models.TextField()),
                ("proposed_by", models.TextField()),
                ("proposed_at", models.DateTimeField()),
                ("outcome", models.TextField(null=True)),
                ("decided_by", models.TextField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_hash", models.TextField(null=True)),
            ],
            options={"db_table": "posting_void"},
        ),
        *(migrations.RunSQL(statement, migrations.RunSQL.noop) for statement in (*FORCED, *PROMISES)),
    ]
