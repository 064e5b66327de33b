"""Old formats (.doc, .rtf, .odt): LibreOffice turns them into .docx in a throwaway profile."""

from __future__ import annotations

import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from ydan.errors import ReadError
from ydan.minutes.extract import Extract
from ydan.minutes.readers.docx import read_docx
from ydan.minutes.readers.limits import Limits
from ydan.minutes.readers.programs import find_program, run_program
from ydan.minutes.readers.zipguard import corrupt

# No macros, no fetching of linked pictures or templates.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" \
oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" \
oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" \
oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" \
oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" \
oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
_FILTERS = {".doc": "MS Word 97", ".rtf": "Rich Text Format", ".odt": "writer8"}


def read_office(data: bytes, name: str, limits: Limits) -> Extract:
    """The file as :func:`~ydan.minutes.readers.docx.read_docx` reads its conversion.

    :raises ReadError: ``needs_libreoffice``, ``too_slow``, ``corrupt_file``.
    """
    suffix = Path(name).suffix.lower()
    program = find_program("soffice", "libreoffice")
    if program is None:
        raise ReadError(
            f"Tệp {name} là dạng cũ {suffix}: cần LibreOffice để đọc mà máy này chưa cài. "
            "Hãy cài LibreOffice, hoặc mở tệp bằng Word, chọn Lưu thành .docx rồi thử lại.",
            "needs_libreoffice",
        )
    kind = ".rtf" if data.startswith(b"{\\rtf") else suffix
    with tempfile.TemporaryDirectory(prefix="ydan-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        (place / "profile" / "user").mkdir(parents=True)
        (place / "profile" / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        source = place / f"in{kind}"
        source.write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation={(place / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--nodefault",
            "--nofirststartwizard",
            f"--infilter={_FILTERS[kind]}",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(place / "out"),
            str(source),
        ]
        try:
            run_program(command, limits.seconds, environment={"HOME": folder, "SAL_USE_VCLPLUGIN": "svp"})
        except subprocess.TimeoutExpired as error:
            raise ReadError(
                f"LibreOffice mở tệp {name} quá {limits.seconds:g} giây chưa xong. "
                "Hãy mở tệp bằng Word, chọn Lưu thành .docx rồi thử lại.",
                "too_slow",
            ) from error
        except OSError as error:
            raise ReadError(
                f"Không chạy được LibreOffice ({error}). Hãy cài lại LibreOffice.", "needs_libreoffice"
            ) from error
        result = place / "out" / "in.docx"
        if not result.is_file() or result.stat().st_size > limits.file_bytes:
            raise corrupt(name)
        extract = read_docx(result.read_bytes(), name, limits)
    return replace(extract, format=suffix.removeprefix("."))
