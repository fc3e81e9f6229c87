"""Licences of what the app installs and of what stands vendored in the repository: permissive, or a reason is given.

python .ci/licences.py      prints them, and fails where one is unknown or restrictive
"""

import json
import re
import sys
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
VENDOR = ROOT / "ui" / "components" / "vendor"
PERMISSIVE = re.compile(r"MIT|BSD|Apache|PSF|Python|MPL|Mozilla|ISC|Zlib|zlib|CC0|BSL|Boost|HPND|Unlicense")
RESTRICTIVE = re.compile(r"GPL|Affero|SSPL|Proprietary|NonCommercial")
# The CUDA libraries that PyPI's torch for Linux asks for: NVIDIA's own licence lets anyone use them.
NVIDIA = re.compile(r"nvidia-|cuda-")


def requirements():
    """Names of the distributions that requirements.txt asks for, and of what they ask for in turn, as installed."""
    waiting = [Requirement(line) for line in (ROOT / "requirements.txt").read_text().splitlines() if line.strip()]
    names = set()
    while waiting:
        requirement = waiting.pop()
        name = re.sub(r"[-_.]+", "-", requirement.name).lower()
        if name in names or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        names.add(name)
        waiting += map(Requirement, metadata.requires(name) or [])
    return sorted(names)


def licence(name):
    """What a distribution says of its licence, in the order in which its fields can be trusted."""
    fields = metadata.metadata(name)
    classifiers = [c.rpartition(" :: ")[2] for c in fields.get_all("Classifier", []) if c.startswith("License ::")]
    first_line = (fields.get("License") or "").strip().splitlines()[:1]
    return fields.get("License-Expression") or ", ".join(classifiers) or "".join(first_line)


def vendored():
    """(name, licence) of each vendored package, which needs a version, a source and the text of its licence."""
    about = json.loads((VENDOR / "VERSIONS.json").read_text())
    for folder in sorted(path.name for path in VENDOR.iterdir() if path.is_dir()):
        known = about.get(folder, {})
        whole = {"version", "source", "license"} <= set(known) and (VENDOR / folder / "LICENSE").exists()
        yield f"{folder} {known.get('version', '')} (vendored)", known["license"] if whole else ""


def main():
    licences = [(name, licence(name)) for name in requirements() if not NVIDIA.match(name)] + list(vendored())
    wrong = [name for name, text in licences if not PERMISSIVE.search(text) or RESTRICTIVE.search(text)]
    for name, text in licences:
        print(f"{name:32} {text or 'no licence named'}{'   <-- look at it' if name in wrong else ''}")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
