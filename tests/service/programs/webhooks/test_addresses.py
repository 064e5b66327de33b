"""Only named hosts are called; what looks like one of them and is not, is refused."""

from __future__ import annotations

import pytest

from ydan_service.errors import OfficeError
from ydan_service.programs.webhooks.addresses import check

ALLOWED = ("mot-cua.vn", "trong.vn:8443", "[::1]:9000", "10.0.0.7")


@pytest.mark.parametrize(
    "url",
    [
        "https://mot-cua.vn/a?b=c", "http://MOT-CUA.vn", "https://mot-cua.vn:443/", "https://trong.vn:8443/x",
        "http://[::1]:9000/x", "http://10.0.0.7/",
    ],
)  # fmt: skip
def test_a_named_host_may_be_called(url: str) -> None:
    """On the usual ports, or the one that is named."""
    check(url, ALLOWED)


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("https://mot-cua.vn:8443/", 403), ("https://trong.vn/", 403), ("https://mot-cua.vn.evil.vn/", 403),
        ("https://a.mot-cua.vn/", 403), ("http://127.0.0.1/", 403), ("http://[::1]/", 403), ("http://0x0a000007/", 403),
        ("https://mot-cua.vn@evil.vn/", 422), ("https://user:pw@mot-cua.vn/", 422), ("ftp://mot-cua.vn/", 422),
        ("file:///etc/passwd", 422), ("https://evil.vn\\@mot-cua.vn/", 422), ("https://mot-cua.vn/\r\nX: y", 422),
        ("https://mot-cua.vn:99999/", 422), ("https://mot-cua.vn:0/", 422), ("https://mot-cua.vn/ a", 422), ("", 422),
        ("https://", 422), ("https://mộtcửa.vn/", 422), ("http://[::1", 422), ("https://mot-cua.vn/" + "a" * 2000, 422),
    ],
)  # fmt: skip
def test_any_other_is_refused(url: str, status: int) -> None:
    """With what to set, or what an address looks like."""
    with pytest.raises(OfficeError) as refused:
        check(url, ALLOWED)
    assert refused.value.status == status
    if status == 403:
        assert "YDAN_WEBHOOK_HOSTS" in refused.value.message
