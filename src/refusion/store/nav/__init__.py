"""Keeps Norwegian refunds: facts from SAP, cases, notices, reports, runs; decides nothing."""
