"""Pay runs and their payments, limits that two people set, what became of a stopped payment, what the bank answered."""

from django.db import migrations, models

MINE = "institution_id = nullif(current_setting('app.institution', true), '')::bigint"
TABLES = (
    "pay_run", "run_payment", "parked_answer", "guard_setting", "pay_limit", "payment_step", "payment_proposal", "stop_request",
)
REFERENCES = (
    ("pay_run", "file_id", "raw_file"),
    ("run_payment", "run_id", "pay_run"),
    ("parked_answer", "file_id", "raw_file"),
    ("pay_limit", "used_run_id", "pay_run"),
    ("payment_step", "payment_id", "run_payment"),
    ("payment_step", "transaction_id", "ledger_transaction"),
    ("payment_proposal", "payment_id", "run_payment"),
    ("stop_request", "payment_id", "run_payment"),
    ("posting", "payment_id", "run_payment"),
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
NUMBERED = [
    statement
    for table in ("pay_run", "run_payment", "pay_limit", "payment_proposal")
    for statement in (
        f"ALTER TABLE {table} ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (START WITH 1)",
        f"CREATE UNIQUE INDEX {table}_key_number ON {table} (institution_id, number)",
    )
]
DECIDED = [
    statement
    for table in ("pay_limit", "payment_proposal")
    for statement in (
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_outcome CHECK (outcome IN ('approved', 'declined', 'withdrawn'))",
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_decided CHECK "
        "((outcome IS NULL) = (decided_by IS NULL) AND (outcome IS NULL) = (decided_at IS NULL))",
        f"CREATE TRIGGER once BEFORE UPDATE ON {table} FOR EACH ROW WHEN (OLD.outcome IS NOT NULL AND "
        "(OLD.outcome, OLD.decided_by, OLD.decided_at, OLD.decided_hash) IS DISTINCT FROM "
        "(NEW.outcome, NEW.decided_by, NEW.decided_at, NEW.decided_hash)) EXECUTE FUNCTION refuse_second_time('outcome')",
    )
]
FOUR_EYES = "decided_by <> proposed_by AND decided_hash IS NOT DISTINCT FROM content_hash AND decided_at < expires_at"
PROMISES = [
    # A run is known by its name, its payments by their number; a payment of which a part is held stands in two rows.
    "CREATE UNIQUE INDEX pay_run_key_name ON pay_run (institution_id, name)",
    "CREATE INDEX pay_run_path_day ON pay_run (institution_id, value_date)",
    "ALTER TABLE pay_run ADD CONSTRAINT pay_run_state CHECK (state IN ('taken', 'written', 'accepted', 'partly', 'rejected'))",
    "ALTER TABLE pay_run ADD CONSTRAINT pay_run_whole CHECK (total = goes + held AND goes >= 0 AND held >= 0)",
    "CREATE UNIQUE INDEX run_payment_key_payment ON run_payment (institution_id, run_id, payment, hold)",
    "CREATE INDEX run_payment_path_open ON run_payment (institution_id, state) WHERE state <> 'sent'",
    "CREATE INDEX run_payment_path_employment ON run_payment (institution_id, employment)",
    "ALTER TABLE run_payment ADD CONSTRAINT run_payment_amount CHECK (amount > 0 AND amount <= net)",
    # Four eyes: a raise, a payment by hand, a correction and a write-off are approved by another person, as they were proposed.
    f"ALTER TABLE pay_limit ADD CONSTRAINT pay_limit_four_eyes CHECK (outcome IS DISTINCT FROM 'approved' OR amount <= before OR "
    f"({FOUR_EYES}))",
    "ALTER TABLE pay_limit ADD CONSTRAINT pay_limit_amount CHECK (amount >= 0 AND before >= 0)",
    "ALTER TABLE pay_limit ADD CONSTRAINT pay_limit_case CHECK (subject <> 'institution_limit' OR outcome IS DISTINCT FROM 'approved' "
    "OR amount <= before OR (case_state = 'granted' AND case_number <> '' AND case_text <> ''))",
    "ALTER TABLE pay_limit ADD CONSTRAINT pay_limit_whose CHECK "
    "((person_id IS NOT NULL) = (subject IN ('employee_limit_this_run', 'component_244')))",
    "CREATE TRIGGER used BEFORE UPDATE ON pay_limit FOR EACH ROW WHEN (OLD.used_run_id IS NOT NULL AND "
    "OLD.used_run_id IS DISTINCT FROM NEW.used_run_id) EXECUTE FUNCTION refuse_second_time('used_run_id')",
    "CREATE TRIGGER deleted BEFORE UPDATE ON pay_limit FOR EACH ROW WHEN (OLD.deleted_at IS NOT NULL) "
    "EXECUTE FUNCTION refuse_second_time('deleted_at')",
    f"ALTER TABLE payment_proposal ADD CONSTRAINT payment_proposal_four_eyes CHECK (outcome IS DISTINCT FROM 'approved' OR ({FOUR_EYES}))",
    "CREATE UNIQUE INDEX payment_proposal_key_open ON payment_proposal (institution_id, payment_id) WHERE outcome IS NULL",
    """
    CREATE FUNCTION require_second_person() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
    BEGIN
        IF (SELECT made.outcome IS DISTINCT FROM 'approved' FROM payment_proposal AS made
            WHERE made.institution_id = NEW.institution_id AND made.payment_id = NEW.id ORDER BY made.number DESC LIMIT 1) IS NOT FALSE
        THEN
            RAISE EXCEPTION 'nobody approved what is done about payment %', NEW.number
                USING ERRCODE = 'check_violation', CONSTRAINT = 'run_payment_second_person';
        END IF;
        RETURN NEW;
    END $$
    """,
    "CREATE TRIGGER second_person BEFORE UPDATE ON run_payment FOR EACH ROW WHEN (NEW.state <> OLD.state AND "
    "NEW.state IN ('paying', 'correcting', 'repaying', 'written_off')) EXECUTE FUNCTION require_second_person()",
    "CREATE UNIQUE INDEX stop_request_key_open ON stop_request (institution_id, payment_id) WHERE answer IS NULL",
    "ALTER TABLE stop_request ADD CONSTRAINT stop_request_answer CHECK (answer IN ('stopped', 'too_late', 'already_paid'))",
    "CREATE TRIGGER once BEFORE UPDATE ON stop_request FOR EACH ROW WHEN (OLD.answer IS NOT NULL) "
    "EXECUTE FUNCTION refuse_second_time('answer')",
    "CREATE INDEX posting_path_payment ON posting (institution_id, payment_id) WHERE payment_id IS NOT NULL",
    "ALTER TABLE posting ADD CONSTRAINT posting_one_subject CHECK (claim_id IS NULL OR payment_id IS NULL)",
]


class Migration(migrations.Migration):
    dependencies = [("store", "0015_funds")]

    operations = [
        migrations.CreateModel(
            name="PayRun",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "id", primary_key=True)),
                ("id", models.UUIDField()),
                ("number", models.BigIntegerField()),
                ("name", models.TextField()),
                ("file_id", models.UUIDField()),
                ("value_date", models.DateField()),
                ("payments", models.IntegerField()),
                ("total", models.BigIntegerField()),
                ("goes", models.BigIntegerField()),
                ("held", models.BigIntegerField()),
                ("state", models.TextField()),
                ("not_checked", models.JSONField()),
                ("accounts", models.JSONField()),
                ("made_at", models.DateTimeField()),
                ("taken_by", models.TextField()),
                ("written_at", models.DateTimeField(null=True)),
                ("written_by", models.TextField(null=True)),
            ],
            options={"db_table": "pay_run"},
        ),
        migrations.CreateModel(
            name="RunPayment",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "id", primary_key=True)),
                ("id", models.UUIDField()),
                ("number", models.BigIntegerField()),
                ("run_id", models.UUIDField()),
                ("row", models.IntegerField()),
                ("payment", models.TextField()),
                ("employment", models.TextField()),
                ("person_id", models.UUIDField()),
                ("net", models.BigIntegerField()),
                ("amount", models.BigIntegerField()),
                ("hold", models.SmallIntegerField()),
                ("total", models.BigIntegerField()),
                ("held_against", models.BigIntegerField()),
                ("applied", models.SmallIntegerField()),
                ("warned", models.BooleanField()),
                ("unapproved", models.BooleanField()),
                ("findings", models.JSONField()),
                ("state", models.TextField()),
                ("steps", models.IntegerField()),
                ("bank_status", models.TextField(null=True)),
                ("bank_reason", models.TextField()),
                ("sealed_receiver", models.BinaryField()),
            ],
            options={"db_table": "run_payment"},
        ),
        migrations.CreateModel(
            name="ParkedAnswer",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "id", primary_key=True)),
                ("id", models.UUIDField()),
                ("file_id", models.UUIDField()),
                ("message", models.TextField()),
                ("payment", models.TextField()),
                ("status", models.TextField()),
                ("reason", models.TextField()),
                ("recorded_at", models.DateTimeField()),
            ],
            options={"db_table": "parked_answer"},
        ),
        migrations.CreateModel(
            name="GuardSetting",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "name", primary_key=True)),
                ("name", models.TextField()),
                ("value", models.TextField()),
            ],
            options={"db_table": "guard_setting"},
        ),
        migrations.CreateModel(
            name="PayLimit",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "id", primary_key=True)),
                ("id", models.UUIDField()),
                ("number", models.BigIntegerField()),
                ("subject", models.TextField()),
                ("person_id", models.UUIDField(null=True)),
                ("employment", models.TextField()),
                ("amount", models.BigIntegerField()),
                ("before", models.BigIntegerField()),
                ("valid_from", models.DateField(null=True)),
                ("reason", models.TextField()),
                ("case_number", models.TextField()),
                ("case_text", models.TextField()),
                ("case_state", models.TextField()),
                ("content_hash", models.TextField()),
                ("proposed_by", models.TextField()),
                ("proposed_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("outcome", models.TextField(null=True)),
                ("decided_by", models.TextField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_hash", models.TextField(null=True)),
                ("used_run_id", models.UUIDField(null=True)),
                ("ended_on", models.DateField(null=True)),
                ("deleted_by", models.TextField(null=True)),
                ("deleted_at", models.DateTimeField(null=True)),
            ],
            options={"db_table": "pay_limit"},
        ),
        migrations.CreateModel(
            name="PaymentStep",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "payment_id", "position", primary_key=True)),
                ("payment_id", models.UUIDField()),
                ("position", models.IntegerField()),
                ("event", models.TextField()),
                ("before", models.TextField()),
                ("after", models.TextField()),
                ("amount", models.BigIntegerField()),
                ("transaction_id", models.UUIDField(null=True)),
                ("reason", models.TextField()),
                ("by", models.TextField()),
                ("at", models.DateTimeField()),
            ],
            options={"db_table": "payment_step"},
        ),
        migrations.CreateModel(
            name="PaymentProposal",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "id", primary_key=True)),
                ("id", models.UUIDField()),
                ("number", models.BigIntegerField()),
                ("payment_id", models.UUIDField()),
                ("subject", models.TextField()),
                ("amount", models.BigIntegerField()),
                ("reason", models.TextField()),
                ("content_hash", models.TextField()),
                ("proposed_by", models.TextField()),
                ("proposed_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("outcome", models.TextField(null=True)),
                ("decided_by", models.TextField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_hash", models.TextField(null=True)),
            ],
            options={"db_table": "payment_proposal"},
        ),
        migrations.CreateModel(
            name="StopRequest",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "id", primary_key=True)),
                ("id", models.UUIDField()),
                ("payment_id", models.UUIDField()),
                ("channel", models.TextField()),
                ("asked_by", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("answer", models.TextField(null=True)),
                ("answered_by", models.TextField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            options={"db_table": "stop_request"},
        ),
        migrations.AddField("Posting", "payment_id", models.UUIDField(null=True)),
        migrations.RunSQL([*FORCED, *LED, *NUMBERED, *DECIDED, *PROMISES], migrations.RunSQL.noop),
    ]
