//! What callers decide about an import.

use std::time::Duration;

use ducha::v1::{CancelImportRequest, CancelImportResponse, CommitImportRequest, CommitImportResponse};
use ducha_records::Db;
use ducha_records::audit;
use ducha_records::codes::ImportState;
use ducha_records::imports::Import;
use ducha_records::queue::{self, SteerError};
use tokio::time::{Instant, interval};

use super::{Ledgers, Told, audited, import, of_row, told};
use crate::answer::Call;
use crate::error::CallError;
use crate::language::Text;
use crate::request::Checks;

const COMMIT: &str = "ducha.v1.LedgerService/CommitImport";
const CANCEL: &str = "ducha.v1.LedgerService/CancelImport";
/// How long a commit waits for the worker before it answers with the import as it stands.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often it looks.
const LOOK: Duration = Duration::from_millis(200);

impl Ledgers {
    pub(super) async fn commit(
        &self,
        call: Call,
        request: CommitImportRequest,
    ) -> Result<CommitImportResponse, CallError> {
        let mut checks = Checks::default();
        let id = checks.uuid("import_id", &request.import_id);
        let hash = checks.sha256("plan_hash", &request.plan_hash);
        if request.plan_hash.is_empty() {
            let wanted = Text::new("64 个十六进制数字", "64 hexadecimal digits");
            checks.refuse("plan_hash", wanted, "");
        }
        checks.done()?;
        let hash = hash.unwrap_or_default();
        let (asked, meant, by) = (id.clone(), hash.clone(), call.clone());
        self.database
            .write(call.reach(), move |db| {
                import(db, &by.reach(), &asked)?;
                let audit = |db: &mut Db, import: &Import| {
                    audit::write(db, &audited(&by.caller, COMMIT, Some(&request), import, None))
                };
                queue::commit_plan(db, &asked, &meant, audit).map_err(|error| refused(error, &asked))
            })
            .await?;
        let told = self.settled(&call, id).await?;
        match &told.row.plan_hash {
            Some(now) if *now != hash => Err(CallError::PlanChanged { hash: now.clone() }),
            _ => Ok(CommitImportResponse {
                ledger_import: Some(told.message(call.language)),
            }),
        }
    }

    /// The import once a worker has dealt with it, or when patience ends.
    async fn settled(&self, call: &Call, id: String) -> Result<Told, CallError> {
        let ends = Instant::now() + PATIENCE;
        let mut look = interval(LOOK);
        loop {
            look.tick().await;
            let (reach, asked) = (call.reach(), id.clone());
            let told = self
                .database
                .read(reach.clone(), move |db| told(db, &reach, &asked))
                .await?;
            if told.row.state != ImportState::Applying.code() || Instant::now() >= ends {
                return Ok(told);
            }
        }
    }

    pub(super) async fn cancel(
        &self,
        call: Call,
        request: CancelImportRequest,
    ) -> Result<CancelImportResponse, CallError> {
        let mut checks = Checks::default();
        let id = checks.uuid("import_id", &request.import_id);
        checks.done()?;
        let language = call.language;
        let cancelled = self.database.write(call.reach(), move |db| {
            import(db, &call.reach(), &id)?;
            let audit = |db: &mut Db, import: &Import| {
                audit::write(db, &audited(&call.caller, CANCEL, Some(&request), import, None))
            };
            let import = queue::cancel(db, &id, &call.caller.name, audit).map_err(|error| refused(error, &id))?;
            of_row(db, import)
        });
        Ok(CancelImportResponse {
            ledger_import: Some(cancelled.await?.message(language)),
        })
    }
}

fn refused(error: SteerError, id: &str) -> CallError {
    match error {
        SteerError::Unknown => CallError::NoImport(id.to_owned()),
        SteerError::State(state) => CallError::ImportState(state),
        SteerError::OtherPlan(import) => CallError::PlanChanged {
            hash: import.plan_hash.unwrap_or_default(),
        },
        SteerError::Query(error) => error.into(),
    }
}
