"""The loss ledger: losses with the steps of following them, claims that came short, and what a sweep looks through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from refusion.absences.columns import TouchedColumns
from refusion.cases.facts import Kind
from refusion.cases.facts import State as CaseState
from refusion.claims.facts import Loss, LossCause, State
from refusion.claims.losses import Followed, FollowedLoss, Shortfall, Step
from refusion.store.sets.absences import current_since
from refusion.store.tenant import Row, Tenant, insert
from refusion.values.period import Period
from refusion.values.said import Refused, said
from refusion.workflow.ports.losses import Short

# The kinds that a sweep reckons: those whose deadlines are those of SDL §§ 40 and 59.
SICKNESS = ["ordinary", "new_hire", "agreement_56", "fleksjob"]
_LOSSES = """
    SELECT l.id, l.case_id, l.first_day, l.last_day, l.amount, l.cause, l.certain_on, l.deadline, l.known_on, l.claim_id,
           l.number, c.number, c.kind, c.first_absence_day, p.name
    FROM loss l
    JOIN refund_case c ON c.institution_id = l.institution_id AND c.id = l.case_id
    JOIN person p ON p.institution_id = c.institution_id AND p.id = c.person_id
    WHERE l.institution_id = %(institution)s
"""
_STEPS = """
    SELECT step, day, by, text, amount FROM loss_step
    WHERE institution_id = %(institution)s AND loss_id = %(loss)s ORDER BY position
"""
_ADD = insert("loss_step", "loss_id, step, day, by, text, amount, letter, recorded_at")
_LETTER = """
    SELECT letter FROM loss_step WHERE institution_id = %(institution)s AND loss_id = %(loss)s AND letter IS NOT NULL
    ORDER BY position DESC LIMIT 1
"""
_GRANTED = """
    SELECT l.case_id, l.first_day, l.last_day FROM loss_step s
    JOIN loss l ON l.institution_id = s.institution_id AND l.id = s.loss_id
    WHERE s.institution_id = %(institution)s AND s.step = 'granted'
"""
_HOLD = "SELECT id FROM refund_case WHERE institution_id = %(institution)s AND id = %(id)s FOR UPDATE"
# What the ledger keeps of a claim, net of what came after all, beside what its books say today.
_SHORT = """
    WITH back AS (
        SELECT loss_id, sum(amount) AS amount FROM loss_step
        WHERE institution_id = %(institution)s AND step = 'recovered' GROUP BY loss_id
    ), kept AS (
        SELECT l.claim_id, count(*) AS times,
               coalesce(sum(l.amount - coalesce(b.amount, 0)) FILTER (WHERE l.cause <> %(written)s), 0)::bigint AS under,
               coalesce(sum(l.amount - coalesce(b.amount, 0)) FILTER (WHERE l.cause = %(written)s), 0)::bigint AS written
        FROM loss l LEFT JOIN back b ON b.loss_id = l.id
        WHERE l.institution_id = %(institution)s AND l.claim_id IS NOT NULL AND l.cause IN (%(under)s, %(stopped)s, %(written)s)
        GROUP BY l.claim_id
    )
    SELECT cl.id, owed.amount, coalesce(cl.decided, 0), cl.received, cl.state = %(settled)s, cl.case_id,
           v.first_day, v.last_day, v.request_by, c.known_on, coalesce(k.under, 0), coalesce(k.written, 0), coalesce(k.times, 0),
           EXISTS (SELECT 1 FROM benefit_stop s WHERE s.institution_id = cl.institution_id AND s.case_id = cl.case_id
               AND s.stopped_from <= v.last_day AND coalesce(s.resumed_from, 'infinity') > greatest(v.first_day, s.stopped_from))
    FROM claim cl
    JOIN claim_version v ON v.institution_id = cl.institution_id AND v.claim_id = cl.id AND v.version = cl.version
    JOIN refund_case c ON c.institution_id = cl.institution_id AND c.id = cl.case_id
    LEFT JOIN kept k ON k.claim_id = cl.id
    CROSS JOIN LATERAL (SELECT CASE WHEN cl.state = %(annulled)s THEN 0 ELSE v.refund + v.supplement END AS amount) owed
    WHERE cl.institution_id = %(institution)s AND cl.requested_on IS NOT NULL
      AND ((cl.state = %(settled)s AND owed.amount - cl.received > coalesce(k.under + k.written, 0))
        OR (k.claim_id IS NOT NULL AND k.under + k.written > owed.amount - cl.received))
    ORDER BY cl.number
"""
_OUT_OF_REACH = """
    SELECT cl.id FROM claim cl
    JOIN claim_version v ON v.institution_id = cl.institution_id AND v.claim_id = cl.id AND v.version = cl.version
    JOIN refund_case c ON c.institution_id = cl.institution_id AND c.id = cl.case_id
    WHERE cl.institution_id = %(institution)s AND cl.state = ANY (%(unsent)s) AND cl.authority_id IS NULL
      AND v.last_day < %(before)s AND NOT c.pilot AND c.absence_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM loss l WHERE l.institution_id = cl.institution_id AND l.case_id = cl.case_id
          AND l.last_day >= v.last_day AND l.first_day <= v.last_day)
    ORDER BY cl.number
"""
_NEVER_NOTIFIED = """
    SELECT c.id FROM refund_case c
    WHERE c.institution_id = %(institution)s AND c.state = ANY (%(waiting)s) AND c.authority_id IS NULL
      AND c.last_absence_day < %(before)s AND NOT c.pilot
      AND NOT EXISTS (SELECT 1 FROM loss l WHERE l.institution_id = c.institution_id AND l.case_id = c.id
          AND l.last_day >= c.last_absence_day)
    ORDER BY c.number
