"""For developers: which sentences the pages may say, and which of them have no English yet.

``python -m ydan_service.web.catalogue`` lists those that ``locale/en.po`` lacks, one a line, ready to be translated as
``sentence|English``; ``--add FILE…`` takes such files into the catalogue. Sentences are found where they are marked
(``_``, ``N_``, ``gettext`` in Python and templates), in the errors that the office raises, and in the tables whose
labels pages show: settings, statuses, the taxonomy.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from ydan.documents.status import labels as statuses
from ydan.documents.status import urgencies
from ydan.taxonomy import load_taxonomy
from ydan_service import errors, problems
from ydan_service.office import settings

PACKAGE = Path(__file__).resolve().parents[1]
FILE = Path(__file__).parent / "locale" / "en.po"
_KEYWORDS = {
    "_": 0, "N_": 0, "gettext": 0, "Problem": 2,
    **{name: 0 for name, found in vars(errors).items()
       if isinstance(found, type) and issubclass(found, errors.OfficeError)},
}  # fmt: skip
"""Calls whose argument at that place is a sentence for people."""
_PLACEHOLDER = re.compile(r"%\(\w+\)s|%%")
_HEADER = "English for the office's pages; message ids are the Vietnamese sentences."


def used() -> dict[str, str]:
    """Sentence → where it is said (a file of the package, or the table it stands in), in that order."""
    found: dict[str, str] = {}
    for file in sorted(PACKAGE.glob("**/*.py")) + sorted(PACKAGE.glob("web/templates/**/*.html")):
        for sentence in (_in_module if file.suffix == ".py" else _in_template)(file):
            found.setdefault(sentence, file.relative_to(PACKAGE).as_posix())
    for where, sentences in _tables():
        for sentence in sentences:
            found.setdefault(sentence, where)
    return {sentence: where for sentence, where in found.items() if sentence}


def known(file: Path = FILE) -> dict[str, str]:
    """Sentence → English."""
    with file.open("rb") as held:
        return {str(entry.id): str(entry.string) for entry in read_po(held, locale="en") if entry.id and entry.string}


def missing(catalogue: Mapping[str, str]) -> dict[str, str]:
    """Sentences without English, and where they are said."""
    return {sentence: where for sentence, where in used().items() if sentence not in catalogue}


def wrong(catalogue: Mapping[str, str]) -> list[str]:
    """Sentences whose English does not have the same placeholders, so that a number would be lost."""
    return [said for said, english in catalogue.items() if placeholders(said) != placeholders(english)]


def placeholders(sentence: str) -> list[str]:
    """What is filled in, sorted.

    >>> placeholders("%(b)s trên %(a)s, 50%%")
    ['%%', '%(a)s', '%(b)s']
    """
    return sorted(_PLACEHOLDER.findall(sentence))


def read_lines(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of a file of ``sentence|English`` lines; others are passed over."""
    for line in lines:
        said, bar, english = line.partition("\t#")[0].partition("|")
        if bar and said.strip() and english.strip() and not said.startswith("#"):
            yield said.strip(), english.strip()


def write(catalogue: Mapping[str, str], file: Path = FILE) -> None:
    """Write the catalogue, by sentence, so that two people's changes seldom meet in one line."""
    made = Catalog(locale="en", header_comment=f"# {_HEADER}", charset="utf-8")
    for said in sorted(catalogue):
        made.add(said, catalogue[said])
    with file.open("wb") as held:
        write_po(held, made, width=0, omit_header=True)
    plain = re.sub(rb"(?m)^#, .*\n", b"", file.read_bytes())
    head = f'# {_HEADER}\nmsgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Language: en\\n"\n\n'
    file.write_bytes(head.encode() + plain)


def _in_template(file: Path) -> Iterator[str]:
    with file.open("rb") as held:
        options = {"encoding": "utf-8", "silent": "false"}
        for _line, sentence, _comments, _context in extract(
            "jinja2.ext:babel_extract", held, {"_": None}, options=options
        ):
            yield sentence if isinstance(sentence, str) else sentence[0]


def _in_module(file: Path) -> Iterator[str]:
    """Babel's own reader joins the two sentences of ``_(a if b else c)`` into one, so this asks the syntax tree."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            at = _KEYWORDS.get(name)
            if at is not None and len(node.args) > at:
                yield from _constants(node.args[at])


def _constants(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _constants(node.body)
        yield from _constants(node.orelse)


def _tables() -> Iterator[tuple[str, Iterable[str]]]:
    yield "office/settings.py", [words for each in settings.ALL for words in (each.label, each.help, each.unit)]
    yield "office/settings.py", settings.GROUPS.values()
    yield "problems.py", problems.TITLES.values()
    yield "ydan.documents.status", [*statuses().values(), *urgencies().values()]
    taxonomy = load_taxonomy()
    for name in ("topics", "types", "levels", "bodies", "escalation_codes", "matters"):
        yield f"ydan.taxonomy {name}", [each.label for each in getattr(taxonomy, name).values()]


def main(arguments: Sequence[str] | None = None, target: Path = FILE) -> int:
    """The command; 1 where English is missing or has other placeholders."""
    parser = argparse.ArgumentParser(prog="python -m ydan_service.web.catalogue", description=__doc__)
    parser.add_argument("--add", nargs="+", metavar="FILE", type=Path, help="take in files of “sentence|English” lines")
    chosen = parser.parse_args(arguments)
    catalogue = known(target)
    for file in chosen.add or ():
        catalogue |= dict(read_lines(file.read_text(encoding="utf-8").splitlines()))
    lost = wrong(catalogue)
    for sentence in lost:
        print(f"Bản tiếng Anh thiếu hoặc thừa chỗ điền: {sentence}", file=sys.stderr)
    if chosen.add and not lost:
        write(catalogue, target)
    lacking = missing(catalogue)
    for sentence, where in lacking.items():
        print(f"{sentence}|\t# {where}")
    print(f"{len(catalogue)} câu có tiếng Anh, {len(lacking)} câu chưa có.", file=sys.stderr)
    return 1 if lacking or lost else 0


if __name__ == "__main__":
    raise SystemExit(main())
