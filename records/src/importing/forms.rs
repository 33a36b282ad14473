//! The form of a division's ledgers: told where it differs from that of the last one, and kept for the next.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Date, Text};
use serde::{Deserialize, Serialize};

use super::commit::Ledger;
use super::form_drift::{Column, Drift, drift};
use crate::address::column_letters;
use crate::db::Db;
use crate::dialect;
use crate::findings::NewFinding;
use crate::imports::Import;
use crate::json;
use crate::rules::{self, Params, Rule};
use crate::schema::{forms, import_forms};

/// Columns of a form that are kept; more of them are no form that people fill in.
const MOST_COLUMNS: usize = 300;
/// Words of a column that are kept. Once there are as many, people write there as they please, and no word is new.
pub const MOST_WORDS: usize = 50;

/// The form of one kind of ledger in a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LedgerForm {
    /// The kind, as in the kinds of an import.
    pub kind: &'static str,
    /// Its columns in the order of the sheet; those that only later sheets have behind those of the first.
    pub columns: Vec<FormColumn>,
    /// Words other than the template's that the profile understood, each once.
    pub words: Vec<FormWord>,
    /// Codes of the rules that its profile switches off.
    pub off: Vec<String>,
}

/// A column, and where its header stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormColumn {
    /// Name of the field it feeds; empty for none.
    pub field: String,
    /// Header as written.
    pub header: String,
    /// Sheet.
    pub sheet: String,
    /// Last row of the header, counted from 1.
    pub row: i64,
    /// Column, counted from 0.
    pub column: i32,
}

/// A word in a column with a vocabulary, and where it stands first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormWord {
    /// Name of the field.
    pub field: String,
    /// Header as written.
    pub header: String,
    /// As written.
    pub word: String,
    /// The template's word for it.
    pub taken_for: String,
    /// Sheet.
    pub sheet: String,
    /// Row, counted from 1.
    pub row: i64,
    /// Column, counted from 0.
    pub column: i32,
}

/// A column as it is kept.
#[derive(Debug, Serialize, Deserialize)]
struct KeptColumn {
    field: String,
    header: String,
    column: i32,
}

/// Words by field.
type Words = BTreeMap<String, BTreeSet<String>>;

#[derive(Queryable)]
struct Kept {
    headers: String,
    words: String,
    reported_on: NaiveDate,
}

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = forms)]
struct Form<'f> {
    inspection_id: &'f str,
    division: &'f str,
    kind: &'f str,
    headers: String,
    words: String,
    reported_on: NaiveDate,
    import_id: &'f str,
}

/// Stages a note for each change of a form since the division's last ledger, and keeps the forms. A ledger older than the
/// last one says nothing of what came after it.
pub(super) fn tell(db: &mut Db, ledger: &Ledger, observe: &mut dyn FnMut(&NewFinding)) -> QueryResult<()> {
    let import = &ledger.import;
    let Some(division) = import.division.as_deref() else {
        return Ok(());
    };
    for form in ledger.forms.iter().filter(|form| !form.columns.is_empty()) {
        let key = (import.inspection_id.as_str(), division, form.kind);
        let kept: Option<Kept> = forms::table
            .find(key)
            .select((forms::headers, forms::words, forms::reported_on))
            .first(db)
            .optional()?;
        note(db, key, form, ledger)?;
        let mut words = Words::new();
        if let Some(kept) = &kept {
            if kept.reported_on > ledger.reported_on {
                continue;
            }
            words = json::parse(&kept.words)?;
            let mut findings = form.drifted(&json::parse::<Vec<KeptColumn>>(&kept.headers)?);
            findings.extend(form.new_words(&words));
            findings.retain(|finding| !form.off.contains(&finding.rule));
            for finding in &mut findings {
                finding.import_id.clone_from(&import.id);
                observe(finding);
            }
            dialect::stage_findings(db, &findings)?;
        }
        keep(db, key, form, words, ledger)?;
    }
    Ok(())
}

