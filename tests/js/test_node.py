"""Unit tests of the JavaScript modules under node, one case for each file *.test.mjs beside this one."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from tests import slow
from tests.js import expected

FILES = sorted(Path(__file__).parent.glob("*.test.mjs"))
SLOW = {"toy_flow_ring.test.mjs", "toy_vae_presets.test.mjs"}  # whole trainings


@pytest.mark.parametrize(
    "file", slow.all_but([file for file in FILES if file.name not in SLOW], FILES), ids=lambda file: file.name
)
def test_node(node, file, tmp_path):
    values = getattr(expected, file.name.removesuffix(".test.mjs"), None)
    given = tmp_path / "expected.json"
    given.write_text(json.dumps(values() if values else None))
    command = [node, "--test-reporter=spec", str(file)]  # with --test, a second process would run it
    done = subprocess.run(command, env={**os.environ, "EXPECTED": str(given)}, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search("pass [1-9]", done.stdout), f"{file.name} has no test"
