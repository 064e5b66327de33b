"""Every table of the store, a module a subject; import from here, so that all are known to the metadata."""

from ydan_service.store.tables.base import Base, Moment, now
from ydan_service.store.tables.following import (
    DIRECTIONS,
    Answer,
    AnswerTo,
    Assignment,
    ConclusionLine,
    Dispatch,
    Dispatched,
    Document,
    Reply,
    StatusChange,
)
from ydan_service.store.tables.meetings import (
    FILE_KINDS,
    JOB_STATES,
    STAGES,
    Job,
    KeptFile,
    Meeting,
    Operation,
    Plan,
    Presence,
)
from ydan_service.store.tables.opinions import (
    FIELDS,
    STATES,
    STATUSES,
    AlikeGroup,
    AlikeMember,
    Assessed,
    ConfidentialReader,
    Decision,
    Opinion,
    PersonalData,
    RaisedBefore,
)
from ydan_service.store.tables.people import (
    COMMUNE_KINDS,
    ROLES,
    Account,
    AccountCommune,
    Commune,
    OidcRequest,
    OneTimeLink,
    SignIn,
    SignInFailure,
    Village,
)
from ydan_service.store.tables.records import AuditEvent, LedgerLine, OfficeSetting

__all__ = [
    "COMMUNE_KINDS", "DIRECTIONS", "FIELDS", "FILE_KINDS", "JOB_STATES", "ROLES", "STAGES", "STATES", "STATUSES",
    "Account", "AccountCommune", "AlikeGroup", "AlikeMember", "Answer", "AnswerTo", "Assessed", "Assignment",
    "AuditEvent", "Base", "Commune", "ConclusionLine", "ConfidentialReader", "Decision", "Dispatch", "Dispatched",
    "Document", "Job", "KeptFile", "LedgerLine", "Meeting", "Moment", "OfficeSetting", "OidcRequest", "OneTimeLink",
    "Operation", "Opinion", "PersonalData", "Plan", "Presence", "RaisedBefore", "Reply", "SignIn", "SignInFailure",
    "StatusChange", "Village", "now",
]  # fmt: skip
