"""Funds asked by report file: cases of jobs with a right, their claims, files given out and received, decisions."""
