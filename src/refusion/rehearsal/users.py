"""The demo's users: one for each role, both halves of four eyes among them; for the embedded database alone."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from refusion.rehearsal.profiles import Plan
from refusion.wiring.demo import LogIn

NAMES: Mapping[str, str] = MappingProxyType({
    "caseworker": "sagsbehandler",
    "approver": "godkender",
    "payroll_officer": "loenmedarbejder",
    "personnel_consultant": "personalekonsulent",
    "leader": "leder",
    "accountant": "regnskab",
    "controller": "controller",
    "auditor": "revisor",
    "data_protection_officer": "dpo",
    "institution_admin": "administrator",
    "operator": "drift",
    "integrator": "integrator",
})
EVERYWHERE = ("caseworker", "auditor")
"""Roles whose users work at every institution of the demo; the others at the first."""


def log_ins(plan: Plan) -> tuple[LogIn, ...]:
    """Give the users of a plan's institutions."""
    codes = [profile.code for profile in plan.profiles]
    return tuple(
        LogIn(name, f"demo-{name}-adgang", (role,), code)
        for role, name in NAMES.items()
        for code in (codes if role in EVERYWHERE else codes[:1])
    )
