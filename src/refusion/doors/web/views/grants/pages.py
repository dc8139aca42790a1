"""The pages of grants that only show: agreements, one agreement, what-if, its conditions, its runs, payments and letters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from refusion.access import Duty
from refusion.doors.web.chart import MEASURES
from refusion.doors.web.shell import show
from refusion.doors.web.views.grants.showing import DONE, chart, county_rows, is_open, meant, pot_rows
from refusion.doors.web.visitor import Visitor, page
from refusion.grants.course.gathering import facts_of
from refusion.grants.course.matters import Matter, decided_pots, matters
from refusion.grants.course.records import COUNTRY, Decided, PayoutRun
from refusion.grants.course.running import Preview, payable_pots, payout_days, preview
from refusion.grants.course.standing import Standing
from refusion.grants.course.what_if import Outcome, change, what_if
from refusion.grants.evidence import State, Verdict
from refusion.grants.explaining import of_county
from refusion.grants.facts import columns
from refusion.grants.kinds import DAY, YES_NO
from refusion.grants.reading import shipped
from refusion.reports.grants import Letter, accounts, as_csv, claimed_back, letter, payments, reconciliation, totals, warnings_of
from refusion.values.said import BadInput, Problem, Refused, Said
from refusion.workflow.grants.deciding import batch_hash

WRONG = 422
HERE = "grants"
DIGITS = 8
SHOWN_STATES = (State.RECEIVED, State.UNDER_REVIEW, State.COMPLETION_REQUESTED)


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A matter as the inbox shows it: its state, its report, what its evidence lacks."""

    matter: Matter
    name: str
    state: str
    diary: str
    verdict: Verdict
    proposed: Decided | None


