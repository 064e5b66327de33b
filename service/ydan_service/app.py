"""The application, built with what it needs: a test passes its own settings and predictor and patches nothing."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from ydan import __version__
from ydan.predictor import Predictor
from ydan_service import problems
from ydan_service.routes import classify, health, knowledge
from ydan_service.schemas import ClassifyIn
from ydan_service.settings import Settings

DESCRIPTION = (
    "Đọc ý kiến của người dân tại hội nghị tiếp xúc, đối thoại: lĩnh vực, loại, cấp có thẩm quyền, việc phải báo lên "
    "trên – kèm lý do và chữ làm căn cứ. Mọi nhãn là gợi ý, cán bộ xác nhận."
)


def create_app(settings: Settings, predictor: Predictor) -> FastAPI:
    """The app with every route; ready as soon as it is built, since the predictor comes loaded."""
    app = FastAPI(title="Ý Dân", version=__version__, description=DESCRIPTION, docs_url=None, redoc_url=None)
    app.state.settings = settings
    app.state.predictor = predictor
    problems.install(app)
    for module in (classify, knowledge, health):
        app.include_router(module.router)
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        """The schema of the request that ``/v1/classify`` reads by hand, added to the generated document."""
        document = plain()
        schemas = document["components"]["schemas"]
        if "ClassifyIn" not in schemas:
            own = ClassifyIn.model_json_schema(ref_template="#/components/schemas/{model}")
            schemas.update(own.pop("$defs", {}))
            schemas["ClassifyIn"] = own
        return document

    app.openapi = openapi  # type: ignore[method-assign]
    return app
