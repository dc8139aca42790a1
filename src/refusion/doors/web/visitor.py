"""Who visits: the logged-in person, where he works, in which roles; and the gate that every page stands behind."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from refusion.access import may
from refusion.doors.web.refusals import forbidden
from refusion.store.reads.places import Place
from refusion.wiring.house import House, house
from refusion.wiring.reading import Reads, places_of
from refusion.workflow.ports.institution import Actor

PLACE = "institution"
DUTY = "duty"
Named = ParamSpec("Named")


@dataclass(frozen=True, slots=True)
class Visitor:
    """One person at one institution, for one request."""

    actor: Actor
    place: Place
    places: tuple[Place, ...]
    house: House

    def reading(self, purpose: str) -> AbstractContextManager[Reads]:
        """Open reads at the institution; who is shown is logged with the purpose."""
        return self.house.reading(self.actor, self.place.code, purpose)

    def may(self, duty: str) -> bool:
        """Tell whether the person's roles carry the duty."""
        return may(self.actor.roles, duty)


Page = Callable[Concatenate[HttpRequest, Visitor, Named], HttpResponse]
View = Callable[..., HttpResponse]


def visitor_of(request: HttpRequest) -> Visitor | None:
    """Say who visits: None when nobody is logged in or the person has no role anywhere."""
    user: Any = request.user
    places = places_of(user.pk) if user.is_authenticated else ()
    if not places:
        return None
    chosen = request.session.get(PLACE)
    place = next((place for place in places if place.code == chosen), places[0])
    return Visitor(Actor(user.get_username(), place.roles), place, places, house())


def page(duty: str) -> Callable[[Page[Named]], View]:
    """Open a page to those whose roles carry the duty; others are refused, strangers sent to the log-in."""

    def behind_the_gate(view: Page[Named]) -> View:
        @wraps(view)
        def served(request: HttpRequest, *place: Named.args, **named: Named.kwargs) -> HttpResponse:
            visitor = visitor_of(request)
            if visitor is None:
                return _to_log_in(request)
            if not visitor.may(duty):
                return forbidden(request)
            return view(request, visitor, *place, **named)

        vars(served)[DUTY] = duty  # a test walks the routes and asks each for its duty
        return served

    return behind_the_gate


def open_to_all(view: View) -> View:
    """Mark a page that a stranger may open; a route without this mark and without a duty is a defect."""
    vars(view)[DUTY] = None
    return view


def _to_log_in(request: HttpRequest) -> HttpResponse:
    wanted = request.get_full_path() if request.method == "GET" else reverse("work")
    address = f"{reverse('log-in')}?{urlencode({'next': wanted})}"
    return HttpResponseClientRedirect(address) if getattr(request, "htmx", False) else redirect(address)
