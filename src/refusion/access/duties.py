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
    SEE_TRAIL = "see_trail"
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
    FOLLOW_FUND = "follow_fund"
    NOTE_STOP = "note_stop"
    PROPOSE_RULE = "propose_rule"
    APPROVE_RULE = "approve_rule"
    SEE_STOPPED = "see_stopped"
    TAKE_PAY_RUN = "take_pay_run"
    RESOLVE_STOPPED = "resolve_stopped"
    APPROVE_STOPPED = "approve_stopped"
    SETTLE_STOPPED = "settle_stopped"
    SET_PAY_LIMIT = "set_pay_limit"
    APPROVE_PAY_LIMIT = "approve_pay_limit"
    SEE_GRANTS = "see_grants"
    ADMINISTER_GRANT = "administer_grant"
    REPORT_CONDITION = "report_condition"
    APPROVE_GRANT = "approve_grant"
    SEE_SELF_EMPLOYED = "see_self_employed"
    KEEP_SELF_EMPLOYED = "keep_self_employed"
    SEE_TOKENS = "see_tokens"
    MAKE_TOKEN = "make_token"  # noqa: S105 (the name of a duty)
    APPROVE_TOKEN = "approve_token"  # noqa: S105 (the name of a duty)
    RELEASE_LOG_IN = "release_log_in"
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
    "enter_job_fact": Duty.ENTER_FACT,
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
    "give_out_funds": Duty.FOLLOW_FUND,
    "fund_file": Duty.FOLLOW_FUND,
    "receive_fund_report": Duty.FOLLOW_FUND,
    "take_back_fund_report": Duty.FOLLOW_FUND,
    "absorb_decisions": Duty.ABSORB_BANK,
    "lay_aside_answer": Duty.MATCH_PAYMENTS,
    "note_stop": Duty.NOTE_STOP,
    "lift_stop": Duty.NOTE_STOP,
    "propose_rule": Duty.PROPOSE_RULE,
    "withdraw_rule": Duty.PROPOSE_RULE,
    "approve_rule": Duty.APPROVE_RULE,
    "agreements": Duty.SEE_GRANTS,
    "agreement": Duty.SEE_GRANTS,
    "open_agreement": Duty.ADMINISTER_GRANT,
    "record_approval": Duty.ADMINISTER_GRANT,
    "set_requirement": Duty.ADMINISTER_GRANT,
    "add_statistics": Duty.ADMINISTER_GRANT,
    "close_pot": Duty.ADMINISTER_GRANT,
    "reopen_pot": Duty.ADMINISTER_GRANT,
    "note_account": Duty.ADMINISTER_GRANT,
    "name_reporter": Duty.ADMINISTER_GRANT,
    "reconcile_purpose": Duty.ADMINISTER_GRANT,
    "register_report": Duty.REPORT_CONDITION,
    "own_conditions": Duty.REPORT_CONDITION,
    "names_of_agreements": Duty.REPORT_CONDITION,
    "begin_review": Duty.ADMINISTER_GRANT,
    "ask_completion": Duty.ADMINISTER_GRANT,
    "reopen_condition": Duty.ADMINISTER_GRANT,
    "propose_decisions": Duty.ADMINISTER_GRANT,
    "withdraw_decisions": Duty.ADMINISTER_GRANT,
    "approve_decisions": Duty.APPROVE_GRANT,
    "absorb_orders": Duty.ADMINISTER_GRANT,
    "propose_run": Duty.ADMINISTER_GRANT,
    "withdraw_run": Duty.ADMINISTER_GRANT,
    "pay_run": Duty.ADMINISTER_GRANT,
    "approve_run": Duty.APPROVE_GRANT,
    "take_run": Duty.TAKE_PAY_RUN,
    "write_bank_file": Duty.TAKE_PAY_RUN,
    "absorb_payment_status": Duty.TAKE_PAY_RUN,
    "find_right": Duty.RESOLVE_STOPPED,
    "find_wrong": Duty.RESOLVE_STOPPED,
    "hold_payment": Duty.RESOLVE_STOPPED,
    "ask_write_off_pay": Duty.RESOLVE_STOPPED,
    "withdraw_stopped": Duty.RESOLVE_STOPPED,
    "order_stop": Duty.RESOLVE_STOPPED,
    "answer_stop": Duty.RESOLVE_STOPPED,
    "report_2913": Duty.RESOLVE_STOPPED,
    "approve_stopped": Duty.APPROVE_STOPPED,
    "decline_stopped": Duty.APPROVE_STOPPED,
    "follow_stopped": Duty.SETTLE_STOPPED,
    "propose_limit": Duty.SET_PAY_LIMIT,
    "withdraw_limit": Duty.SET_PAY_LIMIT,
    "note_portal_case": Duty.SET_PAY_LIMIT,
    "end_limit": Duty.SET_PAY_LIMIT,
    "delete_limit": Duty.SET_PAY_LIMIT,
    "approve_limit": Duty.APPROVE_PAY_LIMIT,
    "decline_limit": Duty.APPROVE_PAY_LIMIT,
    "set_holding": Duty.CHANGE_SETTINGS,
    "set_guard_account": Duty.SET_ACCOUNTS,
    "guard_settings": Duty.SEE_STOPPED,
    "open_self_employed": Duty.KEEP_SELF_EMPLOYED,
    "record_self_employed": Duty.KEEP_SELF_EMPLOYED,
    "record_self_employed_payment": Duty.KEEP_SELF_EMPLOYED,
    "undo_self_employed": Duty.KEEP_SELF_EMPLOYED,
    "intend_self_employed": Duty.KEEP_SELF_EMPLOYED,
    "answer_self_employed_form": Duty.KEEP_SELF_EMPLOYED,
    "remind_self_employed": Duty.KEEP_SELF_EMPLOYED,
    "self_employed_case": Duty.SEE_SELF_EMPLOYED,
    "self_employed_cases": Duty.SEE_SELF_EMPLOYED,
    "self_employed_waits": Duty.SEE_SELF_EMPLOYED,
    "absorb_sap": Duty.ABSORB_PAYROLL,
    "take_sap_rejected": Duty.ABSORB_PAYROLL,
    "import_nav_report": Duty.ABSORB_BANK,
    "close_nav_run": Duty.PROVE_BOOKS,
    "nav_run_files": Duty.EXPORT_JOURNAL,
    "nav_runs": Duty.SEE_BOOKS,
    "nav_reconciliation": Duty.SEE_BOOKS,
    "nav_year_end": Duty.SEE_BOOKS,
    "nav_shares": Duty.SEE_REPORTS,
    "nav_deadlines": Duty.SEE_WORK,
    "nav_notices": Duty.SEE_CASES,
    "nav_parked": Duty.SEE_PAYMENTS,
    "nav_settings": Duty.SEE_BOOKS,
    "decide_nav_setting": Duty.SET_ACCOUNTS,
    "explain_nav_difference": Duty.CLOSE_DIFFERENCE,
    "place_nav_line": Duty.MATCH_PAYMENTS,
    "accept_nav_pay": Duty.ANSWER_QUESTION,
    "retry_nav_notice": Duty.RETRY_REFUSED,
    "api_tokens": Duty.SEE_TOKENS,
    "make_token": Duty.MAKE_TOKEN,
    "withdraw_token": Duty.MAKE_TOKEN,
    "approve_token": Duty.APPROVE_TOKEN,
    "release_log_in": Duty.RELEASE_LOG_IN,
    "nav_day": Duty.RUN_DAY,
    "nav_work": Duty.RUN_DAY,
    "is_norwegian": Duty.RUN_DAY,
    "run_day": Duty.RUN_DAY,
    "self_employed_day": Duty.RUN_DAY,
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
    "trail": Duty.SEE_TRAIL,
    "files": Duty.SEE_FILES,
    "at_risk": Duty.SEE_WORK,
    "hours_owed": Duty.SEE_WORK,
    "late_tasks": Duty.SEE_WORK,
    "year_end": Duty.SEE_REPORTS,
    "case_days": Duty.SEE_CASE,
    "orders": Duty.SEE_CASES,
    "fund_claims": Duty.SEE_CASES,
    "fund_reports": Duty.SEE_CASES,
    "unplaced_answers": Duty.SEE_PAYMENTS,
    "stops": Duty.SEE_CASES,
    "settings": Duty.SEE_SETTINGS,
    "colleagues_away": Duty.SEE_SETTINGS,
    "answer_rules": Duty.SEE_SETTINGS,
    "stopped": Duty.SEE_STOPPED,
    "stopped_payment": Duty.SEE_STOPPED,
    "pointed_out": Duty.SEE_STOPPED,
    "parked_answers": Duty.SEE_STOPPED,
    "pay_runs": Duty.SEE_STOPPED,
    "guarded_run": Duty.SEE_STOPPED,
    "pay_limits": Duty.SEE_STOPPED,
    "customer_letter": Duty.SEE_STOPPED,
})
"""Each verb and read of the house with the duty that it asks for; one that is missing here is open to nobody."""

