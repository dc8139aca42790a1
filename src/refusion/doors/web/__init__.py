"""The pages that people see: parse a request, call one read or verb, show the answer; never decides, never speaks SQL."""
