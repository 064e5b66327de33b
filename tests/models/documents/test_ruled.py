"""What a person decided stands over what documents derive."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest

from ydan.assessment import Assessment, Failure
from ydan.documents import LISTS, Dossier, Ruled, build_dossier, list_of, make_documents, plan_documents, render_plan
from ydan.documents.letters import SIDE, UP, addressees, letters_of
from ydan.documents.status import Status, labels
from ydan.errors import DocumentError
from ydan.minutes.records import Minutes

Assessed = Mapping[str, Assessment | Failure]


def item_of(dossier: Dossier, id_: str):  # type: ignore[no-untyped-def]
    return next(item for item in dossier.items if item.id == id_)


def test_every_status_stands_in_one_list() -> None:
    """None forgotten, none twice."""
    assert sorted(code for codes in LISTS.values() for code in codes) == sorted(labels())
    assert {code: list_of(code) for code in labels()}["kien_nghi_cap_tren"] == "forwarded"


def test_a_persons_word_stands_over_everything_derived(minutes: Minutes, assessments: Assessed) -> None:
    """Status, list, who, when, to whom, in which words, with which answer."""
    word = Ruled(
        status="dang_giai_quyet",
        charged="Trạm y tế xã",
        deadline=date(2026, 4, 2),
        wording="sửa đèn đường thôn Đông của ông Hoàng Văn Nhị",
        reply="Xã hẹn sửa trong tháng 4.",
    )
    found = build_dossier(minutes, assessments, ruled={"1": word})
    item = item_of(found, "1")
    assert item in found.open
    assert (item.status.code, item.charged, item.deadline) == ("dang_giai_quyet", "Trạm y tế xã", "02/4/2026")
    assert item.reply == "Xã hẹn sửa trong tháng 4."
    assert item.wording == "Sửa đèn đường thôn Đông của ông CD-01"
    assert item_of(build_dossier(minutes, assessments), "1").status.code == "da_giai_quyet"
    assert item_of(found.with_names("full"), "1").wording.endswith("ông Hoàng Văn Nhị")


def test_an_empty_answer_is_a_blank_and_none_stays_derived(minutes: Minutes, assessments: Assessed) -> None:
    """The minutes charged somebody; a person took that back."""
    found = build_dossier(minutes, assessments, ruled={"2": Ruled(charged="", deadline="")})
    assert (item_of(found, "2").charged, item_of(found, "2").deadline) == ("", "")
    assert item_of(build_dossier(minutes, assessments, ruled={"2": Ruled()}), "2").charged == "Phòng Kinh tế"


@pytest.mark.parametrize(("name", "code"), [("settled", "da_giai_quyet"), ("open", "dang_giai_quyet")])
def test_a_list_alone_keeps_a_status_that_stands_in_it(
    minutes: Minutes, assessments: Assessed, name: str, code: str
) -> None:
    """Opinion 1 was settled; in another list it takes that list's first status."""
    assert item_of(build_dossier(minutes, assessments, ruled={"1": Ruled(list=name)}), "1").status.code == code


@pytest.mark.parametrize(
    "word", [Ruled(status="xong"), Ruled(list="other"), Ruled(status="da_giai_quyet", list="open")]
)
def test_a_status_or_list_that_does_not_exist_is_refused(minutes: Minutes, assessments: Assessed, word: Ruled) -> None:
    """With those that do."""
    with pytest.raises(DocumentError, match=r"Hãy dùng một trong|Danh sách này có"):
        build_dossier(minutes, assessments, ruled={"1": word})


def test_order_is_a_persons_and_the_summary_keeps_its_numbers(minutes: Minutes, assessments: Assessed) -> None:
    """The last of a list put first."""
    plain = build_dossier(minutes, assessments)
    last = plain.open[-1]
    found = build_dossier(minutes, assessments, ruled={last.id: Ruled(order=0.5)})
    assert [item.id for item in found.open] == [last.id, *(item.id for item in plain.open[:-1])]
    assert [item.number for item in found.public] == list(range(1, len(found.public) + 1))


def test_a_person_may_open_or_close_an_opinion(minutes: Minutes, assessments: Assessed) -> None:
    """Confidential is what a person says it is."""
    found = build_dossier(minutes, assessments, ruled={"8": Ruled(confidential=True)})
    assert {item.id for item in found.confidential} == {"6", "8"}
    assert "8" not in {item.id for letter in letters_of(found) for item in letter.items}
    opened = build_dossier(minutes, assessments, ruled={"6": Ruled(confidential=False)})
    assert opened.confidential == ()


def test_a_chosen_addressee_takes_the_place_of_the_derived_one(minutes: Minutes, assessments: Assessed) -> None:
    """Sideways or up, as the status says; what is settled here is written about no more."""
    plain = build_dossier(minutes, assessments)
    assert [way for way, _name in addressees(item_of(plain, "4"), "commune")] == [SIDE]
    word = {"4": Ruled(status="kien_nghi_cap_tren", addressee="Sở Công Thương"), "3": Ruled(list="open")}
    found = build_dossier(minutes, assessments, ruled=word)
    assert addressees(item_of(found, "4"), "commune") == [(UP, "Sở Công Thương")]
    assert addressees(item_of(found, "3"), "commune") == []
    danger = build_dossier(minutes, assessments, ruled={"12": Ruled(list="open")})
    assert [way for way, _name in addressees(item_of(danger, "12"), "commune")] == [UP]


