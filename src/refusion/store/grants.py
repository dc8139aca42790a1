"""Who may do what: verbs per table for app, worker and backup, set anew at every preparation; nobody but the owner has more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from psycopg import sql

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

APP, WORKER, BACKUP = "refusion_app", "refusion_worker", "refusion_backup"


@dataclass(frozen=True, slots=True)
class Verbs:
    """What a role may do to a table; ``update`` names the columns, ``*`` all of them."""

    select: bool = True
    insert: bool = False
    update: tuple[str, ...] = ()
    delete: bool = False


READ = Verbs()
GROW = Verbs(insert=True)
ALL = Verbs(insert=True, update=("*",), delete=True)
SUPERSEDE = Verbs(insert=True, update=("superseded_at",))

# Payroll, reports, books and trails only grow; what moves on says here which columns move.
BOUND: Mapping[str, Verbs] = MappingProxyType({
    "absence": Verbs(insert=True, update=("handled_version", "touched")),
    "absence_version": SUPERSEDE,
    "agreement_paper": GROW,
    "answer_rule": Verbs(
        insert=True, update=("approved_by", "approved_at", "approved_hash", "withdrawn_by", "withdrawn_at")
    ),
    "api_answer": Verbs(insert=True, update=("status", "sealed_body"), delete=True),
    "api_token": Verbs(
        insert=True, update=("approved_by", "approved_at", "approved_hash", "withdrawn_by", "withdrawn_at", "last_used_on")
    ),
    "audit_entry": GROW,
    "bank_match": GROW,
    "benefit_stop": Verbs(
        insert=True, update=("at_risk", "lifted_on", "lifted_by", "resumed_from", "lift_document")
    ),
    "case_history": GROW,
    "certificate": GROW,
    "claim": Verbs(insert=True, update=("version", "state", "requested_on", "authority_id", "decided", "received")),
    "claim_version": Verbs(
        insert=True,
        update=(
            "first_day", "last_day", "request_by", "answers", "refund", "supplement", "estimated", "explanation",
            "law_version", "made_on", "recorded_at", "fixed_at",
        ),
    ),
    "condition_decision": Verbs(
        insert=True, update=("approved_by", "approved_at", "approved_hash", "withdrawn_by", "withdrawn_at")
    ),
    "condition_report": GROW,
    "condition_step": GROW,
    "colleague_away": Verbs(insert=True, update=("withdrawn_by", "withdrawn_at")),
    "day_step": GROW,
    "decision": GROW,
    "employment": Verbs(insert=True, update=("pay_changed",)),
    "employment_version": SUPERSEDE,
    "entered_answer": GROW,
    "file_problem": GROW,
    "filing": Verbs(
        insert=True,
        update=(
            "state", "due_on", "deadline", "at_stake", "next_try_at", "signed_at", "attempts", "not_found", "receipt",
            "authority_id", "answer_code",
        ),
    ),
    "filing_attempt": Verbs(insert=True, update=("ended_at", "outcome", "error")),
    "fund_answer": GROW,
    "fund_report": Verbs(insert=True, update=("receipt", "received_on", "received_by", "withdrawn_by", "withdrawn_at")),
    "fund_report_line": GROW,
    "guard_setting": Verbs(insert=True, update=("value",)),
    "grant_agreement": GROW,
    "hours_warning": GROW,
    "investigation_order": Verbs(insert=True, update=("delivered_on",)),
    "journal_export": GROW,
    "journal_exported": GROW,
    "kind_stage": GROW,
    "ledger_transaction": GROW,
    "look_up": GROW,
    "loss": GROW,
    "loss_step": GROW,
    "mandate_owner": READ,
    "marker": Verbs(insert=True, update=("value",)),
    "matched_part": GROW,
    "message": GROW,
    "nav_attempt": Verbs(insert=True, update=("ended_at", "outcome")),
    "nav_case": Verbs(insert=True, update=("state", "request", "received_on", "right_ends")),
    "nav_entry": GROW,
    "nav_explanation": GROW,
    "nav_fact": SUPERSEDE,
    "nav_line": Verbs(insert=True, update=("interim_run_id", "placed_by", "placed_at")),
    "nav_notice": Verbs(
        insert=True,
        update=("request", "state", "notice_id", "next_try_at", "attempts", "not_found", "taken_on", "code", "sealed_content"),
    ),
    "nav_part": Verbs(insert=True, update=("run_id",)),
    "nav_posting": GROW,
    "nav_report": GROW,
    "nav_run": GROW,
    "nav_setting": GROW,
    "other_decision": GROW,
    "parked_line": GROW,
    "parked_answer": GROW,
    "pay_limit": Verbs(
        insert=True,
        update=(
            "case_number", "case_state", "outcome", "decided_by", "decided_at", "decided_hash", "used_run_id", "ended_on",
            "deleted_by", "deleted_at",
        ),
    ),
    "pay_run": Verbs(insert=True, update=("state", "written_at", "written_by")),
    "pay_version": SUPERSEDE,
    "payment_part": GROW,
    "payment_proposal": Verbs(insert=True, update=("outcome", "decided_by", "decided_at", "decided_hash")),
    "payment_step": GROW,
    "payout_line": GROW,
    "payout_run": Verbs(
        insert=True,
        update=("approved_by", "approved_at", "approved_hash", "withdrawn_by", "withdrawn_at", "paid_by", "paid_at"),
    ),
    "person": Verbs(insert=True, update=("name",)),
    "posting": GROW,
    "posting_void": Verbs(insert=True, update=("outcome", "decided_by", "decided_at", "decided_hash")),
    "raw_file": Verbs(insert=True, update=("state",)),
    "refund_case": Verbs(
        insert=True,
        update=(
            "kind", "state", "first_absence_day", "last_absence_day", "refund_from", "file_on", "notify_by", "known_on",
            "notified_on", "told_last_day", "authority_id", "version", "pilot",
        ),
    ),
    "run_payment": Verbs(insert=True, update=("state", "steps", "hold", "bank_status", "bank_reason")),
    "self_employed_case": Verbs(insert=True, update=("state", "sealed_course", "version", "next_look")),
    "self_employed_filing": Verbs(
        insert=True,
        update=("state", "attempts", "not_found", "tried_at", "receipt", "authority_id", "signed_at", "answer"),
    ),
    "self_employed_message": Verbs(insert=True, update=("case_id",)),
    "self_employed_step": Verbs(insert=True, update=("undone_by", "undone_at")),
    "self_employed_wait": Verbs(insert=True, update=("ended_on", "warned_on")),
    "service_order": Verbs(
        insert=True,
        update=("state", "order_by", "at_stake", "sent_on", "reference", "received_on", "receipt", "ended_on", "answer"),
    ),
    "stop_request": Verbs(insert=True, update=("answer", "answered_by", "answered_at")),
    "task": Verbs(
        insert=True,
        update=(
            "said_key", "said_facts", "turn", "at_stake", "safe_day", "legal_day", "question", "about", "done_on", "done_by",
            "climbed_to", "climbed_person",
        ),
    ),
    "task_rung": GROW,
    "user_role": Verbs(insert=True, delete=True),
    "write_off": Verbs(insert=True, update=("outcome", "decided_by", "decided_at", "decided_hash")),
})
OPEN: Mapping[str, Verbs] = MappingProxyType({
    "bank_line": GROW,
    # Institutions and mandates are made by the operator, as the owner of the tables.
    "institution": Verbs(update=("name", "language", "settings", "company_number", "unit_number")),
    "line_telling": GROW,
    "mandate": READ,
    "mandate_account": READ,
})
FRAMEWORK: Mapping[str, Verbs] = MappingProxyType({
    "auth_group": READ,
    "auth_group_permissions": READ,
    "auth_permission": READ,
    "auth_user": Verbs(insert=True, update=("*",)),
    "auth_user_groups": READ,
    "auth_user_user_permissions": READ,
    "django_content_type": READ,
    "django_migrations": READ,
    "django_session": ALL,
    "log_in_attempt": ALL,
})
SIGNS_IN = frozenset({"auth_user", "django_session", "log_in_attempt"})
GRANTS: Mapping[str, Mapping[str, Verbs]] = MappingProxyType({
    APP: {**BOUND, **OPEN, **FRAMEWORK},
    WORKER: {**BOUND, **OPEN, **{name: READ for name in FRAMEWORK if name not in SIGNS_IN}},
    BACKUP: dict.fromkeys((*BOUND, *OPEN, *FRAMEWORK), READ),
})
SEQUENCES = ("message_number",)


def apply(connection: BaseDatabaseWrapper) -> None:
    """Take everything from the roles and give them their verbs, as the owner of the tables.

    A table that no grant names stays closed to all of them.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S')")
        standing = {row[0] for row in cursor.fetchall()}
        for statement in _statements(standing):
            cursor.execute(statement)


