"""The named choices of Norwegian refunds: an institution's own text against the law, and where NAV and the statute differ."""

from __future__ import annotations

from refusion.law.engine.policies import Policy

PROFILE = Policy(
    "profile",
    ("law", "uio"),
    "law",
    "The page of Universitetet i Oslo takes the weekly income of before 2019 and 12.5 % holiday pay for those over 60; "
    "no law or NAV code of parental benefit has either.",
)
HOLIDAY_AGE = Policy(
    "holiday_age",
    ("before_september", "year_end"),
    "before_september",
    "The statute asks for 59 years before 1 September of the earning year, NAV's code for 59 years on 31 December.",
)
EXTENDED_DEADLINE = Policy(
    "extended_deadline",
    ("receipt", "absence"),
    "receipt",
    "NAV's page of 2020 gives nine months to claims received from 16 March to 31 December 2020, its page of 2021 to absence on those days.",
)
QUOTA_HISTORY = Policy(
    "quota_history",
    ("nav_configuration", "history"),
    "nav_configuration",
    "NAV's configuration has the quotas of July 2018 from 2010 on; the quotas of the years before were others.",
)
