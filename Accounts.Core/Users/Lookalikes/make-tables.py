"""Makes confusables.lst and scripts.lst of Unicode's confusables.txt (UTS 39) and Scripts.txt (UAX 24).

    python3 make-tables.py confusables.txt Scripts.txt

Both are published at https://www.unicode.org/Public/ in the folder of each version: security/confusables.txt and
ucd/Scripts.txt. What is written here differs from them in its form alone; the licence is unicode.LICENSE.
"""
import pathlib
import re
import sys

SHARED = {"Common", "Inherited"}


def rows(file):
    for line in pathlib.Path(file).read_text(encoding="utf-8-sig").splitlines():
        fields = [field.strip() for field in line.split("#")[0].split(";")]
        if len(fields) > 1:
            yield fields


def version(file):
    return re.search(r"[0-9]+\.[0-9]+\.[0-9]+", pathlib.Path(file).read_text(encoding="utf-8-sig")).group()


def confusables(file):
    """What looks alike, a line for each: the prototype, and everything that stands for it."""
    sources = {}
    for source, target, *_ in rows(file):
        sources.setdefault(target, []).append(source)
    return [f"{target}\t{' '.join(sources[target])}" for target in sorted(sources)]


def scripts(file):
    """The ranges of each script but those that all share, as short as they can be."""
    ranges = {}
    for code, script in rows(file):
        first, last = (int(end, 16) for end in (code.split("..") * 2)[:2])
        ranges.setdefault(script, []).append((first, last))
    return [f"{script}\t{' '.join(f'{a:04X}-{b:04X}' for a, b in merged(ranges[script]))}" for script in sorted(ranges.keys() - SHARED)]


def merged(ranges):
    result = []
    for first, last in sorted(ranges):
        if result and first == result[-1][1] + 1:
            result[-1] = (result[-1][0], last)
        else:
            result.append((first, last))
    return result


def write(name, source, lines):
    head = f"# Unicode {version(source)}, made by make-tables.py; licence: unicode.LICENSE"
    (pathlib.Path(__file__).parent / name).write_text("\n".join([head, *lines]) + "\n", encoding="ascii")


write("confusables.lst", sys.argv[1], confusables(sys.argv[1]))
write("scripts.lst", sys.argv[2], scripts(sys.argv[2]))
