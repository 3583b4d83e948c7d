"""Which network addresses may be fetched from: public ones only, unless a setting allows others.

A name is looked up once, every address that it has is checked, and the connection is made to the
checked address itself, so that a second look-up cannot lead elsewhere (DNS rebinding).
"""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

from reportedly.errors import ReadError

SCHEMES = ("http", "https")


def check_url(url: str) -> tuple[str, str, int]:
    """Scheme, host and port of an address.

    Raises:
        ReadError: it is not a complete http(s) address.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ReadError(url, f"not a valid address ({error})") from None
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise ReadError(url, "not an http or https address")
    return parts.scheme, parts.hostname, port or (443 if parts.scheme == "https" else 80)


def is_public(address: str) -> bool:
    """True for an address of the public internet (not private, loopback, link-local, reserved …).

    Addresses that carry an IPv4 one (mapped, 6to4, NAT64) are judged by the one they carry.
    """
    found = ipaddress.ip_address(address.split("%", 1)[0])
    if isinstance(found, ipaddress.IPv6Address):
        carried = found.ipv4_mapped or found.sixtofour
        if carried is None and found in ipaddress.ip_network("64:ff9b::/96"):
            carried = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if carried is not None:
            return is_public(str(carried))
    return found.is_global and not found.is_multicast


def resolve(url: str, allow_private: bool) -> str:
    """The IP address to connect to for a URL.

    Raises:
        ReadError: the name has no address, or one of them is not public.
    """
    _, host, port = check_url(url)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise ReadError(url, f"the host {host} was not found") from None
    addresses = [str(item[4][0]) for item in found]
    if not allow_private and not all(is_public(address) for address in addresses):
        raise ReadError(url, f"the host {host} has a private or loopback address; not fetched")
    return addresses[0]
