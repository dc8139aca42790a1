"""The ledger: balanced transactions that pre-register, adjust, reverse, correct and lose; never fetches, never forgets."""

from refusion.ledger.accounts import PURPOSES, Account, Chart, default_chart, is_number, place_of
from refusion.ledger.balances import Clocks, balances, imbalance, outstanding, standing
from refusion.ledger.kept_accounts import chart_of
from refusion.ledger.setting import PreRegistration, Rule
from refusion.ledger.transaction import Cause, Posting, Reason, Transaction
from refusion.ledger.verbs import adjust, correct, lose, pre_register, reverse

__all__ = [
    "PURPOSES",
    "Account",
    "Cause",
    "Chart",
    "Clocks",
    "Posting",
    "PreRegistration",
    "Reason",
    "Rule",
    "Transaction",
    "adjust",
    "balances",
    "chart_of",
    "correct",
    "default_chart",
    "imbalance",
    "is_number",
    "lose",
    "outstanding",
    "place_of",
    "pre_register",
    "reverse",
    "standing",
]
