"""All kinds of records, each declared once; every register, table, sheet and package derives from this list."""

from tuopin_desktop.domain.record import Record
from tuopin_desktop.domain.records.amending import Amendment
from tuopin_desktop.domain.records.appraisal import (
    AppraisalScore,
    Ballot,
    BallotRound,
    Grade,
    RoutineMark,
    WorkSummary,
)
from tuopin_desktop.domain.records.archives import ArchiveItem, CatalogueHeads, FilingRule, Fonds
from tuopin_desktop.domain.records.attachment import Attachment
from tuopin_desktop.domain.records.attendance import Attendance, Remark
from tuopin_desktop.domain.records.calendar import CalendarDay, CalendarYear
from tuopin_desktop.domain.records.checks import Check, Draw, Explanation, OwnCheck, Rectification, SpotCheck
from tuopin_desktop.domain.records.closing import Correction, MonthClose
from tuopin_desktop.domain.records.dispatch import Dispatch
from tuopin_desktop.domain.records.handovers import ArchiveHandover
from tuopin_desktop.domain.records.journals import DailyLog, LedgerItem, WeeklyNote
from tuopin_desktop.domain.records.leave import Authorisation, Call, Filing, LeaveSlip, Opinion
from tuopin_desktop.domain.records.matters import Matter
from tuopin_desktop.domain.records.meetings import Meeting, MeetingProblem
from tuopin_desktop.domain.records.members import Acknowledgement, Advancement, FollowUp, Incident
from tuopin_desktop.domain.records.office import County, Office, Team
from tuopin_desktop.domain.records.personalfiles import (
    Extract,
    Lending,
    PersonalHandover,
    PersonalMaterial,
    ServiceCertificate,
)
from tuopin_desktop.domain.records.purging import Purge
from tuopin_desktop.domain.records.recall import Measure, RecallCase, Replacement, Statement
from tuopin_desktop.domain.records.reports import HalfYearReport, TeamReport
from tuopin_desktop.domain.records.roster import Person, Posting
from tuopin_desktop.domain.records.rulepack import RulePack
from tuopin_desktop.domain.records.rulings import Decision, Ruling
from tuopin_desktop.domain.records.sealing import ClosingNote, TermSeal
from tuopin_desktop.domain.records.selection import Recommendation
from tuopin_desktop.domain.records.snapshot import Snapshot
from tuopin_desktop.domain.records.station import Revocation, Station
from tuopin_desktop.domain.records.support import Fund, Insurance, MedicalClaim, RoundTrip, SubsidyRate
from tuopin_desktop.domain.records.training import Training, TrainingAttendance
from tuopin_desktop.domain.records.users import Access, User

KINDS: dict[str, type[Record]] = {
    cls.kind.name: cls
    for cls in (
        Office,
        County,
        Team,
        Person,
        Posting,
        Recommendation,
        LeaveSlip,
        Opinion,
        Authorisation,
        Filing,
        Call,
        Decision,
        Ruling,
        CalendarYear,
        CalendarDay,
        Attachment,
        Attendance,
        WorkSummary,
        RoutineMark,
        AppraisalScore,
        BallotRound,
        Ballot,
        Grade,
        SpotCheck,
        OwnCheck,
        Rectification,
        Draw,
        Explanation,
        DailyLog,
        WeeklyNote,
        LedgerItem,
        Training,
        TrainingAttendance,
        RoundTrip,
        MonthClose,
        Correction,
        Remark,
        Meeting,
        MeetingProblem,
        TeamReport,
        HalfYearReport,
        Matter,
        Dispatch,
        FollowUp,
        Acknowledgement,
        Advancement,
        Incident,
        Insurance,
        MedicalClaim,
        SubsidyRate,
        Fund,
        Station,
        Revocation,
        RecallCase,
        Statement,
        Measure,
        Replacement,
        PersonalMaterial,
        PersonalHandover,
        ServiceCertificate,
        Extract,
        Lending,
        Snapshot,
        Amendment,
        RulePack,
        Purge,
        User,
        Access,
        Fonds,
        FilingRule,
        ArchiveItem,
        CatalogueHeads,
        ArchiveHandover,
        TermSeal,
        ClosingNote,
    )
}

__all__ = [
    "KINDS",
    "Access",
    "Acknowledgement",
    "Advancement",
    "Amendment",
    "AppraisalScore",
    "ArchiveHandover",
    "ArchiveItem",
    "Attachment",
    "Attendance",
    "Authorisation",
    "Ballot",
    "BallotRound",
    "CalendarDay",
    "CalendarYear",
    "Call",
    "CatalogueHeads",
    "Check",
    "ClosingNote",
    "Correction",
    "County",
    "DailyLog",
    "Decision",
    "Dispatch",
    "Draw",
    "Explanation",
    "Extract",
    "Filing",
    "FilingRule",
    "FollowUp",
    "Fonds",
    "Fund",
    "Grade",
    "HalfYearReport",
    "Incident",
    "Insurance",
    "LeaveSlip",
    "LedgerItem",
    "Lending",
    "Matter",
    "Measure",
    "MedicalClaim",
    "Meeting",
    "MeetingProblem",
    "MonthClose",
    "Office",
    "Opinion",
    "OwnCheck",
    "Person",
    "PersonalHandover",
    "PersonalMaterial",
    "Posting",
    "Purge",
    "RecallCase",
    "Recommendation",
    "Rectification",
    "Remark",
    "Replacement",
    "Revocation",
    "RoundTrip",
    "RoutineMark",
    "RulePack",
    "Ruling",
    "ServiceCertificate",
    "Snapshot",
    "SpotCheck",
    "Statement",
    "Station",
    "SubsidyRate",
    "Team",
    "TeamReport",
    "TermSeal",
    "Training",
    "TrainingAttendance",
    "User",
    "WeeklyNote",
    "WorkSummary",
]
