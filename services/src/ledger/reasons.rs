//! Reasons are given for warnings.

use ducha::v1::{Finding, GiveReasonsRequest, GiveReasonsResponse};
use ducha_records::reasons::{GiveError, give};
use ducha_records::{Db, audit};

use super::{Ledgers, audited, import};
use crate::answer::Call;
use crate::clock::now;
use crate::convert;
use crate::error::CallError;
use crate::language::Text;
use crate::pages;
use crate::request::Checks;

const GIVE: &str = "ducha.v1.LedgerService/GiveReasons";
/// Findings that are answered with.
const MOST_ROWS: usize = 1_000;

impl Ledgers {
    pub(super) async fn give(&self, call: Call, request: GiveReasonsRequest) -> Result<GiveReasonsResponse, CallError> {
        let mut checks = Checks::default();
        let id = checks.uuid("import_id", &request.import_id);
        let given = checks.reasons(&request.reasons);
        checks.done()?;
        let (language, personal) = (call.language, call.caller.sees_personal_data());
        let findings = self.database.write(call.reach(), move |db: &mut Db| {
            let row = import(db, &call.reach(), &id)?;
            let by = (call.caller.name.as_str(), now());
            give(db, &row, &given, by, |db| {
                audit::write(db, &audited(&call.caller, GIVE, Some(&request), &row, None))
            })
            .map_err(refused)
        });
        let told = findings.await?.into_iter().take(MOST_ROWS);
        let told = told
            .map(|finding| convert::finding(finding, language, personal))
            .collect();
        let (findings, _) = pages::page(told, false, |finding: &Finding| finding.id.clone());
        Ok(GiveReasonsResponse { findings })
    }
}

fn refused(error: GiveError) -> CallError {
    match error {
        GiveError::Unknown(at) => {
            let wanted = Text::new("本次导入的核对结果", "findings of this import");
            CallError::field(format!("reasons[{at}]"), wanted, "")
        }
        GiveError::NoWarning(at) => CallError::TakesNoReason {
            field: format!("reasons[{at}]"),
        },
        GiveError::Query(error) => error.into(),
    }
}
