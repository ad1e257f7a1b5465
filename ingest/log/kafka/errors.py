"""What can go wrong between this program and the brokers."""

from store import StoreError


class LogError(StoreError):
    """The log on Kafka cannot do what was asked; the message names the cause and the fix."""


class UnreachableError(LogError):
    """No broker can be spoken to now; it may pass."""
