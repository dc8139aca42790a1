"""Write the reference pages that follow from the code: commands, states, tables, roles; `--check` only says what is stale."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parent.parent
PLACE = TOP / "docs" / "reference"
MARK = "Written by `scripts/reference.py` from the code; never by hand."
WIDTH = 100
IN_CELLS = str.maketrans({"|": "\\|", "\n": " "})


def page(title: str, lead: str, blocks: Iterable[str]) -> str:
    """Put a page together: title, mark, what it is, its parts."""
    return "\n\n".join((f"# {title}", MARK, lead, *blocks)) + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell.translate(IN_CELLS) for cell in line) + " |" for line in lines)


def code(words: Iterable[str]) -> str:
    """Write names as code, one after the other; a dash where there is none."""
    return ", ".join(f"`{word}`" for word in words) or "–"


def commands() -> str:
    """Write the command line's own help, verb by verb."""
    import typer

    from refusion.doors.cli.main import application

    top: Any = typer.main.get_command(application([]))
    helps = [f"## `{path}`\n\n```text\n{text}\n```" for path, text in helped(top, None, "refusion")]
    return page("The command line", "What each verb says of itself with `--help`.", helps)


def helped(command: Any, above: Any, name: str) -> Iterator[tuple[str, str]]:
    """Go through a command and all below it with their help."""
    context = command.context_class(command, info_name=name, parent=above, terminal_width=WIDTH)
    lines = command.get_help(context).splitlines()
    yield context.command_path, "\n".join(line.rstrip() for line in lines).strip()
    for word, below in sorted(getattr(command, "commands", {}).items()):
        yield from helped(below, context, word)


def states() -> str:
    """Write the three machines: what may happen to a case, a claim and a report."""
    from refusion.cases import states as cases
    from refusion.claims import filing
    from refusion.claims import states as claims

    case_moves = {cell: (moved.state, moved.effects) for cell, moved in cases.MOVES.items()}
    parts = [
        *machine("A case", "cases", case_moves, cases.REFUSALS),
        "### Whom a case waits for",
        table(
            ("state", "waits for", "what rescues it"),
            ((f"`{state.value}`", waits.on, f"`{waits.rescue}`") for state, waits in cases.WAITS.items()),
        ),
        *machine("A claim", "claims", {cell: (state, ()) for cell, state in claims.MOVES.items()}, claims.REFUSALS),
        *machine("A report", "filing", {cell: (state, ()) for cell, state in filing.MOVES.items()}, filing.REFUSALS),
    ]
    lead = "Each state × event either moves or is refused with a sentence; a test walks all of them."
    return page("States and events", lead, parts)


Moves = Mapping[tuple[StrEnum, StrEnum], tuple[StrEnum, Sequence[StrEnum]]]


def machine(title: str, room: str, moves: Moves, refusals: Mapping[tuple[Any, Any], str]) -> Iterator[str]:
    """Write one machine: its states in words, its diagram, its moves, its refusals."""
    named = {state for (state, _event) in (*moves, *refusals)}
    in_order = sorted(named, key=list(type(next(iter(named)))).index)
    yield f"## {title}"
    yield table(("state", "Danish", "English"), ((f"`{one.value}`", *both(f"{room}.state_{one.value}")) for one in in_order))
    yield diagram(moves)
    rows = ((f"`{at.value}`", f"`{event.value}`", f"`{to.value}`", code(effects)) for (at, event), (to, effects) in moves.items())
    yield table(("in state", "meets", "goes to", "and the house does"), rows)
    yield f"Refused, with the sentence of the key ({len(refusals)} cells):"
    yield table(("in state", "does not meet", "because"), grouped(refusals))


def grouped(refusals: Mapping[tuple[Any, Any], str]) -> list[tuple[str, str, str]]:
    """Join the events that one state refuses for one reason."""
    joined: dict[tuple[str, str], list[str]] = {}
    for (state, event), key in refusals.items():
        joined.setdefault((state.value, key), []).append(event.value)
    return [(f"`{state}`", code(events), f"`{key}`") for (state, key), events in joined.items()]


