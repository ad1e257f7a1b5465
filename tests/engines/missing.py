"""The one error of this room: an engine cannot be had on this machine, and what to do about it."""


class EngineMissingError(Exception):
    """No Java, no Maven or no network; the message says what to install."""
