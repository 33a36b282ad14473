//! What the samples say, before anybody writes it into a workbook.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::texts::Scene;

/// A kind of pollution: its canonical label and other ways of writing it.
pub type Kind = (&'static str, &'static [&'static str]);

/// The kinds that occur, the frequent ones first.
pub const KINDS: [Kind; 12] = [
    ("水", &["水", "水污染", "水环境"]),
    ("大气", &["大气", "大气污染", "废气"]),
    ("噪声", &["噪声", "噪音", "噪声污染"]),
    ("生态", &["生态", "生态破坏"]),
    ("扬尘", &["扬尘", "扬尘污染", "粉尘"]),
    ("油烟", &["油烟", "油烟污染"]),
    ("固废", &["固废", "固体废物", "固废污染"]),
    ("垃圾", &["垃圾", "生活垃圾", "垃圾污染"]),
    ("土壤", &["土壤", "土壤污染"]),
    ("重金属", &["重金属", "重金属污染"]),
    ("辐射", &["辐射", "辐射污染", "电磁辐射"]),
    ("其他", &["其他", "其它", "其他污染"]),
];

/// Whether the complaint proved true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Substantiated {
    /// 属实
    Yes,
    /// 基本属实
    Largely,
    /// 部分属实
    Partly,
    /// 不属实
    No,
}

impl Substantiated {
    /// The canonical label.
    pub fn label(self) -> &'static str {
        match self {
            Self::Yes => "属实",
            Self::Largely => "基本属实",
            Self::Partly => "部分属实",
            Self::No => "不属实",
        }
    }
}

/// How far a division is with its part of a petition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conclusion {
    /// 未办结
    Open,
    /// 阶段性办结
    Staged,
    /// 已办结
    Concluded,
    /// 已销号
    Closed,
    /// Every row that reports it is refused, so the part stays unreported.
    Unreported,
}

impl Conclusion {
    /// Concluded and closed count as concluded; staged does not.
    pub fn is_concluded(self) -> bool {
        matches!(self, Self::Concluded | Self::Closed)
    }
}

/// Counts of measures taken, as one division reports them for one petition.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Measures {
    /// Enterprises ordered to rectify.
    pub ordered: i64,
    /// Penalty cases filed.
    pub penalised: i64,
    /// Fines in fen (1 yuan = 100 fen).
    pub fine_fen: i64,
    /// Criminal investigations.
    pub criminal_cases: i64,
    /// Administrative detentions.
    pub admin_detained: i64,
    /// Criminal detentions.
    pub criminal_detained: i64,
    /// Persons interviewed.
    pub interviewed: i64,
    /// Persons held accountable.
    pub accountable: i64,
}

impl Measures {
    /// Adds `other` to these counts.
    pub fn add(&mut self, other: Self) {
        self.ordered += other.ordered;
        self.penalised += other.penalised;
        self.fine_fen += other.fine_fen;
        self.criminal_cases += other.criminal_cases;
        self.admin_detained += other.admin_detained;
        self.criminal_detained += other.criminal_detained;
        self.interviewed += other.interviewed;
        self.accountable += other.accountable;
    }
}

/// Why a part is written otherwise than the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Nothing is odd about it.
    Plain,
    /// Concludes with a word that is in no vocabulary.
    LargelyDone,
    /// Verdict with a word that is in no vocabulary.
    LooselyTrue,
    /// Reported in two rows of one file.
    Twice,
    /// A date without its year.
    NoYear,
    /// An Excel error among the counts.
    ErrorValue,
    /// Not concluded, yet with a date of conclusion.
    OpenWithDate,
    /// Concluded in a month, not on a day.
    MonthOnly(&'static str),
    /// Says the opposite of what the other division says.
    Contradicts,
    /// Has the same handling as five others.
    Pasted,
    /// Not substantiated, and yet persons were interviewed.
    DespiteNo,
}

