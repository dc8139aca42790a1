"""Runs the private PostgreSQL server of a machine that has none; never opens a port, never changes anybody's folders."""

from refusion.wiring.launcher.session import Server, ensure, remove, stop

__all__ = ["Server", "ensure", "remove", "stop"]
