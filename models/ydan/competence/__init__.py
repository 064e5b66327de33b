"""Who may settle a matter on the day of the meeting: a table of rules, by period and by province."""

from ydan.competence.findings import Finding
from ydan.competence.load import check_file, load_competence
from ydan.competence.periods import Period, load_periods, period_of
from ydan.competence.provinces import Province, find_province, load_provinces
from ydan.competence.rows import RuleRow
from ydan.competence.table import CompetenceTable, Ruling
from ydan.competence.validate import validate

__all__ = [
    "CompetenceTable",
    "Finding",
    "Period",
    "Province",
    "RuleRow",
    "Ruling",
    "check_file",
    "find_province",
    "load_competence",
    "load_periods",
    "load_provinces",
    "period_of",
    "validate",
]
