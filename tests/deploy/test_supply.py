"""The pins cover what a server installs, each with its hash; the SBOM lists the same; an audit never passes unasked."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from deploy import supply

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def pins() -> dict[str, str]:
    """Name → version."""
    found = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;]+)", supply.PINS.read_text(), re.MULTILINE)
    return {canonicalize_name(name): version for name, version in found}


def declared(extra: str | None) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lines = project["dependencies"] if extra is None else project["optional-dependencies"][extra]
    requirements = [Requirement(line) for line in lines]
    own = [inner for each in requirements if each.name == "ydan" for inner in each.extras]
    return [each for each in requirements if each.name != "ydan"] + [each for name in own for each in declared(name)]


@pytest.mark.parametrize("extra", [None, *supply.EXTRAS])
def test_every_declared_dependency_is_pinned_as_declared(pins: dict[str, str], extra: str | None) -> None:
    """A dependency that is added or raised without new pins is noticed here."""
    for each in declared(extra):
        version = pins.get(canonicalize_name(each.name))
        assert version is not None, f"{each.name} has no pin: python deploy/supply.py pin"
        assert each.specifier.contains(version), f"{each.name} {version}: python deploy/supply.py pin"


def test_every_pin_has_a_hash() -> None:
    """Else pip refuses the whole file."""
    entries = re.split(r"\n(?=[A-Za-z])", supply.PINS.read_text().split("\n", 1)[1].strip())
    assert len(entries) > 40
    for entry in entries:
        assert "--hash=sha256:" in entry, entry


def test_the_bill_lists_what_is_pinned(pins: dict[str, str]) -> None:
    """Same names, same versions, with hashes, and no address of a registry."""
    bill = json.loads(supply.SBOM.read_text())
    assert {canonicalize_name(each["name"]): each["version"] for each in bill["components"]} == pins
    assert all(each["hashes"] for each in bill["components"])
    assert bill["metadata"]["component"]["name"] == "ydan"
    assert "://" not in json.dumps(bill["components"])


@pytest.mark.parametrize(
    ("found", "status"),
    [
        ([{"name": "a", "version": "1", "vulns": []}], 0),
        ([{"name": "a", "version": "1", "vulns": [{"id": "CVE-1"}]}, {"name": "b", "skip_reason": "not found"}], 1),
        ([{"name": "a", "version": "1", "vulns": []}, {"name": "b", "skip_reason": "not found"}], 3),
    ],
)
def test_an_audit_that_could_not_ask_is_no_pass(
    found: list[dict[str, object]], status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """0 only when every pin was asked about and nothing is known against it."""
    assert supply.verdict(found) == status
    assert f"{len(found)} pins" in capsys.readouterr().out
