"""The client against a real server: every method, each way to sign in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

import pytest

from tests.client.conftest import Served
from tests.service.conftest import GOOD, KEY
from ydan_client import ApiError, Client, ClientError, NotFinished, Unreachable
from ydan_client.client import AT_ONCE

RUBBISH = "Rác ở chợ không ai thu gom"


def test_texts_are_classified_in_order(client: Client) -> None:
    """Their ids are their places; one that cannot be read has its reason."""
    found = client.classify([GOOD, "", RUBBISH], session={"host_level": "commune", "date": "2026-03-01"})
    assert [result["id"] for result in found["results"]] == ["1", "2", "3"]
    assert found["results"][0]["topic"]["id"] == "transport_roads"
    assert found["results"][1]["error"]["code"] == "empty_text"
    assert found["model"]["name"] == "ydan-default"


def test_opinions_may_bring_their_own_id_and_day(client: Client) -> None:
    """Mixed with plain texts."""
    found = client.classify([{"id": "x", "text": GOOD, "date": "2024-03-01"}, RUBBISH])
    assert [result["id"] for result in found["results"]] == ["x", "2"]
    assert found["results"][0]["jurisdiction"]["period"] < "2025"


def test_more_than_a_call_takes_go_in_several(client: Client) -> None:
    """The answer is one."""
    found = client.classify([RUBBISH] * (AT_ONCE + 3))
    assert [result["id"] for result in found["results"]] == [str(n) for n in range(1, AT_ONCE + 4)]


def test_a_stream_without_end_is_answered_as_it_comes(client: Client) -> None:
    """Not more is taken from it than is answered."""
    taken = []

    def endless() -> Iterator[str]:
        for number in count(1):
            taken.append(number)
            yield RUBBISH

    found = list(islice(client.classify_stream(endless(), at_once=10), 25))
    assert [result["id"] for result in found] == [str(n) for n in range(1, 26)]
    assert len(taken) == 30


def test_a_label_in_short(client: Client) -> None:
    """One for one, a list for a list."""
    assert client.label(GOOD)["label"] == "transport_roads"
    assert [each["label"] for each in client.label([GOOD, ""], field="level")] == ["commune", None]


def test_minutes_are_read(client: Client, root: Path) -> None:
    """A file by its name."""
    found = client.minutes(root / "service/ydan_service/demo/minutes/cam-son-1.txt", host_level="commune")
    assert found["opinions"]
    assert found["session"]["host_level"] == "commune"


def test_a_job_from_submission_to_result(client: Client) -> None:
    """The same key again gives the same job; its results come line by line."""
    job = client.jobs.submit([GOOD, "", RUBBISH], session={"date": "2026-03-01"}, idempotency_key="lan-1")
    again = client.jobs.submit([GOOD, "", RUBBISH], session={"date": "2026-03-01"}, idempotency_key="lan-1")
    assert again["id"] == job["id"]
    ended = client.jobs.wait(job, timeout=60)
    assert (ended["state"], ended["total"], ended["failed"]) == ("done", 3, 1)
    found = list(client.jobs.result(job))
    assert [result["id"] for result in found] == ["1", "2", "3"]
    assert found[2]["topic"]["id"] == "environment"
    client.jobs.delete(job)
    with pytest.raises(ApiError, match="not_found"):
        client.jobs.get(job)


@pytest.mark.parametrize("suffix", [".jsonl", ".csv"])
def test_a_file_becomes_a_job_as_it_is(client: Client, tmp_path: Path, suffix: str) -> None:
    """Never read whole."""
    file = tmp_path / f"y-kien{suffix}"
    rows = [json.dumps({"id": "a", "text": GOOD})] if suffix == ".jsonl" else ["id,text", f'a,"{GOOD}"']
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    job = client.jobs.wait(client.jobs.submit(file), timeout=60)
    assert next(client.jobs.result(job["id"]))["id"] == "a"
    with pytest.raises(ValueError, match=r"\.jsonl"):
        client.jobs.submit(tmp_path / "a.docx")


def test_a_job_that_takes_too_long_can_be_cancelled(client: Client) -> None:
    """Waiting has an end."""
    job = client.jobs.submit([GOOD] * 5000)
    with pytest.raises(NotFinished):
        client.jobs.wait(job, timeout=0.01)
    assert client.jobs.cancel(job)["state"] == "cancelled"


def test_feedback_is_given_back(client: Client) -> None:
    """What people decided, beside what the model says."""
    items = [{"id": "9", "text": GOOD, "final": {"topic": "transport_roads", "level": "province"}}]
    found = client.feedback(items, session={"date": "2026-03-01"})
    assert found["results"][0]["agrees"]["topic"] is True
    assert found["results"][0]["agrees"]["level"] is False


def test_knowledge_is_asked_for_once(client: Client) -> None:
    """The second time the server says that nothing changed."""
    first = client.taxonomy()
    assert len(first["topics"]) == 22
    assert client.taxonomy() is first
    assert client.model() is client.model()
    assert client.competence("provincial_road", date="2026-03-01")["matter"]


def test_the_model_proves_itself(client: Client) -> None:
    """Golden examples."""
    assert client.selftest()["result"] == "passed"


def test_a_client_secret_is_changed_for_a_token_and_renewed(served: Served) -> None:
    """One token for many calls; a token that is no longer good is fetched anew."""
    with Client(served.url, client_id=served.client_id, client_secret=served.secret) as client:
        assert client.label(GOOD)["label"] == "transport_roads"
        token = client._transport._token
        client.label(GOOD)
        assert client._transport._token == token
        client._transport._token = "ydan_token_da-bi-thu-hoi"
        assert client.label(GOOD)["label"] == "transport_roads"
        assert client._transport._token not in ("", token, "ydan_token_da-bi-thu-hoi")


def test_the_servers_own_key_works_too(served: Served) -> None:
    """YDAN_API_KEY."""
    with Client(served.url, key=KEY) as client:
        assert client.label(GOOD)["label"] == "transport_roads"


def test_a_refusal_says_what_to_do(served: Served) -> None:
    """Status, code, detail, and the id that the server's administrator finds it by."""
    with Client(served.url, key="sai") as client, pytest.raises(ApiError) as found:
        client.classify([GOOD])
    error = found.value
    assert (error.status, error.code) == (401, "unauthorized")
    assert "Bearer" in error.detail
    assert len(error.request_id) >= 8
    assert error.request_id in str(error)
    wrong = Client(served.url, client_id=served.client_id, client_secret="sai")
    with wrong, pytest.raises(ApiError, match="invalid_client"):
        wrong.classify([GOOD])


def test_nobody_there_is_said_after_all_retries() -> None:
    """With pauses in between."""
    pauses: list[float] = []
    with Client("http://127.0.0.1:9", retries=3, sleep=pauses.append) as client, pytest.raises(Unreachable):
        client.label(GOOD)
    assert len(pauses) == 3
    assert pauses[0] <= 0.25


def test_two_ways_to_sign_in_at_once_are_a_mistake() -> None:
    """So is half of one."""
    with pytest.raises(ClientError):
        Client(key="a", client_id="b", client_secret="c")
    with pytest.raises(ClientError):
        Client(client_id="b")
