"""Follows CONTRIBUTING.md in a copy of the repository: a fenced block that names a file is written, or, as a diff, applied. Prints
the files of each section.

    apply.py COPY"""

import pathlib
import re
import sys

copy = pathlib.Path(sys.argv[1])
page = (copy / "CONTRIBUTING.md").read_text(encoding="utf-8")


def insert(path, block):
    """Lines with + go behind the line before them, or before the line behind them at the beginning of a hunk."""
    lines = path.read_text(encoding="utf-8").split("\n")
    at = 0
    pending = []
    for line in block.split("\n"):
        mark, text = line[:1], line[1:]
        if mark == "+":
            pending.append(text)
            if at:
                lines.insert(at, text)
                at += 1
                pending.clear()
        elif mark == " ":
            before = [text] if text in lines[at:] else [known for known in lines[at:] if known.startswith(text)]
            if not before:
                sys.exit(f"{path}: there is no line {text!r}")
            found = lines.index(before[0], at)
            lines[found:found] = pending
            at = found + len(pending) + 1
            pending.clear()
    path.write_text("\n".join(lines), encoding="utf-8")


for section in re.split(r"^### ", page, flags=re.MULTILINE)[1:]:
    new, changed = [], []
    for kind, name, block in re.findall(r"^```(\w+) (\S+)\n(.*?)^```$", section, flags=re.MULTILINE | re.DOTALL):
        path = copy / name
        if kind == "diff":
            insert(path, block.rstrip("\n"))
            changed.append(name)
        else:
            if path.exists():
                sys.exit(f"{name} exists already")
            path.write_text(block, encoding="utf-8")
            new.append(name)
    title = section.split("\n", 1)[0]
    if new or changed:
        print(f"{title} | {len(new)} new, {len(changed)} changed: {' '.join(new + changed)}")
