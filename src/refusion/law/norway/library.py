"""All Norwegian rules and figures, for those who list, show and compare them."""

from __future__ import annotations

from refusion.law.norway import base_amount, days, deadline, holiday_pay
from refusion.law.norway.parental import basis, quotas, rate
from refusion.law.norway.sickness import right, split

MODULES = (base_amount, holiday_pay, days, deadline, basis, rate, quotas, right, split)
