"""The tables, one module per noun; constraints, policies and triggers stand in the migrations, rights in ``store.grants``."""

from refusion.store.models.absence import Absence, AbsenceVersion, EnteredAnswer
from refusion.store.models.audit import AuditEntry, LookUp
from refusion.store.models.bank import BankLine, BankMatch, Decision
from refusion.store.models.claim import Claim, ClaimVersion, Loss
from refusion.store.models.employment import Employment, EmploymentVersion, PayVersion, Person
from refusion.store.models.file import FileProblem, Marker, Message, RawFile
from refusion.store.models.filing import Filing, FilingAttempt
from refusion.store.models.funds.reports import FundAnswer, FundReport, FundReportLine
from refusion.store.models.grants.agreement import (
    AgreementPaper,
    ConditionDecision,
    ConditionReport,
    ConditionStep,
    GrantAgreement,
    InvestigationOrder,
    PayoutLine,
    PayoutRun,
)
from refusion.store.models.guard.resolving import PayLimit, PaymentProposal, PaymentStep, StopRequest
from refusion.store.models.guard.runs import GuardSetting, ParkedAnswer, PayRun, RunPayment
from refusion.store.models.institution import ApiAnswer, ApiToken, DayStep, Institution, LogInAttempt, UserRole
from refusion.store.models.ledger import Certificate, JournalExport, JournalExported, LedgerTransaction, Posting, PostingVoid
from refusion.store.models.loss import LossStep
from refusion.store.models.mandate import Mandate, MandateAccount, MandateOwner
from refusion.store.models.matching import LineTelling, MatchedPart, ParkedLine, PaymentPart, WriteOff
from refusion.store.models.norway.nav import (
    NavAttempt,
    NavCase,
    NavEntry,
    NavExplanation,
    NavFact,
    NavLine,
    NavNotice,
    NavPart,
    NavPosting,
    NavReport,
    NavRun,
    NavSetting,
)
from refusion.store.models.refund_case import CaseHistory, KindStage, OtherDecision, RefundCase
from refusion.store.models.self_employed.cases import (
    SelfEmployedCase,
    SelfEmployedFiling,
    SelfEmployedMessage,
    SelfEmployedStep,
    SelfEmployedWait,
)
from refusion.store.models.task import AnswerRule, BenefitStop, ColleagueAway, HoursWarning, ServiceOrder, Task, TaskRung

__all__ = [
    "Absence",
    "AbsenceVersion",
    "AgreementPaper",
    "AnswerRule",
    "ApiAnswer",
    "ApiToken",
    "AuditEntry",
    "BankLine",
    "BankMatch",
    "BenefitStop",
    "CaseHistory",
    "Certificate",
    "Claim",
    "ClaimVersion",
    "ColleagueAway",
    "ConditionDecision",
    "ConditionReport",
    "ConditionStep",
    "DayStep",
    "Decision",
    "Employment",
    "EmploymentVersion",
    "EnteredAnswer",
    "FileProblem",
    "Filing",
    "FilingAttempt",
    "FundAnswer",
    "FundReport",
    "FundReportLine",
    "GrantAgreement",
    "GuardSetting",
    "HoursWarning",
    "Institution",
    "InvestigationOrder",
    "JournalExport",
    "JournalExported",
    "KindStage",
    "LedgerTransaction",
    "LineTelling",
    "LogInAttempt",
    "LookUp",
    "Loss",
    "LossStep",
    "Mandate",
    "MandateAccount",
    "MandateOwner",
    "Marker",
    "MatchedPart",
    "Message",
    "NavAttempt",
    "NavCase",
    "NavEntry",
    "NavExplanation",
    "NavFact",
    "NavLine",
    "NavNotice",
    "NavPart",
    "NavPosting",
    "NavReport",
    "NavRun",
    "NavSetting",
    "OtherDecision",
    "ParkedAnswer",
    "ParkedLine",
    "PayLimit",
    "PayRun",
    "PayVersion",
    "PaymentPart",
    "PaymentProposal",
    "PaymentStep",
    "PayoutLine",
    "PayoutRun",
    "Person",
    "Posting",
    "PostingVoid",
    "RawFile",
    "RefundCase",
    "RunPayment",
    "SelfEmployedCase",
    "SelfEmployedFiling",
    "SelfEmployedMessage",
    "SelfEmployedStep",
    "SelfEmployedWait",
    "ServiceOrder",
    "StopRequest",
    "Task",
    "TaskRung",
    "UserRole",
    "WriteOff",
]
