//! `GetAccount`, `ListFigureRecords`, `DownloadAccount`.

use std::collections::BTreeSet;
use std::path::PathBuf;

use chrono::NaiveDate;
use ducha::v1;
use ducha_records::figures::Area;
use ducha_records::{Db, imports};

use super::Progress;
use crate::access::Caller;
use crate::account::asked::Asked;
use crate::account::build::{Built, Wanted, build};
use crate::account::render::{Format, render};
use crate::account::{engine, evaluate, records};
use crate::answer::Call;
use crate::clock;
use crate::convert;
use crate::error::CallError;
use crate::export::{ExportStream, in_pieces};
use crate::language::{Language, Text};
use crate::lookup;
use crate::page_token::Query;
use crate::pages;
use crate::progress::facts::Facts;
use crate::request::Checks;

/// Largest piece of a file in one answer, in bytes.
const CHUNK: usize = 256 * 1024;

/// A checked question for an account.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub inspection: String,
    pub day: NaiveDate,
    pub language: Language,
    pub templates: Option<PathBuf>,
}

impl Question {
    pub(super) fn wanted(&self, db: &mut Db, caller: &Caller) -> Result<Wanted, CallError> {
        let inspection = lookup::inspection(db, &caller.reach, &self.inspection)?;
        Ok(Wanted {
            day: self.day,
            root: caller.division_meant("", &inspection.province),
            language: self.language,
            inspection,
        })
    }

    pub(super) fn built(&self, db: &mut Db, caller: &Caller) -> Result<Built, CallError> {
        let wanted = self.wanted(db, caller)?;
        build(db, &caller.reach, &wanted, self.templates.as_deref())
    }
}

impl Progress {
    pub(super) fn question(&self, checks: &mut Checks, inspection: &str, as_of: &str, language: Language) -> Question {
        checks.inspection_id("inspection_id", inspection);
        Question {
            inspection: inspection.to_owned(),
            day: checks.day("as_of", as_of).unwrap_or_else(clock::today),
            language,
            templates: self.templates.clone(),
        }
    }

    pub(super) async fn get_account(
        &self,
        call: Call,
        request: v1::GetAccountRequest,
    ) -> Result<v1::GetAccountResponse, CallError> {
        let mut checks = Checks::default();
        let question = self.question(&mut checks, &request.inspection_id, &request.as_of, call.language);
        checks.done()?;
        let reach = call.reach();
        let compute = move |db: &mut Db| question.built(db, &call.caller);
        let built = self.database.read(reach, compute).await?;
        Ok(v1::GetAccountResponse {
            account: Some(convert::account(&request.inspection_id, &built)),
        })
    }

    pub(super) async fn list_records(
        &self,
        call: Call,
        request: v1::ListFigureRecordsRequest,
    ) -> Result<v1::ListFigureRecordsResponse, CallError> {
        let mut checks = Checks::default();
        let question = self.question(&mut checks, &request.inspection_id, &request.as_of, call.language);
        let size = checks.page_size(request.page_size);
        checks.text("key", &request.key, 1, 400);
        checks.done()?;
        let asked = Asked::parse(&request.key).ok_or_else(|| CallError::NoFigure(request.key.clone()))?;
        let (query, skip) = bound(&request)?;
        let reach = call.reach();
        let read = move |db: &mut Db| {
            let wanted = question.wanted(db, &call.caller)?;
            of_figure(db, &call.caller, &wanted, &asked, &request.key, (skip, size))
        };
        let (figure, rows, more) = self.database.read(reach, read).await?;
        let (records, next) = pages::page(rows, more, |_| String::new());
        let token = query.token(&(skip + records.len()).to_string());
        Ok(v1::ListFigureRecordsResponse {
            figure: Some(figure),
            records,
            next_page_token: next.map(|_| token).unwrap_or_default(),
        })
    }

