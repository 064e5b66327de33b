"""The documents of a meeting, written into a folder."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from ydan.documents import context
from ydan.documents.counts import Counts, count_up
from ydan.documents.dossier import Dossier
from ydan.documents.form import Form, choose_form
from ydan.documents.letters import UP, letters_of
from ydan.documents.reception_sheet import reception_book
from ydan.documents.rendering import blanks_in, find_template, render
from ydan.documents.sealed_sheet import sealed_book
from ydan.documents.status import suspicious
from ydan.documents.summary_sheet import summary_book
from ydan.documents.wording import BLANK, slug
from ydan.errors import DocumentError

KINDS = {
    "bieu-tong-hop": "Biểu tổng hợp ý kiến, kiến nghị (.xlsx, .docx)",
    "thong-bao-ket-luan": "Dự thảo thông báo kết luận",
    "cong-van-kien-nghi": "Công văn kiến nghị cấp trên, mỗi nơi nhận một tệp",
    "phieu-chuyen": "Phiếu chuyển cơ quan khác, mỗi nơi nhận một tệp",
    "phieu-huong-dan": "Phiếu hướng dẫn khiếu nại, mỗi nội dung một tệp",
    "so-tiep-cong-dan": "Sổ tiếp công dân (Mẫu 03/TCD)",
    "bien-ban": "Biên bản",
}
"""What can be asked for, with what it is; the confidential set is asked for by its own argument."""
SEALED = "danh-sach-mat"
SEALED_FOLDER = "mat"
Progress = Callable[[int, int, str], None]


class Made(NamedTuple):
    """A written file, its kind, and what a person must look at before it goes out."""

    path: Path
    kind: str
    check: tuple[str, ...]


class _Plan(NamedTuple):
    """A file to be written; ``build`` gives the workbook or document."""

    name: str
    kind: str
    build: Callable[[], Any]
    check: tuple[str, ...] = ()


def make_documents(
    dossier: Dossier,
    folder: Path,
    *,
    form: str = "auto",
    templates: Path | None = None,
    names: str | None = None,
    which: Sequence[str] | None = None,
    confidential: bool = False,
    progress: Progress | None = None,
) -> list[Made]:
    """Write the documents of ``which`` (``KINDS``; all when ``None``) into ``folder``, made if need be.

    Files of the same name are replaced, each only when its successor is whole. ``progress(done, total, name)`` is
    called before each file and at the end. With ``confidential`` a folder of its own holds the sealed list.

    :raises DocumentError: an unknown kind, form or way of naming; a wrong template; a folder that is none.
    """
    unknown = [kind for kind in which or () if kind not in KINDS]
    if unknown:
        raise DocumentError(f"Loại văn bản {unknown[0]!r} không có. Hãy dùng một trong: {', '.join(KINDS)}.")
    dossier = dossier if names is None else dossier.with_names(names)
    chosen = choose_form(dossier.minutes, form)
    wanted = set(KINDS if which is None else which)
    plans = [plan for plan in _plans(dossier, chosen, templates) if plan.kind in wanted]
    plans += list(_sealed(dossier, chosen, templates)) if confidential else []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if confidential and dossier.confidential:
            (folder / SEALED_FOLDER).mkdir(exist_ok=True)
    except OSError as error:
        raise DocumentError(f"Không tạo được thư mục {folder} ({error.strerror}). Hãy chọn thư mục khác.") from error
    made = []
    for done, plan in enumerate(plans):
        if progress is not None:
            progress(done, len(plans), plan.name)
        built = plan.build()
        write(built, folder / plan.name)
        made.append(Made(folder / plan.name, plan.kind, (*plan.check, *_blanks(built))))
    if progress is not None:
        progress(len(plans), len(plans), "")
    return made


def write_summary_xlsx(dossier: Dossier, path: Path, *, form: str = "auto") -> Made:
    """Only the summary as a spreadsheet, at ``path``."""
    built = summary_book(dossier, choose_form(dossier.minutes, form))
    write(built, path)
    return Made(path, "bieu-tong-hop", (*_checks(dossier), *_blanks(built)))


def write_summary_docx(dossier: Dossier, path: Path, *, form: str = "auto", templates: Path | None = None) -> Made:
    """Only the summary as a document, at ``path``."""
    chosen = choose_form(dossier.minutes, form)
    variables = context.summary(dossier, chosen, count_up(dossier))
    built = render(find_template("bieu-tong-hop.docx", chosen.id, templates), variables)
    write(built, path)
    return Made(path, "bieu-tong-hop", (*_checks(dossier), *_blanks(built)))


def _plans(dossier: Dossier, form: Form, templates: Path | None) -> Iterator[_Plan]:
    counts, checks = count_up(dossier), _checks(dossier)
    chosen = f"Thể thức {'Đảng' if form.id == 'party' else 'Nhà nước'}: {form.because}"

    def filled(name: str, variables: Callable[[], context.Context]) -> Callable[[], Any]:
        return lambda: render(find_template(name, form.id, templates), variables())

    yield _Plan("01-bieu-tong-hop.xlsx", "bieu-tong-hop", lambda: summary_book(dossier, form), checks)
    summary = filled("bieu-tong-hop.docx", lambda: context.summary(dossier, form, counts))
    yield _Plan("02-bieu-tong-hop.docx", "bieu-tong-hop", summary, (chosen, *checks))
    notice = filled("thong-bao-ket-luan.docx", lambda: context.notice(dossier, form, counts))
    yield _Plan("03-thong-bao-ket-luan.docx", "thong-bao-ket-luan", notice, (chosen, *checks, *_unsure(dossier)))
    yield from _letters(dossier, form, counts, filled)
    for item in dossier.guided:
        sheet = filled("phieu-huong-dan.docx", lambda item=item: context.guidance(dossier, form, counts, item))  # type: ignore[misc]
        note = "Điền họ tên, địa chỉ công dân trước khi gửi; đối chiếu nơi có thẩm quyền"
        yield _Plan(f"06-phieu-huong-dan-stt-{item.number:02d}.docx", "phieu-huong-dan", sheet, (note,))
    yield _Plan("07-so-tiep-cong-dan.xlsx", "so-tiep-cong-dan", lambda: reception_book(dossier, form), checks)
    minutes = filled("bien-ban.docx", lambda: context.minutes(dossier, form, counts))
    named = (
        ("Họ tên đang ghi bằng mã; bản lưu cần họ tên thì làm lại với lựa chọn ghi họ tên (--names full)",)
        if dossier.names == "code"
        else ()
    )
    yield _Plan("08-bien-ban.docx", "bien-ban", minutes, (chosen, *named, *checks))


def _letters(dossier: Dossier, form: Form, counts: Counts, filled: Callable[..., Any]) -> Iterator[_Plan]:
    numbers = {UP: 0}
    for written in letters_of(dossier):
        numbers[written.way] = numbers.get(written.way, 0) + 1
        kind, head = ("cong-van-kien-nghi", "04") if written.way == UP else ("phieu-chuyen", "05")
        to = slug(BLANK.sub("", written.addressee)) if BLANK.sub("", written.addressee).strip() else "chua-ro-noi-nhan"
        name = f"{head}-{kind}-{numbers[written.way]:02d}-{to}.docx"
        build = filled(f"{kind}.docx", lambda written=written: context.letter(dossier, form, counts, written))
        yield _Plan(name, kind, build, ("Đối chiếu tên cơ quan nhận và thẩm quyền trước khi ký",))


def _sealed(dossier: Dossier, form: Form, templates: Path | None) -> Iterator[_Plan]:
    if not dossier.confidential:
        return
    note = "Tài liệu mật: chỉ người được giao xử lý; không đưa lên mạng, không gửi kèm văn bản khác"
    yield _Plan(f"{SEALED_FOLDER}/09-danh-sach-mat.xlsx", SEALED, lambda: sealed_book(dossier, form), (note,))
    counts = count_up(dossier)
    accusing = [
        item for item in dossier.confidential if item.judged and item.judged.type.id in ("denunciation", "complaint")
    ]
    for number, item in enumerate(accusing, 1):

        def build(item: Any = item) -> Any:
            variables = context.guidance(dossier, form, counts, item, show_content=False)
            return render(find_template("phieu-huong-dan.docx", form.id, templates), variables)

        yield _Plan(f"{SEALED_FOLDER}/10-phieu-huong-dan-{number:02d}.docx", SEALED, build, (note,))


def _checks(dossier: Dossier) -> tuple[str, ...]:
    """What a person must know of the whole dossier."""
    found = []
    failed = [str(item.number) for item in dossier.public if item.judged is None]
    if failed:
        found.append(f"Chưa phân loại được: STT {', '.join(failed)}")
    review = sum(bool(item.judged and item.judged.review) for item in dossier.public)
    if review:
        found.append(f"{review} ý kiến cần xem lại nhãn (cột Ghi chú)")
    if dossier.confidential:
        found.append(f"{len(dossier.confidential)} nội dung mật chỉ được đếm, không nêu; lập danh sách riêng khi cần")
    near = [str(item.number) for item in dossier.public if suspicious(item.raised.text)]
    if near:
        found.append(f"Có chữ giống tố cáo nhưng không xếp mật: STT {', '.join(near)}; xem kỹ trước khi phát hành")
    left = [str(item.number) for item in dossier.public if item.withheld]
    if left:
        found.append(f"Trả lời chung với nội dung mật, cần viết lại: STT {', '.join(left)}")
    found += [warning.message for warning in dossier.meeting.warnings]
    return tuple(found)


def _unsure(dossier: Dossier) -> tuple[str, ...]:
    weak = [
        str(item.number)
        for item in dossier.public
        if item.status.code == "da_giai_thich" and not item.status.because.startswith("Trả lời có chữ")
    ]
    return (f"Tình trạng suy ra khi không có chữ rõ ràng: STT {', '.join(weak)}",) if weak else ()


def _blanks(built: Any) -> tuple[str, ...]:
    if hasattr(built, "worksheets"):
        cells = (cell.value for sheet in built.worksheets for line in sheet.iter_rows() for cell in line)
        number = sum(isinstance(value, str) and BLANK.search(value) is not None for value in cells)
    else:
        number = blanks_in(built)
    return (f"{number} chỗ cần điền, tô vàng",) if number else ()


def write(built: Any, path: Path) -> None:
    """Save a workbook or document beside its place, then put it there: a reader never meets half a file.

    :raises DocumentError: it cannot be written (no right, no room, open in another program).
    """
    holder = None
    try:
        handle, holder = tempfile.mkstemp(prefix=".ydan-", suffix=path.suffix, dir=path.parent)
        os.close(handle)
        built.save(holder)
        Path(holder).chmod(0o644)
        Path(holder).replace(path)
    except OSError as error:
        if holder is not None:
            with suppress(OSError):
                Path(holder).unlink()
        raise DocumentError(
            f"Không ghi được {path} ({error.strerror}). Hãy đóng tệp nếu đang mở, hoặc chọn thư mục khác."
        ) from error
