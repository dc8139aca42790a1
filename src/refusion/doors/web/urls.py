"""The addresses of the pages; every one asks a duty of its visitor or is marked as open to all."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from refusion.doors.web import refusals
from refusion.doors.web.views import (
    case,
    cases,
    demo,
    health,
    matching,
    money,
    nav,
    reports,
    self_employed,
    self_employed_cases,
    session,
    stopped,
    work,
)
from refusion.doors.web.views.grants import acting
from refusion.doors.web.views.grants import pages as grants


class HumanNumber(IntConverter):
    """The number of a case or claim: as long as the database can hold."""

    regex = "[0-9]{1,18}"


register_converter(HumanNumber, "number")

urlpatterns = [
    path("", session.front, name="front"),
    path("health", health.health, name="health"),
    path("log-in", session.log_in, name="log-in"),
    path("log-out", session.log_out, name="log-out"),
    path("language", session.choose_language, name="language"),
    path("institution", session.choose_institution, name="institution"),
    path("next-day", demo.next_day, name="next-day"),
    path("work", work.work, name="work"),
    path("tasks/<uuid:task>/answer", work.answer, name="answer"),
    path("tasks/<uuid:task>/difference", work.close_difference, name="close-difference"),
    path("tasks/<uuid:task>/retry", work.retry, name="retry"),
    path("cases", cases.cases, name="cases"),
    path("search", cases.search, name="search"),
    path("cases/<number:number>", case.case, name="case"),
    path("cases/<number:number>/facts", case.enter_fact, name="enter-fact"),
    path("messages/<uuid:id>", case.message, name="message"),
    path("claims/<number:number>/explanation", money.explanation, name="explanation"),
    path("payments", money.payments, name="payments"),
    path("payments/match", matching.board, name="match"),
    path("payments/match/undo", matching.undo, name="match-undo"),
    path("payments/match/claim", matching.write_off_claim, name="write-off-claim"),
    path("payments/match/<number:number>/accept", matching.accept, name="match-accept"),
    path("payments/match/<number:number>/hand", matching.hand, name="match-hand"),
    path("payments/match/<number:number>/park", matching.park, name="match-park"),
    path("payments/match/<number:number>/write-off", matching.write_off_line, name="write-off-line"),
    path("payments/write-offs/<number:number>/<slug:verb>", matching.decide, name="write-off-decide"),
    path("self-employed", self_employed.guide, name="self-employed"),
    path("self-employed/days", self_employed.days, name="self-employed-days"),
    path("self-employed/cases", self_employed_cases.cases, name="self-employed-cases"),
    path("self-employed/cases/open", self_employed_cases.open_case, name="self-employed-open"),
    path("self-employed/cases/<number:number>", self_employed_cases.case, name="self-employed-case"),
    path("self-employed/cases/<number:number>/<slug:verb>", self_employed_cases.act, name="self-employed-act"),
    path("stopped", stopped.stopped, name="stopped"),
    path("stopped/limits", stopped.limits, name="pay-limits"),
    path("stopped/limits/set", stopped.set_limit, name="pay-limit-set"),
    path("stopped/limits/<number:number>/<slug:verb>", stopped.act_on_limit, name="pay-limit-act"),
    path("stopped/<number:number>", stopped.payment, name="stopped-payment"),
    path("stopped/<number:number>/<slug:verb>", stopped.act, name="stopped-act"),
    path("grants", grants.grants, name="grants"),
    path("grants/open", acting.open_agreement, name="grant-open"),
    path("grants/report", acting.reporting, name="grant-report"),
    path("grants/report/send", acting.send_report, name="grant-report-send"),
    path("grants/<slug:name>", grants.agreement, name="grant"),
    path("grants/<slug:name>/what-if", grants.ask_what_if, name="grant-what-if"),
    path("grants/<slug:name>/counties/<slug:code>", grants.county, name="grant-county"),
    path("grants/<slug:name>/inbox", grants.inbox, name="grant-inbox"),
    path("grants/<slug:name>/inbox/<slug:verb>", acting.act_on_conditions, name="grant-inbox-act"),
    path("grants/<slug:name>/runs", grants.runs, name="grant-runs"),
    path("grants/<slug:name>/runs/<slug:verb>", acting.act_on_runs, name="grant-runs-act"),
    path("grants/<slug:name>/payments.csv", grants.payment_file, name="grant-payments"),
    path("grants/<slug:name>/letters", grants.letters, name="grant-letters"),
    path("nav", nav.reconciliation, name="nav"),
    path("files", money.files, name="files"),
    path("reports", reports.reports, name="reports"),
    path("reports/<slug:name>", reports.report, name="report"),
    path("reports/<slug:name>.<slug:form>", reports.export, name="export"),
]

handler400 = refusals.bad_request
handler403 = refusals.forbidden
handler404 = refusals.not_found
handler500 = refusals.fault
