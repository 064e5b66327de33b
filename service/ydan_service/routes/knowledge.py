"""What the answers are made of: the labels, and who is competent for what, when."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from ydan.errors import TaxonomyError
from ydan.predictor import Predictor
from ydan_service.problems import Problem
from ydan_service.responses import encode
from ydan_service.routes.cached import made_once, send
from ydan_service.routes.described import Responses, problems
from ydan_service.routes.knowledge_out import CompetenceOut, RulingOut, TaxonomyOut
from ydan_service.routes.knowledge_words import ruling_on, table_of, taxonomy_of
from ydan_service.security import requires

router = APIRouter(prefix="/v1", tags=["knowledge"], dependencies=[Depends(requires("knowledge"))])
UNCHANGED: Responses = {304: {"description": "Bên gọi đã có bản này (If-None-Match)"}}
DAY = Query(alias="date", description="Ngày, NĂM-THÁNG-NGÀY; mặc định hôm nay", examples=["2026-03-01"])
PROVINCE = Query(description="Mã hoặc tên tỉnh, để dùng quy định riêng của tỉnh", examples=["31"])
HOST = Query(
    description="Cấp chủ trì; mặc định commune", json_schema_extra={"enum": ["commune", "district", "province"]}
)


@router.head("/taxonomy", include_in_schema=False)
@router.get(
    "/taxonomy",
    summary="Bộ nhãn: mã không đổi, tên tiếng Việt, định nghĩa",
    response_model=TaxonomyOut,
    responses={**UNCHANGED, **problems()},
)
def taxonomy(request: Request) -> Response:
    """Every id that an answer can hold."""
    return made_once(request, "taxonomy", taxonomy_of)


@router.head("/competence", include_in_schema=False)
@router.get(
    "/competence",
    summary="Bảng thẩm quyền: các kỳ, các quy tắc, nguồn",
    response_model=CompetenceOut,
    responses={**UNCHANGED, **problems()},
)
def competence(request: Request) -> Response:
    """The whole table that is in use, the provinces' own rules included."""
    return made_once(request, "competence", table_of)


@router.head("/competence/{matter}", include_in_schema=False)
@router.get(
    "/competence/{matter}",
    summary="Một việc thuộc thẩm quyền ai, vào ngày nào, theo căn cứ nào",
    response_model=RulingOut,
    responses={
        **UNCHANGED,
        **problems({404: "Không có loại việc này", 422: "Ngày, tỉnh hoặc cấp chủ trì không hợp lệ"}),
    },
)
def ruling(
    request: Request,
    matter: str,
    day: Annotated[str | None, DAY] = None,
    province: Annotated[str | None, PROVINCE] = None,
    host_level: Annotated[str | None, HOST] = None,
) -> Response:
    """The ruling of the table, and what it rests on."""
    predictor: Predictor = request.app.state.predictor
    try:
        predictor.taxonomy.matter(matter)
    except TaxonomyError as error:
        raise Problem(404, "unknown_matter", f"{error} Danh sách đầy đủ ở GET /v1/taxonomy.") from error
    asked = {"date": day, "province": province, "host_level": host_level}
    return send(request, encode(ruling_on(predictor, matter, asked)))
