"""IP addresses as texts: which of them EventBridge takes for one, and ranges of them (CIDR)."""

from __future__ import annotations

import re

from .errors import PatternError
from .model import Cidr

_V4 = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+")
_V6 = re.compile(r"[0-9a-fA-F:]*:[0-9a-fA-F:]*")
_LONGEST_V4 = 15
_MASK = re.compile(r"[+-]?\d+")
_LARGEST_INTEGER = 2**31 - 1
_MAPPED = 0xFFFF << 32


def address(text: str) -> tuple[int, int] | None:
    """The version and number of the IP address that a text spells, or None where it spells none.

    Leading zeros are zeros (``010.0.0.1`` is 10.0.0.1), and an IPv4 address mapped into IPv6 is the IPv4
    address, as in the Java library that EventBridge's own matcher uses.

    >>> address("10.0.0.1") == address("::ffff:a00:1") == (4, 0x0A000001)
    True
    >>> address("12:30")
    """
    if ":" in text:
        number = _v6(text) if _V6.fullmatch(text) else None
        if number is None:
            return None
        return (4, number - _MAPPED) if number >> 32 == 0xFFFF else (6, number)
    if len(text) > _LONGEST_V4 or not _V4.fullmatch(text):
        return None
    octets = [int(octet) for octet in text.split(".")]
    if max(octets) > 255:
        return None
    return 4, int.from_bytes(octets)


def single(text: str) -> Cidr | None:
    """The range of one that an IP address in a pattern is, or None for any other text."""
    found = address(text)
    return Cidr(found[0], found[1], found[1], text) if found else None


def cidr(text: str) -> Cidr:
    """The range of addresses that a CIDR block means; bits beyond its mask may be set.

    Raises
    ------
    PatternError
        as EventBridge does, for any other text; also for the masks /32 and /128.

    >>> hex(cidr("10.0.0.5/24").low), hex(cidr("10.0.0.5/24").high)
    ('0xa000000', '0xa0000ff')
    """
    parts = text.split("/")
    while parts and not parts[-1]:  # Java's split leaves empty ends out
        parts.pop()
    if len(parts) != 2:
        raise PatternError("Malformed CIDR, one '/' required")
    mask = _mask(parts[1])
    found = address(parts[0])
    if found is None:
        spelled_like_one = _V4.fullmatch(parts[0]) or _V6.fullmatch(parts[0])
        kind = "Invalid" if spelled_like_one else "Nonstandard"
        raise PatternError(f"{kind} IP address: {parts[0]}")
    version, number = found
    bits = 32 if version == 4 else 128
    if mask >= bits:
        raise PatternError(
            f"IPv{version} mask bits must be < {bits}", "", "Name a single address without a mask: as a text."
        )
    rest = (1 << (bits - mask)) - 1
    return Cidr(version, number & ~rest, number | rest, text)


def _mask(text: str) -> int:
    if not _MASK.fullmatch(text) or len(text) > 20 or not -_LARGEST_INTEGER <= int(text) <= _LARGEST_INTEGER:
        raise PatternError("Malformed CIDR, mask bits must be an integer")
    mask = int(text)
    if mask < 0:
        raise PatternError("Malformed CIDR, mask bits must not be negative")
    return mask


def _v6(text: str) -> int | None:
    head, gap, tail = text.partition("::")
    if gap and "::" in tail:
        return None
    groups = [_groups(head), _groups(tail)] if gap else [_groups(text)]
    if any(group is None for group in groups):
        return None
    before, after = (groups[0] or []), (groups[1] or [] if gap else [])
    missing = 8 - len(before) - len(after)
    if missing < 1 if gap else missing:
        return None
    return int.from_bytes(b"".join(group.to_bytes(2) for group in [*before, *([0] * missing), *after]))


def _groups(text: str) -> list[int] | None:
    """The numbers between colons; None where one is missing or too large."""
    if not text:
        return []
    groups = []
    for group in text.split(":"):
        digits = group.lstrip("0")
        if not group or len(digits) > 4:
            return None
        groups.append(int(digits or "0", 16))
    return groups
