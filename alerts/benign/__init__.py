"""Innocent explanations that every alert looks at first; one file per check, named as rules name it."""

from collections.abc import Callable, Mapping

from alerts.alert import BenignCheck
from alerts.benign import (
    consulted_text,
    headline,
    official_accounts,
    one_writer,
    opposite_opinions,
    quotation,
    repost,
    stock_phrase,
    time_spread,
)
from alerts.benign.case import Case, case

CHECKS: Mapping[str, Callable[[Case], BenignCheck]] = {
    module.NAME: module.check
    for module in (
        consulted_text,
        headline,
        official_accounts,
        one_writer,
        opposite_opinions,
        quotation,
        repost,
        stock_phrase,
        time_spread,
    )
}

__all__ = ["CHECKS", "Case", "case"]
