"""Why a source has a gap, in fixed words: reports translate them."""

NOTHING_CAME = "nothing came in"
UNREACHABLE = "it could not be reached"
GONE = "it is gone"
KEPT_NO_LONGER = "what was published then is kept there no longer"
PASSED_BETWEEN = "more was published between two readings than it shows"
OTHER_PLACE = "it was read from another place, which does not tell what came before"
GAP_REASONS = (NOTHING_CAME, UNREACHABLE, GONE, KEPT_NO_LONGER, PASSED_BETWEEN, OTHER_PLACE)
