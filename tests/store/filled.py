"""One row at least in every table of an institution, made through the repositories as verbs would."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from refusion.absences.facts import Entered, Question
from refusion.cases import facts as cases
from refusion.cases.stages import Group, Stage, Switch
from refusion.claims import filing as filings
from refusion.claims.facts import Answer, Claim, Expected, Loss, LossCause, State
from refusion.claims.losses import Followed, Step
from refusion.ledger import Posting, Reason, Transaction
from refusion.settlements.facts import Specified
from refusion.store import institutions
from refusion.store.grants import BOUND
from refusion.values.money import Ore
from refusion.values.period import Period
from refusion.values.said import said
from refusion.watch.facts import Kind, Task, Turn
from refusion.wiring.work import OpenTransaction
from refusion.workflow.ports import authority
from refusion.workflow.ports.bank import BankLine, Decision, Match
from refusion.workflow.ports.matching import WriteOff
from tests.store.asked_of_funds import ask_funds
from tests.store.conftest import DAY, HERS, Open
from tests.store.granted import grant
from tests.store.guarded import guard
from tests.store.kept_books import keep_books
from tests.store.let_in import let_in
from tests.store.refunded import refund
from tests.store.self_employed.rows import keep_self_employed
from tests.store.told import ANNA, absence_of, absences, absorb, employment_of, employments, pay
from tests.store.waiting import wait

START = date(2025, 1, 6)


def uid(number: int) -> UUID:
    """Give a made-up id."""
    return UUID(int=number)


def case_of(tx: OpenTransaction, absence: str = "1") -> cases.Case:
    """Make a case of Anna's absence."""
    employment = tx.payroll.employment(employment_of(tx, "E1"))
    return cases.Case(
        id=uid(1000 + int(absence)), number=None, employment=employment.id, person=employment.person,
        absence=absence_of(tx, "E1", absence), kind=cases.Kind.ORDINARY, state=cases.State.WATCHING, first_absence_day=START,
        last_absence_day=None, refund_from=date(2025, 2, 5), file_on=date(2025, 2, 2), notify_by=date(2025, 2, 10),
        opened_on=DAY, known_on=DAY,
    )


def claim_of(case: cases.Case, sequence: int = 1, state: State = State.DRAFTED) -> Claim:
    """Make a claim of February."""
    answers = (
        Answer("weekly_hours", 3700, "payroll", 1, START),
        Answer("absent_hours_by_week", {"2025-02-03": 1850}, "entered"),
        Answer("last_absence_day", None, "payroll"),
    )
    expected = Expected(1_234_500, 2_500, False, {"rule": "refund", "result": 1_234_500, "since": START}, "law-1")
    february = Period(date(2025, 2, sequence), date(2025, 2, 28))
    return Claim(uid(2000 + sequence), None, case.id, sequence, 1, state, february, date(2025, 5, 5), answers, expected, DAY)


def filing_of(case: cases.Case, number: int, at: datetime, subject: UUID | None = None) -> filings.Filing:
    """Make a report that is due at once."""
    content = f'{{"national_number":"{ANNA}","number":{number}}}'.encode()
    return filings.Filing(
        id=uid(3000 + number), case=case.id, kind=filings.Kind.NOTIFICATION, subject=subject or case.id, version=number,
        content=content, content_hash=f"hash-{number}", state=filings.State.INTENDED, due_on=DAY, deadline=date(2025, 4, number),
        at_stake=100, intended_at=at, next_try_at=at,
    )


def line_of(number: int, amount: int = 100_00, account: str = HERS, currency: str = "DKK") -> BankLine:
    """Make a bank line."""
    return BankLine(f"key-{number}", account, currency, amount, date(2025, 3, number), f"KSD-{number}", "The municipality", "Refund")


def decision_of(claim: Claim, number: int, pays: int) -> Decision:
    """Make a decision."""
    return Decision(uid(4000 + number), f"D{number}", claim.id, 1, pays, 0, pays, f"KSD-{number}", DAY, None)


def theirs_of(period: Period) -> authority.Decision:
    """Make a decision on a report of another system."""
    nothing = Ore(0)
    return authority.Decision("T1", uid(6), "K1", "granted", period, 20, Ore(100_00), nothing, nothing, DAY, DAY, "KSD-1", None, "")


