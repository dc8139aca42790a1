"""Cases of self-employed persons: what is due, one case with its tracks, and everything that a person may do about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from refusion.access import Duty
from refusion.cases.self_employed.asked import Asked, asked_of
from refusion.cases.self_employed.facts import Course, Event, Track
from refusion.cases.self_employed.tables import EVENTS_OF, TABLES
from refusion.claims.self_employed.reading import FIELDS
from refusion.doors.web.shell import show
from refusion.doors.web.visitor import Visitor, page
from refusion.values.money import ore
from refusion.values.national_number import parse
from refusion.values.said import BadInput, Problem, Refused, Said, said
from refusion.workflow.ports.self_employed.cases import Form
from refusion.workflow.self_employed.keep import Entry
from refusion.workflow.self_employed.opening import NAMES, read_opening
from refusion.workflow.self_employed.post import Reply

WRONG = 422
SHOWN = 100
LONGEST = 200
# What comes by itself is never recorded by hand; payments have a form of their own.
NOT_BY_HAND = frozenset({Event.BENEFIT_BEGAN, Event.TIME_LIMIT_REACHED, Event.ALL_PAID, Event.PAID})
DATES, BOXES = frozenset({"first_absence_day"}), frozenset({"agreement_58a", "by_adviser"})
CHOICES = {asked.name: asked.words for asked in FIELDS if asked.words}
Typed = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form as it is shown."""

    name: str
    form: str
    required: bool
    choices: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Give the key of its words."""
        return f"self_employed.fact_{self.name}"


@dataclass(frozen=True, slots=True)
class EventForm:
    """What may be recorded now: an event with the fields that it asks for."""

    event: str
    fields: tuple[Field, ...]
    mine: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What was typed into which form, and what was wrong with it."""

    form: str = ""
    values: Typed = field(default_factory=dict)
    problems: Mapping[str, Problem] = field(default_factory=dict)
    refused: Said | None = None


