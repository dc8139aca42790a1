"""Parental and pregnancy refunds to employers (barselsloven): who, which weeks, until when, how much; never whether a form was sent."""
