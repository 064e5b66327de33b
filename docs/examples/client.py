"""Ý Dân from Python: ``pip install "ydan[client]"``, then ``YDAN_URL=… YDAN_KEY=… python client.py``."""

import os

from ydan_client import ApiError, Client

OPINIONS = [
    {"id": "17", "text": "Đề nghị sớm sửa đường ĐT 390 đoạn qua xã."},
    {"id": "18", "text": ""},
    {"id": "19", "text": "Rác ở chợ không ai thu gom."},
]

with Client(os.environ.get("YDAN_URL", "http://127.0.0.1:8000"), key=os.environ.get("YDAN_KEY")) as ydan:
    found = ydan.classify(OPINIONS, session={"host_level": "commune", "date": "2026-03-01"})
    for one in found["results"]:
        if "error" in one:
            print(one["id"], one["error"]["code"])
        else:
            print(one["id"], one["topic"]["label"], "→", one["jurisdiction"]["body"]["label"])

    print(ydan.label("Rác ở chợ không ai thu gom.")["label"])

    job = ydan.jobs.wait(ydan.jobs.submit(OPINIONS))
    for one in ydan.jobs.result(job):
        print(job["state"], one["id"])

    told = ydan.feedback([{"id": "17", "text": OPINIONS[0]["text"], "final": {"topic": "transport_roads"}}])
    print("agrees:", told["results"][0]["agrees"])

    labels = {topic["id"]: topic["label"] for topic in ydan.taxonomy()["topics"]}
    print(len(labels), "topics;", ydan.competence("provincial_road", date="2026-03-01")["matter"])

    try:
        ydan.classify(OPINIONS, session={"date": "hôm qua"})
    except ApiError as error:
        print(error.status, error.code, error.detail)
