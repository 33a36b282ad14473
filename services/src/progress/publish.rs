//! `PublishAccount`, `ListPublishedAccounts`, `GetPublishedAccount`.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use ducha::v1;
use ducha_records::accounts::{self, Published};
use ducha_records::codes::AuditOutcome;
use ducha_records::{Db, Reach, audit, in_transaction, inspections};
use prost::Message;
use uuid::Uuid;

use super::Progress;
use super::account::Question;
use crate::access::{Caller, Change, event};
use crate::account::asked::Asked;
use crate::account::build::{Built, build};
use crate::account::document::Document;
use crate::account::{engine, records};
use crate::answer::Call;
use crate::clock::now;
use crate::convert;
use crate::error::CallError;
use crate::language::{self, Language};
use crate::lookup;
use crate::page_token::Query;
use crate::request::Checks;

const PUBLISH: &str = "ducha.v1.ProgressService/PublishAccount";

impl Progress {
    pub(super) async fn publish(
        &self,
        call: Call,
        request: v1::PublishAccountRequest,
    ) -> Result<v1::PublishAccountResponse, CallError> {
        let mut checks = Checks::default();
        let question = self.question(&mut checks, &request.inspection_id, &request.as_of, call.language);
        checks.required_day("as_of", &request.as_of);
        checks.text("content_sha256", &request.content_sha256, 0, 64);
        checks.text("note", &request.note, 0, 1000);
        if !request.request_id.is_empty() {
            checks.uuid("request_id", &request.request_id);
        }
        checks.done()?;
        let reach = call.reach();
        let publish = move |db: &mut Db| publish(db, &call.caller, &question, &request);
        let row = self.database.write(reach, publish).await?;
        Ok(v1::PublishAccountResponse {
            published_account: Some(convert::published(row)),
        })
    }

    pub(super) async fn list_published(
        &self,
        call: Call,
        request: v1::ListPublishedAccountsRequest,
    ) -> Result<v1::ListPublishedAccountsResponse, CallError> {
        let mut checks = Checks::default();
        checks.inspection_id("inspection_id", &request.inspection_id);
        let size = checks.page_size(request.page_size);
        checks.done()?;
        let query = Query::new("ListPublishedAccounts", &request.inspection_id, &(), 0);
        let before = query.after(&request.page_token).ok_or(CallError::PageToken)?;
        let reach = call.reach();
        let scope = reach.clone();
        let read = move |db: &mut Db| -> Result<Vec<Published>, CallError> {
            lookup::inspection(db, &reach, &request.inspection_id)?;
            let before = Some(before.as_str()).filter(|before| !before.is_empty());
            Ok(accounts::list(db, &request.inspection_id, before, size as i64 + 1)?)
        };
        let mut rows = self.database.read(scope, read).await?;
        let more = rows.len() > size;
        rows.truncate(size);
        let last = rows.last().filter(|_| more).map(|row| query.token(&row.id));
        Ok(v1::ListPublishedAccountsResponse {
            published_accounts: rows.into_iter().map(convert::published).collect(),
            next_page_token: last.unwrap_or_default(),
        })
    }

    pub(super) async fn get_published(
        &self,
        call: Call,
        request: v1::GetPublishedAccountRequest,
    ) -> Result<v1::GetPublishedAccountResponse, CallError> {
        let mut checks = Checks::default();
        let id = checks.uuid("published_account_id", &request.published_account_id);
        checks.done()?;
        let templates = self.templates.clone();
        let reach = call.reach();
        let read = move |db: &mut Db| {
            let (row, account) = stored(db, &call.caller.reach, &id)?;
            let question = Question {
                inspection: row.inspection_id.clone(),
                day: row.as_of,
                language: spoken(&row.language),
                templates,
            };
            let differences = differences(db, &call.caller, &question, &account)?;
            Ok((row, account, differences))
        };
        let read: Result<_, CallError> = self.database.read(reach, read).await;
        let (row, account, differences) = read?;
        Ok(v1::GetPublishedAccountResponse {
            published_account: Some(convert::published(row)),
            account: Some(account),
            differences,
        })
    }

    /// A published account as a document, and its inspection.
    pub(super) async fn published_document(&self, call: Call, id: String) -> Result<(String, Document), CallError> {
        let reach = call.reach();
        let read = move |db: &mut Db| stored(db, &call.caller.reach, &id);
        let (row, account) = self.database.read(reach, read).await?;
        Ok((
            row.inspection_id,
            convert::document(account, spoken(&row.language), row.as_of),
        ))
    }
}

fn spoken(tag: &str) -> Language {
    if tag == language::tag(Language::En) {
        Language::En
    } else {
        Language::Zh
    }
}

/// A published account and its content. It is public, so whoever sees the inspection sees it.
fn stored(db: &mut Db, reach: &Reach, id: &str) -> Result<(Published, v1::Account), CallError> {
    let missing = || CallError::NoAccount(id.to_owned());
    let row = accounts::published(db, id)?.ok_or_else(missing)?;
    lookup::inspection(db, reach, &row.inspection_id).map_err(|_| missing())?;
    let account = v1::Account::decode(row.content.as_slice());
    let account = account.map_err(|error| CallError::Internal(format!("the stored account {id}: {error}")))?;
    Ok((row, account))
}

