"""The folder of all visits: one for each process, however many visitors come first at once."""

import functools
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

from checkpoints import visits


def test_two_simultaneous_first_visitors_share_one_folder(tmp_path, monkeypatch):
    def slowly(prefix):
        time.sleep(0.1)
        return str(made(prefix=prefix))

    made = tempfile.mkdtemp
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(tempfile, "mkdtemp", slowly)
    monkeypatch.setattr(visits, "_made", functools.cache(visits._made.__wrapped__))
    with ThreadPoolExecutor(2) as visitors:
        one, other = visitors.map(lambda _: visits.root(), range(2))
    assert [one] == [other] == list(tmp_path.iterdir())
