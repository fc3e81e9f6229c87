"""Local links of README, LOG and docs: each names a file of the repository, and a heading where it has an anchor.

python .ci/links.py     prints what is missing, and fails where something is
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)[^)]*\)")
FENCE = re.compile(r"^(```|~~~).*?^\1\s*$", re.MULTILINE | re.DOTALL)


def anchor(heading):
    """What GitHub makes of a heading: lower case, punctuation left out, spaces as hyphens."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading.strip().strip("#").strip())
    return re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")


def anchors(text):
    return {anchor(line) for line in FENCE.sub("", text).splitlines() if re.match(r"#{1,6} ", line)}


def missing(file):
    """Links of one Markdown file that lead nowhere."""
    for link in LINK.findall(FENCE.sub("", file.read_text())):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, name = link.partition("#")
        target = (file.parent / path).resolve() if path else file
        there = target.exists() and target.is_relative_to(ROOT)
        if not there or (name and target.suffix == ".md" and name not in anchors(target.read_text())):
            yield f"{file.relative_to(ROOT)}: {link}"


def main():
    files = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    wrong = [line for name in files if (ROOT / name).exists() for line in missing(ROOT / name)]
    print("\n".join(wrong) or f"links: {len(files)} files, none is broken")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
