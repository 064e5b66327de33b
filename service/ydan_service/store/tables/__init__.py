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
from ydan_service.store.tables.programs import (
    BULK_STATES,
    DELIVERY_STATES,
    SCOPES,
    AccessToken,
    BulkJob,
    BulkPart,
    Caller,
    CallerKey,
    Feedback,
    IdempotentRequest,
    Open311Request,
    ProgramData,
    Webhook,
    WebhookDelivery,
)
from ydan_service.store.tables.records import AuditEvent, LedgerLine, OfficeSetting

SEALED = (PersonalData, KeptFile, ProgramData)
"""Tables whose rows are sealed: each has ``key_id`` and ``sealed``."""

__all__ = [
    "BULK_STATES", "COMMUNE_KINDS", "DELIVERY_STATES", "DIRECTIONS", "FIELDS", "FILE_KINDS", "JOB_STATES", "ROLES",
    "SCOPES", "SEALED", "STAGES", "STATES", "STATUSES", "AccessToken", "Account", "AccountCommune", "AlikeGroup",
    "AlikeMember", "Answer", "AnswerTo", "Assessed", "Assignment", "AuditEvent", "Base", "BulkJob", "BulkPart",
    "Caller", "CallerKey", "Commune", "ConclusionLine", "ConfidentialReader", "Decision", "Dispatch", "Dispatched",
    "Document", "Feedback", "IdempotentRequest", "Job", "KeptFile", "LedgerLine", "Meeting", "Moment", "OfficeSetting",
    "OidcRequest", "OneTimeLink", "Open311Request", "Operation", "Opinion", "PersonalData", "Plan", "Presence",
    "ProgramData", "RaisedBefore", "Reply", "SignIn", "SignInFailure", "StatusChange", "Village", "Webhook",
    "WebhookDelivery", "now",
]  # fmt: skip
