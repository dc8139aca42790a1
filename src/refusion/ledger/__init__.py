"""The ledger: balanced transactions that pre-register, adjust, reverse, correct and lose; never fetches, never forgets."""

from refusion.ledger.accounts import Account, Chart, default_chart
from refusion.ledger.balances import Clocks, balances, imbalance, outstanding, standing
from refusion.ledger.setting import PreRegistration, Rule
from refusion.ledger.transaction import Cause, Posting, Reason, Transaction
from refusion.ledger.verbs import adjust, correct, lose, pre_register, reverse

__all__ = [
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
    "correct",
    "default_chart",
    "imbalance",
    "lose",
    "outstanding",
    "pre_register",
    "reverse",
    "standing",
]
