# A screenshot as a PNG of few colours: a screen of plain areas and text needs no
# more, and the guides stay small.  SPDX-License-Identifier: MulanPSL-2.0
import collections
import struct
import zlib

COLOURS = 128


def chunks(data):
    at = 8
    while at < len(data):
        size, = struct.unpack(">I", data[at:at + 4])
        yield data[at + 4:at + 8], data[at + 8:at + 8 + size]
        at += size + 12


def unfilter(raw, width, height, depth):
    """The rows of a PNG whose pixels have DEPTH bytes."""
    size, at, above = width * depth, 0, bytearray(width * depth)
    for _ in range(height):
        kind, row = raw[at], bytearray(raw[at + 1:at + 1 + size])
        at += size + 1
        if kind == 1:
            for i in range(depth, size):
                row[i] = (row[i] + row[i - depth]) & 255
        elif kind == 2:
            row = bytearray((a + b) & 255 for a, b in zip(row, above))
        elif kind == 3:
            for i in range(size):
                row[i] = (row[i] + ((row[i - depth] if i >= depth else 0) + above[i]) // 2) & 255
        elif kind == 4:
            for i in range(size):
                a, b, c = (row[i - depth], above[i], above[i - depth]) if i >= depth else (0, above[i], 0)
                pa, pb, pc = abs(b - c), abs(a - c), abs(a + b - 2 * c)
                row[i] = (row[i] + (a if pa <= pb and pa <= pc else b if pb <= pc else c)) & 255
        yield row
        above = row


def shrink(path):
    """The PNG at PATH, 8 bits a channel, becomes one with a palette."""
    data = open(path, "rb").read()
    parts = list(chunks(data))
    width, height, bits, kind = struct.unpack(">IIBB", parts[0][1][:10])
    depth = {2: 3, 6: 4}[kind]
    assert bits == 8, path
    raw = zlib.decompress(b"".join(body for name, body in parts if name == b"IDAT"))
    rows = [[bytes(row[i:i + 3]) for i in range(0, len(row), depth)] for row in unfilter(raw, width, height, depth)]
    often = collections.Counter(p for row in rows for p in row)
    palette = [c for c, _ in often.most_common(COLOURS)]
    near = {c: min(range(len(palette)), key=lambda n: sum((a - b) ** 2 for a, b in zip(c, palette[n]))) for c in often}
    body = b"".join(b"\0" + bytes(near[p] for p in row) for row in rows)
    out = data[:8]
    for name, text in ((b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
                       (b"PLTE", b"".join(palette)), (b"IDAT", zlib.compress(body, 9)), (b"IEND", b"")):
        out += struct.pack(">I", len(text)) + name + text + struct.pack(">I", zlib.crc32(name + text))
    open(path, "wb").write(out)
