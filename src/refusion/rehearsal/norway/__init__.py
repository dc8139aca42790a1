"""The Norwegian demo institution: who works there, who is away, what SAP and NAV are told, and what a year comes to."""
