"""Ends sessions: after a working day, and at once when the password or the person behind it changed (Django's own check)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from refusion.wiring.clock import SystemClock

LONGEST = timedelta(hours=8)
BEGAN = "began"


class Sessions:
    """Django middleware: a session that has stood longer than a working day is ended, whatever was done in it."""

    def __init__(self, answering: Callable[[HttpRequest], HttpResponse]) -> None:
        """Stand around the views."""
        self.answering = answering
        self.clock = SystemClock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """End the session where its day is over, and let the view answer."""
        if request.user.is_authenticated:
            now = int(self.clock.now().timestamp())
            if now - request.session.setdefault(BEGAN, now) > LONGEST.total_seconds():
                logout(request)
        return self.answering(request)
