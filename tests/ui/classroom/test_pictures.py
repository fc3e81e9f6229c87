"""Drawings of a room: the QR code as a camera reads it, and the answers of a class."""

import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from tests import unchecked
from ui.classroom import address, bar, qr, votes

LINK = "http://192.168.178.23:8501/join?room=KTR4X7"


def test_a_camera_reads_the_qr_code(browser):
    """As Chromium draws it, turned and small: 120 pixels of a camera of 12 megapixels see it from about 10 metres."""
    cv2 = unchecked.opencv()
    page = browser.new_page(viewport={"width": 400, "height": 400})
    page.set_content(
        f"<style>.qr {{ width: 120px; margin: 80px; transform: rotate(8deg) }}</style>{qr.image(LINK, 'a room')}"
    )
    picture = cv2.imdecode(np.frombuffer(page.screenshot(), np.uint8), cv2.IMREAD_COLOR)
    page.close()
    text, *_ = cv2.QRCodeDetector().detectAndDecode(picture)
    assert text == LINK


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found, self.texts = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.texts.append(data)


def test_the_label_of_a_code_is_text():
    tags = Tags(qr.image(LINK, '"><script>alert(1)</script>'))
    assert [tag for tag, _ in tags.found] == ["img"]
    assert tags.found[0][1]["alt"] == '"><script>alert(1)</script>'


def test_the_lengths_of_bars_match_the_counts():
    words = {"0": "It grows", "1": "It stays <b>", "2": "It falls"}
    drawn = votes.bars({"0": 3, "1": 6, "2": 0}, words, right="1", own="0")
    tags = Tags(drawn)
    widths = [
        re.search(r"width: (\d+)%", a["style"])[1] for tag, a in tags.found if "bar" in a.get("class", "").split()
    ]
    assert widths == ["50", "100", "0"]
    assert [a["class"] for tag, a in tags.found if "bar" in a.get("class", "")] == ["bar", "bar right", "bar"]
    assert "b" not in {tag for tag, _ in tags.found}
    texts = [text.strip() for text in tags.texts]
    assert texts[1:] == ["It grows (you)", "3", "It stays <b> ✓", "6", "It falls", "0"]
    label = next(a["aria-label"] for tag, a in tags.found if "aria-label" in a)
    assert label == "It grows: 3, It stays <b>: 6, It falls: 0"


def test_bars_can_be_drawn_without_answers():
    assert "width: 0%" in votes.bars({"0": 0}, {"0": "a"})


def test_local_addresses_are_recognised():
    assert address.unreachable("http://localhost:8501/join?room=KTR4X7")
    assert address.unreachable("http://127.0.0.1:8501/join")
    assert address.unreachable("http://[::1]:8501/join")
    assert not address.unreachable(LINK)
    assert not address.unreachable("https://latent-lab.example/join")


def test_the_app_is_local_unless_it_is_started_for_a_class():
    root = Path(__file__).parent.parent.parent.parent
    settings = tomllib.loads((root / ".streamlit" / "config.toml").read_text())
    assert address.unreachable(f"http://{settings['server']['address']}:8501/")
    rules = (root / "Makefile").read_text()
    assert "\nclass: .venv/app\n\t$(BIN)/python -m streamlit run app.py --server.address 0.0.0.0\n" in rules
    assert "make class" in bar.UNREACHABLE


@pytest.mark.parametrize(
    ("opened", "listens", "expected"),
    [
        ("http://localhost:8501/vae", "127.0.0.1", "http://localhost:8501/"),
        ("http://127.0.0.1:8501/vae", "127.0.0.1", "http://127.0.0.1:8501/"),
        ("http://localhost:8501/vae", "0.0.0.0", "http://192.168.178.23:8501/"),
        ("http://0.0.0.0:8501/vae", "0.0.0.0", "http://192.168.178.23:8501/"),
        ("http://192.168.178.23:8501/vae", "0.0.0.0", "http://192.168.178.23:8501/"),
        ("https://latent-lab.example/vae", "127.0.0.1", "https://latent-lab.example/"),
    ],
)
def test_phones_get_the_network_address_if_the_app_listens_there(monkeypatch, opened, listens, expected):
    monkeypatch.setattr(address, "in_network", lambda: "192.168.178.23")
    monkeypatch.setattr(address, "st", SimpleNamespace(
        context=SimpleNamespace(url=opened), get_option=lambda name: {"server.address": listens}[name]
    ))  # fmt: skip
    assert address.base("vae") == expected
    assert address.unreachable(address.join(address.base("vae"), "KTR4X7")) == (
        listens == "127.0.0.1" and "example" not in opened
    )
