"""Rules as data: one TOML file each, beside this one."""

from alerts.rules.loading import load_rules
from alerts.rules.rule import MIN_SHOWN, Rule, Wording, rule_for, title

__all__ = ["MIN_SHOWN", "Rule", "Wording", "load_rules", "rule_for", "title"]
