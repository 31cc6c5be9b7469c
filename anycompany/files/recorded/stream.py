"""The bytes of a file with recorded events, piece by piece, unpacked where it is gzip."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Callable, Iterator
from io import BufferedReader
from pathlib import Path

from ...storm.errors import StormError

Progress = Callable[[int, int], None]
"""Told how many bytes of the file are read, of how many."""

PIECE = 1 << 20
_GZIP = b"\x1f\x8b"
_BOM = b"\xef\xbb\xbf"


class CutOffError(ValueError):
    """The file cannot be unpacked beyond this point."""


def opened(path: Path) -> BufferedReader:
    """A file opened for reading, of which something can be read.

    Raises
    ------
    StormError
        if it cannot be.
    """
    try:
        file = path.open("rb")
        file.peek(1)
        return file
    except OSError as error:
        why = error.strerror or str(error)
    except ValueError as error:  # a NUL in the path
        why = str(error)
    raise StormError(f"It cannot be read: {why}.", str(path), "Correct the path.")


def pieces(file: BufferedReader, progress: Progress | None) -> Iterator[bytes]:
    """The bytes of an opened file, unpacked, without the mark that some editors put first.

    Raises
    ------
    CutOffError
        where the rest cannot be read or unpacked.
    """
    size = os.fstat(file.fileno()).st_size
    source = gzip.GzipFile(fileobj=file) if file.peek(2).startswith(_GZIP) else file
    first, done = True, 0
    while True:
        try:
            piece = source.read1(PIECE)  # what comes before damage is still read
        except EOFError:
            raise CutOffError("The file ends in the middle of its gzip data.") from None
        except (zlib.error, gzip.BadGzipFile):
            raise CutOffError("The gzip data is damaged from here on.") from None
        except OSError as error:
            raise CutOffError(f"The rest cannot be read: {error.strerror or error}.") from None
        if progress:
            done = done + len(piece) if source is file else file.tell()
            progress(min(done, size), size)
        if not piece:
            return
        yield piece.removeprefix(_BOM) if first else piece
        first = False
