"""The guide for self-employed persons who are ill: open to all, stores nothing, says that the municipality decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from refusion.claims.self_employed.assessment import assess
from refusion.claims.self_employed.calendar_file import Entry, calendar
from refusion.claims.self_employed.facts import Amount, Assessment, Situation
from refusion.claims.self_employed.reading import FIELDS, NAMES, read_situation
from refusion.doors.web import words
from refusion.doors.web.explaining import step_of
from refusion.doors.web.visitor import open_to_all
from refusion.values.said import BadInput, Problem, Refused, Said, said

WRONG = 422
LONGEST = 60
DAYS = frozenset({"first_absence_day", "notified_on", "fast_track_on"})
CHECKS = frozenset({"last_month_in_business", "agreement_58a", "nemrefusion_user", "employee_signature"})
# What each part of the form asks, in its order; who asks decides what must be answered.
PARTS = (
    ("you", ("who", "first_absence_day", "can_work", "home")),
    ("business", ("business_months", "last_month_in_business", "employee_months", "weekly_hours", "income_year")),
    ("cover", ("insurance", "agreement_58a")),
    ("told", ("notified_on", "fast_track_on", "nemrefusion_user", "employee_signature")),
    ("others", ("hourly_pay", "unemployment_week")),
)
TERMS = ("municipality", "nemrefusion", "information_form", "insurance", "follow_up", "reassessment", "fit_again")
BEGUN = {"who": "self_employed", "can_work": "none", "home": "denmark", "insurance": "none"}


@dataclass(frozen=True, slots=True)
class Question:
    """One field of the form as it is shown: what it may be, what was typed, what was wrong with it."""

    name: str
    form: str
    typed: str
    choices: tuple[str, ...] = ()
    problem: Problem | None = None

    @property
    def label(self) -> str:
        """Give the key of its words."""
        return f"self_employed.ask_{self.name}"

    @property
    def hint(self) -> str:
        """Give the key of its hint."""
        return f"self_employed.hint_{self.name}"

    @property
    def start(self) -> str:
        """Give the beginning of the keys of its choices."""
        return f"self_employed.{self.name}_"


@dataclass(frozen=True, slots=True)
class Answered:
    """What the guide answered, or why it could not."""

    answer: Assessment | None = None
    problems: Mapping[str, Problem] = field(default_factory=dict)
    refused: Said | None = None


@open_to_all
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def guide(request: HttpRequest) -> HttpResponse:
    """Show the guide, or answer what was typed; nothing of it is kept."""
    typed = _typed(request) if request.method == "POST" else BEGUN
    answered = _answered(typed) if request.method == "POST" else Answered()
    wrong = bool(answered.problems or answered.refused)
    context = {
        "language": words.language(),
        "parts": [(name, [_question(each, typed, answered.problems) for each in asked]) for name, asked in PARTS],
        "terms": [(f"self_employed.term_{term}", f"self_employed.term_{term}_means") for term in TERMS],
        "answer": answered.answer,
        "amount": _amount_said(answered.answer.amount) if answered.answer and answered.answer.amount else None,
        "step": step_of(answered.answer.amount.explanation) if answered.answer and answered.answer.amount else None,
        "refused": answered.refused,
        "wrong": wrong,
        "typed": typed.items(),
    }
    return render(request, "self_employed/guide.html", context, status=WRONG if wrong else 200)


@open_to_all
@sensitive_post_parameters()
@require_POST
def days(request: HttpRequest) -> HttpResponse:
    """Give the days of what was typed as an iCalendar file; raises BadInput for what the guide would refuse."""
    told = _told(_typed(request))
    decides = words.word("self_employed.municipality_decides")
    entries = [Entry(one.day, words.word(f"self_employed.day_{one.kind}"), f"{one.source}. {decides}") for one in assess(told).dates]
    answer = HttpResponse(calendar(entries, told.first_absence_day), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="sygedagpenge.ics"'
    return answer


def _typed(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "")[:LONGEST] for name in NAMES if request.POST.get(name, "").strip()}


def _told(typed: Mapping[str, str]) -> Situation:
    """Read what was typed; a box that is not ticked says no."""
    return read_situation({**typed, **{name: typed.get(name, "no") for name in CHECKS}})


def _answered(typed: Mapping[str, str]) -> Answered:
    try:
        return Answered(assess(_told(typed)))
    except BadInput as bad:
        return Answered(problems={problem.column or "": problem for problem in bad.problems})
    except Refused as refused:
        return Answered(refused=refused.because)


def _question(name: str, typed: Mapping[str, str], problems: Mapping[str, Problem]) -> Question:
    asked = next(each for each in FIELDS if each.name == name)
    form = "choice" if asked.words else "check" if name in CHECKS else "date" if name in DAYS else "text"
    return Question(name, form, typed.get(name, ""), asked.words, problems.get(name))


def _amount_said(amount: Amount) -> Said:
    later = int(amount.later_weeks)
    if amount.first_weeks is None:
        return said("self_employed.amount_later", later_ore=later)
    return said("self_employed.amount_both", first_ore=int(amount.first_weeks), later_ore=later)