/// Notes what this ledger says of its form, whatever is kept of it: should others be undone, the form is made anew.
fn note(db: &mut Db, key: (&str, &str, &str), form: &LedgerForm, ledger: &Ledger) -> QueryResult<()> {
    diesel::insert_into(import_forms::table)
        .values((
            import_forms::inspection_id.eq(key.0),
            import_forms::division.eq(key.1),
            import_forms::kind.eq(key.2),
            import_forms::import_id.eq(&ledger.import.id),
            import_forms::headers.eq(serde_json::json!(form.kept()).to_string()),
            import_forms::words.eq(serde_json::json!(form.said()).to_string()),
            import_forms::reported_on.eq(ledger.reported_on),
        ))
        .execute(db)
        .map(drop)
}

/// What one ledger said of its form.
#[derive(QueryableByName)]
struct Said {
    #[diesel(sql_type = Text)]
    import_id: String,
    #[diesel(sql_type = Text)]
    headers: String,
    #[diesel(sql_type = Text)]
    words: String,
    #[diesel(sql_type = Date)]
    reported_on: NaiveDate,
}

/// In the order in which they were applied; those from before verdicts were kept come first.
const SAID: &str = "SELECT f.import_id, f.headers, f.words, f.reported_on
    FROM import_forms f
    JOIN imports i ON i.id = f.import_id
    LEFT JOIN import_verdicts v ON v.import_id = f.import_id AND v.state IN (6, 7)
    WHERE f.inspection_id = $1 AND f.division = $2 AND f.kind = $3 AND i.state IN (6, 7)
    ORDER BY COALESCE(v.verdict, 0), f.import_id";

/// Makes the forms anew to which an import that is undone belongs: what the ledgers that stand said of them, one after the
/// other. The import's state says that it does not stand.
pub(crate) fn renew(db: &mut Db, import: &Import) -> QueryResult<()> {
    let own = import_forms::table.filter(import_forms::import_id.eq(&import.id));
    let keys: Vec<(String, String, String)> = own
        .select((import_forms::inspection_id, import_forms::division, import_forms::kind))
        .load(db)?;
    diesel::delete(import_forms::table.filter(import_forms::import_id.eq(&import.id))).execute(db)?;
    for (inspection, division, kind) in keys {
        let all: Vec<Said> = diesel::sql_query(SAID)
            .bind::<Text, _>(&inspection)
            .bind::<Text, _>(&division)
            .bind::<Text, _>(&kind)
            .load(db)?;
        let key = (inspection.as_str(), division.as_str(), kind.as_str());
        diesel::delete(forms::table.find(key)).execute(db)?;
        let Some(form) = of_all(key, &all)? else { continue };
        diesel::insert_into(forms::table).values(&form).execute(db)?;
    }
    Ok(())
}

/// The form that these ledgers leave, one after the other.
fn of_all<'f>(key: (&'f str, &'f str, &'f str), all: &'f [Said]) -> QueryResult<Option<Form<'f>>> {
    let (mut last, mut words): (Option<&Said>, _) = (None, Words::new());
    for said in all {
        if last.is_some_and(|last| last.reported_on > said.reported_on) {
            continue; // it says nothing of what came after it
        }
        last = Some(said);
        for (field, own) in json::parse::<BTreeMap<String, Vec<String>>>(&said.words)? {
            add(&mut words, &field, own);
        }
    }
    Ok(last.map(|last| Form {
        inspection_id: key.0,
        division: key.1,
        kind: key.2,
        headers: last.headers.clone(),
        words: serde_json::json!(words).to_string(),
        reported_on: last.reported_on,
        import_id: &last.import_id,
    }))
}

/// Adds words to those of a field, as long as so few are known that a new one means anything.
fn add(words: &mut Words, field: &str, new: impl IntoIterator<Item = String>) {
    let of_field = words.entry(field.to_owned()).or_default();
    for word in new {
        if of_field.len() < MOST_WORDS {
            of_field.insert(word);
        }
    }
}

fn keep(db: &mut Db, key: (&str, &str, &str), form: &LedgerForm, words: Words, ledger: &Ledger) -> QueryResult<()> {
    let row = Form {
        inspection_id: key.0,
        division: key.1,
        kind: key.2,
        headers: serde_json::json!(form.kept()).to_string(),
        words: serde_json::json!(form.added_to(words)).to_string(),
        reported_on: ledger.reported_on,
        import_id: &ledger.import.id,
    };
    let updated = diesel::update(forms::table.find(key)).set(&row).execute(db)?;
    if updated == 0 {
        diesel::insert_into(forms::table).values(&row).execute(db)?;
    }
    Ok(())
}

