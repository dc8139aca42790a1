"""The duties, which verb and read each one opens, and which of them one person may never hold together."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from itertools import product
from types import MappingProxyType


class Duty(StrEnum):
    """What a person may be trusted with."""

    READ = "read"
    SEE_WORK = "see_work"
    SEE_CASES = "see_cases"
    SEE_CASE = "see_case"
    SEE_EXPLANATION = "see_explanation"
    SEE_PAYMENTS = "see_payments"
    SEE_REPORTS = "see_reports"
    SEE_FILES = "see_files"
    ANSWER_QUESTION = "answer_question"
    ENTER_FACT = "enter_fact"
    RETRY_REFUSED = "retry_refused"
    CLOSE_DIFFERENCE = "close_difference"
    MATCH_PAYMENTS = "match_payments"
    PROPOSE_WRITE_OFF = "propose_write_off"
    APPROVE_WRITE_OFF = "approve_write_off"
    FOLLOW_LOSS = "follow_loss"
    EXCUSE_LOSS = "excuse_loss"
    SWEEP = "sweep"
    SEE_BOOKS = "see_books"
    PROVE_BOOKS = "prove_books"
    EXPORT_JOURNAL = "export_journal"
    SET_ACCOUNTS = "set_accounts"
    PROPOSE_VOID = "propose_void"
    APPROVE_VOID = "approve_void"
    ABSORB_PAYROLL = "absorb_payroll"
    ABSORB_BANK = "absorb_bank"
    SEE_STAGES = "see_stages"
    SET_STAGE = "set_stage"
    SEE_SETTINGS = "see_settings"
    CHANGE_SETTINGS = "change_settings"
    NOTE_AWAY = "note_away"
    FOLLOW_ORDER = "follow_order"
    NOTE_STOP = "note_stop"
    PROPOSE_RULE = "propose_rule"
    APPROVE_RULE = "approve_rule"
    RUN_DAY = "run_day"
    STEP_DEMO = "step_demo"


DUTY_OF: Mapping[str, Duty] = MappingProxyType({
    # verbs
    "absorb_payroll": Duty.ABSORB_PAYROLL,
    "absorb_bank": Duty.ABSORB_BANK,
    "absorb_payments": Duty.ABSORB_BANK,
    "matching_board": Duty.SEE_PAYMENTS,
    "write_offs": Duty.SEE_PAYMENTS,
    "accept_suggestion": Duty.MATCH_PAYMENTS,
    "match_by_hand": Duty.MATCH_PAYMENTS,
    "undo_match": Duty.MATCH_PAYMENTS,
    "park_line": Duty.MATCH_PAYMENTS,
    "propose_claim_write_off": Duty.PROPOSE_WRITE_OFF,
    "propose_line_write_off": Duty.PROPOSE_WRITE_OFF,
    "approve_write_off": Duty.APPROVE_WRITE_OFF,
    "withdraw_write_off": Duty.PROPOSE_WRITE_OFF,
    "decline_write_off": Duty.APPROVE_WRITE_OFF,
    "answer_question": Duty.ANSWER_QUESTION,
    "enter_fact": Duty.ENTER_FACT,
    "close_difference": Duty.CLOSE_DIFFERENCE,
    "retry_refused": Duty.RETRY_REFUSED,
    "stages": Duty.SEE_STAGES,
    "pilot_lines": Duty.SEE_STAGES,
    "stage_effect": Duty.SET_STAGE,
    "set_stage": Duty.SET_STAGE,
    "name_loss_owner": Duty.FOLLOW_LOSS,
    "apply_dispensation": Duty.EXCUSE_LOSS,
    "record_dispensation": Duty.EXCUSE_LOSS,
    "dispensation_letter": Duty.EXCUSE_LOSS,
    "sweep": Duty.SWEEP,
    "account_charts": Duty.SEE_BOOKS,
    "certificates": Duty.SEE_BOOKS,
    "journal_batches": Duty.SEE_BOOKS,
    "voids": Duty.SEE_BOOKS,
    "reconcile_books": Duty.PROVE_BOOKS,
    "accept_difference": Duty.PROVE_BOOKS,
    "export_journal": Duty.EXPORT_JOURNAL,
    "journal_batch": Duty.EXPORT_JOURNAL,
    "set_account": Duty.SET_ACCOUNTS,
    "set_nightly": Duty.SET_ACCOUNTS,
    "propose_void": Duty.PROPOSE_VOID,
    "withdraw_void": Duty.PROPOSE_VOID,
    "approve_void": Duty.APPROVE_VOID,
    "foresee_settings": Duty.CHANGE_SETTINGS,
    "change_settings": Duty.CHANGE_SETTINGS,
    "note_away": Duty.NOTE_AWAY,
    "withdraw_away": Duty.NOTE_AWAY,
    "order_sent": Duty.FOLLOW_ORDER,
    "order_received": Duty.FOLLOW_ORDER,
    "order_returned": Duty.FOLLOW_ORDER,
    "order_filed": Duty.FOLLOW_ORDER,
    "note_stop": Duty.NOTE_STOP,
    "lift_stop": Duty.NOTE_STOP,
    "propose_rule": Duty.PROPOSE_RULE,
    "withdraw_rule": Duty.PROPOSE_RULE,
    "approve_rule": Duty.APPROVE_RULE,
    "run_day": Duty.RUN_DAY,
    "begin_day": Duty.RUN_DAY,
    "file_due": Duty.RUN_DAY,
    "end_day": Duty.RUN_DAY,
    "mark_step": Duty.RUN_DAY,
    "last_done": Duty.RUN_DAY,
    "demo_next_day": Duty.STEP_DEMO,
    # reads
    "reading": Duty.READ,
    "work_list": Duty.SEE_WORK,
    "task": Duty.SEE_WORK,
    "cases": Duty.SEE_CASES,
    "search": Duty.SEE_CASES,
    "case": Duty.SEE_CASE,
    "message": Duty.SEE_CASE,
    "claim_explanation": Duty.SEE_EXPLANATION,
    "payments": Duty.SEE_PAYMENTS,
    "claim_lines": Duty.SEE_REPORTS,
    "report_rows": Duty.SEE_REPORTS,
    "kept_claims": Duty.SEE_REPORTS,
    "kept_explanation": Duty.SEE_REPORTS,
    "standing_cases": Duty.SEE_REPORTS,
    "summary": Duty.SEE_REPORTS,
    "files": Duty.SEE_FILES,
    "at_risk": Duty.SEE_WORK,
    "hours_owed": Duty.SEE_WORK,
    "late_tasks": Duty.SEE_WORK,
    "year_end": Duty.SEE_REPORTS,
    "case_days": Duty.SEE_CASE,
    "orders": Duty.SEE_CASES,
    "stops": Duty.SEE_CASES,
    "settings": Duty.SEE_SETTINGS,
    "colleagues_away": Duty.SEE_SETTINGS,
    "answer_rules": Duty.SEE_SETTINGS,
})
"""Each verb and read of the house with the duty that it asks for; one that is missing here is open to nobody."""

_SAYS_WHAT_IS_OWED = (
    Duty.ANSWER_QUESTION, Duty.ENTER_FACT, Duty.EXCUSE_LOSS, Duty.FOLLOW_ORDER, Duty.NOTE_STOP, Duty.PROPOSE_RULE,
    Duty.APPROVE_RULE,
)
_SAYS_WHAT_CAME = (Duty.ABSORB_BANK, Duty.MATCH_PAYMENTS)
_GIVES_UP_MONEY = (Duty.CLOSE_DIFFERENCE, Duty.PROPOSE_WRITE_OFF, Duty.APPROVE_WRITE_OFF, Duty.PROPOSE_VOID, Duty.APPROVE_VOID)
_BRINGS_PAYROLL = (Duty.ABSORB_PAYROLL,)
_RUNS_THE_MACHINE = (Duty.RUN_DAY,)
_SWITCHES_KINDS = (Duty.SET_STAGE, Duty.CHANGE_SETTINGS)
_TOUCHES_MONEY = (*_SAYS_WHAT_IS_OWED, *_SAYS_WHAT_CAME, *_GIVES_UP_MONEY, *_BRINGS_PAYROLL, Duty.RETRY_REFUSED, Duty.SET_ACCOUNTS)

EXCLUSIVE: frozenset[frozenset[Duty]] = frozenset(
    frozenset(pair)
    for one, other in (
        # Who says what is owed could otherwise hide a wrong answer by closing the difference it makes,
        (_SAYS_WHAT_IS_OWED, _GIVES_UP_MONEY),
        # or by bringing a bank file in which the money came.
        (_SAYS_WHAT_IS_OWED, _SAYS_WHAT_CAME),
        # Four eyes see a posting before it is taken back.
        ((Duty.PROPOSE_VOID,), (Duty.APPROVE_VOID,)),
        # And an answer before it is given for everybody.
        ((Duty.PROPOSE_RULE,), (Duty.APPROVE_RULE,)),
        # Pay decides what is owed just as an answer does.
        (_BRINGS_PAYROLL, _GIVES_UP_MONEY),
        (_BRINGS_PAYROLL, _SAYS_WHAT_CAME),
        # Who switches a kind off could otherwise hide what its claims would have shown,
        (_SWITCHES_KINDS, _TOUCHES_MONEY),
        (_SWITCHES_KINDS, _RUNS_THE_MACHINE),
        # Who runs the machine has no hand in what it reckons with.
        (_RUNS_THE_MACHINE, _TOUCHES_MONEY),
    )
    for pair in product(one, other)
)
"""Pairs of duties that nobody holds together, in one role or through several."""
