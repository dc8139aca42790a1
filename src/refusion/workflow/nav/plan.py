"""Plans income notices: NAV's requests are put on their cases, and what NAV holds of a claim is brought up to date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from refusion.absences.norwegian import PARENTAL
from refusion.cases.nav_case import Event, Leave, Moved, State, move
from refusion.claims.income_notice import Contact, IncomeNotice
from refusion.claims.nav_refund.notice import Asked, notice_of
from refusion.claims.nav_refund.rate import annual_basis, covers
from refusion.settlements.nav_items.item import ItemKey, Nature
from refusion.values.ids import derived_id
from refusion.values.period import first_of_month
from refusion.values.said import said
from refusion.watch.facts import Kind
from refusion.workflow.nav.leaves import Leaves, read_leaves
from refusion.workflow.nav.run import world_of
from refusion.workflow.nav.tell import close_others, open_task
from refusion.workflow.nav.written import write
from refusion.workflow.ports.authority import Unknown
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.norway.kept import ON_ITS_WAY, KeptCase, KeptNotice, NoticeState
from refusion.workflow.ports.norway.nav import Nav, NoticeRequest
from refusion.workflow.ports.work import Ports, Transaction

READ_UNTIL, OPEN = "nav requests ", "open"


@dataclass(frozen=True, slots=True)
class Planned:
    """How many requests of NAV were put on cases, how many notices were planned, and how many wait for a person."""

    requests: int
    notices: int
    held: int


def poll_requests(ports: Ports, actor: Actor, institution: str) -> int:
    """Read which notices NAV asks for since the last time and put each on its case; gives how many found one.

    What NAV asks for and no absence answers is a task: SAP may lack the absence, or NAV the right employer.
    """
    nav = world_of(ports).reached
    with ports.work(institution, actor) as tx:
        workplaces = sorted({*tx.norway.facts.workplaces(), tx.institution.unit_number})
        marks = {workplace: int(tx.messages.marker(READ_UNTIL + workplace) or 0) for workplace in workplaces}
    found: list[NoticeRequest] = []
    for workplace, after in marks.items():
        told, marks[workplace] = _asked(nav, workplace, after)
        found += told
    if not found:
        return 0
    with ports.work(institution, actor) as tx:
        put = _put(tx, found)
        for workplace, until in marks.items():
            tx.messages.set_marker(READ_UNTIL + workplace, str(until))
        tx.audit.note("nav_requests", tx.at.day.isoformat(), {"read": len(found), "put": put})
    return put


def _asked(nav: Nav, workplace: str, after: int) -> tuple[list[NoticeRequest], int]:
    """Read a sub-unit's requests page by page, as far as NAV answers."""
    found: list[NoticeRequest] = []
    while True:
        page = nav.read_requests(nav.send(nav.encode_requests(workplace, after)))
        if isinstance(page, Unknown):
            return found, after
        found += page.items
        after = int(page.marker or after)
        if page.complete:
            return found, after


def _put(tx: Transaction, requests: Sequence[NoticeRequest]) -> int:
    """Put each open request on the case of its person, benefit and first day; the newest counts."""
    persons = tx.norway.facts.persons([one.person for one in requests])
    cases, starts = tx.norway.facts.cases(), {leave.case: leave.first_day for leave in read_leaves(tx, tx.at.day).leaves.values()}
    put = 0
    for request in sorted(requests, key=lambda one: one.serial):
        own = [case for case in cases if case.person == persons.get(request.person) and _meant(case, request, starts)]
        if request.standing == OPEN and own:
            tx.norway.facts.change(replace(own[0], request=request.request))
            put += 1
        elif request.standing == OPEN:
            what = said("refusjon.request_without_absence", start=request.start, benefit=request.benefit.value)
            open_task(tx, Kind.NAV_NOTICE, derived_id(tx.institution.namespace, "nav_request", request.request), what)
    return put


def _meant(case: KeptCase, request: NoticeRequest, starts: Mapping[UUID, date]) -> bool:
    """NAV says only that a benefit is parental; birth or adoption the case knows."""
    same = case.benefit is request.benefit or (case.benefit in PARENTAL and request.benefit in PARENTAL)
    return same and starts.get(case.id) == request.start


