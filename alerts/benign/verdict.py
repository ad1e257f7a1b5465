"""The three verdicts of a benign check, each with its reason in plain words."""

from alerts.alert import BenignCheck


def supported(name: str, reason: str) -> BenignCheck:
    """The evidence speaks for the innocent explanation."""
    return BenignCheck(name=name, verdict="supported", reason=reason)


def not_supported(name: str, reason: str) -> BenignCheck:
    """It was looked at and does not hold."""
    return BenignCheck(name=name, verdict="not supported", reason=reason)


def not_judged(name: str, reason: str) -> BenignCheck:
    """The data do not say."""
    return BenignCheck(name=name, verdict="could not be judged", reason=reason)


def share(part: int, whole: int) -> str:
    """`34 of 40`."""
    return f"{part} of {whole}"