fn publish(
    db: &mut Db,
    caller: &Caller,
    question: &Question,
    request: &v1::PublishAccountRequest,
) -> Result<Published, CallError> {
    in_transaction(db, |db| {
        let request_id = Some(request.request_id.to_lowercase()).filter(|id| !id.is_empty());
        if let Some(known) = request_id
            .as_deref()
            .map(|id| accounts::by_request(db, id))
            .transpose()?
            .flatten()
        {
            let same = known.inspection_id == question.inspection && known.as_of == question.day;
            return if same {
                Ok(known)
            } else {
                Err(CallError::RequestIdReused)
            };
        }
        // No ledger is committed between the queries.
        inspections::hold(db, &question.inspection)?;
        let mut wanted = question.wanted(db, caller)?;
        // An account is the province's: who does not reach all of it publishes none.
        wanted.root.clone_from(&wanted.inspection.province);
        let built = build(db, &caller.reach, &wanted, question.templates.as_deref())?;
        let account = convert::account(&question.inspection, &built);
        if !request.content_sha256.is_empty() && request.content_sha256 != account.content_sha256 {
            return Err(CallError::AccountChanged(account.content_sha256));
        }
        let row = Published {
            id: Uuid::now_v7().to_string(),
            inspection_id: question.inspection.clone(),
            as_of: question.day,
            language: account.language.clone(),
            title: account.title.clone(),
            content_sha256: account.content_sha256.clone(),
            content: account.encode_to_vec(),
            sources: sources(db, &question.inspection, &built, question)?,
            sequence: wanted.inspection.last_sequence,
            note: request.note.clone(),
            request_id,
            published_by: caller.name.clone(),
            published_at_utc: now(),
        };
        accounts::publish(db, &row)?;
        let change = Change {
            method: PUBLISH,
            inspection: Some(&question.inspection),
            records: &[&row.id],
            outcome: AuditOutcome::Changed,
            request_id: row.request_id.as_deref(),
        };
        audit::write(db, &event(caller, Some(request), change))?;
        Ok(row)
    })
}

/// The records behind every figure, each named once.
fn sources(db: &mut Db, inspection: &str, built: &Built, question: &Question) -> Result<String, CallError> {
    let mut known: BTreeMap<(i32, String, String), usize> = BTreeMap::new();
    let mut figures = serde_json::Map::new();
    let mut loaded: HashMap<engine::Wish, records::Rows> = HashMap::new();
    for figure in &built.document.figures {
        let Some(asked) = Asked::parse(&figure.key) else {
            continue;
        };
        let wish = engine::wish(&asked, question.day, &built.below);
        let Some(facts) = built.facts.get(&wish) else { continue };
        let rows = match loaded.entry(wish) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(records::Rows::load(db, inspection, wish.2, facts)?),
        };
        let mut behind = Vec::new();
        for source in records::records(&asked, facts, rows) {
            let next = known.len();
            let key = (i32::from(source.kind), source.number, source.division);
            let place = *known.entry(key).or_insert(next);
            behind.push(serde_json::json!([place, source.millionths]));
        }
        figures.insert(figure.key.clone(), behind.into());
    }
    let mut records: Vec<_> = known.into_iter().collect();
    records.sort_by_key(|(_, place)| *place);
    let records: Vec<_> = records.into_iter().map(|(record, _)| record).collect();
    Ok(serde_json::json!({ "records": records, "figures": figures }).to_string())
}

/// Figures of a published account that would be others today.
fn differences(
    db: &mut Db,
    caller: &Caller,
    question: &Question,
    published: &v1::Account,
) -> Result<Vec<v1::FigureDifference>, CallError> {
    // Only who reaches the whole province can tell what its account would be.
    let mut wanted = question.wanted(db, caller)?;
    wanted.root.clone_from(&wanted.inspection.province);
    if !caller.reach.has(&wanted.root) {
        return Ok(Vec::new());
    }
    let now = convert::account(
        &question.inspection,
        &build(db, &caller.reach, &wanted, question.templates.as_deref())?,
    );
    let mut figures: BTreeMap<&str, (Option<&v1::Figure>, Option<&v1::Figure>)> = BTreeMap::new();
    for figure in &published.figures {
        figures.entry(&figure.key).or_default().0 = Some(figure);
    }
    for figure in &now.figures {
        figures.entry(&figure.key).or_default().1 = Some(figure);
    }
    let told = |figure: Option<&v1::Figure>| figure.map(|figure| (figure.value.clone(), figure.text.clone()));
    let differing = figures
        .into_iter()
        .filter(|(_, (before, after))| told(*before) != told(*after));
    Ok(differing
        .map(|(key, (before, after))| v1::FigureDifference {
            key: key.to_owned(),
            published: before.cloned(),
            now: after.cloned(),
        })
        .collect())
}
