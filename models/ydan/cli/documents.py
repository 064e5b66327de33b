"""``ydan documents``: minutes in, the official documents of the meeting out."""

from __future__ import annotations

import argparse
import sys

from ydan.assessment import Failure
from ydan.cli.meetings import dossier_of
from ydan.cli.minutes import open_any
from ydan.cli.overview import closing_of
from ydan.cli.progress import show_bar, with_progress
from ydan.documents import make_documents
from ydan.minutes.reader import MinutesReader
from ydan.parallel import usable_processes
from ydan.predictor import Predictor


def documents(options: argparse.Namespace) -> int:
    """Write every document and say of each what a person must look at; 1 when an opinion could not be assessed."""
    predictor = Predictor.load(options.model, options.competence)
    read = open_any(
        str(options.file),
        MinutesReader.load(predictor.bundle, processes=usable_processes()),
        options,
        predictor.competence,
    )
    answers = list(with_progress(predictor, read.items, quiet=options.quiet))
    show = not options.quiet and sys.stderr.isatty()
    made = make_documents(
        dossier_of(read, answers, predictor, options.names),
        options.output_dir,
        form=options.form,
        templates=options.templates,
        which=options.only,
        confidential=options.confidential,
        progress=(lambda done, total, _name: show_bar(done, total, "văn bản")) if show else None,
    )
    for warning in read.minutes.meeting.warnings:
        print(f"LƯU Ý: {warning.message}")
    for one in made:
        print(f"{one.path}" + "".join(f"\n   cần xem: {check}" for check in one.check))
    print(f"Đã làm {len(made)} văn bản từ {options.file}: {closing_of(answers)}")
    return 1 if any(isinstance(answer, Failure) for answer in answers) else 0
