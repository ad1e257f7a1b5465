"""Addresses of feeds: how they are told of, and where a redirect may lead."""

import ipaddress
import socket

import httpx


def told(url: str) -> str:
    """The address without what may be secret in it: a user, a password, what follows the question mark."""
    parts = httpx.URL(url)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.host}{port}{parts.path.rstrip('/')}"


def why_not_follow(configured: httpx.URL, target: httpx.URL) -> str | None:
    """Why a redirect is not followed, if so.

    A server on the internet could send us to other servers of the house that runs Stemwacht. The address that is
    configured may itself lie in a private network: that was a person's choice.
    """
    if target.scheme not in ("http", "https"):
        return f"it redirects to a {target.scheme or 'relative'} address, which is not followed"
    if target.host != configured.host and _is_private(target.host):
        return "it redirects into a private network, which is not followed; if that is right, write the new address"
    return None


def _is_private(host: str) -> bool:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):  # then it cannot be fetched either
        return False
    return any(not ipaddress.ip_address(str(address[0]).partition("%")[0]).is_global for *_, address in found)
