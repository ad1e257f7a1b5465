"""Findings become alerts, and what leaves the house."""

from alerts import review_log
from alerts.alert import Alert, Axes, BenignCheck, Change, Corroboration, Event, Evidence, Status
from alerts.benign import CHECKS
from alerts.building import alert_title
from alerts.declaring import declared
from alerts.dutch_sentences import dutch
from alerts.outcome import FindingStatus, Outcome, Verdict, is_current
from alerts.raising import raise_alerts
from alerts.registry import Campaign, load_registry
from alerts.review import Action, acknowledge, confirm, dismiss, reopen, reply
from alerts.review_log import Chain, ReviewEntry
from alerts.rules import MIN_SHOWN, Rule, Wording, load_rules
from alerts.strict import read_toml, strict, unknown

__all__ = [
    "CHECKS",
    "MIN_SHOWN",
    "Action",
    "Alert",
    "Axes",
    "BenignCheck",
    "Campaign",
    "Chain",
    "Change",
    "Corroboration",
    "Event",
    "Evidence",
    "FindingStatus",
    "Outcome",
    "ReviewEntry",
    "Rule",
    "Status",
    "Verdict",
    "Wording",
    "acknowledge",
    "alert_title",
    "confirm",
    "declared",
    "dismiss",
    "dutch",
    "is_current",
    "load_registry",
    "load_rules",
    "raise_alerts",
    "read_toml",
    "reopen",
    "reply",
    "review_log",
    "strict",
    "unknown",
]
