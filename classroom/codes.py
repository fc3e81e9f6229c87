"""Codes that are typed, and secrets that are part of links."""

import hashlib
import hmac
import secrets

# No vowels, so no words; at most one of each group of similar characters (0 O, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V W, M N).
ALPHABET = "3479CDFHJKMPRTWX"
LENGTH = 6  # 16^6: 17 million codes


def new_code() -> str:
    """A code for a room."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def typed(text: str) -> str:
    """The code that was meant: in capitals, without spaces and hyphens; "" if it cannot be a code."""
    code = "".join(text.upper().replace("-", " ").split())
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def spaced(code: str) -> str:
    """The code in two groups, as displayed."""
    return f"{code[: LENGTH // 2]} {code[LENGTH // 2 :]}"


def new_secret() -> str:
    """A secret of 128 random bits for a link, also the anonymous id of a participant."""
    return secrets.token_urlsafe(16)


def is_secret(text: str) -> bool:
    """Whether the text has the form of a secret."""
    return len(text) == 22 and text.isascii() and text.replace("-", "").replace("_", "").isalnum()


def hashed(secret: str) -> str:
    """The stored form of a secret. With 128 random bits, a fast hash without salt is sufficient."""
    return hashlib.sha256(secret.encode()).hexdigest()


def same(secret: str, stored: str) -> bool:
    """Whether `stored` is the hash of `secret`, in constant time."""
    return hmac.compare_digest(hashed(secret), stored)