@page(Duty.SEE_GRANTS)
@require_safe
def grants(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """List the agreements: those that were opened, and those that ship and were not."""
    opened = visitor.house.agreements(visitor.actor, visitor.place.code)
    others = [name for name in shipped() if name not in {one.name for one in opened}]
    return show(request, visitor, "grants/list.html", {"here": HERE, "opened": opened, "others": others, **_around(request, visitor)})


@page(Duty.SEE_GRANTS)
@require_safe
def agreement(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Show an agreement: pots, counties, dates, and what its money waits for."""
    standing = meant(visitor, name)
    found, problems = _previewed(standing)
    paid: dict[str, int] = {}
    for (_, payee), amount in standing.paid().items():
        paid[payee] = paid.get(payee, 0) + amount
    counted = {} if found is None else found.run.pots
    pots = [(pot.called, counted[pot.name]) for pot in payable_pots(standing.agreement) if pot.name in counted]
    rows = county_rows(standing, {} if found is None else found.run.by_county, paid, pots)
    context = {
        "standing": standing,
        "opened": is_open(standing),
        "pots": pot_rows(standing),
        "headings": [called for called, _ in pots],
        "counties": rows,
        "groups": chart(rows),
        "measures": MEASURES,
        "preview": found,
        "problems": problems,
        "warnings": [] if found is None else _once(found.run.warnings),
        "overdue": standing.overdue(visitor.house.today()) if is_open(standing) else (),
        "reconciliation": reconciliation(standing),
    }
    return _shown(request, visitor, "grants/agreement.html", standing, context)


@page(Duty.SEE_GRANTS)
@require_safe
def county(request: HttpRequest, visitor: Visitor, name: str, code: str) -> HttpResponse:
    """Show every figure on the way to a county's amounts, exact, pot by pot, and what was decided of it."""
    standing = meant(visitor, name)
    found, problems = _previewed(standing)
    one = next((county for county in standing.agreement.counties if county.code == code), None)
    if one is None:
        raise Http404
    figures = {} if found is None else of_county(found.run, code)
    pots = [(standing.agreement.pot(pot), told) for pot, told in figures.items()]
    states = [(matter.pot, standing.state(*matter.key).value, standing.decision(*matter.key)) for matter in matters(standing.agreement)
              if matter.who == code]  # fmt: skip
    context = {"county": one, "pots": pots, "problems": problems, "states": states}
    return _shown(request, visitor, "grants/county.html", standing, context)


@page(Duty.SEE_GRANTS)
@require_safe
def ask_what_if(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Show what changes where a county misses a condition or a fact moves; nothing is kept."""
    standing = meant(visitor, name)
    typed = {field: request.GET.get(field, "").strip()[:60] for field in ("county", "condition", "fact", "move")}
    outcome, problems = _outcome(standing, typed)
    rows = [] if outcome is None else county_rows(standing, outcome.before.by_county, outcome.after.by_county)
    known = columns(standing.agreement).of_counties
    context = {
        "typed": typed,
        "counties": standing.agreement.counties,
        "conditions": decided_pots(standing.agreement),
        "facts": [column for column, kind in known.items() if kind not in {YES_NO, DAY}],
        "outcome": outcome,
        "rows": rows,
        "groups": chart(rows),
        "measures": MEASURES,
        "by_pot": [] if outcome is None else [(pot, more) for pot, more in outcome.by_pot.items() if more],
        "problems": problems,
    }
    return _shown(request, visitor, "grants/what_if.html", standing, context, status=WRONG if problems and any(typed.values()) else 200)


@page(Duty.SEE_GRANTS)
@require_safe
def inbox(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Show the reports that wait for somebody, and the proposals that wait for another person."""
    return shown_inbox(request, visitor, meant(visitor, name))


def shown_inbox(request: HttpRequest, visitor: Visitor, standing: Standing, refused: tuple[Said | Problem, ...] = ()) -> HttpResponse:
    """Show the inbox, with what was refused."""
    rows = [_inbox_row(standing, one) for one in matters(standing.agreement) if standing.state(*one.key) in SHOWN_STATES]
    proposed = [
        (pot, found, batch_hash(found)[:DIGITS], any(one.proposed_by == visitor.actor.name for one in found))
        for pot in decided_pots(standing.agreement)
        if (found := [one for one in standing.decisions if one.pot == pot and one.is_open])
    ]
    states = {pot: _states(standing, pot) for pot in decided_pots(standing.agreement)}
    context = {
        "rows": rows, "proposed": proposed, "states": states, "refused": refused, "opened": is_open(standing),
        "overdue": standing.overdue(visitor.house.today()) if is_open(standing) else (),
    }  # fmt: skip
    return _shown(request, visitor, "grants/inbox.html", standing, context, status=WRONG if refused else 200)


@page(Duty.SEE_GRANTS)
@require_safe
def runs(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Show the runs of an agreement, one of them with its lines."""
    return shown_runs(request, visitor, meant(visitor, name))


def shown_runs(request: HttpRequest, visitor: Visitor, standing: Standing, refused: tuple[Said | Problem, ...] = ()) -> HttpResponse:
    """Show the runs, with what was refused."""
    asked = request.GET.get("run") or request.POST.get("run") or ""
    chosen = _run(standing, asked)
    sums = {} if chosen is None else totals(standing, chosen.number)
    held = {} if chosen is None else accounts(chosen)
    context = {
        "runs": standing.runs,
        "run": chosen,
        "digits": "" if chosen is None else chosen.content_hash[:DIGITS],
        "sums": [(payee, standing.payee_name(payee), amount, held.get(payee, "")) for payee, amount in sums.items()],
        "total": sum(sums.values()),
        "warnings": () if chosen is None else warnings_of(chosen),
        "own": chosen is not None and chosen.proposed_by == visitor.actor.name,
        "days": [(day, ", ".join(pots)) for day, pots in payout_days(standing.agreement).items()],
        "refused": refused,
        "opened": is_open(standing),
    }
    return _shown(request, visitor, "grants/runs.html", standing, context, status=WRONG if refused else 200)


@page(Duty.SEE_GRANTS)
@require_safe
def payment_file(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Give the payments of an approved run as a file; without a run the headings alone."""
    standing = meant(visitor, name)
    run = _run(standing, request.GET.get("run", "")) if standing.runs else None
    content = as_csv(()) if run is None else as_csv(payments(standing, run.number))
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{standing.agreement.name}-{0 if run is None else run.number}.csv"'
    return answer


@page(Duty.SEE_GRANTS)
@require_safe
def letters(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Show the letter to a payee of a run; a list of the payees where none is asked for."""
    standing = meant(visitor, name)
    run = _run(standing, request.GET.get("run", ""))
    payees = [] if run is None else [(payee, standing.payee_name(payee)) for payee in totals(standing, run.number)]
    payee = request.GET.get("payee", "")
    found: Letter | None = letter(standing, run.number, payee) if run is not None and payee else None
    back = {} if run is None else claimed_back(standing, run.number)
    context = {"run": run, "payees": payees, "letter": found, "back": [(standing.payee_name(who), amount) for who, amount in back.items()]}
    return _shown(request, visitor, "grants/letters.html", standing, context)


def _shown(
    request: HttpRequest, visitor: Visitor, template: str, standing: Standing, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    around = {"here": HERE, "agreement": standing.agreement, **_around(request, visitor)}
    return show(request, visitor, template, {**around, **context}, status=status)


def _around(request: HttpRequest, visitor: Visitor) -> dict[str, Any]:
    done = request.GET.get("done", "")
    may = {"administer": visitor.may(Duty.ADMINISTER_GRANT), "approve": visitor.may(Duty.APPROVE_GRANT)}
    return {"done": f"agreements.done_{done}" if done in DONE else "", "may": may}


def _previewed(standing: Standing) -> tuple[Preview | None, tuple[Problem, ...]]:
    """Reckon the agreement as it stands, what is undecided counting as fulfilled; else say what lacks."""
    try:
        return preview(standing, undecided=True), ()
    except BadInput as bad:
        return None, bad.problems


def _outcome(standing: Standing, typed: dict[str, str]) -> tuple[Outcome | None, tuple[Said | Problem, ...]]:
    """Reckon the what-if that was typed; None with the reasons where it cannot be."""
    written = []
    if typed["condition"]:
        written.append(f"{typed['county'] or 'all'}:{typed['condition']}=no")
    if typed["fact"] and typed["move"]:
        written.append(f"{typed['county'] or 'all'}:{typed['fact']}={typed['move']}")
    try:
        facts = facts_of(standing, undecided=True)
        changes = [change(standing.agreement, _of_country(standing, one)) for one in written]
        return what_if(standing.agreement, facts, changes), ()
    except BadInput as bad:
        return None, bad.problems
    except Refused as refused:
        return None, (refused.because,)


def _of_country(standing: Standing, written: str) -> str:
    """Address what is decided of the country to the country, whatever county was chosen."""
    _, _, rest = written.partition(":")
    of_country = {one.pot for one in matters(standing.agreement) if one.who == COUNTRY}
    return f"{COUNTRY}:{rest}" if rest.partition("=")[0] in of_country else written


def _inbox_row(standing: Standing, matter: Matter) -> InboxRow:
    came = standing.reports_of(*matter.key)
    diary = ", ".join(one.diary for one in came)
    proposed = standing.open_decision(*matter.key)
    name = standing.payee_name(matter.who)
    return InboxRow(matter, name, standing.state(*matter.key).value, diary, standing.verdict(*matter.key), proposed)


def _states(standing: Standing, pot: str) -> list[tuple[str, int]]:
    counted: dict[str, int] = {}
    for one in matters(standing.agreement):
        if one.pot == pot:
            state = standing.state(*one.key).value
            counted[state] = counted.get(state, 0) + 1
    return list(counted.items())


def _run(standing: Standing, asked: str) -> PayoutRun | None:
    """Give the run that was asked for, else the newest; raises Refused for one that there is not."""
    if asked.isdecimal() and asked.isascii() and len(asked) < 10:
        return standing.run(int(asked))
    return standing.runs[-1] if standing.runs else None


def _once(told: tuple[Said, ...]) -> list[Said]:
    found: list[Said] = []
    for one in told:
        if one not in found:
            found.append(one)
    return found
