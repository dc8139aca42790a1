"""Starting: keys, server, database and Django, in the order that each needs, and an orderly end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from refusion.wiring.database import is_private
from refusion.wiring.keys import open_vault
from refusion.wiring.launcher import session


@contextmanager
def started() -> Iterator[None]:
    """Have the database up and prepared and Django set up; the private server is stopped by its last user.

    Raises NotReady with a remedy where keys, server or machine are not as they should be.
    """
    open_vault()
    if not is_private():
        _set_up()
        yield
        return
    session.ensure()
    try:
        _set_up()
        yield
    finally:
        _close_connections()
        session.stop()


@contextmanager
def attended() -> Iterator[None]:
    """Have the server up and Django set up, the database as it stands: for who replaces it."""
    from refusion.wiring.database.preparation import set_up_django

    open_vault()
    if is_private():
        session.ensure()
    try:
        set_up_django()
        yield
    finally:
        _close_connections()
        if is_private():
            session.stop()


def prepared() -> bool:
    """Prepare the database and tell whether there was work to do.

    Raises NotReady with a remedy where keys, server or machine are not as they should be.
    """
    from refusion.wiring.database.preparation import prepare

    open_vault()
    try:
        return prepare()
    finally:
        _close_connections()
        session.stop()


def _set_up() -> None:
    from refusion.wiring.database.preparation import prepare, set_up_django

    if is_private():
        prepare()
    set_up_django()


def _close_connections() -> None:
    from django.conf import settings
    from django.db import connections

    if settings.configured:
        connections.close_all()
