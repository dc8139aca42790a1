"""The ten rule types by the names that agreements use."""

from __future__ import annotations

from refusion.grants.rules import by_amount, by_change, by_population, by_quality
from refusion.grants.rules.rule_type import RuleType

RULE_TYPES: dict[str, RuleType] = {
    "population_share_if_fulfilled": by_population.IF_FULFILLED,
    "threshold_then_population_share": by_population.FROM_THRESHOLD,
    "no_significant_deterioration": by_quality.NO_SIGNIFICANT_DETERIORATION,
    "improvement_share": by_quality.IMPROVEMENT_SHARE,
    "shared_pot": by_population.SHARED,
    "fixed_payee": by_amount.FIXED_PAYEE,
    "unit_price_with_cap_and_overflow": by_amount.UNIT_PRICE,
    "relative_change_share": by_change.RELATIVE_CHANGE,
    "absolute_reduction_share": by_change.ABSOLUTE_REDUCTION,
    "absence_dependent_total": by_change.ABSENCE_DEPENDENT,
}
