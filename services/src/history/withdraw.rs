//! Records are withdrawn.

use ducha::v1::{LedgerKind, WithdrawRecordRequest, WithdrawRecordResponse};
use ducha_records::codes::AuditOutcome;
use ducha_records::revisions::Revision;
use ducha_records::undo::{WithdrawError, Withdrawal, withdraw};
use ducha_records::{Db, Reach, audit};

use super::{History, Told};
use crate::access::{Change, event};
use crate::answer::Call;
use crate::clock::now;
use crate::error::CallError;
use crate::lookup;
use crate::pages;
use crate::request::{Checks, LONGEST_CODE};

const METHOD: &str = "ducha.v1.HistoryService/WithdrawRecord";
/// Revisions that are answered with.
const MOST_ROWS: usize = 1_000;

impl History {
    pub(super) async fn withdraw(
        &self,
        call: Call,
        request: WithdrawRecordRequest,
    ) -> Result<WithdrawRecordResponse, CallError> {
        let mut checks = Checks::default();
        checks.inspection_id("inspection_id", &request.inspection_id);
        let kind = checks.record("number", request.kind, &request.number);
        checks.division_of_record(&call.caller.reach, &request);
        checks.words("reason", &request.reason, 1);
        checks.done()?;
        let (inspection, personal) = (request.inspection_id.clone(), call.caller.sees_personal_data());
        let reach = call.reach();
        let withdrawn = move |db: &mut Db| {
            let found = lookup::inspection(db, &call.reach(), &inspection)?;
            let division = whose(&request, &call.caller.reach, &found.province)?;
            let wanted = Withdrawal {
                inspection_id: &inspection,
                kind,
                number: &request.number,
                division,
                actor: &call.caller.name,
                reason: request.reason.trim(),
                at_utc: now(),
            };
            let rows = withdraw(db, wanted, |db| {
                let change = Change {
                    method: METHOD,
                    inspection: Some(&inspection),
                    records: &[&request.number],
                    outcome: AuditOutcome::Changed,
                    request_id: None,
                };
                audit::write(db, &event(&call.caller, Some(&request), change))
            });
            let rows = rows.map_err(|error| refused(error, &request.number))?;
            let rows: Vec<Revision> = rows.into_iter().take(MOST_ROWS).collect();
            Ok::<_, CallError>(Told::read(db, &inspection, rows, personal)?)
        };
        let told = self.database.write(reach, withdrawn).await?;
        let messages = told.messages().map(|(_, message)| message).collect();
        let (revisions, _) = pages::page(messages, false, |_| String::new());
        Ok(WithdrawRecordResponse { revisions })
    }
}

/// Whose part or record it is, if that is in reach. An issue is the province's.
fn whose<'a>(request: &'a WithdrawRecordRequest, reach: &Reach, province: &'a str) -> Result<&'a str, CallError> {
    let of_province = request.division.is_empty() && request.kind == i32::from(LedgerKind::AccountabilityIssues);
    let division = if of_province { province } else { &request.division };
    if division.is_empty() || reach.has(division) {
        Ok(division)
    } else {
        Err(CallError::NoHistory(request.number.clone()))
    }
}

fn refused(error: WithdrawError, number: &str) -> CallError {
    match error {
        WithdrawError::Unknown => CallError::NoHistory(number.to_owned()),
        WithdrawError::Query(error) => error.into(),
    }
}

impl Checks {
    /// Whose part it is: who does not reach a province says so, as it may not take out what others have a part in.
    fn division_of_record(&mut self, reach: &Reach, request: &WithdrawRecordRequest) {
        let wholes = [
            LedgerKind::Petitions,
            LedgerKind::Tasks,
            LedgerKind::AccountabilityIssues,
        ];
        let may_be_whole = wholes.iter().any(|kind| request.kind == i32::from(*kind)) && reach.is_provincial();
        let least = usize::from(!may_be_whole);
        self.text("division", &request.division, least, LONGEST_CODE);
    }
}
