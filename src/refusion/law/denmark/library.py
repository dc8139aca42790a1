"""All Danish rules and figures, for those who list, show and compare them."""

from __future__ import annotations

from refusion.law.denmark import holidays, rates
from refusion.law.denmark.sickness import benefit, deadlines, employer_period, requirements

MODULES = (holidays, rates, requirements, employer_period, deadlines, benefit)
