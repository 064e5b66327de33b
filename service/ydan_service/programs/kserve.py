"""The Open Inference Protocol, version 2: tensors to opinions and assessments to tensors, without any web."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from ydan.assessment import Assessment, Failure, dump_json
from ydan.errors import OpinionError
from ydan.opinion import Opinion, Session, parse_opinion, parse_session
from ydan.predictor import BATCH, Predictor, collector_paused
from ydan_service.errors import NotFound, OfficeError

ALIAS = "ydan"
"""A name that the model has whatever its bundle is called."""
TEXT = "text"
BESIDE = ("id", "host_level", "date", "province")
"""Inputs that may stand beside ``text``, one an opinion; all but ``id`` may also be one for all."""
IN_PARAMETERS = ("host_level", "date", "province")
OUTPUTS: Mapping[str, str] = {
    "topic": "BYTES",
    "topic_confidence": "FP32",
    "topic_probabilities": "FP32",
    "type": "BYTES",
    "type_confidence": "FP32",
    "matter": "BYTES",
    "level": "BYTES",
    "level_confidence": "FP32",
    "body": "BYTES",
    "escalation": "BOOL",
    "escalation_confidence": "FP32",
    "urgency": "BYTES",
    "codes": "BYTES",
    "confidential": "BOOL",
    "review": "BOOL",
    "error": "BYTES",
    "assessment": "BYTES",
}
"""Output → its datatype; each of shape [N], the probabilities of shape [N, number of topics]."""
_EMPTY: Mapping[str, object] = {"BYTES": "", "FP32": 0.0, "BOOL": False}
"""What an opinion without an assessment has in a tensor; its ``error`` says why."""


class BadTensor(OfficeError):
    """A tensor, or the request around it, is not as the protocol or the model wants it."""

    code = "bad_tensor"
    status = 400


class TooManyRows(OfficeError):
    """More opinions than one call may bring."""

    code = "too_many_opinions"
    status = 413


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that was understood: an item for each opinion, and the outputs that are wanted."""

    items: list[Opinion | Failure]
    outputs: tuple[str, ...]
    id: str | None


def check_model(predictor: Predictor, name: str, version: str | None = None) -> None:
    """:raises NotFound: the server has no such model, or not in this version."""
    bundle = predictor.bundle
    if name not in (bundle.name, ALIAS):
        raise NotFound(f"Không có mô hình “{name}”. Máy chủ này có: {bundle.name} (gọi tắt là {ALIAS}).")
    if version is not None and version != bundle.version:
        raise NotFound(f"Mô hình {name} không có bản “{version}”. Máy chủ này có bản {bundle.version}.")


def metadata(predictor: Predictor, name: str) -> dict[str, Any]:
    """What the model takes and gives; the topics' order among the parameters of their tensor."""
    inputs: list[dict[str, Any]] = [{"name": each, "datatype": "BYTES", "shape": [-1]} for each in (TEXT, *BESIDE)]
    for each in inputs[1:]:
        each["parameters"] = {"optional": True}
    topics = _topics(predictor)
    outputs: list[dict[str, Any]] = []
    for output, kind in OUTPUTS.items():
        tensor: dict[str, Any] = {"name": output, "datatype": kind, "shape": [-1]}
        if output == "topic_probabilities":
            tensor |= {"shape": [-1, len(topics)], "parameters": {"labels": topics}}
        outputs.append(tensor)
    return {
        "name": name,
        "versions": [predictor.bundle.version],
        "platform": "ydan",
        "inputs": inputs,
        "outputs": outputs,
    }