    pub(super) async fn download(
        &self,
        call: Call,
        request: v1::DownloadAccountRequest,
    ) -> Result<ExportStream<v1::DownloadAccountResponse>, CallError> {
        let mut checks = Checks::default();
        let format = format(request.format);
        if format.is_none() {
            let wanted = Text::new("AccountFormat 的值", "a value of AccountFormat other than UNSPECIFIED");
            checks.refuse("format", wanted, request.format);
        }
        let document = match request.account {
            Some(v1::download_account_request::Account::Current(current)) => {
                let question = self.question(&mut checks, &current.inspection_id, &current.as_of, call.language);
                checks.done()?;
                let reach = call.reach();
                let compute = move |db: &mut Db| question.built(db, &call.caller);
                (
                    current.inspection_id,
                    self.database.read(reach, compute).await?.document,
                )
            }
            Some(v1::download_account_request::Account::PublishedId(id)) => {
                let id = checks.uuid("published_id", &id);
                checks.done()?;
                self.published_document(call, id).await?
            }
            None => {
                let wanted = Text::new("current 或 published_id", "current or published_id");
                checks.refuse("account", wanted, "");
                checks.done()?;
                return Err(CallError::Internal("a refused request went on".to_owned()));
            }
        };
        let (inspection, document) = document;
        let format = format.unwrap_or(Format::Markdown);
        let bytes = render(&document, format).map_err(|error| CallError::Internal(error.to_string()))?;
        let name = format!("{inspection}-{}.{}", document.as_of, format.ending());
        Ok(in_pieces(name, bytes, CHUNK, |file_name, chunk| {
            v1::DownloadAccountResponse { file_name, chunk }
        }))
    }
}

/// The format of a request; `None`: it names none.
fn format(number: i32) -> Option<Format> {
    match v1::AccountFormat::try_from(number) {
        Ok(v1::AccountFormat::Markdown) => Some(Format::Markdown),
        Ok(v1::AccountFormat::Html) => Some(Format::Html),
        Ok(v1::AccountFormat::Docx) => Some(Format::Docx),
        Ok(v1::AccountFormat::Xlsx) => Some(Format::Xlsx),
        Ok(v1::AccountFormat::Unspecified) | Err(_) => None,
    }
}

/// What the tokens of a request are bound to, and how many records are behind it.
fn bound(request: &v1::ListFigureRecordsRequest) -> Result<(Query, usize), CallError> {
    let bound = v1::ListFigureRecordsRequest {
        page_size: 0,
        page_token: String::new(),
        ..request.clone()
    };
    let query = Query::new("ListFigureRecords", &request.inspection_id, &bound, 0);
    let after = query.after(&request.page_token).ok_or(CallError::PageToken)?;
    let skip = if after.is_empty() { Ok(0) } else { after.parse() };
    Ok((query, skip.map_err(|_| CallError::PageToken)?))
}

/// A petition or a task as a whole may be worded by another division's ledger; only a province sees them all.
fn reached(mut source: records::Source, provincial: bool) -> records::Source {
    if source.division.is_empty() && !provincial {
        source.origin.import_id.clear();
    }
    source
}

/// A figure and a page of its records: whether there are more behind them.
fn of_figure(
    db: &mut Db,
    caller: &Caller,
    wanted: &Wanted,
    asked: &Asked,
    key: &str,
    (skip, size): (usize, usize),
) -> Result<(v1::Figure, Vec<v1::FigureRecord>, bool), CallError> {
    let below = super::get::scope(db, &caller.reach, &wanted.root, Area::Below)?;
    let below: Vec<String> = below.names().into_iter().map(str::to_owned).collect();
    let (day, area, group) = engine::wish(asked, wanted.day, &below);
    let areas = super::get::scope(db, &caller.reach, &wanted.root, area)?;
    let mut facts = Facts::none(day, areas);
    facts.add(db, &wanted.inspection.id, group)?;
    let value = evaluate::evaluate(asked, &facts);
    let unit = value
        .unit
        .clone()
        .unwrap_or_else(|| asked.unit(wanted.language).to_owned());
    let figure = engine::figure(asked, key, &value, &unit, wanted.language);
    let stored = records::Rows::load(db, &wanted.inspection.id, group, &facts)?;
    let all = records::records(asked, &facts, &stored);
    let more = all.len() > skip + size;
    let rows: Vec<records::Source> = all.into_iter().skip(skip).take(size).collect();
    let rows: Vec<records::Source> = rows
        .into_iter()
        .map(|row| reached(row, facts.areas.provincial_root))
        .collect();
    let ids: BTreeSet<&String> = rows.iter().map(|row| &row.origin.import_id).collect();
    let ids: Vec<String> = ids.into_iter().cloned().collect();
    let names = imports::file_names(db, &ids)?;
    let rows = rows
        .into_iter()
        .map(|row| convert::figure_record(row, &names))
        .collect();
    Ok((convert::figure(&figure), rows, more))
}