def plan_notices(ports: Ports, actor: Actor, institution: str) -> Planned:
    """Plan a notice for each case of which NAV does not hold what payroll says today; done twice it plans nothing more.

    A month in which less was paid than is claimed holds the notice back until a person has looked.
    """
    with ports.work(institution, actor) as tx:
        leaves, newest = read_leaves(tx, tx.at.day), tx.norway.notices.newest()
        wanted = [case for case in leaves.cases.values() if _may_notify(case, leaves, newest)]
        numbers = tx.norway.facts.numbers({case.person for case in wanted})
        held = {below[1] for below in _pay_below(tx, leaves)}
        planned = 0
        for case in wanted:
            notice = _notice(leaves, case, numbers[case.person], newest.get(case.id))
            if case.id not in held and _differs(notice, newest.get(case.id)):
                _plan(tx, case, notice, newest.get(case.id))
                planned += 1
        if planned:
            tx.audit.note("nav_plan_notices", tx.at.day.isoformat(), {"notices": planned, "held": len(held)})
        return Planned(0, planned, len(held))


def _may_notify(case: KeptCase, leaves: Leaves, newest: Mapping[UUID, KeptNotice]) -> bool:
    last = newest.get(case.id)
    if case.request is None or (last is not None and last.state in ON_ITS_WAY):
        return False
    if case.state is State.WITHDRAWN:
        return last is not None and last.state is NoticeState.ACCEPTED and last.refund > 0
    return annual_basis(leaves.leaves[case.id]) is not None


def _notice(leaves: Leaves, case: KeptCase, national_number: str, last: KeptNotice | None) -> IncomeNotice:
    settings = leaves.settings
    changed = last is not None and last.state is NoticeState.ACCEPTED
    contact = Contact(settings.contact_name, settings.contact_phone)
    asked = Asked(case.request or "", national_number, contact, leaves.first_days[case.id], changed=changed)
    return notice_of(leaves.leaves[case.id], asked)


def _differs(notice: IncomeNotice, last: KeptNotice | None) -> bool:
    """Tell whether NAV was not told this yet; what it refused goes again only when it says something else."""
    return last is None or (last.content_hash, last.request) != (notice.content_hash, notice.request)


def _plan(tx: Transaction, case: KeptCase, notice: IncomeNotice, last: KeptNotice | None) -> None:
    version = 1 if last is None else last.version + 1
    id = derived_id(tx.institution.namespace, "nav_notice", case.id, version)
    kept = KeptNotice(
        id=id,
        case=case.id,
        version=version,
        request=notice.request,
        content=write(notice),
        content_hash=notice.content_hash,
        refund=notice.refund or 0,
        state=NoticeState.PLANNED,
        intended_at=tx.at.now,
        next_try_at=tx.at.now,
    )
    tx.norway.notices.plan(kept)
    moved = move(case.state, Event.NOTICE_INTENDED)
    if isinstance(moved, Moved):
        tx.norway.facts.change(replace(case, state=moved.state))


def _pay_below(tx: Transaction, leaves: Leaves) -> Iterator[tuple[UUID, UUID]]:
    """Ask a person about each month of a leave in which less was paid than is claimed; gives the tasks and their cases."""
    looked_at = {key for key in tx.norway.books.explanations() if key.nature is Nature.PAY}
    found = [
        (leave, month, paid)
        for leave in leaves.leaves.values()
        if not leave.withdrawn
        for month, paid in _whole_months(leaves, leave)
        if ItemKey(leave.case, month, Nature.PAY) not in looked_at and not covers(leave, paid)
    ]
    open_now = []
    for leave, month, paid in found:
        what = said("refusjon.pay_below", case=leaves.cases[leave.case].number, month=month, paid_ore=paid, income_ore=leave.monthly_income)
        open_now.append((open_task(tx, Kind.NAV_PAY_BELOW, leave.case, what, about=month.isoformat()), leave.case))
    close_others(tx, Kind.NAV_PAY_BELOW, [id for id, _ in open_now])
    yield from open_now


def _whole_months(leaves: Leaves, leave: Leave) -> Iterator[tuple[date, int]]:
    """Give the months that lie wholly in the leave and the employment, with what was paid: only they can be compared."""
    ends = leave.refund_ends
    for month, row in sorted(leaves.pay.get(leave.employment_number, {}).items()):
        if month >= leaves.first_days[leave.case] and (ends is None or first_of_month(ends) > month):
            yield month, row.paid
