"""All Danish rules and figures, for those who list, show and compare them."""

from __future__ import annotations

from refusion.law.denmark import holidays, rates, working_days
from refusion.law.denmark.child import care
from refusion.law.denmark.clarification import refund as clarification
from refusion.law.denmark.fleksjob import municipal, state
from refusion.law.denmark.parental import benefit as parental_benefit
from refusion.law.denmark.parental import deadlines as parental_deadlines
from refusion.law.denmark.parental import requirements as parental_requirements
from refusion.law.denmark.parental import state_wage, weeks
from refusion.law.denmark.self_employed import benefit as self_benefit
from refusion.law.denmark.self_employed import eligibility, follow_up, waiting
from refusion.law.denmark.service_centre import deadlines as service_centre
from refusion.law.denmark.sickness import agreement, benefit, deadlines, duration, employer_period, requirements
from refusion.law.denmark.state_funds import parental_fund
from refusion.law.denmark.wage_subsidy import subsidy

SICKNESS = (requirements, employer_period, deadlines, benefit, duration, agreement)
PARENTAL = (parental_requirements, parental_deadlines, parental_benefit, weeks, state_wage, care)
STATE_AND_WORK = (municipal, state, subsidy, parental_fund, clarification, service_centre)
SELF_EMPLOYED = (eligibility, waiting, self_benefit, follow_up)

MODULES = (holidays, working_days, rates, *SICKNESS, *PARENTAL, *STATE_AND_WORK, *SELF_EMPLOYED)
