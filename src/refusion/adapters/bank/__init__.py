"""The bank: reads its statements and notifications and plays a bank in tests; never books, never writes the database."""

from refusion.adapters.bank.translate import read, read_file

__all__ = ["read", "read_file"]
