"""The demo institutions: who works there, who falls ill and what payroll tells about it when; never what follows in law."""
