//! A case for each rule of the catalogue that the worker raises: a workbook that breaks it, in which exactly that is
//! found, and one as near to it as can be in which nothing is.
//!
//! The workbooks are read and checked by the code that reads and checks a county's, short of the child process. The
//! rules against stored records have theirs in `records/tests/rules.rs`.

mod across;
mod book;
mod cells;
mod dates;
mod files;
mod honest;
mod honest_plain;
mod numbers;
mod petitions;
mod plain;
mod sheets;
mod tasks;

use std::collections::BTreeSet;
use std::path::Path;

use chrono::NaiveDate;
use ducha_records::divisions;
use ducha_records::rules::{self, Language, Params, Rule};

use self::book::Sheet;
use super::{Checked, Context, Facts, FileRefusal, Finding, Piece, Sink, Stopped, check};
use crate::profile::Profiles;
use crate::reader::testing::{frames_at, frames_of, play};
use crate::reader::{Frame, Limits, ReadError};
use crate::values::division::{DivisionEntry, Gazetteer, parse_csv};

/// A county, its prefecture and the province.
const COUNTY: Option<&str> = Some("520102");
const CITY: Option<&str> = Some("520100");
const PROVINCE: Option<&str> = Some("520000");
/// No division is known of the file.
const NOBODY: Option<&str> = None;

/// What a case is checked on.
enum File {
    Sheets(Vec<Sheet>),
    Bytes(Vec<u8>, Limits),
    /// A child that this shell script plays.
    Script(&'static str, Limits),
    /// A format that does not tell merged cells.
    Unmerged(Sheet),
    /// No file at all.
    Missing,
}

impl From<Sheet> for File {
    fn from(sheet: Sheet) -> Self {
        Self::Sheets(vec![sheet])
    }
}

impl<const N: usize> From<[Sheet; N]> for File {
    fn from(sheets: [Sheet; N]) -> Self {
        Self::Sheets(sheets.into())
    }
}

impl From<Vec<u8>> for File {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes, Limits::default())
    }
}

/// One rule, broken and kept.
struct Case {
    rule: &'static Rule,
    whose: Option<&'static str>,
    /// Another province has a county of the same name.
    two_provinces: bool,
    broken: File,
    fine: File,
    /// Cell, value and suggestion of each finding, in their order.
    wanted: Vec<[String; 3]>,
}

fn case(rule: &'static Rule, broken: impl Into<File>, fine: impl Into<File>) -> Case {
    Case {
        rule,
        whose: COUNTY,
        two_provinces: false,
        broken: broken.into(),
        fine: fine.into(),
        wanted: Vec::new(),
    }
}

impl Case {
    /// A finding in the cell of a row and a header of the first sheet.
    fn at(self, row: u32, header: &str, value: &str) -> Self {
        let File::Sheets(sheets) = &self.broken else {
            panic!("only a sheet has cells")
        };
        let cell = sheets[0].address(row, header);
        self.place(&cell, value)
    }

    /// A finding at an address; empty where there is no cell.
    fn place(mut self, cell: &str, value: &str) -> Self {
        self.wanted.push([cell.to_owned(), value.to_owned(), String::new()]);
        self
    }

    /// What the last finding suggests.
    fn suggesting(mut self, suggestion: &str) -> Self {
        suggestion.clone_into(&mut self.wanted.last_mut().unwrap()[2]);
        self
    }

    /// Another province has a county of the same name.
    fn two_provinces(mut self) -> Self {
        self.two_provinces = true;
        self
    }

    /// Whose ledger it is.
    fn whose(mut self, division: Option<&'static str>) -> Self {
        self.whose = division;
        self
    }
}

fn all_cases() -> Vec<Case> {
    let mut cases = files::cases();
    cases.extend(sheets::cases());
    cases.extend(cells::cases());
    cases.extend(dates::cases());
    cases.extend(numbers::cases());
    cases.extend(petitions::cases());
    cases.extend(tasks::cases());
    cases.extend(across::cases());
    cases.extend(plain::cases());
    cases
}