def understand(raw: object, predictor: Predictor, most: int) -> Asked:
    """Check an inference request.

    An opinion that cannot be read keeps its row (see ``error``); with the parameter ``"strict": true`` it is refused.

    :raises BadTensor: anything that is wrong with the request as a whole.
    :raises TooManyRows: more than ``most`` opinions.
    """
    if not isinstance(raw, dict) or not isinstance(raw.get("inputs"), list):
        raise BadTensor('Thân phải là {"inputs": [{"name": "text", "shape": [1], "datatype": "BYTES", "data": […]}]}.')
    parameters = raw.get("parameters")
    if parameters is not None and not isinstance(parameters, dict):
        raise BadTensor('"parameters" phải là một đối tượng.')
    identity = raw.get("id")
    if identity is not None and not isinstance(identity, str):
        raise BadTensor('"id" phải là chuỗi.')
    tensors = _tensors(raw["inputs"])
    count = len(tensors[TEXT])
    if count > most:
        raise TooManyRows(f"Có {count} ý kiến, mỗi lần gọi nhận tối đa {most}. Hãy chia thành nhiều lần.")
    columns = {name: _spread(name, tensors[name], count) for name in BESIDE if name in tensors}
    given = {key: value for key, value in (parameters or {}).items() if key in IN_PARAMETERS and value != ""}
    try:
        session = parse_session(given, Session(date.today()), predictor.competence)
    except OpinionError as error:
        raise BadTensor(str(error)) from error
    items = [
        _item(text, row, {name: column[row] for name, column in columns.items()}, session, predictor)
        for row, text in enumerate(tensors[TEXT])
    ]
    if (parameters or {}).get("strict") is True:
        for row, item in enumerate(items):
            if isinstance(item, Failure):
                raise BadTensor(f"Dòng {row} của tensor “{TEXT}”: {item.message}")
    return Asked(items, _outputs(raw.get("outputs")), identity)


def infer(asked: Asked, predictor: Predictor) -> tuple[list[Assessment | Failure], dict[str, list[Any]]]:
    """The answers, and the data of every wanted output, row after row."""
    answers: list[Assessment | Failure] = []
    wide = "topic_probabilities" in asked.outputs
    probabilities: list[float] = []
    for begin in range(0, len(asked.items), BATCH):
        part = asked.items[begin : begin + BATCH]
        opinions = [item for item in part if isinstance(item, Opinion)]
        with collector_paused():
            signals = predictor.signals(opinions) if opinions else None
            done = iter(predictor.decide(opinions, signals) if signals is not None else ())
        answers += [next(done) if isinstance(item, Opinion) else item for item in part]
        if wide:
            found = np.zeros((len(part), len(_topics(predictor))))
            if signals is not None:
                found[[isinstance(item, Opinion) for item in part]] = signals.probabilities["topic"]
            probabilities += np.round(found, 6).ravel().tolist()
    whole = "assessment" in asked.outputs
    rows = [_row(answer, whole=whole) for answer in answers]
    data: dict[str, list[Any]] = {name: [row[name] for row in rows] for name in asked.outputs if name in OUTPUTS}
    if wide:
        data["topic_probabilities"] = probabilities
    return answers, data


def response(asked: Asked, data: Mapping[str, list[Any]], predictor: Predictor, name: str) -> dict[str, Any]:
    """The inference response."""
    count, topics = len(asked.items), _topics(predictor)
    outputs = []
    for each in asked.outputs:
        tensor: dict[str, Any] = {"name": each, "datatype": OUTPUTS[each], "shape": [count], "data": data[each]}
        if each == "topic_probabilities":
            tensor |= {"shape": [count, len(topics)], "parameters": {"labels": topics}}
        outputs.append(tensor)
    versions: Any = predictor.versions
    body: dict[str, Any] = {"model_name": name, "model_version": predictor.bundle.version}
    if asked.id is not None:
        body["id"] = asked.id
    body["parameters"] = {each: versions[each]["version"] for each in ("taxonomy", "competence")}
    return {**body, "outputs": outputs}


def _topics(predictor: Predictor) -> list[str]:
    return list(predictor.bundle.heads.heads["topic"].labels)


