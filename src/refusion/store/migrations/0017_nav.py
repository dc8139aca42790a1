"""Income notices, Norwegian claims, settlement reports, runs and reconciliation with NAV."""

from django.db import migrations, models

MINE = "institution_id = nullif(current_setting('app.institution', true), '')::bigint"
TABLES = (
    "nav_setting",
    "nav_fact",
    "nav_case",
    "nav_notice",
    "nav_attempt",
    "nav_run",
    "nav_entry",
    "nav_posting",
    "nav_report",
    "nav_line",
    "nav_part",
    "nav_explanation",
)
REFERENCES = (
    ("nav_fact", "file_id", "raw_file"),
    ("nav_case", "person_id", "person"),
    ("nav_notice", "case_id", "nav_case"),
    ("nav_attempt", "notice_id", "nav_notice"),
    ("nav_entry", "run_id", "nav_run"),
    ("nav_entry", "case_id", "nav_case"),
    ("nav_posting", "entry_id", "nav_entry"),
    ("nav_report", "file_id", "raw_file"),
    ("nav_line", "report_id", "nav_report"),
    ("nav_line", "person_id", "person"),
    ("nav_line", "interim_run_id", "nav_run"),
    ("nav_part", "case_id", "nav_case"),
    ("nav_part", "run_id", "nav_run"),
    ("nav_explanation", "case_id", "nav_case"),
)
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
    f"ALTER TABLE {table} ADD CONSTRAINT {table}_{column}_reference FOREIGN KEY (institution_id, {column}) "
    f"REFERENCES {other} (institution_id, id)"
    for table, column, other in REFERENCES
]
GROWING = ("nav_setting", "nav_notice", "nav_entry", "nav_report", "nav_explanation")
BALANCED = """
CREATE FUNCTION require_balanced_nav() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    found integer;
    total numeric;
BEGIN
    SELECT count(*), coalesce(sum(amount), 0) INTO found, total FROM nav_posting
    WHERE institution_id = NEW.institution_id AND entry_id = NEW.id;
    IF found < 2 OR found <> NEW.postings OR total <> 0 THEN
        RAISE EXCEPTION 'entry % has % postings of % that sum to %', NEW.id, found, NEW.postings, total
            USING ERRCODE = 'check_violation', CONSTRAINT = 'nav_entry_balanced';
    END IF;
    RETURN NULL;
END $$
"""
# The deferred check runs in the transaction that makes the entry; this one keeps later postings away from it.
CLOSED = """
CREATE FUNCTION require_whole_nav() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM (SELECT DISTINCT institution_id, entry_id FROM added) AS touched
        JOIN nav_entry AS entry ON entry.institution_id = touched.institution_id AND entry.id = touched.entry_id
        WHERE entry.postings < (SELECT count(*) FROM nav_posting AS line WHERE line.institution_id = entry.institution_id
            AND line.entry_id = entry.id)
    ) THEN
        RAISE EXCEPTION 'an entry takes no further postings' USING ERRCODE = 'check_violation', CONSTRAINT = 'nav_entry_closed';
    END IF;
    RETURN NULL;
END $$
"""
PROMISES = [
    *(f"ALTER TABLE {table} ALTER COLUMN position ADD GENERATED ALWAYS AS IDENTITY (START WITH 1)" for table in GROWING),
    BALANCED,
    "CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON nav_entry DEFERRABLE INITIALLY DEFERRED "
    "FOR EACH ROW EXECUTE FUNCTION require_balanced_nav()",
    CLOSED,
    "CREATE TRIGGER closed AFTER INSERT ON nav_posting REFERENCING NEW TABLE AS added "
    "FOR EACH STATEMENT EXECUTE FUNCTION require_whole_nav()",
    "CREATE TRIGGER once BEFORE UPDATE ON nav_fact FOR EACH ROW WHEN (OLD.superseded_at IS NOT NULL) "
    "EXECUTE FUNCTION refuse_second_time('superseded_at')",
    "CREATE TRIGGER once BEFORE UPDATE ON nav_attempt FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL) "
    "EXECUTE FUNCTION refuse_second_time('ended_at')",
    # What a run has booked no other run books again.
    "CREATE TRIGGER once BEFORE UPDATE ON nav_part FOR EACH ROW WHEN (OLD.run_id IS NOT NULL) "
    "EXECUTE FUNCTION refuse_second_time('run_id')",
    "CREATE TRIGGER once BEFORE UPDATE ON nav_line FOR EACH ROW WHEN (OLD.interim_run_id IS NOT NULL "
    "AND OLD.interim_run_id IS DISTINCT FROM NEW.interim_run_id) EXECUTE FUNCTION refuse_second_time('interim_run_id')",
    "CREATE TRIGGER once_placed BEFORE UPDATE ON nav_line FOR EACH ROW WHEN (OLD.placed_at IS NOT NULL "
    "AND OLD.placed_at IS DISTINCT FROM NEW.placed_at) EXECUTE FUNCTION refuse_second_time('placed_at')",
    "ALTER TABLE nav_run ADD CONSTRAINT nav_run_kind CHECK (kind IN ('main', 'correction'))",
    "ALTER TABLE nav_run ADD CONSTRAINT nav_run_month CHECK (extract(day FROM month) = 1)",
    "ALTER TABLE nav_line ADD CONSTRAINT nav_line_period CHECK (placed_at IS NULL OR because_key IS NOT NULL)",
    "ALTER TABLE nav_part ADD CONSTRAINT nav_part_line_reference FOREIGN KEY (institution_id, report_id, place) "
    "REFERENCES nav_line (institution_id, report_id, place)",
    # A month has one main and one correction run, and runs are numbered.
    "CREATE UNIQUE INDEX nav_run_key ON nav_run (institution_id, month, kind)",
    "CREATE UNIQUE INDEX nav_run_number_key ON nav_run (institution_id, number)",
    "CREATE UNIQUE INDEX nav_fact_key ON nav_fact (institution_id, kind, subject) WHERE superseded_at IS NULL",
    "CREATE UNIQUE INDEX nav_case_key ON nav_case (institution_id, employment_number, absence_number)",
    "CREATE UNIQUE INDEX nav_case_number_key ON nav_case (institution_id, number)",
    "CREATE UNIQUE INDEX nav_notice_key ON nav_notice (institution_id, case_id, version)",
    # One notice of a case is on its way at a time.
    "CREATE UNIQUE INDEX nav_notice_key_open ON nav_notice (institution_id, case_id) "
    "WHERE state IN ('planned', 'sending', 'unknown', 'received')",
    "CREATE UNIQUE INDEX nav_report_key ON nav_report (institution_id, nav_number) WHERE nav_number IS NOT NULL",
    "CREATE INDEX nav_fact_path ON nav_fact (institution_id, kind, employment_number) WHERE superseded_at IS NULL",
    "CREATE INDEX nav_notice_path ON nav_notice (institution_id, state, next_try_at)",
    "CREATE INDEX nav_case_path ON nav_case (institution_id, person_id)",
    "CREATE INDEX nav_entry_path ON nav_entry (institution_id, case_id, month)",
    "CREATE INDEX nav_entry_path_run ON nav_entry (institution_id, run_id)",
    "CREATE INDEX nav_part_path ON nav_part (institution_id, case_id, month)",
]