def test_a_way_without_an_office_is_a_blank(minutes: Minutes, assessments: Assessed) -> None:
    """Somebody must say to whom."""
    found = build_dossier(minutes, assessments, ruled={"2": Ruled(list="forwarded")})
    ((way, name),) = addressees(item_of(found, "2"), "commune")
    assert (way, "cần điền" in name) == (UP, True)


def test_documents_say_what_the_person_said(minutes: Minutes, assessments: Assessed, tmp_path: Path) -> None:
    """In the notice and the summary; the number and the day of the notice too."""
    word = {
        raised.id: Ruled(status="da_giai_thich", confirmed=True, wording=f"Lời gọn số {raised.id}", reply="Đã rõ.")
        for raised in minutes.opinions
        if raised.id != "6"
    }
    word["1"] = Ruled(list="open", charged="Trạm y tế xã", deadline="trong quý II", confirmed=True)
    found = build_dossier(minutes, assessments, ruled=word)
    made = make_documents(
        found, tmp_path, which=["thong-bao-ket-luan", "bieu-tong-hop"], number="12", signed_on=date(2026, 3, 9)
    )
    text = "\n".join(one.text for one in docx.Document(str(made[-1].path)).paragraphs)
    assert "Giao: Trạm y tế xã. Thời hạn: trong quý II." in text
    assert "Lời gọn số 8" in text
    head = "\n".join(cell.text for cell in docx.Document(str(made[-1].path)).tables[0]._cells)
    assert "Số: 12/TB-UBND" in head
    assert "ngày 09 tháng 3 năm 2026" in head
    checks = " ".join(check for one in made for check in one.check)
    assert "suy ra" not in checks
    assert "cần xem lại nhãn" not in checks
    sheet = openpyxl.load_workbook(made[0].path).active
    words = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
    assert "do phần mềm gợi ý" not in words
    assert "Cần xem lại" not in words


def test_a_letter_says_whose_opinions_it_holds(dossier: Dossier, tmp_path: Path) -> None:
    """So that an office can record what it sent."""
    made = make_documents(dossier, tmp_path, which=["cong-van-kien-nghi", "phieu-chuyen"])
    assert [(one.way, one.addressee, one.opinions) for one in made] == [
        (letter.way, letter.addressee, tuple(item.id for item in letter.items)) for letter in letters_of(dossier)
    ]
    assert all(re.match(r"0[45]-", one.path.name) for one in made)


def test_a_draft_kept_elsewhere_stands_but_nobody_decided_it(minutes: Minutes, assessments: Assessed) -> None:
    """Under a person's word, over what is derived; what was derived is kept beside it."""
    draft = Status("dang_giai_quyet", "Đang giải quyết", "Cán bộ chuyên môn ghi nhận")
    item = item_of(build_dossier(minutes, assessments, ruled={"1": Ruled(drafted=draft)}), "1")
    assert (item.status, item.decided) == (draft, False)
    assert item.derived.status.code == "da_giai_quyet"
    listed = Ruled(drafted=draft, list="open")
    assert item_of(build_dossier(minutes, assessments, ruled={"1": listed}), "1").status.code == "dang_giai_quyet"
    over = Ruled(drafted=draft, status="da_giai_thich")
    assert item_of(build_dossier(minutes, assessments, ruled={"1": over}), "1").status.code == "da_giai_thich"


def test_a_plan_renders_to_the_same_words_without_a_folder(dossier: Dossier, tmp_path: Path) -> None:
    """In memory: nothing confidential lies on a disk."""
    plans = plan_documents(dossier, confidential=True)
    made = make_documents(dossier, tmp_path, confidential=True)
    assert [(one.path.name, one.kind, one.opinions) for one in made] == [
        (Path(plan.name).name, plan.kind, plan.items) for plan in plans
    ]
    at = next(at for at, plan in enumerate(plans) if plan.kind == "thong-bao-ket-luan")
    data, check = render_plan(plans[at])
    words = [one.text for one in docx.Document(io.BytesIO(data)).paragraphs]
    assert words == [one.text for one in docx.Document(str(made[at].path)).paragraphs]
    assert check == made[at].check
    assert all(plan.items for plan in plans)


def test_a_known_province_fills_its_blanks(minutes: Minutes, assessments: Assessed) -> None:
    """In addressees and in the way of a letter to the ministries; elsewhere the blank stays."""
    found = build_dossier(minutes, assessments, province="tỉnh Lào Cai")
    assert ("up", "UBND tỉnh Lào Cai") in [(one.way, one.addressee) for one in letters_of(found)]
    assert "qua Ủy ban nhân dân tỉnh Lào Cai" in {one.through for one in letters_of(found)}
    assert found.with_names("full").province == "tỉnh Lào Cai"
    assert not any("tỉnh, thành phố" in name for item in found.items for _way, name in addressees(item, "commune"))


def test_the_board_text_shows_the_lists_and_no_code_of_a_speaker(dossier: Dossier, tmp_path: Path) -> None:
    """Everybody may read it, so a complaint is a number in it."""
    (one,) = make_documents(dossier, tmp_path, which=["ban-niem-yet"])
    text = "\n".join(part.text for part in docx.Document(str(one.path)).paragraphs)
    assert "Phòng Kinh tế thực hiện, thời hạn: 30/4/2026." in text
    assert "Quyết định số 15" not in text
    assert "01 nội dung khiếu nại được hướng dẫn riêng" in text
    assert all(item.text[:40] in text for item in (*dossier.settled, *dossier.open, *dossier.forwarded))