def _tensors(inputs: Sequence[object]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in inputs:
        if not isinstance(each, dict) or not isinstance(each.get("name"), str):
            raise BadTensor('Mỗi tensor phải là {"name": …, "shape": …, "datatype": …, "data": …}.')
        name = each["name"]
        if name not in (TEXT, *BESIDE):
            raise BadTensor(f"Không có đầu vào “{name}”. Các đầu vào: {', '.join((TEXT, *BESIDE))}.")
        if name in found:
            raise BadTensor(f"Tensor “{name}” xuất hiện hai lần.")
        found[name] = _strings(name, each)
    if TEXT not in found:
        raise BadTensor(f"Thiếu tensor “{TEXT}” (BYTES, mỗi phần tử một ý kiến).")
    return found


def _strings(name: str, tensor: Mapping[str, Any]) -> list[str]:
    if tensor.get("datatype") != "BYTES":
        raise BadTensor(f"Tensor “{name}” phải có datatype BYTES, đang là {str(tensor.get('datatype'))[:20]!r}.")
    parameters = tensor.get("parameters")
    if isinstance(parameters, dict) and "binary_data_size" in parameters:
        raise BadTensor("Máy chủ không nhận dữ liệu nhị phân. Hãy gửi chuỗi trong “data” của JSON.")
    data = list(_flat(tensor.get("data"), 0))
    shape = tensor.get("shape")
    whole = isinstance(shape, list) and all(type(size) is int and size >= 0 for size in shape)
    if not isinstance(shape, list) or not whole or len(shape) not in (1, 2) or (len(shape) == 2 and shape[1] != 1):
        raise BadTensor(f"Tensor “{name}” phải có shape [N] hoặc [N, 1].")
    if math.prod(shape) != len(data):
        raise BadTensor(f"Tensor “{name}” có shape {shape} nhưng “data” có {len(data)} phần tử.")
    if not all(isinstance(each, str) for each in data):
        raise BadTensor(f"Mọi phần tử của tensor “{name}” phải là chuỗi.")
    return data


def _flat(data: object, depth: int) -> Iterator[Any]:
    """Elements in row-major order, flat or nested as the protocol allows."""
    if not isinstance(data, list):
        raise BadTensor("“data” của tensor phải là một danh sách.")
    for each in data:
        if isinstance(each, list) and depth == 0:
            yield from _flat(each, 1)
        else:
            yield each


def _spread(name: str, column: list[str], count: int) -> list[str]:
    if len(column) == count:
        return column
    if len(column) == 1 and name != "id":
        return column * count
    raise BadTensor(f"Tensor “{name}” có {len(column)} phần tử, tensor “{TEXT}” có {count}. Hãy gửi bằng nhau.")


def _item(text: str, row: int, beside: Mapping[str, str], session: Session, predictor: Predictor) -> Opinion | Failure:
    raw = {"text": text, **{name: value for name, value in beside.items() if value}}
    try:
        return parse_opinion(raw, session, fallback_id=str(row), competence=predictor.competence)
    except OpinionError as error:
        return Failure(raw.get("id", str(row)), error.code, str(error))


def _outputs(wanted: object) -> tuple[str, ...]:
    if wanted is None or wanted == []:
        return tuple(OUTPUTS)
    if not isinstance(wanted, list) or not all(isinstance(each, dict) for each in wanted):
        raise BadTensor('"outputs" phải là danh sách như [{"name": "topic"}].')
    names = [each.get("name") for each in wanted]
    for each in wanted:
        if not isinstance(each.get("name"), str) or each["name"] not in OUTPUTS:
            raise BadTensor(f"Không có đầu ra {str(each.get('name'))[:40]!r}. Các đầu ra: {', '.join(OUTPUTS)}.")
        parameters = each.get("parameters")
        if isinstance(parameters, dict) and parameters.get("binary_data") is True:
            raise BadTensor("Máy chủ không trả dữ liệu nhị phân. Hãy bỏ binary_data.")
    return tuple(dict.fromkeys(names))


def _row(answer: Assessment | Failure, *, whole: bool) -> dict[str, Any]:
    assessment = dump_json(answer.to_json()) if whole else None
    if isinstance(answer, Failure):
        return {name: _EMPTY[kind] for name, kind in OUTPUTS.items()} | {"error": answer.code, "assessment": assessment}
    judged, goes = answer.jurisdiction, answer.escalation
    return {
        "topic": answer.topic.id,
        "topic_confidence": answer.topic.confidence,
        "topic_probabilities": None,  # filled in for all rows together
        "type": answer.type.id,
        "type_confidence": answer.type.confidence,
        "matter": "" if answer.matter is None else answer.matter.id,
        "level": judged.level.id,
        "level_confidence": judged.level.confidence,
        "body": judged.body.id,
        "escalation": goes.required,
        "escalation_confidence": goes.confidence,
        "urgency": goes.urgency or "",
        "codes": ",".join(reason.code for reason in goes.reasons),
        "confidential": goes.confidential,
        "review": bool(answer.review),
        "error": "",
        "assessment": assessment,
    }