def diagram(moves: Moves) -> str:
    """Draw the moves that change the state; those that stay are in the table alone."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for (at, event), (to, _effects) in moves.items():
        if at != to:
            arrows.setdefault((at.value, to.value), []).append(event.value)
    lines = (f"    {at} --> {to}: {', '.join(events)}" for (at, to), events in arrows.items())
    return "\n".join(("```mermaid", "stateDiagram-v2", *lines, "```"))


def both(key: str) -> tuple[str, str]:
    """Give a text in Danish and English."""
    from refusion.values.said import Said
    from refusion.wiring.texts import render

    return render(Said(key, {}), "da"), render(Said(key, {}), "en")


def tables() -> str:
    """Write the tables with what a row is, who sees it and what each role may do."""
    from refusion.wiring.database.preparation import set_up_django

    set_up_django()
    from refusion.store import grants
    from refusion.store.shared_tables import NO_POLICY, OWN_POLICY

    says = model_words()
    groups: tuple[tuple[str, Mapping[str, object], Callable[[str], str]], ...] = (
        ("One institution's alone", grants.BOUND, lambda name: f"forced: {OWN_POLICY.get(name, 'its institution alone')}"),
        ("Shared, with a policy of their own", grants.OPEN, lambda name: f"forced: {OWN_POLICY[name]}"),
        ("The framework's", grants.FRAMEWORK, lambda name: f"none: {NO_POLICY[name]}"),
    )
    parts = []
    for title, names, wall in groups:
        rows = [(f"`{name}`", says.get(name, "–"), wall(name), *may(name)) for name in sorted(names)]
        parts += [f"## {title}", table(("table", "a row is", "who sees it", "app may", "worker may", "backup may"), rows)]
    lead = (
        "Policies stand in the migrations and are forced on the owner too; rights stand in `store/grants.py` and are given "
        "anew at every `refusion database prepare`. A column in brackets is the only one that may change."
    )
    return page("Tables", lead, parts)


def model_words() -> dict[str, str]:
    """Give the first sentence of each model by its table."""
    from django.apps import apps

    return {model._meta.db_table: (model.__doc__ or "").strip().splitlines()[0] for model in apps.get_app_config("store").get_models()}


def may(name: str) -> tuple[str, ...]:
    """Say what app, worker and backup may do to a table."""
    from refusion.store.grants import APP, BACKUP, GRANTS, WORKER

    return tuple(rights(GRANTS[role].get(name)) for role in (APP, WORKER, BACKUP))


def rights(verbs: Any) -> str:
    """Write the verbs of a role in words."""
    if verbs is None:
        return "nothing"
    update = "" if not verbs.update else "update" if verbs.update == ("*",) else f"update ({', '.join(verbs.update)})"
    given = (verbs.select and "read", verbs.insert and "add", update, verbs.delete and "delete")
    return ", ".join(word for word in given if word)


def roles() -> str:
    """Write the roles with their duties, what each duty opens, and what nobody holds together."""
    from refusion.access import DUTIES, DUTY_OF, EXCLUSIVE, Duty, Role

    named = ((f"`{role.value}`", *both(f"access.role_{role.value}"), code(sorted(DUTIES[role]))) for role in Role)
    opens = {duty: [verb for verb, asked in DUTY_OF.items() if asked is duty] for duty in Duty}
    held = ((f"`{duty.value}`", code(opens[duty]), code(role for role in Role if duty in DUTIES[role])) for duty in Duty)
    apart = sorted(tuple(sorted(pair)) for pair in EXCLUSIVE)
    parts = (
        "## Roles",
        table(("role", "Danish", "English", "duties"), named),
        "## Duties",
        table(("duty", "verbs and reads it opens", "held by"), held),
        "## Four eyes: never together",
        "`access.require_separate` refuses such roles, taken over all that one person would have.",
        table(("duty", "and"), ((f"`{one}`", f"`{other}`") for one, other in apart)),
    )
    return page("Roles and duties", "Roles are data in `access/`; every verb and read asks for one duty.", parts)


PAGES: Mapping[str, Callable[[], str]] = {"commands.md": commands, "states.md": states, "tables.md": tables, "roles.md": roles}


def written() -> dict[Path, str]:
    """Give every page as it has to be."""
    return {PLACE / name: make() for name, make in PAGES.items()}


def main() -> int:
    """Write the pages; with `--check` write nothing and end with 1 where one is stale."""
    sys.path.insert(0, str(TOP / "src"))
    stale = {file: text for file, text in written().items() if not file.exists() or file.read_text(encoding="utf-8") != text}
    for file, text in stale.items():
        print(file.relative_to(TOP))
        if "--check" not in sys.argv:
            file.write_text(text, encoding="utf-8")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
