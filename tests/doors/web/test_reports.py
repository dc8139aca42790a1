"""The pages of reports: every one with its chart and table, gathered and as files."""

from __future__ import annotations

import re

import pytest

from refusion.reports import NAMES
from tests.doors.web.scene import Scene

PERIOD = "first=2024-01-01&last=2024-12-31"


@pytest.mark.parametrize("name", NAMES)
def test_a_report_shows_its_sentence_its_rows_and_how_they_can_be_gathered(served: Scene, name: str) -> None:
    client = served.client("controller")
    page = client.get(f"/reports/{name}?{PERIOD}")
    text = page.content.decode()
    assert page.status_code == 200
    assert not re.search(r">\s*(web|cases|claims|losses|filing|reports)\.[a-z_-]+", text)
    ways = re.findall(r'<option value="([a-z_]+)"', text[text.index('id="report-by"') : text.index("</select>", text.index('id="report-by"'))])
    assert {"unit", "kind", "month"} <= set(ways)
    assert "person" not in ways
    for by in ways:
        gathered = client.get(f"/reports/{name}?{PERIOD}&by={by}").content.decode()
        assert f'<option value="{by}" selected>' in gathered
    if "<tbody><tr><td data-title" in text:
        assert '<svg viewBox="0 0 720 220" role="img" aria-label=' in text
    assert 'style="' not in text


@pytest.mark.parametrize("form", ["csv", "xlsx", "pdf"])
@pytest.mark.parametrize("name", NAMES)
def test_a_report_is_given_as_a_file_gathered_as_it_is_seen(served: Scene, name: str, form: str) -> None:
    client = served.client("controller")
    whole, gathered = (client.get(f"/reports/{name}.{form}?{PERIOD}{by}") for by in ("", "&by=unit"))
    assert (whole.status_code, gathered.status_code) == (200, 200)
    assert whole.headers["Content-Disposition"] == f'attachment; filename="{name}-2024-01-01-2024-12-31.{form}"'
    assert whole.content != gathered.content


@pytest.mark.parametrize("address", ["/reports/secret", "/reports/lost.exe", "/reports/secret.pdf"])
def test_a_report_that_is_none_is_not_found(served: Scene, address: str) -> None:
    assert served.client("controller").get(address).status_code == 404


def test_an_unknown_grouping_shows_each_row(served: Scene) -> None:
    client = served.client("controller")
    asked, whole = (client.get(f"/reports/requested.csv?{PERIOD}{by}") for by in ("&by=person", ""))
    assert asked.content == whole.content


def test_who_sees_no_reports_sees_none_of_these(served: Scene) -> None:
    for name in NAMES:
        assert served.client("operator").get(f"/reports/{name}").status_code == 403

