"""Sickness benefit refunded to employers (folketrygdloven chapter 8): employer period, limit, split between employers; never a form."""
