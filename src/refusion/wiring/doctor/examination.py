"""The whole examination, point by point."""

from __future__ import annotations

from refusion.wiring.database import is_private
from refusion.wiring.doctor import machine
from refusion.wiring.doctor.finding import Finding, ill
from refusion.wiring.launcher import session
from refusion.wiring.launcher.places import places
from refusion.wiring.trouble import NotReady

POINTS = (
    machine.python,
    machine.packages,
    machine.space,
    machine.clock,
    machine.front_end,
    machine.schemas,
    machine.catalogues,
    machine.keys,
)


def examine() -> list[Finding]:
    """Examine every point, those of the database last; nothing is changed."""
    return [*(point() for point in POINTS), *_database()]


def _database() -> list[Finding]:
    from refusion.wiring.doctor.database import examine_database

    if not is_private():
        return examine_database()
    if not places().cluster.exists():
        return [ill("cluster")]
    try:
        session.ensure()
    except NotReady as error:
        problem = error.problems[0]
        return [Finding("reach", well=False, seen=problem.what, remedy=problem.remedy)]
    try:
        return examine_database()
    finally:
        session.stop()
