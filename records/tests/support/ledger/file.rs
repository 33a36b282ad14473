//! A file as the worker would stage it.

use chrono::NaiveDate;
use ducha_records::Db;
use ducha_records::codes::{Acceptance, Mode};
use ducha_records::findings::NewFinding;
use ducha_records::importing::{
    self, Committed, FieldPlaces, Ledger, LedgerForm, Outcome, PlannedRow, Stage, StagedBase, StagedPetition,
    StagedPlain, StagedReason, StagedTask,
};
use ducha_records::imports::{Import, NewImport};

use super::{PetitionRow, ROUND, TaskRow, day, now};

/// A file.
#[derive(Debug, Clone)]
pub struct File {
    inspection: String,
    reported_on: NaiveDate,
    sha256: String,
    register: bool,
    division: Option<String>,
    complete: bool,
    petitions: Vec<PetitionRow>,
    tasks: Vec<TaskRow>,
    plain: StagedPlain,
    withdrawn: Vec<i64>,
    pub(super) form: LedgerForm,
    bases: Vec<StagedBase>,
    beside: bool,
    said: Vec<StagedReason>,
    findings: Vec<NewFinding>,
}

impl File {
    pub fn of(reported_on: &str) -> Self {
        Self {
            inspection: ROUND.to_owned(),
            reported_on: day(reported_on),
            sha256: uuid::Uuid::now_v7().simple().to_string().repeat(2),
            register: false,
            division: None,
            complete: true,
            petitions: Vec::new(),
            tasks: Vec::new(),
            plain: StagedPlain::default(),
            withdrawn: Vec::new(),
            form: LedgerForm::default(),
            bases: Vec::new(),
            beside: false,
            said: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// Takes staged rows back, by their place in the file counted from 1: petitions first, then tasks.
    pub fn withdrawing<const N: usize>(mut self, rows: [i64; N]) -> Self {
        self.withdrawn.extend(rows);
        self
    }

    /// Says on which version of its record and its part a row was filled in, by its place in the file counted from 1.
    pub fn filled_in_on(mut self, row_id: i64, record: i64, part: i64) -> Self {
        self.bases.push(StagedBase { row_id, record, part });
        self
    }

    /// Rows that say what is stored are told while it is read.
    pub fn beside(mut self) -> Self {
        self.beside = true;
        self
    }

    /// A warning on the row of a petition, by its place in the file counted from 1, and what is written beside the row.
    pub fn warned(mut self, row_id: i64, value: &str, reason: Option<&str>) -> Self {
        let row = &self.petitions[row_id as usize - 1];
        self.findings.push(NewFinding {
            kind: Some(1),
            number: Some(row.number.clone()),
            division: Some(row.division.clone()),
            sheet: "Sheet1".to_owned(),
            row_number: Some(row_id + 3),
            column_number: Some(0),
            field: "number".to_owned(),
            header: "编号".to_owned(),
            rule: ducha_records::rules::NUMBER_UNUSUAL.code.to_owned(),
            severity: 2,
            value: value.to_owned(),
            params: "{}".to_owned(),
            row_id: Some(row_id),
            ..NewFinding::default()
        });
        self.said.extend(reason.map(|reason| StagedReason {
            sheet: "Sheet1".to_owned(),
            row_number: row_id + 3,
            reason: reason.to_owned(),
        }));
        self
    }

    /// Whose ledger it is.
    pub fn division(mut self, code: &str) -> Self {
        self.division = Some(code.to_owned());
        self
    }

    /// Not every row of its division.
    pub fn partial(mut self) -> Self {
        self.complete = false;
        self
    }

    /// The province's list.
    pub fn register(reported_on: &str) -> Self {
        Self {
            register: true,
            ..Self::of(reported_on)
        }
    }

    pub fn petitions(mut self, rows: impl IntoIterator<Item = PetitionRow>) -> Self {
        self.petitions.extend(rows);
        self
    }

    pub fn tasks(mut self, rows: impl IntoIterator<Item = TaskRow>) -> Self {
        self.tasks.extend(rows);
        self
    }

    /// Rows of plain kinds, whose ids come behind those of petitions and tasks.
    pub fn plain(mut self, rows: StagedPlain) -> Self {
        self.plain = rows;
        self
    }

    pub fn inspection(mut self, id: &str) -> Self {
        id.clone_into(&mut self.inspection);
        self
    }

    /// The bytes of another file.
    pub fn same_bytes_as(mut self, other: &Committed) -> Self {
        self.sha256.clone_from(&other.import.file_sha256);
        self
    }

    /// Imports it.
    pub fn import(self, db: &mut Db) -> Committed {
        self.import_with_findings(db).0
    }

    /// Imports it; also what only the stored records could tell.
    pub fn import_with_findings(self, db: &mut Db) -> (Committed, Vec<NewFinding>) {
        let import = self.as_import();
        let mut stage = match self.beside {
            true => Stage::open_beside(db, &import),
            false => Stage::open(db),
        }
        .expect("the stage opens");
        self.stage(&mut stage, &import.id);
        let mut findings = Vec::new();
        let ledger = self.ledger(import);
        let committed = importing::commit(stage, ledger, &mut |finding| findings.push(finding.clone()))
            .expect("the file is committed");
        (committed, findings)
    }

    /// Imports it while something else happens, after its rows were staged; `None`: it must be read again.
    pub fn meanwhile(self, db: &mut Db, happens: impl FnOnce()) -> Option<Committed> {
        let import = self.as_import();
        let mut stage = Stage::open_beside(db, &import).expect("the stage opens");
        self.stage(&mut stage, &import.id);
        happens();
        match importing::commit(stage, self.ledger(import), &mut |_| ()) {
            Ok(committed) => Some(committed),
            Err(importing::CommitError::Raced) => None,
            Err(error) => panic!("{error}"),
        }
    }

    /// The rows that would be refused, by their places in the file counted from 1.
    pub fn refused(&self, db: &mut Db) -> Vec<i64> {
        let import = self.as_import();
        let mut stage = Stage::open(db).expect("the stage opens");
        self.stage(&mut stage, &import.id);
        let mut refused = Vec::new();
        let mut tell = |row: PlannedRow| {
            if row.outcome as i32 > Outcome::Late as i32 {
                refused.push(row.row_number - 3);
            }
        };
        importing::plan(stage, self.ledger(import), None, &mut |_| (), &mut tell).expect("the file is planned");
        refused
    }

    fn stage(&self, stage: &mut Stage<'_>, import: &str) {
        let (mut petitions, mut tasks, mut assigned) = (Vec::new(), Vec::new(), Vec::new());
        for (row_id, row) in (1..).zip(&self.petitions) {
            let hashes = (row.wording_hash(self.register), row.content_hash());
            let (wording, content) = (row.wording.clone(), row.content.clone());
            petitions.push(StagedPetition::new(
                row.place(row_id),
                wording,
                hashes.0,
                content,
                hashes.1,
            ));
            assigned.extend(row.assignments(row_id));
        }
        for (row_id, row) in (1 + self.petitions.len() as i64..).zip(&self.tasks) {
            let hashes = (row.wording_hash(self.register), row.content_hash());
            let (wording, content) = (row.wording.clone(), row.content.clone());
            tasks.push(StagedTask::new(row.place(row_id), wording, hashes.0, content, hashes.1));
            assigned.extend(row.assignments(row_id));
        }
        let findings = self.findings.iter().cloned().map(|finding| NewFinding {
            import_id: import.to_owned(),
            ..finding
        });
        stage.reported_on(self.reported_on);
        stage.assigned(&assigned).expect("assignments are staged");
        for piece in petitions.chunks(1_000) {
            stage.petitions(piece.to_vec()).expect("petitions are staged");
        }
        stage.tasks(tasks).expect("tasks are staged");
        stage.plain(&self.plain).expect("plain rows are staged");
        stage.bases(&self.bases).expect("base versions are staged");
        stage
            .findings(&findings.collect::<Vec<_>>())
            .expect("findings are staged");
        stage.reasons(&self.said).expect("reasons are staged");
        stage.withdraw(&self.withdrawn).expect("rows are withdrawn");
    }

    fn ledger(&self, import: Import) -> Ledger {
        Ledger {
            refused: self.withdrawn.len() as i64,
            register: self.register,
            reported_on: self.reported_on,
            at_utc: now(),
            places: FieldPlaces::default(),
            forms: vec![self.form.clone()],
            import,
        }
    }

    fn kinds(&self) -> String {
        let kinds = [
            ("petitions", self.petitions.is_empty()),
            ("tasks", self.tasks.is_empty()),
        ];
        let found: Vec<&str> = kinds.iter().filter(|(_, none)| !none).map(|(kind, _)| *kind).collect();
        found.join("|")
    }

    fn as_import(&self) -> Import {
        let new = NewImport {
            inspection_id: self.inspection.clone(),
            division: self.division.clone(),
            file_name: "台账.xlsx".to_owned(),
            file_sha256: self.sha256.clone(),
            file_bytes: 1,
            submitter: "test".to_owned(),
            request_id: None,
            mode: Mode::Apply,
            acceptance: Acceptance::ValidRows,
            max_refused_share: None,
            complete: self.complete,
        };
        Import {
            kinds: self.kinds(),
            reported_on: Some(self.reported_on),
            ..new.received(now())
        }
    }
}
