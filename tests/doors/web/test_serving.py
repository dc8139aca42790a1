"""Serving: the next free port is taken and said; Ctrl-C ends it in order, and what others opened stays theirs to close."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from refusion.values.said import BadInput
from refusion.wiring.service import serving

SERVES = """
import os
from contextlib import contextmanager
from django.conf import settings
from django.http import HttpResponse
from django.urls import path

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], SECRET_KEY="of this test alone", DATABASES={})
urlpatterns = [path("", lambda request: HttpResponse("here"))]

import django
django.setup()
from refusion.wiring.service.serving import serve

@contextmanager
def noted(address):
    print("noted", address, flush=True)
    yield
    print("unnoted by", os.getpid() == started, flush=True)

started = os.getpid()
serve(int(os.environ["FIRST_PORT"]), noted)
print("ended by", os.getpid() == started, flush=True)
"""


def test_the_next_free_port_is_taken() -> None:
    with serving.listen(0) as taken:
        port = taken.getsockname()[1]
        with serving.listen(port) as beside:
            assert port < beside.getsockname()[1] <= port + serving.PORTS_TRIED


def test_no_free_port_is_an_error_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "PORTS_TRIED", 1)
    with serving.listen(0) as taken, pytest.raises(BadInput):
        serving.listen(taken.getsockname()[1])


def test_ctrl_c_ends_it_in_order(tmp_path: Path) -> None:
    script = tmp_path / "serves.py"
    script.write_text(SERVES, encoding="utf-8")
    with serving.listen(0) as taken:
        port = taken.getsockname()[1]
        environment = {**os.environ, "FIRST_PORT": str(port), "REFUSION_LANGUAGE": "en", "PYTHONPATH": os.pathsep.join(sys.path)}
        begun = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True, env=environment)
        assert begun.stdout is not None
        told = [begun.stdout.readline() for _ in range(4)]
        assert f"Port {port} is taken" in told[0]
        assert "ssh -N -L" in told[2]
        address = told[3].removeprefix("noted ").strip()
        with urllib.request.urlopen(address) as answer:
            assert answer.read() == b"here"
        begun.send_signal(signal.SIGINT)
        rest = begun.stdout.read()
        begun.stdout.close()
        assert begun.wait() == 0
    assert rest.splitlines() == ["unnoted by True", "ended by True"]
