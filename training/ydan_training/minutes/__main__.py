"""``python -m ydan_training.minutes``: build the documents, or check that the committed ones are up to date."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from ydan_training.minutes.build import build_each, stale
from ydan_training.minutes.source import SourceError

DONE, FAILED = 0, 1


def main(arguments: Sequence[str] | None = None) -> int:
    """0 done, 1 a source at fault or a document out of date."""
    parser = argparse.ArgumentParser(prog="python -m ydan_training.minutes", description=__doc__)
    parser.add_argument("--source", type=Path, default=Path("data/minutes/source"), metavar="DIR")
    parser.add_argument("--output", type=Path, default=Path("data/minutes/documents"), metavar="DIR")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a document is out of date")
    options = parser.parse_args(arguments)
    try:
        if options.check:
            names = stale(options.source, options.output)
            for name in names:
                print(f"{options.output / name}: not what the sources say; build again.", file=sys.stderr)
            return FAILED if names else DONE
        total = len(list(options.source.glob("*.txt")))
        for done, paths in enumerate(build_each(options.source, options.output), 1):
            print(f"[{done}/{total}] {paths[0]}")
    except SourceError as error:
        print(error, file=sys.stderr)
        return FAILED
    return DONE


if __name__ == "__main__":
    sys.exit(main())
