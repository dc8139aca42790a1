"""Funds that rest on a job's wage: cases without an absence, report files given out, and what was answered to them."""

from django.db import migrations, models

MINE = "institution_id = nullif(current_setting('app.institution', true), '')::bigint"
TABLES = ("fund_report", "fund_report_line", "fund_answer")
REFERENCES = (
    ("fund_report", "file_id", "raw_file"),
    ("fund_report_line", "report_id", "fund_report"),
    ("fund_report_line", "claim_id", "claim"),
    ("fund_answer", "file_id", "raw_file"),
    ("fund_answer", "claim_id", "claim"),
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
FUNDS = "('clarification', 'fleksjob_wage', 'wage_subsidy', 'parental_fund', 'state_fleksjob')"
PROMISES = [
    # A case rests on an absence or on a job's right against a fund, and a job has one case with each fund.
    f"ALTER TABLE refund_case ADD CONSTRAINT refund_case_rests_on CHECK ((absence_id IS NULL) = (kind IN {FUNDS}))",
    "CREATE UNIQUE INDEX refund_case_of_fund ON refund_case (institution_id, employment_id, kind) WHERE absence_id IS NULL",
    "ALTER TABLE fund_report ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (START WITH 1)",
    "ALTER TABLE fund_report ADD CONSTRAINT fund_report_period CHECK (last_day >= first_day)",
    "ALTER TABLE fund_report ADD CONSTRAINT fund_report_one_end CHECK (received_on IS NULL OR withdrawn_at IS NULL)",
    "CREATE TRIGGER once BEFORE UPDATE ON fund_report FOR EACH ROW WHEN (OLD.received_on IS NOT NULL) "
    "EXECUTE FUNCTION refuse_second_time('received_on')",
    "CREATE TRIGGER once_withdrawn BEFORE UPDATE ON fund_report FOR EACH ROW WHEN (OLD.withdrawn_at IS NOT NULL) "
    "EXECUTE FUNCTION refuse_second_time('withdrawn_at')",
    "CREATE UNIQUE INDEX fund_report_key ON fund_report (institution_id, number)",
    "CREATE INDEX fund_report_line_path ON fund_report_line (institution_id, claim_id)",
    "CREATE UNIQUE INDEX fund_answer_key ON fund_answer (institution_id, kind, decision)",
    "CREATE INDEX fund_answer_unplaced ON fund_answer (institution_id, decided_on) WHERE claim_id IS NULL",
]


class Migration(migrations.Migration):
    dependencies = [("store", "0014_waits")]

    operations = [
        migrations.AlterField("RefundCase", "absence_id", models.UUIDField(null=True)),
        migrations.CreateModel(
            name="FundReport",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "id", primary_key=True)),
                ("id", models.UUIDField()),
                ("number", models.BigIntegerField()),
                ("kind", models.TextField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("name", models.TextField()),
                ("file_id", models.UUIDField()),
                ("total", models.BigIntegerField()),
                ("made_by", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("receipt", models.TextField(null=True)),
                ("received_on", models.DateField(null=True)),
                ("received_by", models.TextField(null=True)),
                ("withdrawn_by", models.TextField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
            options={"db_table": "fund_report"},
        ),
        migrations.CreateModel(
            name="FundReportLine",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "report_id", "claim_id", primary_key=True)),
                ("report_id", models.UUIDField()),
                ("claim_id", models.UUIDField()),
                ("version", models.IntegerField()),
                ("action", models.TextField()),
                ("amount", models.BigIntegerField()),
            ],
            options={"db_table": "fund_report_line"},
        ),
        migrations.CreateModel(
            name="FundAnswer",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "id", primary_key=True)),
                ("id", models.UUIDField()),
                ("file_id", models.UUIDField()),
                ("kind", models.TextField()),
                ("decision", models.TextField()),
                ("claim_number", models.TextField()),
                ("claim_id", models.UUIDField(null=True)),
                ("outcome", models.TextField()),
                ("refund", models.BigIntegerField()),
                ("supplement", models.BigIntegerField()),
                ("pays", models.BigIntegerField()),
                ("decided_on", models.DateField()),
                ("pays_on", models.DateField(null=True)),
                ("reference", models.TextField()),
                ("revises", models.TextField(null=True)),
                ("reason", models.TextField()),
                ("learned_at", models.DateTimeField()),
            ],
            options={"db_table": "fund_answer"},
        ),
        migrations.RunSQL([*FORCED, *LED, *PROMISES], migrations.RunSQL.noop),
    ]
