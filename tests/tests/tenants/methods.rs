//! Every method of the contract: what it is asked for.

use ducha::v1;
use ducha_tests::INSPECTION;
use ducha_tests::raw;
use prost::Message;

/// An inspection of another province, and one that is not there; their ids are as long as each other.
pub const FOREIGN_INSPECTION: &str = "sc-2021";
pub const MISSING_INSPECTION: &str = "xx-2021";
/// A county that is not there.
pub const MISSING: &str = "999999";
/// An import and a credential that are not there.
pub const MISSING_ID: &str = "018f2f9e-0000-7000-8000-000000000001";

/// Methods that make something new, and so have no own, foreign and missing; tests of their own say what they refuse.
pub const CREATING: [&str; 3] = [
    "/ducha.v1.AccessService/CreateToken",
    "/ducha.v1.InspectionService/CreateInspection",
    "/ducha.v1.LedgerService/UploadLedger",
];
/// Methods whose answer is the same for everybody.
pub const PUBLIC: [&str; 2] = [
    "/ducha.v1.InspectionService/ListDivisions",
    "/ducha.v1.LedgerService/ListRules",
];

/// A method that is asked for one thing: its request for the thing with this id.
pub type ById = (&'static str, fn(&str) -> Vec<u8>);

/// Records by number.
pub const RECORDS: [ById; 4] = [
    ("/ducha.v1.PetitionService/GetPetition", |number| {
        v1::GetPetitionRequest {
            inspection_id: INSPECTION.into(),
            number: number.into(),
            view: 0,
        }
        .encode_to_vec()
    }),
    ("/ducha.v1.PetitionService/BatchGetPetitions", |number| {
        let numbers = vec![number.into()];
        v1::BatchGetPetitionsRequest {
            inspection_id: INSPECTION.into(),
            numbers,
            view: 2,
        }
        .encode_to_vec()
    }),
    ("/ducha.v1.RectificationService/GetTask", |number| {
        v1::GetTaskRequest {
            inspection_id: INSPECTION.into(),
            number: number.into(),
            view: 0,
        }
        .encode_to_vec()
    }),
    ("/ducha.v1.RectificationService/BatchGetTasks", |number| {
        let numbers = vec![number.into()];
        v1::BatchGetTasksRequest {
            inspection_id: INSPECTION.into(),
            numbers,
            view: 2,
        }
        .encode_to_vec()
    }),
];

/// Withdrawals by number of the record. A county may not withdraw what is not its own, and its own once.
pub const WITHDRAWALS: [ById; 1] = [("/ducha.v1.HistoryService/WithdrawRecord", |number| {
    // Whose record it is, its number says.
    let division = number.trim_start_matches("N-").to_owned();
    v1::WithdrawRecordRequest {
        inspection_id: INSPECTION.into(),
        kind: v1::LedgerKind::Petitions.into(),
        number: number.into(),
        division,
        reason: "重复".into(),
    }
    .encode_to_vec()
})];

/// Histories by number of the record; a county's revisions name it, and a creation has no texts.
pub const HISTORIES: [ById; 1] = [("/ducha.v1.HistoryService/ListRevisions", |number| {
    v1::ListRevisionsRequest {
        inspection_id: INSPECTION.into(),
        kind: v1::LedgerKind::Petitions.into(),
        number: number.into(),
        ..Default::default()
    }
    .encode_to_vec()
})];

/// Imports by id.
pub const IMPORTS: [ById; 4] = [
    ("/ducha.v1.LedgerService/GetImport", |id| {
        v1::GetImportRequest { import_id: id.into() }.encode_to_vec()
    }),
    ("/ducha.v1.LedgerService/ListFindings", |id| {
        v1::ListFindingsRequest {
            import_id: id.into(),
            ..Default::default()
        }
        .encode_to_vec()
    }),
    ("/ducha.v1.LedgerService/WatchImport", |id| {
        v1::WatchImportRequest { import_id: id.into() }.encode_to_vec()
    }),
    ("/ducha.v1.LedgerService/ListPlannedRows", |id| {
        v1::ListPlannedRowsRequest {
            import_id: id.into(),
            ..Default::default()
        }
        .encode_to_vec()
    }),
];

/// Undos by id of the import: what it made may be what others stand on, which is told without naming them.
pub const UNDOS: [ById; 1] = [("/ducha.v1.LedgerService/UndoImport", |id| {
    v1::UndoImportRequest {
        import_id: id.into(),
        validate_only: true,
        ..Default::default()
    }
    .encode_to_vec()
})];

/// Imports by id, for methods that refuse an applied import without a stored file, and without this finding.
pub const REFUSED_IMPORTS: [ById; 4] = [
    ("/ducha.v1.LedgerService/GiveReasons", |id| {
        let reason = v1::GivenReason {
            finding_id: "987654321".into(),
            reason: "如此".into(),
            ..Default::default()
        };
        v1::GiveReasonsRequest {
            import_id: id.into(),
            reasons: vec![reason],
        }
        .encode_to_vec()
    }),
    ("/ducha.v1.LedgerService/DownloadLedger", |id| {
        let file = v1::LedgerFile::Original.into();
        v1::DownloadLedgerRequest {
            import_id: id.into(),
            file,
        }
        .encode_to_vec()
    }),
    ("/ducha.v1.LedgerService/CommitImport", |id| {
        v1::CommitImportRequest {
            import_id: id.into(),
            plan_hash: "0".repeat(64),
        }
        .encode_to_vec()
    }),
    ("/ducha.v1.LedgerService/CancelImport", |id| {
        v1::CancelImportRequest { import_id: id.into() }.encode_to_vec()
    }),
];

/// Credentials by id.
pub const TOKENS: [ById; 1] = [("/ducha.v1.AccessService/RevokeToken", |id| {
    v1::RevokeTokenRequest { token_id: id.into() }.encode_to_vec()
})];

/// Inspections by id. A county's administrator reads that of its province, and changes none.
pub const INSPECTIONS: [ById; 3] = [
    ("/ducha.v1.InspectionService/GetInspection", |id| {
        v1::GetInspectionRequest { id: id.into() }.encode_to_vec()
    }),
    ("/ducha.v1.InspectionService/UpdateInspection", |id| {
        let inspection = v1::Inspection {
            id: id.into(),
            ..Default::default()
        };
        v1::UpdateInspectionRequest {
            inspection: Some(inspection),
            update_mask: None,
        }
        .encode_to_vec()
    }),
    ("/ducha.v1.LedgerService/DownloadTemplate", |id| {
        v1::DownloadTemplateRequest {
            inspection_id: id.into(),
            division: String::new(),
            kind: v1::LedgerKind::Tasks.into(),
        }
        .encode_to_vec()
    }),
];

/// Divisions by code. What a form holds is packed; `templates/download.rs` looks into it.
pub const DIVISIONS: [ById; 1] = [("/ducha.v1.LedgerService/DownloadTemplate", |code| {
    v1::DownloadTemplateRequest {
        inspection_id: INSPECTION.into(),
        division: code.into(),
        kind: v1::LedgerKind::Petitions.into(),
    }
    .encode_to_vec()
})];

macro_rules! listing {
    ($path:literal, $request:ident, $filter:ident $(, $field:ident: $value:expr)*) => {
        ($path, |inspection: &str, divisions: &[&str]| {
            let divisions = divisions.iter().map(|code| (*code).to_owned()).collect();
            let filter = v1::$filter {
                divisions,
                ..Default::default()
            };
            let inspection_id = inspection.to_owned();
            v1::$request {
                inspection_id,
                filter: Some(filter),
                $($field: $value,)*
                ..Default::default()
            }
            .encode_to_vec()
        })
    };
}

/// A method that lists what an inspection has of some divisions; none means all.
pub type Listing = (&'static str, fn(&str, &[&str]) -> Vec<u8>);

pub const LISTINGS: [Listing; 10] = [
    listing!(
        "/ducha.v1.HistoryService/WatchChanges",
        WatchChangesRequest,
        ChangeFilter
    ),
    listing!(
        "/ducha.v1.PetitionService/ListPetitions",
        ListPetitionsRequest,
        PetitionFilter, view: 2
    ),
    listing!(
        "/ducha.v1.PetitionService/ExportPetitions",
        ExportPetitionsRequest,
        PetitionFilter, view: 2
    ),
    listing!("/ducha.v1.RectificationService/ListTasks", ListTasksRequest, TaskFilter, view: 2),
    listing!(
        "/ducha.v1.RectificationService/ExportTasks",
        ExportTasksRequest,
        TaskFilter, view: 2
    ),
    listing!(
        "/ducha.v1.RectificationService/ListIndicators",
        ListIndicatorsRequest,
        IndicatorFilter, view: 2
    ),
    listing!(
        "/ducha.v1.AccountabilityService/ListAccountabilities",
        ListAccountabilitiesRequest,
        AccountabilityFilter, view: 2
    ),
    listing!(
        "/ducha.v1.AccountabilityService/ListActivities",
        ListActivitiesRequest,
        ActivityFilter, view: 2
    ),
    listing!(
        "/ducha.v1.AccountabilityService/ListAlerts",
        ListAlertsRequest,
        AlertFilter, view: 2
    ),
    ("/ducha.v1.LedgerService/ListImports", |inspection, divisions| {
        let divisions = divisions.iter().map(|code| (*code).to_owned()).collect();
        let filter = v1::ImportFilter {
            divisions,
            ..Default::default()
        };
        let inspection_id = inspection.to_owned();
        v1::ListImportsRequest {
            inspection_id,
            filter: Some(filter),
            ..Default::default()
        }
        .encode_to_vec()
    }),
];

pub const ISSUES: &str = "/ducha.v1.AccountabilityService/ListAccountabilityIssues";

/// Methods that list what the caller reaches, without an inspection; a request without fields asks for all.
pub const OVERALL: [&str; 3] = [
    "/ducha.v1.AccessService/ListAuditEvents",
    "/ducha.v1.AccessService/ListTokens",
    "/ducha.v1.InspectionService/ListInspections",
];

/// Figures of an inspection, each asked for without a division; the account is asked for as a file as well.
pub const FIGURES: [ById; 5] = [
    ("/ducha.v1.ProgressService/GetProgress", |inspection| {
        let by = v1::Dimension::Division;
        v1::GetProgressRequest {
            inspection_id: inspection.into(),
            as_of: "2030-01-01".into(),
            group_by: vec![by.into()],
            ..Default::default()
        }
        .encode_to_vec()
    }),
    ("/ducha.v1.ProgressService/GetSchedule", |inspection| {
        v1::GetScheduleRequest {
            inspection_id: inspection.into(),
            from: "2021-01-01".into(),
            ..Default::default()
        }
        .encode_to_vec()
    }),
    ("/ducha.v1.ProgressService/GetAccount", |inspection| {
        v1::GetAccountRequest {
            inspection_id: inspection.into(),
            as_of: "2030-01-01".into(),
        }
        .encode_to_vec()
    }),
    ("/ducha.v1.ProgressService/ListFigureRecords", |inspection| {
        v1::ListFigureRecordsRequest {
            inspection_id: inspection.into(),
            as_of: "2030-01-01".into(),
            key: "measure?what=reported".into(),
            ..Default::default()
        }
        .encode_to_vec()
    }),
    ("/ducha.v1.ProgressService/DownloadAccount", |inspection| {
        let current = v1::GetAccountRequest {
            inspection_id: inspection.into(),
            as_of: "2030-01-01".into(),
        };
        v1::DownloadAccountRequest {
            account: Some(v1::download_account_request::Account::Current(current)),
            format: v1::AccountFormat::Markdown.into(),
        }
        .encode_to_vec()
    }),
];

/// Published accounts are public; only their inspection is looked at (`account/publishing.rs` says who publishes).
pub const PUBLISHED: [&str; 3] = [
    "/ducha.v1.ProgressService/GetPublishedAccount",
    "/ducha.v1.ProgressService/ListPublishedAccounts",
    "/ducha.v1.ProgressService/PublishAccount",
];

#[test]
fn every_method_is_in_the_matrix() {
    let by_id = RECORDS
        .iter()
        .chain(&HISTORIES)
        .chain(&WITHDRAWALS)
        .chain(&UNDOS)
        .chain(&IMPORTS)
        .chain(&REFUSED_IMPORTS)
        .chain(&TOKENS)
        .chain(&INSPECTIONS)
        .map(|each| each.0);
    let listed = LISTINGS.iter().map(|each| each.0).chain([ISSUES]).chain(OVERALL);
    let figures = FIGURES.iter().map(|each| each.0).chain(PUBLISHED);
    let known: Vec<_> = by_id
        .chain(listed)
        .chain(figures)
        .chain(CREATING)
        .chain(PUBLIC)
        .collect();
    for path in raw::methods() {
        assert!(
            known.contains(&path.as_str()),
            "{path}: say here what of it is own, foreign and missing"
        );
    }
}
