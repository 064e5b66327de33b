"""The ``ydan-train`` command: prepare | fit | evaluate | card, and the corpus' own tools."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from ydan.errors import YDanError
from ydan_training.config import Config, ConfigError, load_config
from ydan_training.corpus.record import CorpusError

DONE, FAILED, WRONG_USE = 0, 1, 2


def build_parser() -> argparse.ArgumentParser:
    """Every command and option."""
    parser = argparse.ArgumentParser(
        prog="ydan-train", description="Prepare, fit, measure and describe Ý Dân's models."
    )
    parser.add_argument(
        "--config", type=Path, help="TOML file laid over the defaults (training/ydan_training/default.toml)"
    )
    parser.add_argument("--root", type=Path, default=Path(), help="repository root (default: the current folder)")
    commands = parser.add_subparsers(dest="command", required=True)

    prepare = commands.add_parser("prepare", help="check the corpus: schema, near-duplicates, leakage, counts")
    prepare.add_argument("--force", action="store_true", help="repeat even if nothing changed")

    fit = commands.add_parser("fit", help="learn the default model and write its bundle")
    fit.add_argument("--force", action="store_true", help="repeat even if nothing changed")
    fit.add_argument("--output", type=Path, help="folder of the bundle (default: the configuration's)")

    evaluate = commands.add_parser("evaluate", help="measure a model on labelled JSON Lines")
    evaluate.add_argument(
        "--data", type=Path, action="append", metavar="FILE", help="labelled file; repeatable (default: our test split)"
    )
    evaluate.add_argument("--model", type=Path, help="bundle folder (default: the configuration's)")
    evaluate.add_argument("--output-dir", type=Path, default=Path("build/evaluation"), help="where the reports go")
    evaluate.add_argument("--top-errors", type=int, default=15, help="errors listed per head")
    evaluate.add_argument(
        "--floor",
        action="append",
        default=[],
        metavar="HEAD.FIGURE=VALUE",
        help="fail below this, e.g. topic.macro_f1=0.80",
    )

    fit_minutes = commands.add_parser("fit-minutes", help="learn to read minutes: roles, matters, changes of matter")
    fit_minutes.add_argument("--output", type=Path, help="folder of the model (default: the configuration's)")
    fit_minutes.add_argument(
        "--cross-validate", action="store_true", help="also measure with each author's documents left out"
    )

    minutes = commands.add_parser("evaluate-minutes", help="measure the reading of documents beside NAME.gold.json")
    minutes.add_argument("--data", type=Path, required=True, metavar="DIR", help="folder of documents with their gold")
    minutes.add_argument("--model", type=Path, help="folder of the model that reads minutes")
    minutes.add_argument("--errors", action="store_true", help="list the opinions missed and the extra ones")
    minutes.add_argument("--output-dir", type=Path, help="write the figures there as JSON and Markdown")
    minutes.add_argument(
        "--floor", action="append", default=[], metavar="FIGURE=VALUE", help="fail below this, e.g. alike_f1=0.88"
    )

    ablate = commands.add_parser("ablate", help="measure what each part of the model earns; writes docs/ablations.md")
    ablate.add_argument(
        "--data", type=Path, action="append", default=[], metavar="FILE", help="further sets to measure on"
    )
    ablate.add_argument("--output", type=Path, default=Path("docs/ablations.md"))

    card = commands.add_parser("card", help="write the model card from the bundle")
    card.add_argument(
        "--data", type=Path, action="append", default=[], metavar="FILE", help="measure these too, for card and README"
    )
    card.add_argument("--output", type=Path, default=Path("docs/model-card.md"))

    measured = commands.add_parser(
        "measured", help="count the model's errors by confidence, for the review and the dashboard"
    )
    measured.add_argument("--model", type=Path, help="bundle folder (default: the configuration's)")
    measured.add_argument("--output", type=Path, help="where the JSON goes (default: beside the package's code)")

    reference = commands.add_parser("reference", help="write what drift is told from: answers to the corpus, counted")
    reference.add_argument("--model", type=Path, help="bundle folder (default: the configuration's)")

    key = commands.add_parser("signing-key", help="make a key that bundles are signed with, and its public half")
    key.add_argument("file", type=Path, metavar="FILE", help="the private key; the public one is FILE.pub")

    signing = commands.add_parser(
        "sign-bundle", help="sign a bundle: bundle.sig over bundle.json, which has the hashes"
    )
    signing.add_argument("folder", type=Path, metavar="DIR")
    signing.add_argument("--key", type=Path, required=True, metavar="FILE", help="the private key")

    golden = commands.add_parser("golden", help="write the examples by which a server proves its model (selftest)")
    golden.add_argument("--model", type=Path, help="bundle folder (default: the configuration's)")

    commands.add_parser("agreement", help="kappa of the blind relabelling, written into the dataset card")

    add = commands.add_parser("add", help="turn writers' drafts into records of the corpus")
    add.add_argument("drafts", type=Path, nargs="+", metavar="FILE")
    add.add_argument("--author", required=True, help="author group, e.g. w8")
    add.add_argument("--into", type=Path, default=Path("data/opinions"), metavar="DIR", help="folder of the splits")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 done, 1 a floor missed or the corpus at fault, 2 wrong use."""
    options = build_parser().parse_args(arguments)
    try:
        config = load_config(options.config, options.root)
        return _run(options, config)
    except CorpusError as error:
        print(f"ydan-train: {error}", file=sys.stderr)
        return FAILED
    except (ConfigError, YDanError, FileNotFoundError) as error:
        print(f"ydan-train: {error}", file=sys.stderr)
        return WRONG_USE


