"""Words of a self-employed person's case: its tracks, their states, what can happen, and the course that it takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from refusion.law.denmark.self_employed.waiting import EVERY_DAY, Cover


class Track(StrEnum):
    """What runs beside what in a case; each track has its own states and its own table."""

    MAIN = "main"
    CAPACITY = "capacity"
    FOLLOW_UP = "follow_up"
    STATEMENT = "statement"
    TREATMENT = "treatment"
    COMPLAINT = "complaint"
    AGREEMENT = "agreement"
    POWER = "power"
    CHANNEL = "channel"
    REPAYMENT = "repayment"
    PAYOUT = "payout"


class State(StrEnum):
    """Where a track stands."""

    OPENED = "opened"
    NOTIFIED = "notified"
    REQUESTED = "requested"
    FORM_SENT = "form_sent"
    APPLIED = "applied"
    DELAYED = "delayed"
    INCOMPLETE = "incomplete"
    WAITING = "waiting"
    RUNNING = "running"
    REASSESSING = "reassessing"
    EXTENDED = "extended"
    CLARIFICATION = "clarification"
    PAYING_OUT = "paying_out"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    UNFIT = "unfit"
    PARTLY_REPORTED = "partly_reported"
    WORKS_A_QUARTER = "works_a_quarter"
    WORKS_HALF = "works_half"
    WORKS_MORE = "works_more"
    FIRST_MEETING_DUE = "first_meeting_due"
    FAST_TRACK = "fast_track"
    IN_FOLLOW_UP = "in_follow_up"
    STANDBY_ASKED = "standby_asked"
    STANDBY_ASKED_LATER = "standby_asked_later"
    STANDBY = "standby"
    NO_STATEMENT = "no_statement"
    STATEMENT_ASKED = "statement_asked"
    STATEMENT_RECEIVED = "statement_received"
    NO_TREATMENT_QUESTION = "no_treatment_question"
    AT_CLINICAL_FUNCTION = "at_clinical_function"
    TREATMENT_PROPOSED = "treatment_proposed"
    TREATMENT_SETTLED = "treatment_settled"
    NO_COMPLAINT = "no_complaint"
    COMPLAINED = "complained"
    AT_APPEALS_BOARD = "at_appeals_board"
    COMPLAINT_CHANGED = "complaint_changed"
    COMPLAINT_FINAL = "complaint_final"
    NO_AGREEMENT = "no_agreement"
    AGREEMENT_APPLIED = "agreement_applied"
    AGREEMENT_IN_FORCE = "agreement_in_force"
    AGREEMENT_DECLINED = "agreement_declined"
    ACTS_HIMSELF = "acts_himself"
    REPRESENTED = "represented"
    DIGITAL = "digital"
    DISPENSED = "dispensed"
    EXEMPT = "exempt"
    NOTHING_OVERPAID = "nothing_overpaid"
    REPAYMENT_ASKED = "repayment_asked"
    REPAID = "repaid"
    NOTHING_PAID = "nothing_paid"
    PAID_SO_FAR = "paid_so_far"


class Event(StrEnum):
    """What can happen; each event belongs to one track."""

    NOTIFIED = "notified"
    REQUESTED = "requested"
    FORM_SENT = "form_sent"
    FORM_ANSWERED = "form_answered"
    DELAY_TOLD = "delay_told"
    COMPLETION_ASKED = "completion_asked"
    COMPLETED = "completed"
    GRANTED = "granted"
    REFUSED = "refused"
    BENEFIT_BEGAN = "benefit_began"
    REASSESSMENT_BEGUN = "reassessment_begun"
    EXTENDED = "extended"
    EXTENSION_CHECKED = "extension_checked"
    CLARIFICATION_BEGUN = "clarification_begun"
    CLARIFICATION_RENEWED = "clarification_renewed"
    FIT_AGAIN = "fit_again"
    TIME_LIMIT_REACHED = "time_limit_reached"
    RIGHT_LAPSED = "right_lapsed"
    ALL_PAID = "all_paid"
    RIGHT_RESTORED = "right_restored"
    WITHDRAWN = "withdrawn"
    PARTLY_FIT = "partly_fit"
    ASSESSED_A_QUARTER = "assessed_a_quarter"
    ASSESSED_HALF = "assessed_half"
    ASSESSED_MORE = "assessed_more"
    UNFIT_AGAIN = "unfit_again"
    FAST_TRACK_ASKED = "fast_track_asked"
    MEETING_HELD = "meeting_held"
    STANDBY_ASKED = "standby_asked"
    STANDBY_GRANTED = "standby_granted"
    STANDBY_REFUSED = "standby_refused"
    STANDBY_ENDED = "standby_ended"
    STATEMENT_ASKED = "statement_asked"
    STATEMENT_RECEIVED = "statement_received"
    TREATMENT_REFUSED = "treatment_refused"
    TREATMENT_PROPOSED = "treatment_proposed"
    NO_OTHER_TREATMENT = "no_other_treatment"
    PROPOSAL_ACCEPTED = "proposal_accepted"
    PROPOSAL_REFUSED = "proposal_refused"
    COMPLAINED = "complained"
    DECISION_CHANGED = "decision_changed"
    DECISION_KEPT = "decision_kept"
    BOARD_CHANGED = "board_changed"
    BOARD_KEPT = "board_kept"
    AGREEMENT_APPLIED = "agreement_applied"
    AGREEMENT_MADE = "agreement_made"
    AGREEMENT_DECLINED = "agreement_declined"
    AGREEMENT_ENDED = "agreement_ended"
    POWER_GIVEN = "power_given"
    POWER_WITHDRAWN = "power_withdrawn"
    DISPENSATION_GRANTED = "dispensation_granted"
    EXEMPTION_SHOWN = "exemption_shown"
    DIGITAL_AGAIN = "digital_again"
    REPAYMENT_ASKED = "repayment_asked"
    REPAID = "repaid"
    PAID = "paid"


class Lapse(StrEnum):
    """Why a right lapses (SDL § 21)."""

    HINDERS_CLINICAL_FUNCTION = "hinders_clinical_function"
    DELAYS_RECOVERY = "delays_recovery"
    REFUSES_FOLLOW_UP = "refuses_follow_up"
    NEGLECTS_DUTIES = "neglects_duties"


class Treatment(StrEnum):
    """What a person was ordered: the first three may be refused, the last two may not."""

    BY_DOCTOR = "by_doctor"
    OPERATION = "operation"
    MEDICINE = "medicine"
    PHYSIOTHERAPY = "physiotherapy"
    PSYCHOLOGIST = "psychologist"


REFUSABLE = frozenset({Treatment.BY_DOCTOR, Treatment.OPERATION, Treatment.MEDICINE})


class Way(StrEnum):
    """How something reached the municipality."""

    NEMREFUSION = "nemrefusion"
    MIT_SYGEFRAVAER = "mit_sygefravaer"
    DIGITAL_POST = "digital_post"
    BORGERSERVICE = "borgerservice"
    MUNICIPALITY = "municipality"


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that happened on a day, with the facts that its event asks for."""

    event: Event
    day: date
    facts: Mapping[str, object] = field(default_factory=dict)


