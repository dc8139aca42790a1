"""An installation of its own for a test: commands run in a folder of their own, with a server of their own."""

from __future__ import annotations

import os
import pwd
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
LEFT_OUT = ("REFUSION_STATE", "REFUSION_KEY_FILE", "REFUSION_SOCKET", "DATABASE_URL", "DATABASE_SUPERUSER_URL", "DATABASE_MIGRATOR_URL")


@dataclass(frozen=True)
class Installation:
    """A working folder in which commands of the product are run as processes of their own."""

    folder: Path
    account: str | None = None

    def environment(self, **more: str) -> dict[str, str]:
        """Give the environment of its commands: ours, less what names another installation."""
        kept = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
        return {**kept, "PYTHONPATH": str(TOP / "src"), "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1", **more}

    def begin(self, code: str, **more: str) -> subprocess.Popen[str]:
        """Begin to run a program; what it prints can be read, and it waits where it reads a line."""
        account = pwd.getpwnam(self.account) if self.account else None
        return subprocess.Popen(
            [sys.executable, "-c", code], cwd=self.folder, env=self.environment(**more), text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            user=account.pw_uid if account else None, group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
        )  # fmt: skip

    def run(self, code: str, **more: str) -> str:
        """Run a program to its end and give what it printed."""
        process = self.begin(code, **more)
        printed, complained = process.communicate(timeout=120)
        assert process.returncode == 0, complained
        return printed.strip()

    def command(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run ``refusion`` with words."""
        program = "from refusion.doors.cli.main import run; run()"
        return subprocess.run(
            [sys.executable, "-c", program, *words], cwd=self.folder, env=self.environment(**more), text=True,
            capture_output=True, stdin=subprocess.DEVNULL, check=False, timeout=120,
        )  # fmt: skip
