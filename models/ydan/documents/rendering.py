"""Templates found, filled, and their faults told so that an office can mend its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from ydan.documents.office import load
from ydan.documents.wording import BLANK
from ydan.errors import DocumentError
from ydan.taxonomy.model import near

OWN = Path(__file__).parent / "templates"
TEMPLATES = (
    "bieu-tong-hop.docx",
    "thong-bao-ket-luan.docx",
    "cong-van-kien-nghi.docx",
    "phieu-chuyen.docx",
    "phieu-huong-dan.docx",
    "bien-ban.docx",
    "ban-niem-yet.docx",
)
_MISSING = re.compile(r"'([^']+)' is undefined|has no attribute '([^']+)'")


def find_template(name: str, form: str, folder: Path | None = None) -> Path:
    """``folder/FORM/NAME``, else ``folder/NAME``, else ours.

    :raises DocumentError: ``folder`` is none.
    """
    if folder is not None:
        if not folder.is_dir():
            raise DocumentError(f"Không có thư mục mẫu {folder}. Hãy tạo thư mục này hoặc bỏ tuỳ chọn mẫu riêng.")
        for path in (folder / form / name, folder / name):
            if path.is_file():
                return path
    return OWN / form / name


def render(template: Path, context: Mapping[str, Any]) -> Any:
    """The filled document (a python-docx ``Document``), blanks on yellow.

    Templates may come from outside: they run in Jinja's sandbox, and what they print is escaped.

    :raises DocumentError: the template is no .docx, its Jinja is wrong, or it asks for an unknown variable.
    """
    jinja2, sandbox, docxtpl = load("jinja2"), load("jinja2.sandbox"), load("docxtpl")
    environment = sandbox.SandboxedEnvironment(autoescape=True, undefined=jinja2.StrictUndefined)
    try:
        document = docxtpl.DocxTemplate(str(template))
        unknown = document.get_undeclared_template_variables(environment) - set(context)
        if unknown:
            raise DocumentError(_unknown(template, sorted(unknown)[0], context))
        document.render(dict(context), environment, autoescape=True)
    except DocumentError:
        raise
    except jinja2.UndefinedError as error:
        found = _MISSING.search(str(error))
        name = (found[1] or found[2]) if found else str(error)
        raise DocumentError(_unknown(template, name, context)) from error
    except jinja2.TemplateError as error:
        near_words = " ".join(str(line) for line in getattr(error, "docx_context", [])[:1])[:120]
        where = f" (gần chỗ: {near_words})" if near_words else ""
        raise DocumentError(
            f"Mẫu {template}: cú pháp Jinja sai: {error}{where}. Hãy sửa mẫu, hoặc xoá tệp này để dùng mẫu có sẵn."
        ) from error
    except Exception as error:  # python-docx, zipfile and lxml each raise their own for a file that is no document
        raise DocumentError(
            f"Mẫu {template} không mở hoặc không điền được ({type(error).__name__}: {str(error)[:120]}). "
            "Hãy lưu lại mẫu dạng .docx, hoặc xoá tệp này để dùng mẫu có sẵn."
        ) from error
    _mark_blanks(document.docx)
    return document.docx


def _unknown(template: Path, name: str, context: Mapping[str, Any]) -> str:
    fields = {field for value in context.values() for field in _fields(value)}
    known = sorted(context)
    inner = f" Trong các danh sách có: {', '.join(sorted(fields))}." if fields else ""
    hint = near(name, dict.fromkeys([*known, *fields])) if len(known) > 30 or fields else ""
    hint = hint if hint.startswith("Gần nhất") else ""
    return (
        f"Mẫu {template}: không có biến “{name}”. {hint + ' ' if hint else ''}"
        f"Các biến có: {', '.join(known)}.{inner} Xem docs/documents.md."
    )


def _fields(value: Any) -> set[str]:
    if isinstance(value, Mapping):
        return {name for key, inner in value.items() for name in {key, *_fields(inner)}}
    if isinstance(value, list):
        return {name for inner in value[:1] for name in _fields(inner)}
    return set()


def _mark_blanks(document: Any) -> None:
    """Every blank in a run of its own, on yellow: a draft must show what it lacks."""
    qn, element = load("docx.oxml.ns").qn, load("docx.oxml").OxmlElement
    for text in list(document.element.body.iter(qn("w:t"))):
        words = text.text or ""
        if not BLANK.search(words):
            continue
        run = text.getparent()
        parts = re.split(f"({BLANK.pattern})", words)
        at = run
        for part in filter(None, parts):
            new = deepcopy(run)
            for child in list(new):
                if child.tag != qn("w:rPr"):
                    new.remove(child)
            if BLANK.fullmatch(part):
                properties = new.find(qn("w:rPr"))
                if properties is None:
                    properties = element("w:rPr")
                    new.insert(0, properties)
                light = element("w:highlight")
                light.set(qn("w:val"), "yellow")
                _insert_highlight(properties, light, qn)
            piece = element("w:t")
            piece.text = part
            piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            new.append(piece)
            at.addnext(new)
            at = new
        _drop(run, text, qn)


def _insert_highlight(properties: Any, light: Any, qn: Any) -> None:
    """Where the schema wants it: before underline and what follows, after size."""
    later = {
        qn(f"w:{name}") for name in ("u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang")
    }
    for child in properties:
        if child.tag in later:
            child.addprevious(light)
            return
    properties.append(light)


def _drop(run: Any, text: Any, qn: Any) -> None:
    run.remove(text)
    if all(child.tag == qn("w:rPr") for child in run):
        run.getparent().remove(run)


def blanks_in(document: Any) -> int:
    """How many blanks a filled document has."""
    qn = load("docx.oxml.ns").qn
    return sum(bool(BLANK.fullmatch(text.text or "")) for text in document.element.body.iter(qn("w:t")))
