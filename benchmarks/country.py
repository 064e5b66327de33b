"""What a PC, a province and the country need, reckoned from the measured rate. ``python -m benchmarks.country``.

Reads ``results.json`` (``python -m benchmarks.bulk`` writes it) and fills the table of ``docs/scale.md``, so that no
figure there is typed by hand.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.startup import ROOT
from benchmarks.tables import table, write_between


class Place(NamedTuple):
    """Who asks, how many opinions there are, and in how many hours they must be answered."""

    name: str
    opinions: int
    hours: float
    cores: int


@dataclass(frozen=True, slots=True)
class Assumed:
    """What is not measured. ``efficiency`` is the share of a core's rate that is left on a full node of a cluster."""

    node_cores: int = 16
    efficiency: float = 0.8
    gigabytes_system: float = 2.0
    euro_core_hour: float = 0.05
    opinions: int = 60_000_000
    provinces: int = 34
    copies: int = 2


class Need(NamedTuple):
    """What it takes."""

    nodes: int
    cores: int
    hours: float
    memory_gigabytes: float
    storage_gigabytes: float
    core_hours: float
    euros: float


def places(assumed: Assumed) -> list[Place]:
    """A commune's PC, a province, the country: in a coffee break, in a night, in a night."""
    province = ceil(assumed.opinions / assumed.provinces)
    return [
        Place("one PC", 20_000, 0.1, 4),
        Place("a province", province, 8.0, assumed.node_cores),
        Place("the country", assumed.opinions, 8.0, assumed.node_cores),
    ]


def need(place: Place, measured: dict[str, float], assumed: Assumed) -> Need:
    """The formula of docs/scale.md."""
    core_rate = measured["all_per_second"] / measured["cores"] * assumed.efficiency
    core_hours = place.opinions / core_rate / 3600
    nodes = max(1, ceil(core_hours / place.hours / place.cores))
    cores = nodes * place.cores
    worker = measured["megabytes_largest"] / (measured["cores"] + 1) / 1000
    memory = nodes * assumed.gigabytes_system + (cores + nodes) * worker
    stored = place.opinions * (measured["bytes_in"] + measured["bytes_out"]) * assumed.copies / 1e9
    return Need(nodes, cores, core_hours / cores, memory, stored, core_hours, core_hours * assumed.euro_core_hour)


def body(results: dict[str, Any], assumed: Assumed) -> str:
    """The tables of the page.

    :raises KeyError: no run of ``benchmarks.bulk`` is in the results.
    """
    bulk = results["bulk"]
    measured = bulk["figures"]
    inputs = [
        ["opinions a second, all cores", f"{measured['all_per_second']:,.0f} on {measured['cores']:.0f}", "measured"],
        ["seconds to start", f"{measured['start_seconds']:.1f}", "measured"],
        ["peak memory of all processes", f"{measured['megabytes_largest']:.0f} MB", "measured"],
        ["bytes of an opinion, in and out", f"{measured['bytes_in']:.0f} + {measured['bytes_out']:,.0f}", "measured"],
        ["characters of an opinion", f"{measured['characters']:.0f}", "measured, our corpus"],
        ["opinions of the country", f"{assumed.opinions:,}", "assumed"],
        ["provinces", f"{assumed.provinces}", "since 2025-07-01"],
        ["cores of a node", f"{assumed.node_cores}", "assumed"],
        ["rate that is left on a full node", f"{assumed.efficiency:.0%}", "assumed"],
        ["memory of a node's system", f"{assumed.gigabytes_system:g} GB", "assumed"],
        ["copies kept of all files", f"{assumed.copies}", "assumed"],
        ["price of a core for an hour", f"€{assumed.euro_core_hour:g}", "assumed, put in your own"],
    ]
    rows = []
    for place in places(assumed):
        found = need(place, measured, assumed)
        rows.append(
            [
                place.name,
                f"{place.opinions:,}",
                f"{found.nodes} × {place.cores} cores",
                _span(found.hours),
                f"{found.memory_gigabytes:.1f} GB",
                f"{found.storage_gigabytes:,.1f} GB",
                f"{found.core_hours:,.2f}",
                f"€{found.euros:,.2f}",
            ]
        )
    head = ["Who", "Opinions", "Nodes", "Time", "Memory, all nodes", "Storage", "Core hours", "Cost of computing"]
    about = f"Reckoned from the run of {bulk['measured']}: {bulk['machine']}."
    return f"{about}\n\n{table(['Input', 'Value', 'Where from'], inputs)}\n\n{table(head, rows)}"


def _span(hours: float) -> str:
    return f"{hours:.1f} h" if hours >= 1 else f"{hours * 60:.0f} min" if hours * 60 >= 2 else f"{hours * 3600:.0f} s"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the tables."""
    assumed = Assumed()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--results", type=Path, default=ROOT / "benchmarks" / "results.json")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "scale.md", help="page with the markers")
    parser.add_argument("--opinions", type=int, default=assumed.opinions, help="of the country")
    parser.add_argument("--node-cores", type=int, default=assumed.node_cores)
    parser.add_argument("--efficiency", type=float, default=assumed.efficiency)
    parser.add_argument("--euro-core-hour", type=float, default=assumed.euro_core_hour)
    options = parser.parse_args(arguments)
    results = json.loads(options.results.read_text(encoding="utf-8"))
    if "bulk" not in results:
        parser.error(f"{options.results} has no run of `python -m benchmarks.bulk`. Run that first.")
    assumed = Assumed(
        node_cores=options.node_cores,
        efficiency=options.efficiency,
        euro_core_hour=options.euro_core_hour,
        opinions=options.opinions,
    )
    text = body(results, assumed)
    write_between(options.output, "country", text)
    print(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
