"""``POST /v1/jobs?mapping=…``: an export of another system as a job."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.service.conftest import GOOD
from ydan_client import ApiError, Client

EXPORT = f'Mã PAKN,Nội dung,Ngày gửi\nPA-1,"{GOOD}",05/03/2026\nPA-2,"{GOOD}",hôm qua\n'


def test_an_export_becomes_a_job(client: Client, tmp_path: Path) -> None:
    """By its own headings and date forms; a wrong row keeps its place."""
    file = tmp_path / "pakn.csv"
    file.write_text(EXPORT, encoding="utf-16")
    job = client.jobs.wait(client.jobs.submit(file, mapping="pakn"), timeout=60)
    assert (job["state"], job["failed"]) == ("done", 1)
    found = list(client.jobs.result(job))
    assert [result["id"] for result in found] == ["PA-1", "PA-2"]
    assert found[0]["topic"]["id"] == "transport_roads"
    assert found[1]["error"]["code"] == "bad_date"


@pytest.mark.parametrize(
    ("words", "mapping", "code"),
    [("a,b\n1,2\n", "pakn", "mapping"), (EXPORT, "../../etc/passwd", "invalid_request")],
)
def test_a_wrong_export_or_mapping_is_refused(
    client: Client, tmp_path: Path, words: str, mapping: str, code: str
) -> None:
    """A name that came over the network opens no file."""
    file = tmp_path / "pakn.csv"
    file.write_text(words, encoding="utf-8")
    with pytest.raises(ApiError) as found:
        client.jobs.submit(file, mapping=mapping)
    assert (found.value.status, found.value.code) == (422, code)
