"""What all verbs of ``refusion stopped`` share: who acts where, how a result is told, how kroner are read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.output import STANDARD_OUTPUT, write_json
from refusion.doors.cli.run import from_shell, institution_code
from refusion.values.money import ore
from refusion.values.said import BadInput, Problem, Said, said

if TYPE_CHECKING:
    from refusion.wiring.house import House
    from refusion.wiring.reading import Reads
    from refusion.workflow.ports.guard.facts import Paid, PayLimit, Run
    from refusion.workflow.ports.institution import Actor

Number = Annotated[int, typer.Argument(metavar="PAYMENT", help="The payment's number, see «refusion stopped list».", min=1)]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it is kept with your name.")]
Result = TypeVar("Result")


def acting(institution: str | None, act: Callable[[House, Actor, str], Result]) -> tuple[Result, str]:
    """Let the person at the shell do something at an institution; gives the result and the institution's code."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        code = institution_code(institution)
        return act(house(), from_shell(), code), code


def seeing(institution: str | None, look: Callable[[Reads], Result]) -> tuple[Result, str]:
    """Let the person at the shell look at an institution; gives what was read and the institution's code."""

    def act(house: House, actor: Actor, code: str) -> Result:
        with house.reading(actor, code, "command line") as reads:
            return look(reads)

    return acting(institution, act)


def tell(words: Said, json: str | None, **facts: Any) -> None:
    """Say what was done, and give it to other programs."""
    say(words, json)
    if json is not None:
        write_json(facts, json)


def say(words: Said, json: str | None, indent: str = "") -> None:
    """Say a sentence; beside standard output where that is JSON's."""
    typer.echo(f"{indent}{sentence(words)}", err=json == STANDARD_OUTPUT)


def amount_of(option: str, text: str) -> int:
    """Read an amount in kroner. Raises BadInput for anything else."""
    try:
        return ore(text)
    except ValueError:
        raise BadInput(Problem(said("guard.not_kroner"), said("guard.not_kroner_remedy"), column=option, value=text[:30])) from None


def moment(at: datetime | None) -> str | None:
    """Write an instant for other programs."""
    return None if at is None else at.isoformat()


def paid_facts(paid: Paid) -> dict[str, object]:
    """Give what other programs read of a payment; amounts in øre, nothing that names the person but the employment's number."""
    return {
        "payment": paid.number, "run": paid.run_number, "payment_number": paid.payment, "employment_number": paid.employment,
        "state": paid.state.value, "amount_ore": paid.amount, "net_ore": paid.net, "total_ore": paid.total, "limit_ore": paid.limit,
        "value_date": paid.value_date.isoformat(), "warned": paid.warned, "unapproved_raise": paid.unapproved,
        "bank_status": paid.bank_status, "bank_reason": paid.bank_reason,
    }  # fmt: skip


def run_facts(run: Run) -> dict[str, object]:
    """Give what other programs read of a run; amounts in øre."""
    return {
        "run": run.number, "name": run.name, "value_date": run.value_date.isoformat(), "state": run.state, "payments": run.payments,
        "total_ore": run.total, "goes_ore": run.goes, "held_ore": run.held, "not_checked": list(run.not_checked),
        "written_at": moment(run.written_at),
    }  # fmt: skip


def limit_facts(limit: PayLimit) -> dict[str, object]:
    """Give what other programs read of a limit; amounts in øre."""
    return {
        "limit": limit.number, "subject": limit.subject.value, "employment_number": limit.employment or None,
        "amount_ore": limit.amount, "before_ore": limit.before, "raise": limit.is_raise, "outcome": limit.outcome, "holds": limit.holds,
        "reason": limit.reason, "case_number": limit.case_number or None, "case_state": limit.case_state or None,
        "proposed_by": limit.proposed_by, "decided_by": limit.decided_by, "ended_on": limit.ended_on and limit.ended_on.isoformat(),
        "deleted_at": moment(limit.deleted_at), "used_up": limit.used_run is not None,
    }  # fmt: skip
