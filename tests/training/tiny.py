"""A corpus small enough to learn from within a second."""

from __future__ import annotations

from pathlib import Path

from ydan_training.config import Config, load_config
from ydan_training.corpus import LabelledOpinion

_SAID = {
    ("transport_roads", "village_road", "petition", "commune"): [
        "Đường xóm lầy lội, xin xã đổ bê tông",
        "Ngõ 5 ổ gà đầy, mong xã sửa sớm",
        "Đường thôn hỏng nặng, đề nghị làm lại",
    ],
    ("power_telecom", "power_fault", "report", "external"): [
        "Điện yếu, tối nào cũng sụt áp",
        "Mất điện ba lần một tuần, tủ lạnh cháy",
        "Trạm biến áp quá tải, quạt không quay",
    ],
    ("social_policy", "benefit_policy", "petition", "central"): [
        "Đề nghị Chính phủ nâng mức trợ cấp người già",
        "Mức trợ cấp xã hội thấp quá, xin nhà nước tăng",
        "Kiến nghị trung ương nâng chuẩn trợ cấp",
    ],
    ("party_integrity", "denounce_commune_staff", "denunciation", "commune"): [
        "Tố cáo ông trưởng thôn ăn chặn tiền hỗ trợ",
        "Cán bộ địa chính vòi tiền, tôi tố cáo",
        "Tôi tố cáo kế toán chiếm đoạt tiền quỹ",
    ],
    ("education", "school_facilities", "question", "commune"): [
        "Bao giờ trường mầm non có lớp mới?",
        "Trường tiểu học khi nào sửa mái?",
        "Xin hỏi bao giờ xây thêm phòng học?",
    ],
}
_CODES = {"central": ["beyond_competence", "policy"], "denunciation": ["crime"]}


def tiny_rows() -> list[LabelledOpinion]:
    """Fifteen opinions by three authors, all raised before a commune."""
    rows = []
    for (topic, matter, type_, level), texts in _SAID.items():
        for number, text in enumerate(texts):
            codes = _CODES.get(level, []) + _CODES.get(type_, [])
            rows.append(
                LabelledOpinion(
                    id=f"{matter}-{number}",
                    text=text,
                    host_level="commune",
                    date="2026-03-01",
                    topic=topic,
                    type=type_,
                    level=level,
                    matter=matter,
                    codes=codes,
                    escalate=bool(codes),
                    transfer=level == "external",
                    province="Nam Định",
                    region="north",
                    register="spoken",
                    author=f"a{number}",
                    persona=f"a{number}-x",
                )
            )
    return rows


def tiny_config(root: Path = Path()) -> Config:
    """The defaults, with three folds, features kept from the first occurrence on, the taxonomy left out."""
    config = load_config(None, root)
    config.values["heads"]["folds"] = 3
    config.values["vocabulary"]["at_least"] = 1
    config.values["augment"]["taxonomy"] = 0.0
    return config
