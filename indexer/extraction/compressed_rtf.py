"""RTF as a mail holds it: LZFu of MS-OXRTFCP, runs of bytes that stood before or stand in a text all writers know."""

from __future__ import annotations

import struct

from indexer.errors import UnreadableFile

LARGEST = 20_000_000  # bytes unpacked; what hangs on a mail and its pictures stand elsewhere
_HEAD = struct.Struct("<4xI4s4x")  # the length unpacked, the way of packing
_PACKED, _AS_IT_IS = b"LZFu", b"MELA"
_KNOWN = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans Serif"
    rb"SymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_ROUND = 4096  # bytes that a run may reach back, those of the known text counted
_SHORTEST = 2


def unpacked(data: bytes) -> bytes:
    """Raises UnreadableFile where it is broken, cut or larger than LARGEST."""
    if len(data) < _HEAD.size:
        raise UnreadableFile("damaged", "packed RTF without a head")
    length, way = _HEAD.unpack_from(data)
    if length > LARGEST:
        raise UnreadableFile("too_large", f"{length} bytes of RTF in a mail")
    if way == _PACKED:
        whole = _unpacked(data, length)
    elif way == _AS_IT_IS:
        whole = data[_HEAD.size :][:length]
    else:
        raise UnreadableFile("damaged", f"RTF packed as {way!r}")
    if len(whole) < length:
        raise UnreadableFile("damaged", f"{len(whole)} bytes of {length} of packed RTF")
    return whole


def _unpacked(data: bytes, length: int) -> bytes:
    """At most `length` bytes, less where the data end before."""
    out = bytearray(_KNOWN)
    most, at, end = len(_KNOWN) + length, _HEAD.size, len(data)
    while at < end and len(out) < most:
        signs, at = data[at], at + 1
        for bit in range(8):
            if not signs >> bit & 1:
                out += data[at : at + 1]
                at += 1
                continue
            if at + 2 > end:
                return bytes(out[len(_KNOWN) : most])
            place, count = divmod(data[at] << 8 | data[at + 1], 16)
            at += 2
            # The round is written from its start: a run at the place that is written next is the end of all.
            back = (len(out) - place) % _ROUND
            if not back:
                return bytes(out[len(_KNOWN) : most])
            _repeat(out, back, count + _SHORTEST)
    return bytes(out[len(_KNOWN) : most])


def _repeat(out: bytearray, back: int, count: int) -> None:
    """A run may go on into what it writes itself."""
    start = len(out) - back
    if start < 0:  # of the round, where nothing was written yet
        raise UnreadableFile("damaged", "a run of packed RTF from before its start")
    run = out[start : start + count]
    out += (run * -(-count // len(run)))[:count]
