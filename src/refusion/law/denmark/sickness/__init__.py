"""Sickness benefit refunds to employers (sygedagpengeloven): from which day, until when, how much; never whether a form was sent."""
