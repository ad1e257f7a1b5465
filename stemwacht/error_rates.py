"""The measured error rates that every report prints; docs/methods.md says how they were measured."""

from alerts.report import ErrorRate

ERROR_RATES: tuple[ErrorRate, ...] = ()