def transaction_of(number: int, claim: Claim, at: datetime, amount: int = 500) -> Transaction:
    """Make a balanced transaction."""
    postings = (Posting("6133", amount, claim.id), Posting("1891", -amount, claim.id))
    text = said("ledger.pre_registered", amount_ore=amount, day=DAY)
    return Transaction(uid(5000 + number), Reason.PRE_REGISTERED, DAY, at, postings, None, text)


def with_case(tx: OpenTransaction) -> cases.Case:
    """Absorb Anna with an absence and open her case."""
    absorb(tx, employments(("E1", ANNA, "Anna Ager", 3700)))
    absorb(tx, absences(("E1", "1", START, None, False), ("E1", "2", START, None, False)))
    tx.cases.open_many([case_of(tx)])
    return tx.cases.find(case_of(tx).id)


def fill(work: Open) -> Iterable[str]:
    """Put a row into every table of HERE that is bound to an institution; gives the tables' names."""
    from django.contrib.auth.models import User

    user = User.objects.create(username="kim")
    institutions.give_roles(user.pk, "HERE", ["caseworker"])
    with work() as tx:
        at = tx.at.now
        case = with_case(tx)
        absorb(tx, pay(("E1", START.replace(day=1), 3_000_000)))
        absorb(tx, employments(("E1", ANNA, "Anna Ager", 3600)), "later")
        tx.payroll.keep_entered(Entered(uid(1), case.employment, Question.AGREEMENT_56, "yes", START, None, "letter", "kim", at))
        file = tx.files.keep("bank", "lines.xml", b"<lines/>", at)
        tx.files.set_state(file.id, "refused", (said("bank.broken", row=1),))
        claim = claim_of(case)
        tx.claims.keep(claim, at)
        tx.claims.keep_loss(Loss(uid(2), case.id, claim.period, 100, LossCause.LATE_REQUEST, DAY, DAY, START))
        tx.losses.keep_step(uid(2), Followed(Step.OWNED, DAY, "kim", "Kim Ager"))
        filing = filing_of(case, 1, at)
        tx.outbox.intend(filing)
        tx.outbox.begin_attempt(filing, 1, at)
        tx.messages.keep(filing.id, 1, "sent", b"<report/>", at)
        tx.messages.set_marker("decisions", "17")
        tx.bank.keep_decision(decision_of(claim, 1, 100_00))
        tx.bank.absorb([line_of(1)], file.id, at)
        line = tx.bank.unmatched()[0]
        match = Match(uid(3), line.id or uid(0), claim.id, uid(4001), 100_00, "bank.reference", DAY, parts=(uid(5),))
        tx.bank.keep_match(match)
        tx.matching.keep_parts([Specified(uid(5), "P1", 100_00, ("KSD-1",))], file.id, at)
        tx.matching.park(match.line, "asked the payer", DAY)
        tx.matching.propose(WriteOff(uid(6), None, claim.id, None, 5, "too old", "hash", "kim", at))
        tx.ledger.post(transaction_of(1, claim, at))
        keep_books(tx, transaction_of(1, claim, at).id)
        task = Task(uid(4), Kind.DIFFERENCE, said("watch.difference", day=DAY), Turn.CASEWORKER, 5, DAY, case=case.id)
        tx.tasks.open(task)
        tx.tasks.find(task.id)
        wait(tx, case, filing, task)
        keep_self_employed(tx)
        _fill_beside(tx, claim)
        tx.audit.note("fill", str(case.id), {"day": DAY, "count": 1})
    _look_up(work, case)
    return set(BOUND)


def _fill_beside(tx: OpenTransaction, claim: Claim) -> None:
    ask_funds(tx, claim)
    tx.days.mark(DAY, "absorb")
    tx.stages.say(Switch(Group.PARENTAL, DAY, Stage.PILOT, ("401",), "kim", tx.at.now))
    tx.stages.keep_other_decision(theirs_of(claim.period), tx.at.now)


def _look_up(work: Open, case: cases.Case) -> None:
    from django.db import connection

    with work() as tx, connection.cursor() as cursor:
        guard(tx)
        grant(tx)
        let_in(tx)
        refund(tx, case.person)
        cursor.execute(
            "INSERT INTO look_up (institution_id, at, actor, purpose, page, person_id, shown) VALUES (%s, %s, 'kim', 'case', 'case', %s, 1)",
            [tx.institution.id, tx.at.now, case.person],
        )


def moved(case: cases.Case, state: cases.State) -> cases.Case:
    """Give the case in another state."""
    return replace(case, state=state)
