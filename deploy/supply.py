"""What the servers are made of: dependencies pinned with hashes, their list (SBOM), and an audit of both.

``python deploy/supply.py pin`` writes ``requirements.txt`` and ``sbom.cdx.json`` anew (needs uv and cyclonedx-bom);
``python deploy/supply.py audit`` asks the advisory database about every pin (needs pip-audit): 0 nothing known against
them, 1 something is, 3 the database could not be asked, so that nothing is known either way.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PINS = ROOT / "deploy" / "requirements.txt"
SBOM = ROOT / "deploy" / "sbom.cdx.json"
EXTRAS = ("serve", "postgresql", "oidc", "parquet", "traces")
"""What a province's server installs."""
_HEADER = "# Made by `python deploy/supply.py pin`; install: pip install --require-hashes -r deploy/requirements.txt\n"


def pin() -> int:
    """Resolve anew, newest versions first, for every system and Python that the project takes."""
    extras = [part for extra in EXTRAS for part in ("--extra", extra)]
    command = ["uv", "pip", "compile", "pyproject.toml", "--universal", "--python-version", "3.11", *extras]
    options = ["--generate-hashes", "--no-emit-index-url", "--no-header", "--no-annotate", "--quiet"]
    done = subprocess.run([*command, *options], cwd=ROOT, capture_output=True, text=True, check=True)
    PINS.write_text(_HEADER + done.stdout)
    SBOM.write_text(json.dumps(bill(), indent=1, ensure_ascii=False) + "\n")
    return 0


def bill() -> dict[str, Any]:
    """The SBOM of the pins (CycloneDX), without the address that they were fetched from: any mirror serves the same."""
    command = [sys.executable, "-m", "cyclonedx_py", "requirements", str(PINS), "--pyproject", "pyproject.toml"]
    options = ["--short-PURLs", "--output-reproducible", "--of", "JSON"]
    done = subprocess.run([*command, *options], cwd=ROOT, capture_output=True, text=True, check=True)
    made: dict[str, Any] = json.loads(done.stdout)
    for component in made["components"]:
        hashes = [each for ref in component.pop("externalReferences", []) for each in ref.get("hashes", [])]
        unique = {(each["alg"], each["content"]) for each in hashes}
        component["hashes"] = [{"alg": alg, "content": content} for alg, content in sorted(unique)]
        component.pop("description", None)
    made["metadata"]["component"].pop("externalReferences", None)
    return made


def audit() -> int:
    """Ask about every pin; say what was found, and what could not be asked."""
    with tempfile.NamedTemporaryFile(suffix=".json") as answer:
        command = [sys.executable, "-m", "pip_audit", "--requirement", str(PINS), "--disable-pip", "--require-hashes"]
        done = subprocess.run([*command, "--format", "json", "--output", answer.name], capture_output=True, text=True)
        written = Path(answer.name).read_text()
    try:
        found = json.loads(written)["dependencies"]
    except ValueError:
        print(f"not audited: the advisory database does not answer ({done.stderr.strip().splitlines()[-1:]})")
        return 3
    return verdict(found)


def verdict(found: Sequence[dict[str, Any]]) -> int:
    """The exit status of an audit, after saying why."""
    bad = [each for each in found if each.get("vulns")]
    unknown = [each["name"] for each in found if "skip_reason" in each]
    for each in bad:
        names = ", ".join(vuln["id"] for vuln in each["vulns"])
        print(f"{each['name']} {each['version']}: {names}")
    print(f"{len(found)} pins: {len(bad)} with a known vulnerability, {len(unknown)} that could not be asked about")
    return 1 if bad else 3 if unknown else 0


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python deploy/supply.py", description=__doc__.split("\n")[0])
    parser.add_argument("task", choices=["pin", "audit"])
    return pin() if parser.parse_args(arguments).task == "pin" else audit()


if __name__ == "__main__":
    sys.exit(main())
