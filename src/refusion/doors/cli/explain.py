"""``refusion explain``: says why a claim's expected amount is what it is, down to the paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from refusion.doors.cli.errors import language, sentence
from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json
from refusion.doors.cli.run import InstitutionCode, from_shell, institution_code
from refusion.values.said import Refused, Said, said

if TYPE_CHECKING:
    from refusion.store.reads.explanation import ClaimExplanation

Node = Mapping[str, Any]


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("explain")(explain)


def explain(
    claim: Annotated[int, typer.Argument(metavar="CLAIM", help="The claim's number.", min=1, max=2**63 - 1)],
    version: Annotated[int | None, typer.Option(help="An earlier version of the claim.", min=1, max=2**31 - 1, show_default=False)] = None,
    tree: Annotated[bool, typer.Option("--tree", help="Show every rule with inputs, figures, since when and source.")] = False,
    institution: InstitutionCode = None,
    json: JsonFile = None,
) -> None:
    """Explain the expected amount of a claim as it was kept with it: in sentences, as a tree, or as JSON."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        with house().reading(from_shell(), institution_code(institution), f"explain {claim}") as reads:
            found = reads.claim_explanation(claim, version)
    if found is None:
        raise Refused(said("reports.no_claim", number=claim))
    if json is not None:
        write_json(_as_json(found), json)
    if json != STANDARD_OUTPUT:
        for line in (*_opening(found), *_steps(found.explanation, full=tree)):
            typer.echo(line)


def _opening(found: ClaimExplanation) -> Iterator[str]:
    """Say the amount in a sentence, and what is uncertain about it."""
    yield sentence(
        said(
            "reports.explained",
            number=found.claim_number,
            version=found.version,
            expected_ore=found.expected,
            refund_ore=found.refund,
            supplement_ore=found.supplement,
            first=found.first_day,
            last=found.last_day,
        )
    )
    if found.estimated:
        yield sentence(said("reports.explained_estimated"))
    if found.explanation.get("unverified"):
        yield sentence(said("reports.explained_unverified"))
    if not found.explanation:
        yield sentence(said("reports.explained_unknown"))


def _steps(node: Node, *, full: bool, depth: int = 0) -> Iterator[str]:
    """Go through the rules from the result down to what it rests on; ``full`` adds all that each one used."""
    if not node:
        return
    margin = "  " * depth
    yield f"{margin}{node['called']}: {_written(node['result'], node['unit'])} ({node['citation']})"
    if full:
        for name, value in node["inputs"].items():
            yield f"{margin}  . {name} = {value}"
        for figure in node["figures"]:
            yield f"{margin}  # {_figure(figure)}"
        for policy, choice in node["policies"].items():
            yield f"{margin}  ? {_named(f'policy_{policy}', policy)} = {_named(f'choice_{policy}_{choice}', choice)}"
    for step in node["steps"]:
        yield from _steps(step, full=full, depth=depth + 1)


def _figure(figure: Node) -> str:
    """Say a figure of law: its name, value, since when, from where, and whether somebody has verified it."""
    marks = [] if figure["verified"] else [sentence(said("web.unverified"))]
    marks += [sentence(said("web.estimated"))] if figure["estimated"] else []
    since = sentence(said("web.since", day=figure["since"]))
    name, value = _named(figure["name"], figure["name"]), _written(figure["value"], figure["unit"])
    return ", ".join([f"{name} = {value} {since} [{figure['source']}]", *marks])


def _named(name: str, otherwise: str) -> str:
    """Give the name of a figure or choice; one that the catalogue lacks, from an old law, as the law's own file writes it."""
    key = f"figures.{name}"
    told = sentence(Said(key))
    return otherwise if told == key else told


def _written(value: object, unit: str | None) -> str:
    """Write a result or figure with its unit."""
    from refusion.law.engine.numbers import HOURS, ORE
    from refusion.wiring.texts import hours, money

    if isinstance(value, bool):
        return sentence(said("reports.yes" if value else "reports.no"))
    if isinstance(value, Mapping) and "refund" in value:
        return money(int(value["refund"]) + int(value.get("supplement", 0)), language())
    if isinstance(value, int) and unit == ORE.name:
        return money(value, language())
    return hours(value, language()) if isinstance(value, int) and unit == HOURS.name else str(value)


def _as_json(found: ClaimExplanation) -> dict[str, object]:
    """Give the explanation as it is kept, with the claim that it belongs to; amounts are øre."""
    return {
        "claim": found.claim_number,
        "case": found.case_number,
        "version": found.version,
        "first_day": found.first_day.isoformat(),
        "last_day": found.last_day.isoformat(),
        "expected_ore": found.expected,
        "refund_ore": found.refund,
        "supplement_ore": found.supplement,
        "law_version": found.law_version,
        "explanation": dict(found.explanation),
    }
