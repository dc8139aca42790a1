"""Where the database is, what makes it fit for use, and fresh copies of it for tests; knows no row of it."""

from refusion.wiring.database.addresses import ADDRESSES, APP, BACKUP, DATABASE, MIGRATOR, WORKER, django_settings, is_private, parameters

__all__ = ["ADDRESSES", "APP", "BACKUP", "DATABASE", "MIGRATOR", "WORKER", "django_settings", "is_private", "parameters"]