def _run(options: argparse.Namespace, config: Config) -> int:
    # each command imports its own part: `add` must not wait for scikit-learn
    if options.command == "prepare":
        from ydan_training.prepare import prepare

        return prepare(config, force=options.force)
    if options.command == "fit":
        from ydan_training.fitting.run import fit_bundle

        return fit_bundle(config, output=options.output, force=options.force)
    if options.command == "evaluate":
        from ydan_training.evaluation.run import evaluate

        return evaluate(options, config)
    if options.command == "fit-minutes":
        from ydan_training.minutes.run import fit as fit_minutes

        return fit_minutes(config, options.output, cross_validate=options.cross_validate)
    if options.command == "evaluate-minutes":
        from ydan_training.minutes.run import evaluate as evaluate_minutes

        return evaluate_minutes(
            options.data, options.model, options.floor, errors=options.errors, output=options.output_dir
        )
    if options.command == "ablate":
        from ydan_training.ablation import ablate

        return ablate(config, options.data, options.output)
    if options.command == "card":
        from ydan_training.card import write_card

        return write_card(config, options.output, options.data)
    if options.command == "measured":
        from ydan_training.measured import write_measured

        return write_measured(config, options.output, options.model)
    if options.command == "reference":
        from ydan_training.reference import write_reference

        return write_reference(config, options.model)
    if options.command == "signing-key":
        from ydan.model import signature

        print(f"wrote {options.file} (keep it secret) and {signature.new_key(options.file)} (for the servers)")
        return DONE
    if options.command == "sign-bundle":
        from ydan.model import signature

        print(f"wrote {signature.sign(options.folder, options.key)}")
        return DONE
    if options.command == "golden":
        from ydan_training.golden import write_golden

        return write_golden(config, options.model)
    if options.command == "agreement":
        from ydan_training.corpus.agreement import agreement_table
        from ydan_training.corpus.card import write_between

        table = agreement_table(config.path("corpus", "agreement"))
        write_between(config.path("corpus", "card"), "agreement", table)
        print(table)
        return DONE
    from ydan_training.corpus.drafts import read_drafts
    from ydan_training.corpus.split import merge_into

    rows = [row for file in options.drafts for row in read_drafts(file, options.author)]
    corpus = config.values["corpus"]
    sizes = merge_into(config.root / options.into, rows, corpus["test_authors"], corpus["validation_share"])
    print(f"added {len(rows)}; now " + ", ".join(f"{name}: {size}" for name, size in sizes.items()))
    return DONE
