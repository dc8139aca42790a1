"""Carries the books out of the house and proves them each night; never changes a posting, only adds."""
