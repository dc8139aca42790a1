"""The roles with their duties; whoever holds none of a duty's roles is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import lru_cache
from itertools import combinations
from types import MappingProxyType

from refusion.access.duties import EXCLUSIVE, Duty
from refusion.values.said import Refused, said


class Role(StrEnum):
    """What somebody is at an institution."""

    CASEWORKER = "caseworker"
    APPROVER = "approver"
    PAYROLL_OFFICER = "payroll_officer"
    PERSONNEL_CONSULTANT = "personnel_consultant"
    LEADER = "leader"
    ACCOUNTANT = "accountant"
    CONTROLLER = "controller"
    AUDITOR = "auditor"
    DATA_PROTECTION_OFFICER = "data_protection_officer"
    INSTITUTION_ADMIN = "institution_admin"
    OPERATOR = "operator"
    INTEGRATOR = "integrator"
    GRANT_ADMINISTRATOR = "grant_administrator"
    GRANT_APPROVER = "grant_approver"
    COUNTY_REPORTER = "county_reporter"


# Reading is asked for before every single read; stepping the demo on is possible only where one runs.
_EVERYBODY = frozenset({Duty.READ, Duty.STEP_DEMO})
_SEES_CASES = _EVERYBODY | {Duty.SEE_WORK, Duty.SEE_CASES, Duty.SEE_CASE, Duty.SEE_EXPLANATION}
_SEES_ALL = _SEES_CASES | {Duty.SEE_STAGES, Duty.SEE_SETTINGS, Duty.SEE_PAYMENTS, Duty.SEE_REPORTS, Duty.SEE_FILES, Duty.SEE_BOOKS}
_SEES_NO_PERSON = _EVERYBODY | {Duty.SEE_FILES}
_MATCHES = frozenset({Duty.MATCH_PAYMENTS, Duty.PROPOSE_WRITE_OFF})
_KEEPS_BOOKS = frozenset({Duty.EXPORT_JOURNAL, Duty.SET_ACCOUNTS, Duty.PROPOSE_VOID, Duty.PROVE_BOOKS})
_ANSWERS = frozenset({Duty.ANSWER_QUESTION, Duty.ENTER_FACT, Duty.NOTE_STOP, Duty.NOTE_AWAY})
_CASEWORK = _ANSWERS | {
    Duty.RETRY_REFUSED, Duty.FOLLOW_LOSS, Duty.EXCUSE_LOSS, Duty.SWEEP, Duty.FOLLOW_ORDER, Duty.FOLLOW_FUND,
    Duty.PROPOSE_RULE,
}
_LEADS = frozenset({Duty.SEE_REPORTS, Duty.SEE_SETTINGS, Duty.ANSWER_QUESTION, Duty.FOLLOW_LOSS, Duty.NOTE_STOP, Duty.NOTE_AWAY})
_SETS_UP = frozenset({Duty.SEE_STAGES, Duty.SET_STAGE, Duty.SEE_SETTINGS, Duty.CHANGE_SETTINGS, Duty.NOTE_AWAY})
_HANDLES_PAY = frozenset({Duty.SEE_STOPPED, Duty.TAKE_PAY_RUN, Duty.RESOLVE_STOPPED, Duty.SET_PAY_LIMIT})
_RELEASES_PAY = frozenset({Duty.SEE_STOPPED, Duty.APPROVE_STOPPED, Duty.APPROVE_PAY_LIMIT})
_SETTLES_PAY = frozenset({Duty.SEE_STOPPED, Duty.SETTLE_STOPPED})

DUTIES: Mapping[Role, frozenset[Duty]] = MappingProxyType({
    Role.CASEWORKER: _SEES_ALL | _CASEWORK | {Duty.SEE_SELF_EMPLOYED, Duty.KEEP_SELF_EMPLOYED},
    Role.APPROVER: _SEES_ALL | _RELEASES_PAY | {Duty.APPROVE_WRITE_OFF, Duty.APPROVE_VOID},
    Role.PAYROLL_OFFICER: _SEES_CASES | _HANDLES_PAY | {Duty.SEE_FILES, Duty.ABSORB_PAYROLL},
    Role.PERSONNEL_CONSULTANT: _SEES_CASES | _ANSWERS,
    Role.LEADER: _SEES_CASES | _LEADS | {Duty.APPROVE_RULE},
    Role.ACCOUNTANT: _SEES_ALL | _KEEPS_BOOKS | _MATCHES | _SETTLES_PAY | {Duty.ABSORB_BANK, Duty.CLOSE_DIFFERENCE, Duty.FOLLOW_LOSS},
    Role.CONTROLLER: _SEES_ALL | {Duty.SEE_STOPPED, Duty.SEE_TOKENS},
    Role.AUDITOR: _SEES_ALL | {Duty.SEE_TRAIL, Duty.SEE_GRANTS, Duty.SEE_STOPPED, Duty.SEE_SELF_EMPLOYED, Duty.SEE_TOKENS},
    Role.DATA_PROTECTION_OFFICER: _SEES_NO_PERSON | {Duty.SEE_TRAIL, Duty.SEE_TOKENS, Duty.APPROVE_TOKEN},
    Role.INSTITUTION_ADMIN: _SEES_NO_PERSON | _SETS_UP | {Duty.SEE_TOKENS, Duty.MAKE_TOKEN, Duty.RELEASE_LOG_IN},
    Role.OPERATOR: _SEES_NO_PERSON | {Duty.RUN_DAY},
    Role.GRANT_ADMINISTRATOR: _EVERYBODY | {Duty.SEE_GRANTS, Duty.ADMINISTER_GRANT, Duty.REPORT_CONDITION},
    Role.GRANT_APPROVER: _EVERYBODY | {Duty.SEE_GRANTS, Duty.APPROVE_GRANT},
    Role.COUNTY_REPORTER: _EVERYBODY | {Duty.REPORT_CONDITION},
    Role.INTEGRATOR: _SEES_NO_PERSON | {Duty.ABSORB_PAYROLL},
})

# A machine's token may carry a single duty instead of a whole role: ``duty:absorb_payroll``.
ALONE = "duty:"


def may(roles: Iterable[str], duty: str) -> bool:
    """Tell whether one of the roles carries the duty; unknown roles and unknown duties carry nothing."""
    return duty in held(roles)


def require(roles: Iterable[str], duty: str) -> None:
    """Raise Refused where none of the roles carries the duty."""
    if not may(roles, duty):
        raise Refused(said("access.not_yours", duty=duty))


def conflicts(roles: Iterable[str]) -> tuple[tuple[Duty, Duty], ...]:
    """Give the pairs of duties that somebody with these roles would hold and may not, in alphabetical order."""
    return tuple(pair for pair in combinations(sorted(held(roles)), 2) if frozenset(pair) in EXCLUSIVE)


def require_separate(roles: Iterable[str]) -> None:
    """Raise Refused where the roles together carry duties that exclude each other; asked before a role is given."""
    found = conflicts(roles)
    if found:
        one, other = found[0]
        raise Refused(said("access.exclusive", one=one.value, other=other.value))


def held(roles: Iterable[str]) -> frozenset[Duty]:
    """Join the duties of the roles that exist, and those that are given alone."""
    return _joined(frozenset(roles))


@lru_cache(maxsize=256)
def _joined(given: frozenset[str]) -> frozenset[Duty]:
    alone = {duty for duty in Duty if f"{ALONE}{duty}" in given}
    return frozenset(alone).union(*(DUTIES[role] for role in Role if role in given))
