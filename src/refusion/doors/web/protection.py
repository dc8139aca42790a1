"""What every answer carries: nothing from outside the host, nothing inline, nothing kept by a browser."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from refusion.doors.web.refusals import refused_page, said_page
from refusion.values.said import said

Answering = Callable[[HttpRequest], HttpResponse]

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in ("script", "style", "img", "font", "connect")),
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_SITES = frozenset({"same-origin", "none", ""})


class Protection:
    """Django middleware, the outermost: headers on every answer, errors and files among them."""

    def __init__(self, answering: Answering) -> None:
        """Stand around everything that answers."""
        self.answering = answering

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse what another site sends, let the rest be answered, and put the headers on the answer."""
        answer = self._foreign(request) or self.answering(request)
        for name, value in HEADERS.items():
            answer.headers[name] = value
        if "Cache-Control" not in answer.headers:
            answer.headers["Cache-Control"] = "no-store"
            patch_vary_headers(answer, ("Cookie", "HX-Request"))
        return answer

    @staticmethod
    def _foreign(request: HttpRequest) -> HttpResponse | None:
        own = request.headers.get("Sec-Fetch-Site", "") in OWN_SITES
        if request.method in SAFE_METHODS or own:
            return None
        return said_page(request, said("web.error_other_site"), 403)


class Refusals:
    """Django middleware that turns what was refused into a page in words; a fault goes on to the page for faults."""

    def __init__(self, answering: Answering) -> None:
        """Stand around the views."""
        self.answering = answering

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the view answer."""
        return self.answering(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Show a refusal or an input error as a page; anything else is not ours to explain."""
        return refused_page(request, error)