def _statements(standing: set[str]) -> Iterator[sql.Composed]:
    yield from _closed()
    for role, tables in GRANTS.items():
        name = sql.Identifier(role)
        for table in sorted(standing & set(tables)):
            rights = sql.SQL(", ").join(_rights(tables[table]))
            yield sql.SQL("GRANT {} ON {} TO {}").format(rights, sql.Identifier(table), name)
    for sequence in sorted(standing & set(SEQUENCES)):
        yield sql.SQL("GRANT USAGE ON SEQUENCE {} TO {}, {}").format(*map(sql.Identifier, (sequence, APP, WORKER)))
    yield sql.SQL("GRANT EXECUTE ON FUNCTION learn_sizes(text[]) TO {}, {}").format(*map(sql.Identifier, (APP, WORKER)))
    yield sql.SQL("GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(sql.Identifier(BACKUP))


def _closed() -> Iterator[sql.Composed]:
    everyone = sql.SQL(", ").join(sql.Identifier(role) for role in GRANTS)
    yield sql.SQL("REVOKE ALL ON SCHEMA public FROM PUBLIC").format()
    yield sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(everyone)
    yield sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {}").format(everyone)
    yield sql.SQL("REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {}").format(everyone)


def _rights(verbs: Verbs) -> Iterator[sql.Composable]:
    if verbs.select:
        yield sql.SQL("SELECT")
    if verbs.insert:
        yield sql.SQL("INSERT")
    if verbs.delete:
        yield sql.SQL("DELETE")
    if verbs.update == ("*",):
        yield sql.SQL("UPDATE")
    elif verbs.update:
        yield sql.SQL("UPDATE ({})").format(sql.SQL(", ").join(map(sql.Identifier, verbs.update)))
