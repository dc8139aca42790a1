"""Refusion finds every krone an employer is owed for sickness and leave, claims it in time and follows it to the bank."""
