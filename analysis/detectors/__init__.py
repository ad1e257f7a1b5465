"""Detectors: which messages belong together, and why. Each module has one public function, `detect`.

Its keyword arguments are its configuration. A misspelt name or option is an error that lists what exists.
"""

from analysis.detectors.bursts import Bursts
from analysis.detectors.sharing import Sharing

__all__ = ["Bursts", "Sharing"]
