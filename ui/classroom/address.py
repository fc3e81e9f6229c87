"""Addresses for phones."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

import streamlit as st

PHONE_PAGE = "join"


def base(page: str) -> str:
    """The address of the app for phones, with a trailing slash. page: last part of the current address.

    If a laptop opens its own app as localhost (or 0.0.0.0), phones need another name: its address in the network.
    """
    parts = urlsplit(st.context.url or "")
    host = parts.netloc
    if _is_loopback(parts.hostname, unspecified=True) and not _is_loopback(st.get_option("server.address")):
        name = in_network() or parts.hostname
        host = f"{name}:{parts.port}" if parts.port else name
    path = parts.path.removesuffix("/").removesuffix(f"/{page}" if page else "")
    return f"{parts.scheme}://{host}{path}/"


def join(base: str, code: str) -> str:
    return f"{base}{PHONE_PAGE}?room={code}"


def unreachable(address: str) -> bool:
    """Whether the address works only on this computer."""
    return _is_loopback(urlsplit(address).hostname)


def in_network() -> str | None:
    """This computer's address in its network; None without one. No packet is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return probe.getsockname()[0]
        except OSError:
            return None


def _is_loopback(host, unspecified=False):
    if host == "localhost":
        return True
    try:
        number = ipaddress.ip_address(host or "")
        return number.is_loopback or (unspecified and number.is_unspecified)
    except ValueError:
        return False
