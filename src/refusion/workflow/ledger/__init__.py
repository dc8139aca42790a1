"""Postings of claims: pre-registration with the receipt, adjustment with the money."""
