"""The files that an administrator copies are right: systemd takes the units, settings exist, compose checks health."""

from __future__ import annotations

import inspect
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from ydan_service import environment
from ydan_service.cli import build_parser

DEPLOY = Path(__file__).parents[2] / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
COMPOSE = yaml.safe_load((DEPLOY / "compose" / "compose.yaml").read_text())
KNOWN = set(re.findall(r"YDAN_[A-Z_]+", inspect.getsource(environment.settings_from)))


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_takes_the_unit(unit: Path, tmp_path: Path) -> None:
    """With the programs where they are here; a misspelt setting is a complaint."""
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd is not installed")
    text = unit.read_text().replace("/opt/ydan/venv/bin/", f"{Path(sys.executable).parent}/")
    copy = tmp_path / unit.name
    copy.write_text(re.sub(r"^(User|Group|EnvironmentFile|Documentation)=.*\n", "", text, flags=re.MULTILINE))
    done = subprocess.run([program, "verify", "--man=no", str(copy)], capture_output=True, text=True)
    complaints = [line for line in done.stderr.splitlines() if unit.name in line or "ydan" in line]
    assert (done.returncode, complaints) == (0, [])


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_the_command_of_a_unit_exists(unit: Path) -> None:
    """Every option is one that ``ydan-serve`` takes."""
    (line,) = re.findall(r"^ExecStart=\S+/ydan-serve (.*)$", unit.read_text(), re.MULTILINE)
    build_parser().parse_args(line.replace("%i", "8001").split())


@pytest.mark.parametrize(
    "file", [DEPLOY / "systemd" / "ydan.env", *UNITS, DEPLOY / "compose" / "compose.yaml"], ids=lambda file: file.name
)
def test_every_setting_named_exists(file: Path) -> None:
    """None that the service would not read."""
    assert set(re.findall(r"YDAN_[A-Z_]+", file.read_text())) <= KNOWN | {"YDAN_URL"}


def test_every_service_of_compose_is_watched() -> None:
    """What runs on has a health check, its own or its image's, or says that it has none; it starts after its needs."""
    services = COMPOSE["services"]
    assert set(services) == {"database", "migrate", "replica", "worker", "proxy"}
    dockerfile = (DEPLOY / "compose" / "Dockerfile").read_text()
    assert "HEALTHCHECK" in dockerfile
    for name, service in services.items():
        if name != "migrate":
            assert service["restart"] == "unless-stopped", name
            assert "healthcheck" in service or service["image"] == "ydan", name
    for name in ("replica", "worker"):
        assert services[name]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
    assert services["migrate"]["depends_on"] == {"database": {"condition": "service_healthy"}}


def test_docker_compose_takes_the_file(tmp_path: Path) -> None:
    """Its own check, where it is installed."""
    docker = shutil.which("docker")
    if docker is None or subprocess.run([docker, "compose", "version"], capture_output=True).returncode != 0:
        pytest.skip("docker compose is not installed")
    folder = tmp_path / "deploy" / "compose"
    shutil.copytree(DEPLOY / "compose", folder)
    (folder / "ydan.env").write_text("")
    (folder / "db_password.txt").write_text("x")
    subprocess.run([docker, "compose", "-f", str(folder / "compose.yaml"), "config", "-q"], check=True)
