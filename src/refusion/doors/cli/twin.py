"""``refusion twin``: an outside party's twin as a process of its own, on this machine only."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from refusion.values.said import Refused, said

FAULT = (
    "How it misbehaves; may be given several times: drop=0.05, late=5%@HentSagsbehandling, down=2024-11-10..2024-11-23. "
    "Takes the place of what it was told before."
)


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("twin")(twin)


def twin(
    party: Annotated[str, typer.Argument(help="Whose twin: digital-post, municipality, nav, nemrefusion or sap.")],
    state: Annotated[Path, typer.Option(help="The file in which the twin remembers; made when missing.")],
    port: Annotated[int, typer.Option(help="The port on 127.0.0.1; 0 takes a free one.")] = 0,
    seed: Annotated[str, typer.Option(help="Draws its days, references and errors; counts for a new memory only.")] = "1",
    day: Annotated[str | None, typer.Option(help="The day its clock begins on (ISO); counts for a new memory only.")] = None,
    *,
    fault: Annotated[list[str] | None, typer.Option(metavar="KIND=SHARE", help=FAULT)] = None,
) -> None:
    """Run a twin until it is told to end; its first line is the address, its control door is at /control."""
    from refusion.rehearsal.faults import spoken
    from refusion.rehearsal.host import MACHINES, Start, run
    from refusion.wiring.clock import SystemClock

    if party not in MACHINES:
        raise Refused(said("nemrefusion.no_twin", party=party, known=", ".join(sorted(MACHINES))))
    try:
        faults = tuple(spoken(words) for words in fault or ())
        run(Start(party, state, day or SystemClock().today().isoformat(), port, seed, faults))
    except ValueError as wrong:
        raise Refused(said("nemrefusion.twin_not_started", why=str(wrong))) from wrong
