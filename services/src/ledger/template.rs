//! A form to fill in goes out.

use std::sync::Arc;

use ducha::v1;
use ducha_forms::profile::{LedgerKind, Profiles};
use ducha_forms::template::filled::{self, Whose};
use ducha_forms::template::{self, FilledRow, Form};
use ducha_forms::values::division::Gazetteer;
use ducha_records::rules::Language;
use ducha_records::{Db, Reach, divisions};

use super::Ledgers;
use super::upload::CHUNK;
use crate::answer::Call;
use crate::error::CallError;
use crate::export::{ExportStream, in_pieces};
use crate::language::Text;
use crate::lookup;
use crate::request::Checks;

/// Which form is asked for.
struct Asked {
    kind: LedgerKind,
    inspection: String,
    division: String,
    reach: Reach,
}

/// A form without its profile, which need not wait for the database.
struct Filled {
    office: Option<String>,
    divisions: Vec<String>,
    rows: Vec<FilledRow>,
}

impl Ledgers {
    pub(super) async fn template(
        &self,
        call: Call,
        request: v1::DownloadTemplateRequest,
    ) -> Result<ExportStream<v1::DownloadTemplateResponse>, CallError> {
        let (language, asked) = (call.language, asked(&call, request)?);
        let name = format!("{}-{}.xlsx", asked.division, asked.kind);
        let (kind, profiles) = (asked.kind, Arc::clone(&self.profiles));
        let read = move |db: &mut Db| asked.read(db, &profiles);
        let filled = self.database.read(call.reach(), read).await?;
        let profiles = Arc::clone(&self.profiles);
        // Some thousand cells are written; other calls go on meanwhile.
        let written = tokio::task::spawn_blocking(move || filled.write(&profiles, kind, language));
        let bytes = written
            .await
            .map_err(|error| CallError::Internal(error.to_string()))??;
        Ok(in_pieces(name, bytes, CHUNK, |file_name, chunk| {
            v1::DownloadTemplateResponse { file_name, chunk }
        }))
    }
}

fn asked(call: &Call, request: v1::DownloadTemplateRequest) -> Result<Asked, CallError> {
    let mut checks = Checks::default();
    checks.inspection_id("inspection_id", &request.inspection_id);
    // Whose form it is, the credential says where the caller does not.
    let division = match request.division.is_empty() {
        true => call.caller.division.clone().unwrap_or_default(),
        false => request.division,
    };
    checks.text("division", &division, 1, 12);
    let kind = kind(request.kind).filter(|kind| filled::is_filled_in_below(*kind));
    if kind.is_none() {
        let wanted = Text::new(
            "LedgerKind 的值，且不为 UNSPECIFIED 或 ACCOUNTABILITY_ISSUES",
            "a value of LedgerKind other than UNSPECIFIED and ACCOUNTABILITY_ISSUES",
        );
        checks.refuse("kind", wanted, request.kind);
    }
    checks.done()?;
    let kind = kind.ok_or_else(|| CallError::Internal("a refused request went on".to_owned()))?;
    Ok(Asked {
        kind,
        inspection: request.inspection_id,
        division,
        reach: call.reach(),
    })
}

/// The kind of a request; `None`: it names none.
fn kind(number: i32) -> Option<LedgerKind> {
    match v1::LedgerKind::try_from(number) {
        Ok(v1::LedgerKind::Petitions) => Some(LedgerKind::Petitions),
        Ok(v1::LedgerKind::Tasks) => Some(LedgerKind::Tasks),
        Ok(v1::LedgerKind::Indicators) => Some(LedgerKind::Indicators),
        Ok(v1::LedgerKind::AccountabilityIssues) => Some(LedgerKind::AccountabilityIssues),
        Ok(v1::LedgerKind::Accountabilities) => Some(LedgerKind::Accountabilities),
        Ok(v1::LedgerKind::Activities) => Some(LedgerKind::Activities),
        Ok(v1::LedgerKind::Alerts) => Some(LedgerKind::Alerts),
        Ok(v1::LedgerKind::Unspecified) | Err(_) => None,
    }
}

impl Asked {
    fn read(&self, db: &mut Db, profiles: &Profiles) -> Result<Filled, CallError> {
        let inspection = lookup::inspection(db, &self.reach, &self.inspection)?;
        if !lookup::is_in_reach(db, &self.reach, &self.division)? {
            return Err(CallError::NoDivision(self.division.clone()));
        }
        if self.division == inspection.province {
            let wanted = Text::new(
                "省级以下行政区划的代码：省级清单不由模板填报",
                "the code of a division below the province, whose own lists are made without a template",
            );
            return Err(CallError::field("division", wanted, self.division.clone()));
        }
        let gazetteer = Gazetteer::from(divisions::all(db)?);
        let whose = Whose {
            inspection: &self.inspection,
            division: &self.division,
            gazetteer: &gazetteer,
            reach: &self.reach,
        };
        let form = filled::form(db, profiles.get(self.kind), &whose)?;
        Ok(Filled {
            office: form.office,
            divisions: form.divisions,
            rows: form.rows,
        })
    }
}

impl Filled {
    fn write(self, profiles: &Profiles, kind: LedgerKind, language: Language) -> Result<Vec<u8>, CallError> {
        let form = Form {
            profile: profiles.get(kind),
            office: self.office,
            divisions: self.divisions,
            rows: self.rows,
        };
        template::write(&[form], language).map_err(|error| CallError::Internal(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_the_contract_is_one_of_the_profiles() {
        let kinds: Vec<_> = (1..=7).filter_map(kind).collect();
        assert_eq!(kinds.len(), 7);
        for (number, kind) in (1..).zip(kinds) {
            let name = v1::LedgerKind::try_from(number).unwrap().as_str_name();
            assert_eq!(name, format!("LEDGER_KIND_{}", kind.as_str().to_uppercase()));
        }
        for number in [-1, 0, 8] {
            assert_eq!(kind(number), None);
        }
    }
}