/// What a file was found to be.
#[derive(Debug)]
struct Told {
    /// Rule, cell, value, suggestion.
    findings: Vec<(&'static str, [String; 3])>,
    /// The values of each.
    params: Vec<(&'static Rule, Params)>,
    checked: Option<Checked>,
}

#[derive(Default)]
struct Gather(Vec<Finding>);

impl Sink for Gather {
    type Error = std::convert::Infallible;

    fn take(&mut self, piece: Piece) -> Result<(), Self::Error> {
        self.0.extend(piece.findings);
        Ok(())
    }
}

/// What the cases are checked against.
struct Bench {
    profiles: Profiles,
    /// The province's divisions, and those with another province's.
    gazetteers: [Gazetteer; 2],
}

const ANOTHER_PROVINCE: &str = "code,name,parent\n990000,邻省,\n990100,邻市,990000\n990102,南明区,990100\n";

impl Bench {
    fn new() -> Self {
        let rows = divisions::parse_csv(divisions::BUILT_IN).unwrap();
        let own: Vec<DivisionEntry> = rows.into_iter().map(Into::into).collect();
        let mut both = own.clone();
        both.extend(parse_csv(ANOTHER_PROVINCE).unwrap());
        Self {
            profiles: Profiles::embedded(),
            gazetteers: [Gazetteer::new(own), Gazetteer::new(both)],
        }
    }

    fn check(&self, case: &Case, file: &File) -> Told {
        let gazetteer = &self.gazetteers[usize::from(case.two_provinces)];
        let whose = case.whose.map(str::to_owned);
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let mut context = Context::new(&self.profiles, gazetteer, "520000".into(), whose, day("2023-06-10"));
        context.first_received_on = Some(day("2021-12-06"));
        context.inspection = Facts {
            central: true,
            round: Some(2),
            started_on: Some(day("2021-12-05")),
            ended_on: Some(day("2022-01-05")),
            feedback_on: Some(day("2022-03-18")),
        };
        let mut sink = Gather::default();
        let ended = match file {
            File::Sheets(sheets) => {
                Self::frames(frames_of(&book::bytes(sheets), &Limits::default()), &context, &mut sink)
            }
            File::Bytes(bytes, limits) => Self::frames(frames_of(bytes, limits), &context, &mut sink),
            File::Unmerged(sheet) => {
                let frames = frames_of(&book::bytes(std::slice::from_ref(sheet)), &Limits::default());
                Self::frames(frames.map(unmerged), &context, &mut sink)
            }
            File::Missing => {
                let frames = frames_at(Path::new("/no/such/file.xlsx"), &Limits::default());
                Self::frames(frames, &context, &mut sink)
            }
            File::Script(script, limits) => {
                let mut played = play(script, &[], limits);
                check(|| played.reader.next_frame(), &context, &mut sink)
            }
        };
        match ended {
            Ok(checked) => Told::found(sink.0, checked),
            Err(Stopped::Refused(FileRefusal::Unreadable(error))) => Told::refused(error.rule(), error.values()),
            Err(Stopped::Refused(FileRefusal::NoLedger(finding))) => Told::refused(finding.rule, finding.params),
            Err(Stopped::Sink(never)) => match never {},
        }
    }

    fn frames(
        frames: Result<Vec<Frame>, ReadError>,
        context: &Context<'_>,
        sink: &mut Gather,
    ) -> Result<Checked, Stopped<std::convert::Infallible>> {
        let frames = frames.map_err(|error| Stopped::Refused(FileRefusal::Unreadable(error)))?;
        let mut frames = frames.into_iter();
        check(|| Ok(frames.next()), context, sink)
    }
}

/// As xlsb and ods arrive.
fn unmerged(mut frames: Vec<Frame>) -> Vec<Frame> {
    for frame in &mut frames {
        if let Frame::Sheet(info) = frame {
            info.merges = None;
        }
    }
    frames
}

impl Told {
    fn found(findings: Vec<Finding>, checked: Checked) -> Self {
        let row = |finding: &Finding| {
            let place = [finding.cell(), finding.value.clone(), finding.suggestion.clone()];
            (finding.rule.code, place)
        };
        Self {
            findings: findings.iter().map(row).collect(),
            params: findings
                .into_iter()
                .map(|finding| (finding.rule, finding.params))
                .collect(),
            checked: Some(checked),
        }
    }

    fn refused(rule: &'static Rule, params: Params) -> Self {
        Self {
            findings: vec![(rule.code, [const { String::new() }; 3])],
            params: vec![(rule, params)],
            checked: None,
        }
    }
}

#[test]
fn every_rule_is_found_where_it_is_broken_and_nothing_else_is() {
    let bench = Bench::new();
    let mut wrong = Vec::new();
    for case in all_cases() {
        let told = bench.check(&case, &case.broken);
        let wanted: Vec<_> = case
            .wanted
            .iter()
            .map(|place| (case.rule.code, place.clone()))
            .collect();
        if told.findings != wanted {
            wrong.push(format!(
                "{}:\n  wanted {wanted:?}\n  found  {:?}",
                case.rule.code, told.findings
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_found_where_every_rule_is_kept() {
    let bench = Bench::new();
    let mut wrong = Vec::new();
    for case in all_cases() {
        let told = bench.check(&case, &case.fine);
        if !told.findings.is_empty() {
            wrong.push(format!("{}: {:?}", case.rule.code, told.findings));
        }
        assert!(
            told.checked
                .is_some_and(|checked| checked.rows > 0 || case.rule.code == "S023"),
            "{}: the ledger that keeps it was read",
            case.rule.code
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_of_the_catalogue_has_a_case() {
    let with_case: BTreeSet<_> = all_cases().iter().map(|case| case.rule.code).collect();
    let without: Vec<_> = rules::all()
        .iter()
        .filter(|rule| !rule.needs_records())
        .map(|rule| rule.code)
        .filter(|code| !with_case.contains(code))
        .collect();
    assert!(without.is_empty(), "{without:?}");
}

/// Every rule as it is read by people: the values are those of its case.
fn rendered(language: Language) -> String {
    let bench = Bench::new();
    let mut texts = std::collections::BTreeMap::new();
    for case in all_cases() {
        let told = bench.check(&case, &case.broken);
        let Some((rule, params)) = told.params.first() else {
            continue;
        };
        for name in params.keys() {
            assert!(
                rule.params.iter().any(|param| param.name == name),
                "{}: the value {name} is not explained",
                rule.code
            );
        }
        let text = format!(
            "{}\n  {}\n  {}\n",
            rule.code,
            rule.render(language, params),
            rule.hint(language, params)
        );
        assert!(!text.contains('{'), "{text}");
        texts.entry((rule.family() as u8, rule.code)).or_insert(text);
    }
    texts.into_values().collect()
}

#[test]
fn the_texts_in_chinese() {
    insta::assert_snapshot!("rules_zh", rendered(Language::Zh));
}

#[test]
fn the_texts_in_english() {
    insta::assert_snapshot!("rules_en", rendered(Language::En));
}