class Migration(migrations.Migration):
    dependencies = [("store", "0016_stopped_payments")]

    operations = [
        migrations.CreateModel(
            name="NavSetting",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "position", primary_key=True)),
                ("position", models.BigIntegerField()),
                ("name", models.TextField()),
                ("value", models.TextField()),
                ("set_by", models.TextField()),
                ("set_at", models.DateTimeField()),
            ],
            options={"db_table": "nav_setting"},
        ),
        migrations.CreateModel(
            name="NavFact",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "kind", "subject", "version", primary_key=True)),
                ("kind", models.TextField()),
                ("subject", models.TextField()),
                ("version", models.IntegerField()),
                ("employment_number", models.TextField()),
                ("facts", models.JSONField()),
                ("registered_on", models.DateField()),
                ("file_id", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
            ],
            options={"db_table": "nav_fact"},
        ),
        migrations.CreateModel(
            name="NavCase",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "id", primary_key=True)),
                ("id", models.UUIDField()),
                ("number", models.IntegerField()),
                ("employment_number", models.TextField()),
                ("absence_number", models.TextField()),
                ("person_id", models.UUIDField()),
                ("benefit", models.TextField()),
                ("state", models.TextField()),
                ("request", models.TextField(null=True)),
                ("received_on", models.DateField(null=True)),
                ("right_ends", models.DateField(null=True)),
            ],
            options={"db_table": "nav_case"},
        ),
        migrations.CreateModel(
            name="NavNotice",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "id", primary_key=True)),
                ("id", models.UUIDField()),
                ("position", models.BigIntegerField()),
                ("case_id", models.UUIDField()),
                ("version", models.IntegerField()),
                ("request", models.TextField()),
                ("sealed_content", models.BinaryField()),
                ("content_hash", models.TextField()),
                ("refund", models.BigIntegerField()),
                ("state", models.TextField()),
                ("notice_id", models.TextField(null=True)),
                ("intended_at", models.DateTimeField()),
                ("next_try_at", models.DateTimeField()),
                ("attempts", models.IntegerField()),
                ("not_found", models.IntegerField()),
                ("taken_on", models.DateField(null=True)),
                ("code", models.TextField(null=True)),
            ],
            options={"db_table": "nav_notice"},
        ),
        migrations.CreateModel(
            name="NavAttempt",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "notice_id", "number", primary_key=True)),
                ("notice_id", models.UUIDField()),
                ("number", models.IntegerField()),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("outcome", models.TextField(null=True)),
            ],
            options={"db_table": "nav_attempt"},
        ),
        migrations.CreateModel(
            name="NavRun",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "id", primary_key=True)),
                ("id", models.UUIDField()),
                ("number", models.IntegerField()),
                ("kind", models.TextField()),
                ("month", models.DateField()),
                ("booked_on", models.DateField()),
                ("closed_at", models.DateTimeField()),
                ("closed_by", models.TextField()),
                ("entries", models.IntegerField()),
                ("transfer", models.BinaryField()),
                ("load", models.BinaryField()),
            ],
            options={"db_table": "nav_run"},
        ),
        migrations.CreateModel(
            name="NavEntry",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "id", primary_key=True)),
                ("id", models.UUIDField()),
                ("position", models.BigIntegerField()),
                ("run_id", models.UUIDField()),
                ("why", models.TextField()),
                ("case_id", models.UUIDField(null=True)),
                ("month", models.DateField(null=True)),
                ("nature", models.TextField(null=True)),
                ("happened_on", models.DateField()),
                ("learned_at", models.DateTimeField()),
                ("postings", models.IntegerField()),
            ],
            options={"db_table": "nav_entry"},
        ),
        migrations.CreateModel(
            name="NavPosting",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "entry_id", "position", primary_key=True)),
                ("entry_id", models.UUIDField()),
                ("position", models.IntegerField()),
                ("role", models.TextField()),
                ("account", models.TextField()),
                ("amount", models.BigIntegerField()),
                ("cost_centre", models.TextField()),
                ("project", models.TextField()),
            ],
            options={"db_table": "nav_posting"},
        ),
        migrations.CreateModel(
            name="NavReport",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "id", primary_key=True)),
                ("id", models.UUIDField()),
                ("position", models.BigIntegerField()),
                ("nav_number", models.BigIntegerField(null=True)),
                ("organisation", models.TextField()),
                ("pays_on", models.DateField()),
                ("total", models.BigIntegerField()),
                ("lines", models.IntegerField()),
                ("file_id", models.UUIDField()),
                ("received_at", models.DateTimeField()),
            ],
            options={"db_table": "nav_report"},
        ),
        migrations.CreateModel(
            name="NavLine",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "report_id", "place", primary_key=True)),
                ("report_id", models.UUIDField()),
                ("place", models.IntegerField()),
                ("code", models.TextField()),
                ("workplace", models.TextField()),
                ("person_id", models.UUIDField(null=True)),
                ("sealed_person", models.BinaryField()),
                ("first_day", models.DateField(null=True)),
                ("last_day", models.DateField(null=True)),
                ("amount", models.BigIntegerField()),
                ("max_date", models.DateField(null=True)),
                ("because_key", models.TextField(null=True)),
                ("because_facts", models.JSONField(null=True)),
                ("interim_run_id", models.UUIDField(null=True)),
                ("placed_by", models.TextField(null=True)),
                ("placed_at", models.DateTimeField(null=True)),
            ],
            options={"db_table": "nav_line"},
        ),
        migrations.CreateModel(
            name="NavPart",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "report_id", "place", "part", primary_key=True)),
                ("report_id", models.UUIDField()),
                ("place", models.IntegerField()),
                ("part", models.IntegerField()),
                ("case_id", models.UUIDField()),
                ("month", models.DateField()),
                ("nature", models.TextField()),
                ("amount", models.BigIntegerField()),
                ("first_day", models.DateField(null=True)),
                ("last_day", models.DateField(null=True)),
                ("run_id", models.UUIDField(null=True)),
            ],
            options={"db_table": "nav_part"},
        ),
        migrations.CreateModel(
            name="NavExplanation",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "id", primary_key=True)),
                ("id", models.UUIDField()),
                ("position", models.BigIntegerField()),
                ("case_id", models.UUIDField()),
                ("month", models.DateField()),
                ("nature", models.TextField()),
                ("reason", models.TextField()),
                ("amount", models.BigIntegerField()),
                ("explained_by", models.TextField()),
                ("explained_at", models.DateTimeField()),
            ],
            options={"db_table": "nav_explanation"},
        ),
        migrations.RunSQL([*FORCED, *LED, *PROMISES], migrations.RunSQL.noop),
    ]
