"""Messages for one tab on a line that others hear too.

What a widget is sent reaches every browser on its kernel. What one person alone may see is sealed with a key
that their tab made, and told the kernel when it came in: others' browsers get nothing they could read. The
keystream is SHA-256 of key, nonce and a counter: pages on plain http have no crypto.subtle, and this is the
same few lines on both sides (``source/sync/sealing.js``).
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from typing import Any


def sealed(message: dict[str, Any], key: str) -> dict[str, Any]:
    """A message for one tab, so that only this tab can read it.

    Parameters
    ----------
    message : with the address of the tab.
    key : the tab's, 64 hexadecimal digits.
    """
    text = json.dumps(message, separators=(",", ":")).encode()
    nonce = secrets.token_bytes(16)
    closed = _mixed(text, bytes.fromhex(key) + nonce)
    return {
        "type": "sealed",
        "to": message["to"],
        "nonce": nonce.hex(),
        "text": base64.b64encode(closed).decode(),
    }


def opened(message: dict[str, Any], key: str) -> dict[str, Any]:
    """What was sealed, as the tab reads it.

    >>> key = "0f" * 32
    >>> opened(sealed({"type": "ack", "to": "1a2b3c4d0001"}, key), key)
    {'type': 'ack', 'to': '1a2b3c4d0001'}
    """
    closed = base64.b64decode(message["text"])
    text = _mixed(closed, bytes.fromhex(key) + bytes.fromhex(message["nonce"]))
    found: dict[str, Any] = json.loads(text)
    return found


def _mixed(text: bytes, start: bytes) -> bytes:
    blocks = range(-(-len(text) // 32))
    stream = b"".join(hashlib.sha256(start + number.to_bytes(4)).digest() for number in blocks)[: len(text)]
    return (int.from_bytes(text) ^ int.from_bytes(stream)).to_bytes(len(text))
