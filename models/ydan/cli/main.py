"""The ``ydan`` command line: what was asked goes to the module that does it, what went wrong to a sentence."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence

from ydan.cli.parser import FORMATS, build_parser
from ydan.errors import YDanError

__all__ = ["FORMATS", "build_parser", "main"]
DONE, WRONG_USE, STOPPED = 0, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0 done, 1 some input failed, 2 wrong use, 130 stopped by Ctrl-C."""
    gc.set_threshold(100_000, 20, 20)  # one command makes millions of small objects and no cycles to speak of
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = build_parser().parse_args(arguments)
    try:
        status = _run(options)
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader left: not an error
        return DONE
    except KeyboardInterrupt:
        print("\nydan: đã dừng theo yêu cầu.", file=sys.stderr)
        return STOPPED
    except YDanError as error:
        print(f"ydan: {error}", file=sys.stderr)
        return WRONG_USE
    except OSError as error:
        print(f"ydan: {error.filename or 'đầu ra'}: {error.strerror}. Hãy kiểm tra tên, quyền, ổ đĩa.", file=sys.stderr)
        return WRONG_USE


def _run(options: argparse.Namespace) -> int:
    if options.command == "labels":
        from ydan.cli.labels import show_labels

        return show_labels(options.kind, as_json=options.json)
    if options.command == "competence":
        from ydan.cli.competence import check_override, show_ruling

        return check_override(options.file) if options.action == "check" else show_ruling(options)
    if options.command == "explain":
        from ydan.cli.explain import explain

        return explain(options)
    if options.command == "selftest":
        from ydan.cli.selftest import selftest

        return selftest(options)
    if options.command == "bulk":
        from ydan.cli.bulk import bulk

        return bulk(options)
    if options.command == "read":
        from ydan.cli.read import read

        return read(options)
    if options.command == "documents":
        from ydan.cli.documents import documents

        return documents(options)
    from ydan.cli.classify import classify

    return classify(options)
