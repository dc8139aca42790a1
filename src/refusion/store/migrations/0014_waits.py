"""Waits and who sees them: colleagues away, rungs of late tasks, warnings, orders at the service centre, stops, approved answers."""

from django.db import migrations, models

MINE = "institution_id = nullif(current_setting('app.institution', true), '')::bigint"
TABLES = ("colleague_away", "task_rung", "hours_warning", "service_order", "benefit_stop", "answer_rule")
REFERENCES = (
    ("task_rung", "task_id", "task"),
    ("hours_warning", "case_id", "refund_case"),
    ("service_order", "filing_id", "filing"),
    ("service_order", "case_id", "refund_case"),
    ("benefit_stop", "case_id", "refund_case"),
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
PROMISES = [
    "ALTER TABLE colleague_away ADD CONSTRAINT colleague_away_period CHECK (last_day >= first_day)",
    "ALTER TABLE answer_rule ADD CONSTRAINT answer_rule_period CHECK (valid_until >= valid_from)",
    # Nobody approves his own rule, and what was approved is what was proposed.
    "ALTER TABLE answer_rule ADD CONSTRAINT answer_rule_four_eyes CHECK (approved_at IS NULL AND approved_by IS NULL "
    "AND approved_hash IS NULL OR approved_at IS NOT NULL AND approved_by IS NOT NULL AND approved_by <> proposed_by "
    "AND approved_hash IS NOT DISTINCT FROM content_hash)",
    "CREATE TRIGGER once BEFORE UPDATE ON answer_rule FOR EACH ROW WHEN (OLD.approved_at IS NOT NULL AND "
    "OLD.approved_at IS DISTINCT FROM NEW.approved_at) EXECUTE FUNCTION refuse_second_time('approved_at')",
    "CREATE TRIGGER once_withdrawn BEFORE UPDATE ON answer_rule FOR EACH ROW WHEN (OLD.withdrawn_at IS NOT NULL) "
    "EXECUTE FUNCTION refuse_second_time('withdrawn_at')",
    "CREATE TRIGGER once BEFORE UPDATE ON colleague_away FOR EACH ROW WHEN (OLD.withdrawn_at IS NOT NULL) "
    "EXECUTE FUNCTION refuse_second_time('withdrawn_at')",
    "CREATE TRIGGER once BEFORE UPDATE ON benefit_stop FOR EACH ROW WHEN (OLD.lifted_on IS NOT NULL) "
    "EXECUTE FUNCTION refuse_second_time('lifted_on')",
    "CREATE UNIQUE INDEX answer_rule_key ON answer_rule (institution_id, number)",
    # A case is stopped once at a time, and a report is ordered once at a time.
    "CREATE UNIQUE INDEX benefit_stop_key ON benefit_stop (institution_id, case_id) WHERE lifted_on IS NULL",
    "CREATE UNIQUE INDEX service_order_key ON service_order (institution_id, filing_id) WHERE state IN ('prepared', 'sent', 'received')",
    "CREATE INDEX service_order_path ON service_order (institution_id, state, order_by)",
    "CREATE INDEX task_rung_path ON task_rung (institution_id, day)",
]


class Migration(migrations.Migration):
    dependencies = [("store", "0013_stages")]

    operations = [
        migrations.CreateModel(
            name="ColleagueAway",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "id", primary_key=True)),
                ("id", models.UUIDField()),
                ("person", models.TextField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("noted_by", models.TextField()),
                ("noted_at", models.DateTimeField()),
                ("withdrawn_by", models.TextField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
            options={"db_table": "colleague_away"},
        ),
        migrations.CreateModel(
            name="TaskRung",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "task_id", "day", primary_key=True)),
                ("task_id", models.UUIDField()),
                ("day", models.DateField()),
                ("turn", models.TextField()),
                ("person", models.TextField()),
                ("days_late", models.IntegerField()),
                ("at_stake", models.BigIntegerField()),
                ("because", models.TextField()),
            ],
            options={"db_table": "task_rung"},
        ),
        migrations.CreateModel(
            name="HoursWarning",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "case_id", "week", primary_key=True)),
                ("case_id", models.UUIDField()),
                ("week", models.DateField()),
                ("due", models.DateField()),
                ("warned_on", models.DateField()),
                ("at_stake", models.BigIntegerField()),
            ],
            options={"db_table": "hours_warning"},
        ),
        migrations.CreateModel(
            name="ServiceOrder",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "id", primary_key=True)),
                ("id", models.UUIDField()),
                ("filing_id", models.UUIDField()),
                ("case_id", models.UUIDField()),
                ("number", models.IntegerField()),
                ("form", models.TextField()),
                ("state", models.TextField()),
                ("order_by", models.DateField()),
                ("legal_day", models.DateField()),
                ("at_stake", models.BigIntegerField()),
                ("made_on", models.DateField()),
                ("sent_on", models.DateField(null=True)),
                ("reference", models.TextField()),
                ("received_on", models.DateField(null=True)),
                ("receipt", models.TextField()),
                ("ended_on", models.DateField(null=True)),
                ("answer", models.TextField()),
            ],
            options={"db_table": "service_order"},
        ),
        migrations.CreateModel(
            name="BenefitStop",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "id", primary_key=True)),
                ("id", models.UUIDField()),
                ("case_id", models.UUIDField()),
                ("cause", models.TextField()),
                ("stopped_from", models.DateField()),
                ("letter_on", models.DateField(null=True)),
                ("document", models.TextField()),
                ("noted_on", models.DateField()),
                ("noted_by", models.TextField()),
                ("at_risk", models.BigIntegerField()),
                ("lifted_on", models.DateField(null=True)),
                ("lifted_by", models.TextField()),
                ("resumed_from", models.DateField(null=True)),
                ("lift_document", models.TextField()),
            ],
            options={"db_table": "benefit_stop"},
        ),
        migrations.CreateModel(
            name="AnswerRule",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "id", primary_key=True)),
                ("id", models.UUIDField()),
                ("number", models.IntegerField()),
                ("field", models.TextField()),
                ("value", models.TextField()),
                ("because", models.TextField()),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(null=True)),
                ("content_hash", models.TextField()),
                ("proposed_by", models.TextField()),
                ("proposed_at", models.DateTimeField()),
                ("approved_by", models.TextField(null=True)),
                ("approved_at", models.DateTimeField(null=True)),
                ("approved_hash", models.TextField(null=True)),
                ("withdrawn_by", models.TextField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
            options={"db_table": "answer_rule"},
        ),
        # Where a task stands today, beside whose it was at first; None while it is with its first owner.
        migrations.AddField("Task", "climbed_to", models.TextField(null=True)),
        migrations.AddField("Task", "climbed_person", models.TextField(null=True)),
        migrations.RunSQL([*FORCED, *LED, *PROMISES], migrations.RunSQL.noop),
    ]
