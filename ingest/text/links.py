"""Links in texts: found, freed of tracking, in one canonical form."""

import re
from functools import lru_cache
from urllib.parse import urlsplit, urlunsplit

LINK = re.compile(r"https?://[^\s<>\"'\]\[{}|\\^`\x00-\x1f]+", re.IGNORECASE)
_TRAILING = ".,;:!?)*_~'\"…»”’"
_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|twclid|ttclid|igshid|igsh|yclid|mc_[ce]id|_hs(?:enc|mi)"
    r"|ref_src|ref_url|mkt_tok|wt_mc|at_(?:medium|campaign|custom\d)|s_cid|cmpid|vero_id|oly_\w+_id|li_fat_id|si)",
    re.IGNORECASE,
)


def cleaned(text: str) -> tuple[str, list[str]]:
    """The text with every link in its canonical form, and these links in order, each once."""
    if "://" not in text:
        return text, []
    links: dict[str, None] = {}

    def clean(match: re.Match[str]) -> str:
        bare = trimmed(match[0])
        link = canonical(bare)
        links[link] = None
        return link + match[0][len(bare) :]

    return LINK.sub(clean, text), list(links)


def trimmed(link: str) -> str:
    """The link without the punctuation of the sentence around it; a closing bracket stays if one opens inside."""
    end = len(link)
    while end and link[end - 1] in _TRAILING:
        if link[end - 1] == ")" and link.count("(", 0, end) >= link.count(")", 0, end):
            break
        end -= 1
    return link[:end]


@lru_cache(maxsize=50_000)
def canonical(link: str) -> str:
    """Scheme and host in lower case; no default port, fragment, tracking parameter or final slash of a bare host."""
    try:
        parts = urlsplit(link)
        host = parts.netloc.lower().removesuffix(":80" if parts.scheme == "http" else ":443")
    except ValueError:
        return link
    kept = [pair for pair in parts.query.split("&") if pair and not _TRACKING.fullmatch(pair.partition("=")[0])]
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    return urlunsplit((parts.scheme, host, parts.path if parts.path != "/" else "", "&".join(kept), fragment))