impl LedgerForm {
    fn kept(&self) -> Vec<KeptColumn> {
        let kept = |column: &FormColumn| KeptColumn {
            field: column.field.clone(),
            header: column.header.clone(),
            column: column.column,
        };
        self.columns.iter().take(MOST_COLUMNS).map(kept).collect()
    }

    /// The words of earlier ledgers and this one.
    fn added_to(&self, mut words: Words) -> Words {
        for word in &self.words {
            add(&mut words, &word.field, [word.word.clone()]);
        }
        words
    }

    /// The words of this one, in the order in which it has them; more of a field than are ever kept are left out.
    fn said(&self) -> BTreeMap<&str, Vec<&str>> {
        let mut said: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for word in &self.words {
            let of_field = said.entry(&word.field).or_default();
            if of_field.len() < MOST_WORDS {
                of_field.push(&word.word);
            }
        }
        said
    }

    fn drifted(&self, then: &[KeptColumn]) -> Vec<NewFinding> {
        let columns = &self.columns[..self.columns.len().min(MOST_COLUMNS)];
        let old: Vec<Column<'_>> = then
            .iter()
            .map(|column| Column {
                field: &column.field,
                header: &column.header,
            })
            .collect();
        let new: Vec<Column<'_>> = columns
            .iter()
            .map(|column| Column {
                field: &column.field,
                header: &column.header,
            })
            .collect();
        let letter = |column: i32| column_letters(column.unsigned_abs());
        let told = drift(&old, &new).into_iter().map(|change| match change {
            Drift::Added(at) => columns[at].finding(&rules::FORM_COLUMN_ADDED, &[("found", &columns[at].header)]),
            Drift::Gone(at) => self.gone(&then[at]),
            Drift::Renamed(from, at) => {
                let params = [("before", &then[from].header), ("found", &columns[at].header)];
                columns[at].finding(&rules::FORM_COLUMN_RENAMED, &params)
            }
            Drift::Moved(from, at) => {
                let letters = (letter(then[from].column), letter(columns[at].column));
                let params = [
                    ("found", &columns[at].header),
                    ("before", &letters.0),
                    ("after", &letters.1),
                ];
                columns[at].finding(&rules::FORM_COLUMN_MOVED, &params)
            }
        });
        told.collect()
    }

    /// A column that is not there any more is told of in the row of the header, and in none of its cells.
    fn gone(&self, column: &KeptColumn) -> NewFinding {
        let place = self.columns.first();
        NewFinding {
            sheet: place.map(|first| first.sheet.clone()).unwrap_or_default(),
            row_number: place.map(|first| first.row),
            field: column.field.clone(),
            value: column.header.clone(),
            ..finding(&rules::FORM_COLUMN_GONE, &[("before", &column.header)])
        }
    }

    fn new_words(&self, known: &Words) -> Vec<NewFinding> {
        let is_new = |word: &&FormWord| {
            let of_field = known.get(&word.field);
            of_field.is_none_or(|words| words.len() < MOST_WORDS && !words.contains(&word.word))
        };
        self.words.iter().filter(is_new).map(FormWord::finding).collect()
    }
}

impl FormColumn {
    fn finding(&self, rule: &Rule, params: &[(&str, &String)]) -> NewFinding {
        NewFinding {
            sheet: self.sheet.clone(),
            row_number: Some(self.row),
            column_number: Some(self.column),
            field: self.field.clone(),
            header: self.header.clone(),
            value: self.header.clone(),
            ..finding(rule, params)
        }
    }
}

impl FormWord {
    fn finding(&self) -> NewFinding {
        let params = [
            ("header", &self.header),
            ("found", &self.word),
            ("wanted", &self.taken_for),
        ];
        NewFinding {
            sheet: self.sheet.clone(),
            row_number: Some(self.row),
            column_number: Some(self.column),
            field: self.field.clone(),
            header: self.header.clone(),
            value: self.word.clone(),
            suggestion: self.taken_for.clone(),
            ..finding(&rules::FORM_WORD_NEW, &params)
        }
    }
}

fn finding(rule: &Rule, params: &[(&str, &String)]) -> NewFinding {
    let params: Params = params
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).clone()))
        .collect();
    NewFinding {
        rule: rule.code.to_owned(),
        severity: rule.severity.code(),
        params: serde_json::json!(params).to_string(),
        ..NewFinding::default()
    }
}
