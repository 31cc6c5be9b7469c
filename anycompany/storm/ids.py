"""Ids: minted once from the first name, never changed, never reused."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

ID_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$"
"""What an id may look like: safe, as it stands, in YAML, DOT, file names and AWS names."""

LONGEST_MINTED = 48
"""Characters of a minted id, so that names of AWS resources made from it stay under their limits."""


@lru_cache(maxsize=8192)
def slug(text: str) -> str:
    """The text in lower-case ASCII words joined by hyphens; empty when nothing in it can be written so.

    Letters of other scripts are transliterated.

    >>> slug("Payment Attempted"), slug("Заказ создан"), slug("<b>Ünit</b>"), slug("!!!")
    ('payment-attempted', 'zakaz-sozdan', 'b-unit-b', '')
    """
    if not text.isascii():
        from anyascii import anyascii

        text = anyascii(text)
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def mint(name: str, taken: Collection[str], fallback: str) -> str:
    """A new id for something called ``name`` that is not in ``taken``.

    Parameters
    ----------
    name : the first name a person gave.
    taken : ids in use, or used before.
    fallback : the word to use when the name has no letters or digits at all.

    >>> mint("Order Placed", {"order-placed"}, "event")
    'order-placed-2'
    """
    base = slug(name[:400])[:LONGEST_MINTED].strip("-") or fallback
    if base not in taken:
        return base
    number = 2
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"


def words(identifier: str) -> str:
    """An id as words for people, for things that have no name of their own.

    >>> words("take-payment")
    'Take payment'
    """
    text = re.sub(r"[-_]+", " ", identifier).strip()
    return text[:1].upper() + text[1:]
