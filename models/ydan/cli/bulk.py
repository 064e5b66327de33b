"""``ydan bulk``: a file or a folder of millions of opinions, on this machine or on a cluster."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing

from ydan.bulk.run import Order, Progress, local_engine, run_bulk
from ydan.cli.classify import session_of
from ydan.cli.progress import show_bar
from ydan.errors import BulkError
from ydan.parallel import usable_cores
from ydan.predictor import Predictor


def bulk(options: argparse.Namespace) -> int:
    """Answer every row; 1 when some could not be."""
    processes = options.processes or usable_cores()
    if options.engine == "local" and options.address:
        raise BulkError("--address chỉ dùng với --engine ray. Hãy thêm --engine ray hoặc bỏ --address.")
    if options.engine == "ray":
        from ydan.bulk.ray import ray_data, ray_engine

        ray_data()
        engine = ray_engine(options.address, processes)
    else:
        engine = local_engine(processes)
    predictor = Predictor.load(options.model, options.competence)
    order = Order(
        input=options.input,
        output=options.output,
        session=session_of(options, predictor.competence),
        form=options.format,
        model=options.model,
        overrides=tuple(options.competence),
    )
    show = not options.quiet and sys.stderr.isatty()
    last = Progress(0, 0, 0, 0)
    with closing(run_bulk(order, predictor, engine)) as run:
        for last in run:
            if show:
                show_bar(last.done, last.pieces, "phần")
    print(f"Đã ghi {options.output}: {last.rows} dòng, {last.failed} dòng lỗi.", file=sys.stderr)
    return 1 if last.failed else 0
