"""What a route needs of the app beside the request."""

from __future__ import annotations

from fastapi import Request

from ydan_service.problems import Problem
from ydan_service.store.store import Store


def store_of(request: Request) -> Store:
    """The store, for a route that keeps something.

    :raises Problem: 501 where the server keeps nothing (``--no-pages`` without a database).
    """
    store: Store | None = getattr(request.app.state, "store", None)
    if store is None:
        raise Problem(
            501,
            "no_store",
            "Máy chủ này không lưu gì nên không làm được việc này. Hãy đặt YDAN_DATABASE_URL "
            "(ví dụ postgresql://ydan:…@may-chu/ydan) rồi mở lại, hoặc mở máy chủ không có --no-pages.",
        )
    return store
