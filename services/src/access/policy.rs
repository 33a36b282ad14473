//! Which role may call which method. What is not in the table is denied.

use ducha_records::codes::Role;

/// Everybody with a credential: the answer is what is in its reach.
const READ: &[Role] = &[Role::Submitter, Role::Reader, Role::Reviewer, Role::Administrator];
/// Who hands in ledgers.
const SUBMIT: &[Role] = &[Role::Submitter, Role::Administrator];
/// Who hands in ledgers, and who may take back what others handed in.
const UNDO: &[Role] = &[Role::Submitter, Role::Reviewer, Role::Administrator];
/// Who withdraws records.
const REVIEW: &[Role] = &[Role::Reviewer, Role::Administrator];
/// Who sees files as they were handed in, names and numbers of persons included, and what would become of them.
const OPEN: &[Role] = &[Role::Submitter, Role::Reviewer, Role::Administrator];
/// Who sets up inspections and credentials.
const ADMINISTER: &[Role] = &[Role::Administrator];

/// Every method with the roles that may call it, by path. Health checks are no business of it.
pub const METHODS: &[(&str, &[Role])] = &[
    ("/ducha.v1.AccessService/CreateToken", ADMINISTER),
    ("/ducha.v1.AccessService/ListAuditEvents", ADMINISTER),
    ("/ducha.v1.AccessService/ListTokens", ADMINISTER),
    ("/ducha.v1.AccessService/RevokeToken", ADMINISTER),
    ("/ducha.v1.AccountabilityService/ListAccountabilities", READ),
    ("/ducha.v1.AccountabilityService/ListAccountabilityIssues", READ),
    ("/ducha.v1.AccountabilityService/ListActivities", READ),
    ("/ducha.v1.AccountabilityService/ListAlerts", READ),
    ("/ducha.v1.HistoryService/ListRevisions", READ),
    ("/ducha.v1.HistoryService/WatchChanges", READ),
    ("/ducha.v1.HistoryService/WithdrawRecord", REVIEW),
    ("/ducha.v1.InspectionService/CreateInspection", ADMINISTER),
    ("/ducha.v1.InspectionService/GetInspection", READ),
    ("/ducha.v1.InspectionService/ListDivisions", READ),
    ("/ducha.v1.InspectionService/ListInspections", READ),
    ("/ducha.v1.InspectionService/UpdateInspection", ADMINISTER),
    ("/ducha.v1.LedgerService/CancelImport", SUBMIT),
    ("/ducha.v1.LedgerService/CommitImport", SUBMIT),
    ("/ducha.v1.LedgerService/DownloadLedger", OPEN),
    ("/ducha.v1.LedgerService/DownloadTemplate", OPEN),
    ("/ducha.v1.LedgerService/GetImport", READ),
    ("/ducha.v1.LedgerService/GiveReasons", SUBMIT),
    ("/ducha.v1.LedgerService/ListFindings", READ),
    ("/ducha.v1.LedgerService/ListImports", READ),
    ("/ducha.v1.LedgerService/ListPlannedRows", OPEN),
    ("/ducha.v1.LedgerService/ListRules", READ),
    ("/ducha.v1.LedgerService/UndoImport", UNDO),
    ("/ducha.v1.LedgerService/UploadLedger", SUBMIT),
    ("/ducha.v1.LedgerService/WatchImport", READ),
    ("/ducha.v1.PetitionService/BatchGetPetitions", READ),
    ("/ducha.v1.PetitionService/ExportPetitions", READ),
    ("/ducha.v1.PetitionService/GetPetition", READ),
    ("/ducha.v1.PetitionService/ListPetitions", READ),
    ("/ducha.v1.ProgressService/DownloadAccount", READ),
    ("/ducha.v1.ProgressService/GetAccount", READ),
    ("/ducha.v1.ProgressService/GetProgress", READ),
    ("/ducha.v1.ProgressService/GetPublishedAccount", READ),
    ("/ducha.v1.ProgressService/GetSchedule", READ),
    ("/ducha.v1.ProgressService/ListFigureRecords", READ),
    ("/ducha.v1.ProgressService/ListPublishedAccounts", READ),
    ("/ducha.v1.ProgressService/PublishAccount", REVIEW),
    ("/ducha.v1.RectificationService/BatchGetTasks", READ),
    ("/ducha.v1.RectificationService/ExportTasks", READ),
    ("/ducha.v1.RectificationService/GetTask", READ),
    ("/ducha.v1.RectificationService/ListIndicators", READ),
    ("/ducha.v1.RectificationService/ListTasks", READ),
    ("/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", READ),
    ("/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", READ),
];

/// The roles that may call the method with this path; none may call one that the table does not name.
#[must_use]
pub fn roles(path: &str) -> &'static [Role] {
    entry(path).map_or(&[], |(_, roles)| *roles)
}

/// The name of the method with this path, `package.Service/Method`, if the table has it.
#[must_use]
pub fn name(path: &str) -> Option<&'static str> {
    entry(path).map(|(method, _)| method.trim_start_matches('/'))
}

fn entry(path: &str) -> Option<&'static (&'static str, &'static [Role])> {
    let at = METHODS.binary_search_by(|(method, _)| (*method).cmp(path));
    at.ok().and_then(|at| METHODS.get(at))
}

#[cfg(test)]
mod tests {
    use prost::Message;
    use prost_types::FileDescriptorSet;

    use super::*;

    /// The paths of every method of a descriptor set.
    fn paths(set: &[u8]) -> Vec<String> {
        let set = FileDescriptorSet::decode(set).unwrap();
        let files = set.file.iter().flat_map(|file| {
            file.service.iter().flat_map(move |service| {
                let methods = service.method.iter();
                methods.map(move |method| format!("/{}.{}/{}", file.package(), service.name(), method.name()))
            })
        });
        files.collect()
    }

    #[test]
    fn the_table_names_every_method_of_the_contract() {
        let all = paths(ducha::FILE_DESCRIPTOR_SET);
        assert!(all.len() > 20, "{all:?}");
        for path in all {
            assert!(!roles(&path).is_empty(), "{path} may be called by nobody");
        }
    }

    #[test]
    fn the_table_is_in_the_order_it_is_searched_in() {
        assert!(METHODS.is_sorted_by(|one, other| one.0 < other.0));
    }

    #[test]
    fn a_method_that_is_not_in_the_table_is_nobodys() {
        for path in [
            "/ducha.v1.PetitionService/DropPetitions",
            "",
            "/",
            "/ducha.v1.PetitionService/GetPetition/",
        ] {
            assert!(roles(path).is_empty(), "{path}");
        }
    }
}