"""
_CASES_SINCE = """
    SELECT c.id FROM refund_case c
    WHERE c.institution_id = %(institution)s AND coalesce(c.last_absence_day, 'infinity') >= %(first)s
      AND c.state <> ALL (%(gone)s) AND c.kind = ANY (%(kinds)s) AND NOT c.pilot
    ORDER BY c.number
"""
_TOUCH = "UPDATE absence SET touched = true WHERE institution_id = %(institution)s AND id = ANY (%(ids)s) AND NOT touched"
_WAITING = [state.value for state in (CaseState.WATCHING, CaseState.NOTIFYING, CaseState.STOPPED)]
_GONE = [state.value for state in (CaseState.WITHDRAWN, CaseState.ANNULLING, CaseState.ANNULLED)]


@dataclass(slots=True)
class StoredLosses:
    """An institution's losses; days of granted dispensation are read once in a transaction."""

    tenant: Tenant
    excused: dict[UUID, list[Period]] | None = field(default=None)

    def find(self, number: int) -> FollowedLoss:
        """Give a loss by its number; raises Refused when there is none. Holds its case in this transaction."""
        row = self.tenant.one(_LOSSES + " AND l.number = %(number)s", number=number)
        if row is None:
            raise Refused(said("losses.unknown", number=number))
        self.tenant.found(_HOLD, id=row[1])
        self.tenant.seen.clear()
        return self._followed(row)

    def keep_step(self, loss: UUID, step: Followed, letter: str | None = None) -> None:
        """Keep a step; the letter of an application is sealed."""
        sealed = None if letter is None else self.tenant.keys.seal(letter, str(loss), "letter")
        facts = {"step": step.step.value, "day": step.day, "by": step.by, "text": step.text, "amount": step.amount}
        self.tenant.run(_ADD, loss_id=loss, letter=sealed, recorded_at=self.tenant.at.now, **facts)
        self.excused = None

    def letter(self, loss: UUID) -> str | None:
        """Give the letter of the last application, None where none was made."""
        row = self.tenant.one(_LETTER, loss=loss)
        return None if row is None else self.tenant.keys.unseal(bytes(row[0]), str(loss), "letter")

    def of_claim(self, claim: UUID) -> tuple[FollowedLoss, ...]:
        """Give the losses kept of a claim, oldest first."""
        found = self.tenant.rows(_LOSSES + " AND l.claim_id = %(claim)s ORDER BY l.number", claim=claim)
        return tuple(map(self._followed, found))

    def granted(self, case: UUID) -> tuple[Period, ...]:
        """Give the days of a case for which dispensation was granted."""
        if self.excused is None:
            self.excused = {}
            for owner, first, last in self.tenant.rows(_GRANTED):
                self.excused.setdefault(owner, []).append(Period(first, last))
        return tuple(self.excused.get(case, ()))

    def short(self) -> tuple[Short, ...]:
        """Give the claims whose shortfall is not what the ledger keeps."""
        causes = {"under": LossCause.UNDER_DECIDED, "written": LossCause.WRITTEN_OFF, "stopped": LossCause.STOPPED}
        states = {"settled": State.SETTLED, "annulled": State.ANNULLED}
        return tuple(map(_short, self.tenant.rows(_SHORT, **{name: word.value for name, word in {**causes, **states}.items()})))

    def out_of_reach(self, ended_before: date) -> tuple[UUID, ...]:
        """Give claims never accepted by the authority whose period ended before a day and of which no loss is kept."""
        unsent = [State.DRAFTED.value, State.REJECTED.value]
        return self.tenant.column(_OUT_OF_REACH, unsent=unsent, before=ended_before)

    def never_notified(self, ended_before: date) -> tuple[UUID, ...]:
        """Give cases never accepted by the authority whose absence ended before a day and of which no loss is kept."""
        return self.tenant.column(_NEVER_NOTIFIED, waiting=_WAITING, before=ended_before)

    def absences_since(self, first: date) -> TouchedColumns:
        """Give all current absences that last until a day or longer, handled or not."""
        return current_since(self.tenant, first)

    def cases_since(self, first: date) -> tuple[UUID, ...]:
        """Give the cases that may claim and whose absence lasts until a day or longer, by number."""
        return self.tenant.column(_CASES_SINCE, first=first, gone=_GONE, kinds=SICKNESS)

    def touch(self, absences: Sequence[UUID]) -> None:
        """Let absences be handled again by the next day's work."""
        self.tenant.run(_TOUCH, ids=list(absences))

    def _followed(self, row: Row) -> FollowedLoss:
        id, case, first, last, amount, cause, certain_on, deadline, known_on, claim, *rest = row
        loss = Loss(id, case, Period(first, last), amount, LossCause(cause), certain_on, deadline, known_on, claim)
        steps = (Followed(Step(step), *told) for step, *told in self.tenant.rows(_STEPS, loss=id))
        number, case_number, kind, first_absence_day, person = rest
        return FollowedLoss(loss, number, case_number, Kind(kind), first_absence_day, person, tuple(steps))


def _short(row: Row) -> Short:
    claim, expected, decided, received, is_settled, case, first, last, deadline, known_on, under, written, times, is_stopped = row
    kept = {LossCause.UNDER_DECIDED: under, LossCause.WRITTEN_OFF: written}
    fall, days = Shortfall(claim, expected, decided, received), Period(first, last)
    return Short(fall, is_settled, is_stopped, case, days, deadline, known_on, kept, times)
