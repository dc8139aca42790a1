"""Parental benefit refunded to employers (folketrygdloven ch. 14): basis, cap, daily rate, quotas, deadline, holiday pay; never a form."""