BEGINNINGS: Mapping[Track, State] = MappingProxyType(
    {
        Track.MAIN: State.OPENED,
        Track.CAPACITY: State.UNFIT,
        Track.FOLLOW_UP: State.FIRST_MEETING_DUE,
        Track.STATEMENT: State.NO_STATEMENT,
        Track.TREATMENT: State.NO_TREATMENT_QUESTION,
        Track.COMPLAINT: State.NO_COMPLAINT,
        Track.AGREEMENT: State.NO_AGREEMENT,
        Track.POWER: State.ACTS_HIMSELF,
        Track.CHANNEL: State.DIGITAL,
        Track.REPAYMENT: State.NOTHING_OVERPAID,
        Track.PAYOUT: State.NOTHING_PAID,
    }
)


@dataclass(frozen=True, slots=True)
class Course:
    """A case so far: its tracks' states, the day of each event and of each dated fact, and its words.

    ``first_absence_day`` and ``cover`` are what it was opened with; ``shares`` the quarters paid from a day on;
    ``by_adviser`` says that an adviser acts, who needs a power of attorney.
    """

    first_absence_day: date
    insurance: str | None = None
    agreement_58a: bool = False
    working_weekdays: tuple[int, ...] = ()
    income_year: int | None = None
    by_adviser: bool = False
    opened_on: date | None = None
    states: Mapping[Track, State] = field(default_factory=lambda: BEGINNINGS)
    days: Mapping[str, date] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    shares: tuple[tuple[date, int], ...] = ()

    @property
    def cover(self) -> Cover:
        """Give the insurance and agreement as the law asks for them."""
        weekdays = frozenset(self.working_weekdays) or EVERY_DAY
        every_day = not self.working_weekdays
        return Cover(self.insurance, self.agreement_58a, weekdays, works_public_holidays=every_day)

    @property
    def main(self) -> State:
        """Give the state of the main track."""
        return self.states[Track.MAIN]

    def on(self, track: Track) -> State:
        """Give the state of a track."""
        return self.states[track]

    def day(self, name: str) -> date | None:
        """Give the last day of an event or of a dated fact; None where there was none."""
        return self.days.get(name)
