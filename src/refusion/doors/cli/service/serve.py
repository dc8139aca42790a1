"""``refusion serve``: serves the pages on this machine until Ctrl-C."""

from __future__ import annotations

from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("serve")(serve)


def serve(
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Serve at this port or the next free one.")] = None,
) -> None:
    """Serve the pages at 127.0.0.1 until Ctrl-C; a machine in front of it carries them further."""
    from refusion.wiring.service import serving
    from refusion.wiring.start import started

    with started():
        serving.serve(port)
