"""``refusion components``: what the product is made of, with versions and licences."""

from __future__ import annotations

import typer

from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("components")(list_components)


def list_components(json: JsonFile = None) -> None:
    """List every package that runs with the product; --json writes a CycloneDX bill of materials."""
    from refusion.wiring.service.components import bill_of_materials, components

    if json:
        write_json(bill_of_materials(), json)
    if json != STANDARD_OUTPUT:
        found = components()
        names, versions = (max(len(word) for word in words) for words in zip(*((one.name, one.version) for one in found), strict=True))
        for one in found:
            typer.echo(f"{one.name:<{names}}  {one.version:<{versions}}  {one.licence}")
