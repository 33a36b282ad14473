//! What to do with each column of a recognised sheet, worked out once before its rows.

use std::str::FromStr;
use std::sync::Arc;

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
}

/// A recognised sheet, ready for its rows.
#[derive(Debug)]
pub(super) struct SheetPlan<'a> {
    pub sheet: Arc<str>,
    /// Position in the workbook, counted from 0.
    pub index: u32,
    pub profile: &'a Profile,
    pub layout: SheetLayout,
    /// By rising column.
    pub columns: Vec<PlanColumn<'a>>,
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
                })
            })
            .collect();
        columns.sort_by_key(|column| column.at);
        Self {
            sheet,
            index,
            profile,
            layout,
            columns,
        }
    }

    pub fn kind(&self) -> LedgerKind {
        self.layout.kind
    }

    /// The column that feeds `field`; the first one where several do.
    pub fn column(&self, field: Field) -> Option<&PlanColumn<'a>> {
        self.columns.iter().find(|column| column.field == field)
    }

    /// The cells of `row` that feed a field.
    pub fn cells<'r>(&'r self, row: &'r Row) -> impl Iterator<Item = (&'r PlanColumn<'a>, &'r Value)> {
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

/// Whether a ledger must give the field.
pub(super) fn must_have(required: Required, register: bool, one_division: bool) -> bool {
    match required {
        Required::No => false,
        Required::Always => true,
        Required::UnlessRegister => !register,
        // The province's list says for each record whose part it is.
        Required::UnlessFileDivision => register || !one_division,
    }
}

/// Fields of the profiles, petitions' and tasks'. Those no record keeps are read over.
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
    /// A column that only the profile knows (`x_...`).
    #[strum(serialize = "x_")]
    Own,
}

impl Field {
    pub fn name(self) -> &'static str {
        self.into()
    }
}
