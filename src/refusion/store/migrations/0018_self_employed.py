"""Cases of the self-employed, with what happened in them, what they wait for, what was filed and what was written."""

from django.db import migrations, models

MINE = "institution_id = nullif(current_setting('app.institution', true), '')::bigint"
TABLES = ("self_employed_case", "self_employed_step", "self_employed_wait", "self_employed_filing", "self_employed_message")
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
LED = [
    f"ALTER TABLE {table} ADD CONSTRAINT {table}_case_id_reference FOREIGN KEY (institution_id, case_id) "
    "REFERENCES self_employed_case (institution_id, id)"
    for table in TABLES[1:]
]
PROMISES = [
    "ALTER TABLE self_employed_case ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (START WITH 1)",
    "CREATE UNIQUE INDEX self_employed_case_key_number ON self_employed_case (institution_id, number)",
    # One illness of one person is one case.
    "CREATE UNIQUE INDEX self_employed_case_key ON self_employed_case (institution_id, person_index, first_absence_day)",
    "CREATE INDEX self_employed_case_path_due ON self_employed_case (institution_id, next_look)",
    "ALTER TABLE self_employed_step ADD CONSTRAINT self_employed_step_undone CHECK ((undone_at IS NULL) = (undone_by IS NULL))",
    "CREATE TRIGGER once BEFORE UPDATE ON self_employed_step FOR EACH ROW WHEN (OLD.undone_at IS NOT NULL) "
    "EXECUTE FUNCTION refuse_second_time('undone_at')",
    "ALTER TABLE self_employed_wait ADD CONSTRAINT self_employed_wait_ended CHECK (ended_on IS NULL OR ended_on >= opened_on)",
    "CREATE INDEX self_employed_wait_path ON self_employed_wait (institution_id, due) WHERE ended_on IS NULL",
    "ALTER TABLE self_employed_filing ADD CONSTRAINT self_employed_filing_state "
    "CHECK (state IN ('intended', 'sending', 'unknown', 'accepted', 'rejected'))",
    "ALTER TABLE self_employed_filing ADD CONSTRAINT self_employed_filing_form CHECK (form IN ('notification', 'request'))",
    "ALTER TABLE self_employed_filing ADD CONSTRAINT self_employed_filing_receipt CHECK ((state = 'accepted') = (signed_at IS NOT NULL))",
    # A form is filed once: another only after the authority refused the former.
    "CREATE UNIQUE INDEX self_employed_filing_key ON self_employed_filing (institution_id, case_id, form) WHERE state <> 'rejected'",
    "CREATE INDEX self_employed_filing_path ON self_employed_filing (institution_id, state)",
    "ALTER TABLE self_employed_message ADD CONSTRAINT self_employed_message_direction CHECK (direction IN ('sent', 'received'))",
    # The same message told twice is there once.
    "CREATE UNIQUE INDEX self_employed_message_key ON self_employed_message (institution_id, channel, direction, reference)",
]


class Migration(migrations.Migration):
    dependencies = [("store", "0017_nav")]

    operations = [
        migrations.CreateModel(
            name="SelfEmployedCase",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "id", primary_key=True)),
                ("id", models.UUIDField()),
                ("number", models.BigIntegerField()),
                ("person_index", models.BinaryField()),
                ("sealed_person", models.BinaryField()),
                ("first_absence_day", models.DateField()),
                ("state", models.TextField()),
                ("sealed_opening", models.BinaryField()),
                ("sealed_course", models.BinaryField()),
                ("version", models.IntegerField()),
                ("next_look", models.DateField(null=True)),
                ("opened_on", models.DateField()),
                ("opened_by", models.TextField()),
            ],
            options={"db_table": "self_employed_case"},
        ),
        migrations.CreateModel(
            name="SelfEmployedStep",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "case_id", "position", primary_key=True)),
                ("case_id", models.UUIDField()),
                ("position", models.IntegerField()),
                ("event", models.TextField()),
                ("day", models.DateField()),
                ("sealed_facts", models.BinaryField()),
                ("by", models.TextField()),
                ("learned_at", models.DateTimeField()),
                ("undone_by", models.TextField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
            ],
            options={"db_table": "self_employed_step"},
        ),
        migrations.CreateModel(
            name="SelfEmployedWait",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "case_id", "kind", "due", "opened_on", primary_key=True)),
                ("case_id", models.UUIDField()),
                ("kind", models.TextField()),
                ("due", models.DateField()),
                ("opened_on", models.DateField()),
                ("turn", models.TextField()),
                ("rests", models.TextField()),
                ("ended_on", models.DateField(null=True)),
                ("warned_on", models.DateField(null=True)),
            ],
            options={"db_table": "self_employed_wait"},
        ),
        migrations.CreateModel(
            name="SelfEmployedFiling",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "id", primary_key=True)),
                ("id", models.UUIDField()),
                ("case_id", models.UUIDField()),
                ("form", models.TextField()),
                ("state", models.TextField()),
                ("sealed_content", models.BinaryField()),
                ("content_hash", models.TextField()),
                ("intended_at", models.DateTimeField()),
                ("attempts", models.IntegerField()),
                ("not_found", models.IntegerField()),
                ("tried_at", models.DateTimeField(null=True)),
                ("receipt", models.TextField()),
                ("authority_id", models.TextField()),
                ("signed_at", models.DateTimeField(null=True)),
                ("answer", models.TextField()),
            ],
            options={"db_table": "self_employed_filing"},
        ),
        migrations.CreateModel(
            name="SelfEmployedMessage",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "id", primary_key=True)),
                ("id", models.UUIDField()),
                ("case_id", models.UUIDField(null=True)),
                ("channel", models.TextField()),
                ("direction", models.TextField()),
                ("reference", models.TextField()),
                ("at", models.DateTimeField()),
                ("sealed_raw", models.BinaryField()),
            ],
            options={"db_table": "self_employed_message"},
        ),
        migrations.RunSQL([*FORCED, *LED, *PROMISES], migrations.RunSQL.noop),
    ]
