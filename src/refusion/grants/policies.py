"""Where an agreement's text leaves room: named choices with their defaults, noted in every explanation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from refusion.law.engine.policies import Policy, following
from refusion.law.engine.refusals import NotAnswered
from refusion.law.sweden.change import NO_BASE_DAYS
from refusion.values.said import said

NEW_GRANTS = Policy(
    "new_grants",
    ("together", "by_kind"),
    "together",
    "'Nybeviljade sjuk- och aktivitetsersättningar': the increase of their sum, or of each kind by itself.",
)
POPULATION_CAP = Policy(
    "population_cap",
    ("none", "capped"),
    "none",
    "The general maximum of a population share stands beside a specific formula that can exceed it; the specific one wins.",
)
SHARING = Policy(
    "sharing",
    ("by_population", "equally", "national_share"),
    "by_population",
    "'Får dela på': by population among those that qualify, equally, or each its share of the country and the rest unpaid.",
)
PREMIUM_NEEDS_PLAN = Policy(
    "premium_needs_plan",
    ("both", "realised_alone"),
    "both",
    "Whether the speed premium presupposes the plan that was reported in time.",
)
ABOVE_CAP = Policy(
    "above_cap",
    ("scaled", "refused"),
    "scaled",
    "Investigations worth more than the cap: all scaled alike, or refused because no more could be ordered.",
)
OVERFLOW_COUNTED_ON = Policy(
    "overflow_counted_on",
    ("orders", "payments"),
    "orders",
    "The text measures what is left of the cap by orders; payments stand in where no orders are given.",
)
SHARE_PRECISION = Policy(
    "share_precision",
    ("published", "counted"),
    "published",
    "Shares of certificates as published, or exactly from the certificates counted.",
)
IMPROVEMENT = Policy(
    "improvement",
    ("any", "significant"),
    "any",
    "'Bättre resultat' names no threshold; the 2012 review tested for significance.",
)
FIXED_RELEASE = Policy(
    "fixed_release",
    ("by_decision", "unconditional"),
    "by_decision",
    "Amounts reserved for named payees: released by a decision on the deliverables, or in any case.",
)
LATE_REPORT = Policy(
    "late_report",
    ("not_fulfilled", "grace_days"),
    "not_fulfilled",
    "A report after the last day: the condition fails unless an exception is recorded, or days of grace are given.",
)
INTEGRATION_CHECK = Policy(
    "integration_check",
    ("hard", "soft"),
    "hard",
    "'Ska ingå' in the ordinary system for planning and follow-up: a requirement, or a direction.",
)
ALL = {
    policy.name: policy
    for policy in (
        NO_BASE_DAYS, NEW_GRANTS, POPULATION_CAP, SHARING, PREMIUM_NEEDS_PLAN, ABOVE_CAP, OVERFLOW_COUNTED_ON, SHARE_PRECISION,
        IMPROVEMENT, FIXED_RELEASE, LATE_REPORT, INTEGRATION_CHECK,
    )
}  # fmt: skip


@contextmanager
def choosing(choices: Mapping[str, str]) -> Iterator[None]:
    """Follow other options than the defaults; raises NotAnswered for a name or option that is none."""
    for name, option in choices.items():
        policy = ALL.get(name)
        if policy is None:
            raise NotAnswered(said("grants.policy_unknown", policy=name, known=", ".join(ALL)))
        if option not in policy.options:
            raise NotAnswered(said("grants.policy_option_unknown", policy=name, option=option, known=", ".join(policy.options)))
    with following(**choices):
        yield
