"""Where the log goes: standard error, so that standard output stays for results."""

import logging
import sys

import structlog


def log_to_stderr(*, verbose: bool) -> None:
    """Log what happens, or what went wrong alone."""
    level = logging.INFO if verbose else logging.WARNING
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def is_verbose() -> bool:
    """Whether what happens is logged, so that a process of its own can be told."""
    return bool(structlog.get_logger().is_enabled_for(logging.INFO))