@page(Duty.SEE_SELF_EMPLOYED)
@require_safe
def cases(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show what is due and the newest cases."""
    return _list(request, visitor, Answer())


@page(Duty.KEEP_SELF_EMPLOYED)
@sensitive_post_parameters()
@require_POST
def open_case(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Open a case; what cannot be used stays in its field with the reason."""
    typed = _typed(request)
    told = {name: value for name, value in typed.items() if name in NAMES}
    try:
        case = visitor.house.open_self_employed(visitor.actor, visitor.place.code, read_opening(told))
    except (BadInput, Refused) as error:
        return _list(request, visitor, _wrong("open", typed, error))
    return redirect("self-employed-case", number=case.number)


@page(Duty.SEE_SELF_EMPLOYED)
@require_safe
def case(request: HttpRequest, visitor: Visitor, number: int) -> HttpResponse:
    """Show a case."""
    return _case(request, visitor, number, Answer())


@page(Duty.KEEP_SELF_EMPLOYED)
@sensitive_post_parameters()
@require_POST
def act(request: HttpRequest, visitor: Visitor, number: int, verb: str) -> HttpResponse:
    """Do what a person asks about a case: record, paid, undo, notification, request, answer."""
    if verb not in ACTS:
        raise Http404
    typed = _typed(request)
    form = typed.get("event", "") if verb == "record" else verb
    try:
        ACTS[verb](visitor, number, typed)
    except (BadInput, Refused) as error:
        return _case(request, visitor, number, _wrong(form, typed, error))
    return redirect("self-employed-case", number=number)


def _typed(request: HttpRequest) -> dict[str, str]:
    return {name: str(value).strip()[:LONGEST] for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}


def _wrong(form: str, typed: Typed, error: BadInput | Refused) -> Answer:
    if isinstance(error, Refused):
        return Answer(form, typed, {}, error.because)
    return Answer(form, typed, {problem.column or "": problem for problem in error.problems})


def _list(request: HttpRequest, visitor: Visitor, answer: Answer) -> HttpResponse:
    house, code = visitor.house, visitor.place.code
    context = {
        "here": "self-employed-cases",
        "found": house.self_employed_cases(visitor.actor, code, None, SHOWN),
        "waits": house.self_employed_waits(visitor.actor, code)[:SHOWN],
        "today": house.today(),
        "fields": [_opening_field(name) for name in NAMES if name != "working_weekdays"],
        "answer": answer,
        "may_keep": visitor.may(Duty.KEEP_SELF_EMPLOYED),
    }
    return show(request, visitor, "self_employed/cases.html", context, status=WRONG if answer.form else 200)


def _case(request: HttpRequest, visitor: Visitor, number: int, answer: Answer) -> HttpResponse:
    view = visitor.house.self_employed_case(visitor.actor, visitor.place.code, number)
    course = view.case.course
    context: dict[str, Any] = {
        "here": "self-employed-cases",
        "view": view,
        "course": course,
        "masked": parse(view.case.person.national_number, "DK").masked,
        "tracks": [(track.value, course.on(track).value, _forms(course, track, answer.form)) for track in Track],
        "paid_field": Field("paid_ore", "text", required=True),
        "paid_mine": answer.form == "paid",
        "today": view.today,
        "answer": answer,
        "may_keep": visitor.may(Duty.KEEP_SELF_EMPLOYED),
    }
    return show(request, visitor, "self_employed/case.html", context, status=WRONG if answer.form else 200)


def _forms(course: Course, track: Track, typed_into: str) -> tuple[EventForm, ...]:
    """Give what may be recorded on a track now."""
    events = [event for event in EVENTS_OF[track] if (course.on(track), event) in TABLES[track] and event not in NOT_BY_HAND]
    return tuple(EventForm(event.value, tuple(map(_event_field, asked_of(event))), event.value == typed_into) for event in events)


def _event_field(asked: Asked) -> Field:
    form = {"day": "date", "word": "choice"}.get(asked.sort, "text")
    return Field(asked.name, form, asked.required, asked.words)


def _opening_field(name: str) -> Field:
    form = "date" if name in DATES else "check" if name in BOXES else "choice" if name in CHOICES else "text"
    return Field(name, form, name not in ("email", "insurance", *BOXES), CHOICES.get(name, ()))


def _record(visitor: Visitor, number: int, typed: Typed) -> None:
    if typed.get("event") not in set(Event):
        raise Http404
    event = Event(typed["event"])
    facts = {asked.name: typed[asked.name] for asked in asked_of(event) if typed.get(asked.name)}
    entry = Entry(event, _day(typed), facts, typed.get("document", ""))
    visitor.house.record_self_employed(visitor.actor, visitor.place.code, number, entry)


def _paid(visitor: Visitor, number: int, typed: Typed) -> None:
    try:
        amount = int(ore(typed.get("paid_ore", "").replace(".", "").replace(",", ".")))
    except ValueError:
        what = said("self_employed.field_unreadable")
        raise BadInput(Problem(what, said("self_employed.remedy_kroner"), column="paid_ore", value=typed.get("paid_ore"))) from None
    visitor.house.record_self_employed_payment(visitor.actor, visitor.place.code, number, on=_day(typed), paid_ore=amount)


def _undo(visitor: Visitor, number: int, typed: Typed) -> None:
    visitor.house.undo_self_employed(visitor.actor, visitor.place.code, number, typed.get("because", ""))


def _file(form: Form) -> Callable[[Visitor, int, Typed], None]:
    def filed(visitor: Visitor, number: int, typed: Typed) -> None:
        visitor.house.intend_self_employed(visitor.actor, visitor.place.code, number, form)

    return filed


def _answer(visitor: Visitor, number: int, typed: Typed) -> None:
    until = _day(typed, "expected_until") if typed.get("expected_until") else None
    reply = Reply(until, typed.get("affects_work") == "yes", typed.get("standby") == "yes")
    visitor.house.answer_self_employed_form(visitor.actor, visitor.place.code, number, reply)


def _day(typed: Typed, name: str = "day") -> date:
    try:
        return date.fromisoformat(typed.get(name, ""))
    except ValueError:
        what = said("self_employed.field_unreadable")
        raise BadInput(Problem(what, said("self_employed.remedy_day"), column=name, value=typed.get(name))) from None


ACTS: Mapping[str, Callable[[Visitor, int, Typed], None]] = {
    "record": _record,
    "paid": _paid,
    "undo": _undo,
    "notification": _file(Form.NOTIFICATION),
    "request": _file(Form.REQUEST),
    "answer": _answer,
}