_SAYS_WHAT_IS_OWED = (
    Duty.ANSWER_QUESTION, Duty.ENTER_FACT, Duty.EXCUSE_LOSS, Duty.FOLLOW_ORDER, Duty.FOLLOW_FUND, Duty.NOTE_STOP,
    Duty.PROPOSE_RULE, Duty.APPROVE_RULE,
)
_SAYS_WHAT_CAME = (Duty.ABSORB_BANK, Duty.MATCH_PAYMENTS)
_GIVES_UP_MONEY = (Duty.CLOSE_DIFFERENCE, Duty.PROPOSE_WRITE_OFF, Duty.APPROVE_WRITE_OFF, Duty.PROPOSE_VOID, Duty.APPROVE_VOID)
_BRINGS_PAYROLL = (Duty.ABSORB_PAYROLL,)
_RUNS_THE_MACHINE = (Duty.RUN_DAY,)
_SWITCHES_KINDS = (Duty.SET_STAGE, Duty.CHANGE_SETTINGS)
_HANDLES_PAY = (Duty.TAKE_PAY_RUN, Duty.RESOLVE_STOPPED, Duty.SET_PAY_LIMIT)
_RELEASES_PAY = (Duty.APPROVE_STOPPED, Duty.APPROVE_PAY_LIMIT)
_TOUCHES_MONEY = (
    *_SAYS_WHAT_IS_OWED, *_SAYS_WHAT_CAME, *_GIVES_UP_MONEY, *_BRINGS_PAYROLL, *_HANDLES_PAY, *_RELEASES_PAY,
    Duty.SETTLE_STOPPED, Duty.RETRY_REFUSED, Duty.SET_ACCOUNTS,
)

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
        # And a decision on a grant before it is money.
        ((Duty.ADMINISTER_GRANT, Duty.REPORT_CONDITION), (Duty.APPROVE_GRANT,)),
        # Pay decides what is owed just as an answer does.
        (_BRINGS_PAYROLL, _GIVES_UP_MONEY),
        (_BRINGS_PAYROLL, _SAYS_WHAT_CAME),
        # Who changes pay, or says what is right, releases none; and who releases pay pays none out.
        ((*_BRINGS_PAYROLL, *_HANDLES_PAY, Duty.SETTLE_STOPPED), _RELEASES_PAY),
        # Who switches a kind off could otherwise hide what its claims would have shown,
        (_SWITCHES_KINDS, _TOUCHES_MONEY),
        (_SWITCHES_KINDS, _RUNS_THE_MACHINE),
        # Who lets machines in could otherwise do by one of them what he may not do himself; four eyes see each.
        ((Duty.MAKE_TOKEN, Duty.APPROVE_TOKEN), (*_TOUCHES_MONEY, Duty.ADMINISTER_GRANT, Duty.APPROVE_GRANT)),
        ((Duty.MAKE_TOKEN,), (Duty.APPROVE_TOKEN,)),
        # Who runs the machine has no hand in what it reckons with.
        (_RUNS_THE_MACHINE, _TOUCHES_MONEY),
    )
    for pair in product(one, other)
)
"""Pairs of duties that nobody holds together, in one role or through several."""