/// What one division says about one petition.
#[derive(Debug, Clone)]
pub struct Handling {
    /// What is odd about it.
    pub role: Role,
    /// Index of the county.
    pub county: usize,
    /// Whether it proved true.
    pub substantiated: Substantiated,
    /// How far it is.
    pub conclusion: Conclusion,
    /// The day it was concluded; none while it is not.
    pub concluded_on: Option<NaiveDate>,
    /// Counts of measures.
    pub measures: Measures,
    /// 调查核实情况
    pub investigation: String,
    /// 处理和整改情况
    pub handling: String,
    /// 责任人被处理情况
    pub accountability: String,
    /// The unit in charge.
    pub unit: String,
}

/// One petition of the provincial register.
#[derive(Debug, Clone)]
pub struct Petition {
    /// The number as the register writes it.
    pub number: String,
    /// Day of receipt.
    pub received_on: NaiveDate,
    /// Batch, 1 for the first day.
    pub batch: u32,
    /// By phone, else by letter.
    pub by_phone: bool,
    /// A key case.
    pub key: bool,
    /// Indexes into [`KINDS`].
    pub kinds: Vec<usize>,
    /// Who and where; the texts share it.
    pub scene: Scene,
    /// The complaint.
    pub complaint: String,
    /// One part for each assigned division.
    pub parts: Vec<Handling>,
}

impl Petition {
    /// Concluded only when every part is.
    pub fn is_concluded(&self) -> bool {
        self.parts.iter().all(|part| part.conclusion.is_concluded())
    }
}

/// A column of a ledger, whatever its header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    Seq,
    Number,
    Merged,
    Batch,
    Channel,
    Received,
    Complaint,
    Division,
    Kinds,
    Investigation,
    Substantiated,
    Measures,
    Handling,
    Latest,
    Conclusion,
    ConcludedOn,
    Ordered,
    Penalised,
    Fine,
    Criminal,
    AdminDetained,
    CriminalDetained,
    Interviewed,
    Accountable,
    Accountability,
    Key,
    Leaders,
    Units,
    Contact,
    Phone,
    Grid,
    GridOfficer,
    GridPhone,
    Round,
    Duplicate,
    DuplicateOf,
    Acceptance,
    Longitude,
    Latitude,
    Remarks,
    Parent,
    Theme,
    Topic,
    Source,
    Case,
    Problem,
    Target,
    Lead,
    Supervising,
    Accepting,
    Deadline,
    Progress,
    Status,
    CompletedOn,
    Closure,
    ClosedOn,
    Reason,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Text as written.
    Text(String),
    /// A number without a date format.
    Number(f64),
    /// A number with a date format.
    Date(NaiveDate),
    /// An error value such as `#REF!`.
    Error(&'static str),
}

impl Cell {
    /// A cell of text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
}

/// The cells of one row, by field.
pub type Values = BTreeMap<Field, Cell>;

/// What the importer is expected to answer to a mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// The row is not taken.
    Refused,
    /// The row is taken and wants a reason.
    Warning,
    /// Nothing to be done, only said.
    Note,
}

/// A deliberate mistake in one cell.
#[derive(Debug, Clone)]
pub struct Mistake {
    /// The cell that is wrong.
    pub field: Field,
    /// What is wrong with it, for MISTAKES.md.
    pub what: &'static str,
    /// What should come of it.
    pub outcome: Outcome,
}

/// One row to be written.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// Its cells.
    pub values: Values,
    /// Its batch; 0 for a task.
    pub batch: u32,
    /// Its counts of measures, for the totals row.
    pub measures: Measures,
    /// What is wrong with it, if anything is.
    pub mistakes: Vec<Mistake>,
}

impl Line {
    /// Whether the importer should refuse it.
    pub fn is_refused(&self) -> bool {
        self.mistakes.iter().any(|mistake| mistake.outcome == Outcome::Refused)
    }

    /// Puts a mistake into a cell.
    pub fn spoil(&mut self, field: Field, cell: Cell, what: &'static str, outcome: Outcome) {
        self.values.insert(field, cell);
        self.mistakes.push(Mistake { field, what, outcome });
    }

    /// Records a mistake in a cell that is already as wrong as it should be.
    pub fn blame(&mut self, field: Field, what: &'static str, outcome: Outcome) {
        self.mistakes.push(Mistake { field, what, outcome });
    }
}
