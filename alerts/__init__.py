"""Findings become alerts, and what leaves the house."""

from alerts.alert import Alert, Axes, BenignCheck, Change, Event, Evidence, Status

__all__ = ["Alert", "Axes", "BenignCheck", "Change", "Event", "Evidence", "Status"]
