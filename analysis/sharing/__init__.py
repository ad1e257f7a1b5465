"""Which accounts share the same things at the same moments, more than chance allows."""

from analysis.sharing.calibration import Calibration, calibrate, calibrated
from analysis.sharing.columns import UNKNOWN, Shares, Thing
from analysis.sharing.communities import Community, communities
from analysis.sharing.cooccurrence import Cooccurrences, cooccurrence_edges
from analysis.sharing.shares import shares
from analysis.sharing.significance import Edges, Tested, tested
from analysis.sharing.traces import TRACES
from analysis.sharing.uniformity import Uniformity

__all__ = [
    "TRACES",
    "UNKNOWN",
    "Calibration",
    "Community",
    "Cooccurrences",
    "Edges",
    "Shares",
    "Tested",
    "Thing",
    "Uniformity",
    "calibrate",
    "calibrated",
    "communities",
    "cooccurrence_edges",
    "shares",
    "tested",
]
