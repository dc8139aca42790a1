"""Payment specifications: reads any payer's file that tells what a payment is for; never money, never the database."""

from refusion.adapters.specifications.reading import SpecificationReader

__all__ = ["SpecificationReader"]
