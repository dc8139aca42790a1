"""Report files to municipality, Udbetaling Danmark and the state's funds, and their decision files; calls nobody, keeps nothing."""

from refusion.adapters.udbetaling_danmark.office import ReportOffice

__all__ = ["ReportOffice"]
