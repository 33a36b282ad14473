//! What to do with each column of a recognised sheet, worked out once before its rows.

use std::str::FromStr;
use std::sync::Arc;

use super::Context;
use super::form::Words;
use super::kept::Kept;
use crate::cell::{Row, Value};
use crate::profile::{Column, LedgerKind, Profile, Required};
use crate::recognise::SheetLayout;
use crate::values::number::MoneyUnit;
use crate::values::vocabulary::Vocabulary;

/// One column that feeds a field.
#[derive(Debug)]
pub(super) struct PlanColumn<'a> {
    /// Column, counted from 0.
    pub at: u32,
    /// The field as code knows it.
    pub field: Field,
    /// The column of the profile.
    pub column: &'a Column,
    /// Its vocabulary, for the kinds that have one.
    pub vocabulary: Option<&'a Vocabulary>,
    /// Header as written.
    pub header: String,
    /// Unit of money the header, or the whole sheet, names.
    pub money: Option<MoneyUnit>,
    /// Unit the header, or the whole sheet, names.
    pub unit: Option<String>,
}

/// A recognised sheet, ready for its rows.
#[derive(Debug)]
pub(super) struct SheetPlan<'a> {
    pub sheet: Arc<str>,
    /// Position in the workbook, counted from 0.
    pub index: u32,
    pub profile: &'a Profile,
    pub layout: SheetLayout,
    /// The division the sheet is named after, if it is one of the file's.
    pub division: Option<String>,
    /// By rising column.
    pub columns: Vec<PlanColumn<'a>>,
    /// Words of its rows that are not the template's.
    pub words: Words,
    /// Unknown columns whose texts the remarks keep, by rising column.
    pub kept: Vec<Kept>,
}

impl<'a> SheetPlan<'a> {
    pub fn new(sheet: Arc<str>, index: u32, profile: &'a Profile, layout: SheetLayout) -> Self {
        let mut columns: Vec<PlanColumn<'a>> = layout
            .columns
            .iter()
            .filter_map(|mapped| {
                let column = profile.columns.get(mapped.profile_column)?;
                Some(PlanColumn {
                    at: mapped.column,
                    field: field_of(column)?,
                    column,
                    vocabulary: profile.vocabulary(column),
                    header: mapped.header.clone(),
                    money: mapped.unit_hint.as_deref().and_then(money_unit),
                    unit: mapped.unit_hint.clone(),
                })
            })
            .collect();
        columns.sort_by_key(|column| column.at);
        Self {
            sheet,
            index,
            profile,
            layout,
            division: None,
            columns,
            words: Words::default(),
            kept: Vec::new(),
        }
    }

    /// Whether each row must give what `required` says.
    pub fn row_must_have(&self, required: Required, context: &Context<'_>) -> bool {
        let register = context.register() && !self.kind().is_plain();
        match required {
            Required::No => false,
            Required::Always => true,
            Required::UnlessRegister => !register,
            // The province's list says for each record whose part it is, or for all of a sheet.
            Required::UnlessFileDivision => self.division.is_none() && (register || !context.one_division),
        }
    }

    /// Whether the sheet must have a column for what `required` says. A record of one row is the file's own where nothing
    /// says otherwise; the parts of a petition or a task are never a prefecture's.
    pub fn must_have_column(&self, required: Required, context: &Context<'_>) -> bool {
        let files_own = self.kind().is_plain() && context.division.is_some();
        self.row_must_have(required, context) && !(required == Required::UnlessFileDivision && files_own)
    }

    pub fn kind(&self) -> LedgerKind {
        self.layout.kind
    }

    /// The column that feeds `field`; the first one where several do.
    pub fn column(&self, field: Field) -> Option<&PlanColumn<'a>> {
        self.columns.iter().find(|column| column.field == field)
    }

    /// The cells of `row` that feed a field.
    pub fn cells<'s, 'r>(&'s self, row: &'r Row) -> impl Iterator<Item = (&'s PlanColumn<'a>, &'r Value)> {
        let mut cells = row.cells.iter().peekable();
        self.columns.iter().filter_map(move |column| {
            while cells.peek().is_some_and(|cell| cell.column < column.at) {
                cells.next();
            }
            cells
                .peek()
                .filter(|cell| cell.column == column.at)
                .map(|cell| (column, &cell.value))
        })
    }
}

/// The field as code knows it; none for one that no record keeps.
fn field_of(column: &Column) -> Option<Field> {
    if column.is_own() {
        return Some(Field::Own);
    }
    Field::from_str(&column.field).ok()
}

fn money_unit(hint: &str) -> Option<MoneyUnit> {
    match hint {
        "万元" => Some(MoneyUnit::WanYuan),
        "元" => Some(MoneyUnit::Yuan),
        _ => None,
    }
}

/// Fields of all profiles. Those no record keeps are read over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub(super) enum Field {
    Number,
    Division,
    Batch,
    Channel,
    ReceivedOn,
    KeyCase,
    MergedInto,
    Duplicate,
    DuplicateOf,
    Complaint,
    PollutionKinds,
    Investigation,
    Substantiated,
    Handling,
    Measures,
    LatestProgress,
    Conclusion,
    ConcludedOn,
    Units,
    Acceptance,
    Accountability,
    Remarks,
    Round,
    Longitude,
    Latitude,
    Ordered,
    Penalised,
    FineFen,
    CriminalCases,
    AdminDetained,
    CriminalDetained,
    Interviewed,
    Accountable,
    Parent,
    Theme,
    Topic,
    Source,
    CaseName,
    PlanYears,
    Problem,
    Target,
    LeadUnit,
    SupervisingUnit,
    AcceptingUnit,
    Deadline,
    Progress,
    Status,
    CompletedOn,
    Closure,
    ClosedOn,
    Reason,
    Name,
    Unit,
    Done,
    Total,
    Period,
    Task,
    Stage,
    Aggregation,
    Basis,
    Title,
    HandedOverOn,
    Issue,
    IssueTitle,
    Subject,
    Post,
    Level,
    Kinds,
    DecidedOn,
    Kind,
    HeldOn,
    Organiser,
    Places,
    Tasks,
    Result,
    Station,
    RaisedOn,
    SettledOn,
    /// A column that only the profile knows (`x_...`).
    #[strum(serialize = "x_")]
    Own,
}

impl Field {
    pub fn name(self) -> &'static str {
        self.into()
    }
}
