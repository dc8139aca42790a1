"""Grant agreements at work: papers, reports, steps, decisions, orders, payout runs; four eyes on decisions and on money."""

from django.db import migrations, models

MINE = "institution_id = nullif(current_setting('app.institution', true), '')::bigint"
TABLES = (
    "grant_agreement", "agreement_paper", "condition_report", "condition_step", "condition_decision", "investigation_order",
    "payout_run", "payout_line",
)
REFERENCES = (
    *((table, "agreement_id", "grant_agreement") for table in TABLES if table not in ("grant_agreement", "payout_line")),
    ("payout_line", "run_id", "payout_run"),
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
FOUR_EYES = [
    statement
    for table in ("condition_decision", "payout_run")
    for statement in (
        # Nobody approves his own proposal, and what was approved is what was proposed.
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_four_eyes CHECK (approved_at IS NULL AND approved_by IS NULL "
        "AND approved_hash IS NULL OR approved_at IS NOT NULL AND approved_by IS NOT NULL AND approved_by <> proposed_by "
        "AND approved_hash IS NOT DISTINCT FROM content_hash)",
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_one_end CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))",
        f"CREATE TRIGGER once BEFORE UPDATE ON {table} FOR EACH ROW WHEN (OLD.approved_at IS NOT NULL AND "
        "OLD.approved_at IS DISTINCT FROM NEW.approved_at) EXECUTE FUNCTION refuse_second_time('approved_at')",
        f"CREATE TRIGGER once_withdrawn BEFORE UPDATE ON {table} FOR EACH ROW WHEN (OLD.withdrawn_at IS NOT NULL) "
        "EXECUTE FUNCTION refuse_second_time('withdrawn_at')",
    )
]
PROMISES = [
    "CREATE UNIQUE INDEX grant_agreement_key ON grant_agreement (institution_id, name)",
    "CREATE UNIQUE INDEX agreement_paper_key ON agreement_paper (institution_id, agreement_id, kind, key, number)",
    "CREATE UNIQUE INDEX condition_report_key ON condition_report (institution_id, agreement_id, pot, who, number)",
    "CREATE UNIQUE INDEX condition_report_diary ON condition_report (institution_id, agreement_id, diary)",
    "CREATE UNIQUE INDEX condition_decision_key ON condition_decision (institution_id, agreement_id, pot, who, number)",
    # A condition has one proposal at a time.
    "CREATE UNIQUE INDEX condition_decision_open ON condition_decision (institution_id, agreement_id, pot, who) "
    "WHERE approved_at IS NULL AND withdrawn_at IS NULL",
    "CREATE UNIQUE INDEX investigation_order_key ON investigation_order (institution_id, agreement_id, reference)",
    "ALTER TABLE investigation_order ADD CONSTRAINT investigation_order_days CHECK "
    "(due_on >= ordered_on AND (delivered_on IS NULL OR delivered_on >= ordered_on))",
    "CREATE TRIGGER once BEFORE UPDATE ON investigation_order FOR EACH ROW WHEN (OLD.delivered_on IS NOT NULL AND "
    "OLD.delivered_on IS DISTINCT FROM NEW.delivered_on) EXECUTE FUNCTION refuse_second_time('delivered_on')",
    "CREATE UNIQUE INDEX payout_run_key ON payout_run (institution_id, agreement_id, number)",
    # One run at a time: a second one would reckon its differences from money that the first has not paid yet.
    "CREATE UNIQUE INDEX payout_run_open ON payout_run (institution_id, agreement_id) WHERE paid_at IS NULL AND withdrawn_at IS NULL",
    "ALTER TABLE payout_run ADD CONSTRAINT payout_run_paid_approved CHECK (paid_at IS NULL OR approved_at IS NOT NULL "
    "AND paid_by IS NOT NULL AND withdrawn_at IS NULL)",
    "CREATE TRIGGER once_paid BEFORE UPDATE ON payout_run FOR EACH ROW WHEN (OLD.paid_at IS NOT NULL) "
    "EXECUTE FUNCTION refuse_second_time('paid_at')",
    # Every payment carries the line of the state budget that it is charged to, and is the difference it says.
    "ALTER TABLE payout_line ADD CONSTRAINT payout_line_budget CHECK (budget <> '')",
    "ALTER TABLE payout_line ADD CONSTRAINT payout_line_difference CHECK (difference = amount - paid_before AND amount >= 0)",
    "CREATE INDEX condition_step_path ON condition_step (institution_id, agreement_id, at)",
]


