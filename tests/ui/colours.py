"""Differences of colours from each other and from their background, with and without colour blindness."""

import numpy as np

# Machado et al. 2009, severity 1, on linear RGB.
SEEN = {
    "all": np.eye(3),
    "no red": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "no green": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "no blue": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
XYZ = [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
WHITE = [0.95047, 1.0, 1.08883]


def linear(colour):
    """Linear RGB, (3,), of "#rrggbb"."""
    parts = np.array(list(bytes.fromhex(colour[1:]))) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    """By WCAG 2.2: from 1 to 21."""
    dark, light = sorted(0.05 + linear(colour) @ XYZ[1] for colour in (one, other))
    return light / dark


def mixed(colour, ground, opacity):
    """A colour that lets some of its ground through, as "#rrggbb"."""
    parts = zip(bytes.fromhex(colour[1:]), bytes.fromhex(ground[1:]), strict=True)
    return "#" + "".join(f"{round(opacity * over + (1 - opacity) * under):02x}" for over, under in parts)


def lab(colour, seen="all"):
    """CIELAB, (3,), of "#rrggbb" as it is seen."""
    xyz = XYZ @ np.clip(np.asarray(SEEN[seen]) @ linear(colour), 0, 1) / WHITE
    x, y, z = np.where(xyz > 216 / 24389, np.cbrt(xyz), xyz * 841 / 108 + 4 / 29)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def ciede2000(one, other):
    """The difference of two colours in CIELAB, (3,) each (Sharma et al. 2005)."""
    far = np.mean([np.hypot(*one[1:]), np.hypot(*other[1:])]) ** 7
    stretch = 1.5 - 0.5 * np.sqrt(far / (far + 25.0**7))
    (c1, h1), (c2, h2) = (_polar(stretch * a, b) for _, a, b in (one, other))
    turn = (h2 - h1 + 180) % 360 - 180
    hue, chroma, light = (h1 + turn / 2) % 360, (c1 + c2) / 2, (one[0] + other[0]) / 2
    waves = ((-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.20, 4, -63))
    t = 1 + sum(size * np.cos(np.radians(times * hue + shift)) for size, times, shift in waves)
    dl = (other[0] - one[0]) / (1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2))
    dc = (c2 - c1) / (1 + 0.045 * chroma)
    dh = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2)) / (1 + 0.015 * chroma * t)
    bend = 2 * np.sqrt(chroma**7 / (chroma**7 + 25.0**7)) * np.sin(np.radians(60 * np.exp(-(((hue - 275) / 25) ** 2))))
    return np.sqrt(dl**2 + dc**2 + dh**2 - bend * dc * dh)


def _polar(a, b):
    return np.hypot(a, b), np.degrees(np.arctan2(b, a)) % 360
