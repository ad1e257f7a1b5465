"""Whether a service answers that it is well: `python healthy.py URL [PART...]`; exit code 0 if so, 1 with the reason.

Each PART must be called healthy in the JSON that the address gives, as {"scheduler": {"status": "healthy"}}.
"""

import json
import sys
import urllib.request

SECONDS = 8


def trouble(url: str, parts: list[str]) -> str | None:
    """What is wrong, in words; None where all is well."""
    try:
        with urllib.request.urlopen(url, timeout=SECONDS) as answer:  # noqa: S310 - the addresses stand in docker-compose.yml
            told = json.load(answer) if parts else {}
    except (OSError, ValueError) as error:
        return f"{url}: {error}"
    states = {part: told.get(part, {}).get("status", "not told") for part in parts}
    return ", ".join(f"{part} is {state}" for part, state in states.items() if state != "healthy") or None


if __name__ == "__main__":
    found = trouble(sys.argv[1], sys.argv[2:])
    if found is not None:
        sys.exit(found)
