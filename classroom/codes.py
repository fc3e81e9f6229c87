"""Codes that a person types, and secrets that a link carries."""

import hashlib
import hmac
import secrets

# No vowels, so no words; of letters and digits that are mistaken for each other (0 O, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V W,
# M N) one at most.
ALPHABET = "3479CDFHJKMPRTWX"
LENGTH = 6  # 16^6: 17 million codes


def new_code() -> str:
    """A code for a room."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def typed(text: str) -> str:
    """The code that a person meant: in capitals, without spaces and hyphens; "" where it can be none."""
    code = "".join(text.upper().replace("-", " ").split())
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def spaced(code: str) -> str:
    """The code in two groups, as it is shown."""
    return f"{code[: LENGTH // 2]} {code[LENGTH // 2 :]}"


def new_secret() -> str:
    """A secret of 128 random bits for a link, also the anonymous id of a participant."""
    return secrets.token_urlsafe(16)


def is_secret(text: str) -> bool:
    """Whether the text has the form of a secret."""
    return len(text) == 22 and text.isascii() and text.replace("-", "").replace("_", "").isalnum()


def hashed(secret: str) -> str:
    """What is stored of a secret. It has 128 random bits, so a fast hash without salt is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def same(secret: str, stored: str) -> bool:
    """Whether `stored` is the hash of `secret`, in a time that says nothing about it."""
    return hmac.compare_digest(hashed(secret), stored)
