"""Refund during a clarification course (jobafklaringsforløb): the benefit of a month, within the wage paid."""