class Migration(migrations.Migration):
    dependencies = [("store", "0018_self_employed")]

    operations = [
        migrations.CreateModel(
            name="GrantAgreement",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "id", primary_key=True)),
                ("id", models.UUIDField()),
                ("name", models.TextField()),
                ("content", models.TextField()),
                ("content_hash", models.TextField()),
                ("opened_by", models.TextField()),
                ("opened_at", models.DateTimeField()),
            ],
            options={"db_table": "grant_agreement"},
        ),
        migrations.CreateModel(
            name="AgreementPaper",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "id", primary_key=True)),
                ("id", models.UUIDField()),
                ("agreement_id", models.UUIDField()),
                ("kind", models.TextField()),
                ("key", models.TextField()),
                ("number", models.IntegerField()),
                ("day", models.DateField()),
                ("document", models.TextField()),
                ("content", models.JSONField()),
                ("noted_by", models.TextField()),
                ("noted_at", models.DateTimeField()),
            ],
            options={"db_table": "agreement_paper"},
        ),
        migrations.CreateModel(
            name="ConditionReport",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "id", primary_key=True)),
                ("id", models.UUIDField()),
                ("agreement_id", models.UUIDField()),
                ("pot", models.TextField()),
                ("who", models.TextField()),
                ("number", models.IntegerField()),
                ("diary", models.TextField()),
                ("received_at", models.DateTimeField()),
                ("received_on", models.DateField()),
                ("sent_by", models.TextField()),
                ("evidence", models.JSONField()),
                ("exception", models.TextField()),
                ("late", models.BooleanField()),
                ("interim", models.BooleanField()),
                ("noted_by", models.TextField()),
                ("noted_at", models.DateTimeField()),
            ],
            options={"db_table": "condition_report"},
        ),
        migrations.CreateModel(
            name="ConditionStep",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "agreement_id", "pot", "who", "sequence", primary_key=True)),
                ("agreement_id", models.UUIDField()),
                ("pot", models.TextField()),
                ("who", models.TextField()),
                ("sequence", models.IntegerField()),
                ("state", models.TextField()),
                ("event", models.TextField()),
                ("at", models.DateTimeField()),
                ("by", models.TextField()),
                ("because", models.TextField()),
                ("due", models.DateField(null=True)),
            ],
            options={"db_table": "condition_step"},
        ),
        migrations.CreateModel(
            name="ConditionDecision",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "id", primary_key=True)),
                ("id", models.UUIDField()),
                ("agreement_id", models.UUIDField()),
                ("pot", models.TextField()),
                ("who", models.TextField()),
                ("number", models.IntegerField()),
                ("fulfilled", models.BooleanField()),
                ("reason", models.TextField()),
                ("evidence", models.JSONField()),
                ("consulted", models.TextField()),
                ("content_hash", models.TextField()),
                ("proposed_by", models.TextField()),
                ("proposed_at", models.DateTimeField()),
                ("approved_by", models.TextField(null=True)),
                ("approved_at", models.DateTimeField(null=True)),
                ("approved_hash", models.TextField(null=True)),
                ("withdrawn_by", models.TextField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
            options={"db_table": "condition_decision"},
        ),
        migrations.CreateModel(
            name="InvestigationOrder",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "id", primary_key=True)),
                ("id", models.UUIDField()),
                ("agreement_id", models.UUIDField()),
                ("reference", models.TextField()),
                ("county", models.TextField()),
                ("unit", models.TextField()),
                ("ordered_on", models.DateField()),
                ("due_on", models.DateField()),
                ("delivered_on", models.DateField(null=True)),
            ],
            options={"db_table": "investigation_order"},
        ),
        migrations.CreateModel(
            name="PayoutRun",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "id", primary_key=True)),
                ("id", models.UUIDField()),
                ("agreement_id", models.UUIDField()),
                ("number", models.IntegerField()),
                ("pots", models.JSONField()),
                ("pays_on", models.DateField()),
                ("corrects", models.IntegerField(null=True)),
                ("content", models.JSONField()),
                ("content_hash", models.TextField()),
                ("proposed_by", models.TextField()),
                ("proposed_at", models.DateTimeField()),
                ("approved_by", models.TextField(null=True)),
                ("approved_at", models.DateTimeField(null=True)),
                ("approved_hash", models.TextField(null=True)),
                ("withdrawn_by", models.TextField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("paid_by", models.TextField(null=True)),
                ("paid_at", models.DateTimeField(null=True)),
            ],
            options={"db_table": "payout_run"},
        ),
        migrations.CreateModel(
            name="PayoutLine",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "run_id", "pot", "payee", primary_key=True)),
                ("run_id", models.UUIDField()),
                ("pot", models.TextField()),
                ("payee", models.TextField()),
                ("amount", models.BigIntegerField()),
                ("paid_before", models.BigIntegerField()),
                ("difference", models.BigIntegerField()),
                ("budget", models.TextField()),
            ],
            options={"db_table": "payout_line"},
        ),
        migrations.RunSQL([*FORCED, *LED, *FOUR_EYES, *PROMISES], migrations.RunSQL.noop),
    ]
