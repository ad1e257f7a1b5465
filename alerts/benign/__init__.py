"""Innocent explanations that every alert looks at first; one file per check, named as rules name it."""

from collections.abc import Callable, Mapping

from alerts.alert import BenignCheck
from alerts.benign import (
    automated_feed,
    common_source,
    consulted_text,
    headline,
    newsroom,
    official_accounts,
    one_person,
    one_writer,
    opposite_opinions,
    public_event,
    quotation,
    repost,
    spreading,
    stock_phrase,
    tags_apart,
    time_spread,
    viral_link,
)
from alerts.benign.case import Case, case

CHECKS: Mapping[str, Callable[[Case], BenignCheck]] = {
    module.NAME: module.check
    for module in (
        automated_feed,
        common_source,
        consulted_text,
        headline,
        newsroom,
        official_accounts,
        one_person,
        one_writer,
        opposite_opinions,
        public_event,
        quotation,
        repost,
        spreading,
        stock_phrase,
        tags_apart,
        time_spread,
        viral_link,
    )
}

__all__ = ["CHECKS", "Case", "case"]
