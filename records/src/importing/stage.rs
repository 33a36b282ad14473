//! The staging tables of one import.

use chrono::NaiveDate;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as QueryError};

use super::early::Early;
use super::known::Known;
use super::reasons::StagedReason;
use super::terms::CommitError;
use super::{StagedAssignment, StagedBase, StagedPetition, StagedPlain, StagedTask, plain};
use crate::db::Db;
use crate::dialect;
use crate::findings::NewFinding;
use crate::imports::Import;
use crate::schema_stage::{stage_assigned, stage_known, stage_petitions, stage_tasks};

/// Rows are withdrawn in pieces of this many, the values of one statement.
const WITHDRAWN: usize = 1_000;

/// Rows and findings of one file on their way into the database, seen by this connection only.
pub struct Stage<'db> {
    pub(super) db: &'db mut Db,
    pub(super) rows: [i64; 2],
    /// Staged rows of each plain kind, in the order of [`plain::KINDS`].
    pub(super) plain: [i64; plain::KINDS.len()],
    pub(super) known: Option<Known>,
    pub(super) early: Option<Early>,
    /// Rows taken back that were not in the stage any more.
    pub(super) too_late: bool,
}

impl<'db> Stage<'db> {
    /// Makes the staging tables, empty. Every row will be staged.
    ///
    /// # Errors
    /// The database's.
    pub fn open(db: &'db mut Db) -> QueryResult<Self> {
        let tables = include_str!("stage.sql")
            .replace("{row_key}", dialect::row_key(db))
            .replace("{key}", dialect::key(db));
        for table in [
            "stage_petitions",
            "stage_import",
            "stage_tasks",
            "stage_indicators",
            "stage_issues",
            "stage_accountabilities",
            "stage_activities",
            "stage_alerts",
            "stage_assigned",
            "stage_bases",
            "stage_deltas",
            "stage_known",
            "stage_findings",
            "stage_reasons",
            "stage_cells",
            "stage_context",
        ] {
            db.batch_execute(&format!("DROP TABLE IF EXISTS {table}"))?;
        }
        dialect::begin_staging(db)?;
        db.batch_execute(&tables)?;
        Ok(Self {
            db,
            rows: [0, 0],
            plain: [0; plain::KINDS.len()],
            known: None,
            early: None,
            too_late: false,
        })
    }

    /// The same for a county's ledger, but rows that say what its inspection holds already are only counted, and a large
    /// ledger's new rows may become records while it is read. If the records change before the commit, both end with
    /// [`CommitError::Raced`].
    ///
    /// # Errors
    /// The database's.
    pub fn open_beside(db: &'db mut Db, import: &Import) -> QueryResult<Self> {
        let mut stage = Self::open(db)?;
        let known = Known::of(stage.db, &import.inspection_id)?;
        stage.early = Early::new(import, known.sequence, known.has_register[0]);
        stage.known = Some(known);
        Ok(stage)
    }

    /// Says which reporting date the ledger has, as far as it was read.
    pub fn reported_on(&mut self, date: NaiveDate) {
        if let Some(early) = &mut self.early {
            // Rows were merged with another date: the commit will see that it is not the ledger's.
            early.reported_on = early.reported_on.filter(|_| early.rows > 0).or(Some(date));
        }
    }

    /// Stages rows of a petition ledger, after the divisions they name ([`Stage::assigned`]).
    ///
    /// # Errors
    /// [`CommitError`].
    pub fn petitions(&mut self, mut rows: Vec<StagedPetition>) -> Result<(), CommitError> {
        if let Some(known) = &mut self.known {
            let same = known.petitions(self.db, &rows)?;
            rows.retain(|row| !same.contains(&row.row_id));
        }
        if let Some(early) = &mut self.early {
            rows = early.take(self.db, rows).map_err(raced)?;
        }
        self.rows[0] += rows.len() as i64;
        Ok(dialect::stage_petitions(self.db, &rows)?)
    }

    /// Stages rows of a task ledger, after the divisions they name.
    ///
    /// # Errors
    /// [`CommitError`].
    pub fn tasks(&mut self, mut rows: Vec<StagedTask>) -> Result<(), CommitError> {
        if let Some(known) = &mut self.known {
            let same = known.tasks(self.db, &rows)?;
            rows.retain(|row| !same.contains(&row.row_id));
        }
        self.rows[1] += rows.len() as i64;
        Ok(dialect::stage_tasks(self.db, &rows)?)
    }

    /// Stages rows of the plain kinds.
    ///
    /// # Errors
    /// The database's.
    pub fn plain(&mut self, rows: &StagedPlain) -> QueryResult<()> {
        for (counted, staged) in self.plain.iter_mut().zip(rows.store(self.db)?) {
            *counted += staged;
        }
        Ok(())
    }

    /// Stages the divisions rows name.
    ///
    /// # Errors
    /// The database's.
    pub fn assigned(&mut self, rows: &[StagedAssignment]) -> QueryResult<()> {
        if let Some(early) = &mut self.early {
            early.shared(rows);
        }
        dialect::stage_assigned(self.db, rows)
    }

    /// Stages the states of their records on which rows were filled in.
    ///
    /// # Errors
    /// The database's.
    pub fn bases(&mut self, rows: &[StagedBase]) -> QueryResult<()> {
        dialect::stage_bases(self.db, rows)
    }

    /// Stages findings.
    ///
    /// # Errors
    /// The database's.
    pub fn findings(&mut self, findings: &[NewFinding]) -> QueryResult<()> {
        dialect::stage_findings(self.db, findings)
    }

    /// Stages what was written beside rows to say why their warnings stand.
    ///
    /// # Errors
    /// The database's.
    pub fn reasons(&mut self, reasons: &[StagedReason]) -> QueryResult<()> {
        dialect::stage_reasons(self.db, reasons)
    }

    /// Takes rows out of the stage again, by their ids: what only the end of a file could tell.
    ///
    /// # Errors
    /// The database's.
    pub fn withdraw(&mut self, row_ids: &[i64]) -> QueryResult<()> {
        for ids in row_ids.chunks(WITHDRAWN) {
            let petitions = diesel::delete(stage_petitions::table.filter(stage_petitions::row_id.eq_any(ids)));
            let petitions = petitions.execute(self.db)?;
            let tasks = diesel::delete(stage_tasks::table.filter(stage_tasks::row_id.eq_any(ids))).execute(self.db)?;
            let known = diesel::delete(stage_known::table.filter(stage_known::row_id.eq_any(ids))).execute(self.db)?;
            diesel::delete(stage_assigned::table.filter(stage_assigned::row_id.eq_any(ids))).execute(self.db)?;
            self.rows[0] -= petitions as i64;
            self.rows[1] -= tasks as i64;
            if let Some(of_stored) = &mut self.known {
                of_stored.rows -= known as i64;
            }
            let plain = plain::withdraw(self.db, &mut self.plain, ids)?;
            self.too_late |= petitions + tasks + known + plain < ids.len();
        }
        Ok(())
    }
}

/// Another import wrote the same records, or waited for ours while we waited for its: it is there first.
fn raced(error: QueryError) -> CommitError {
    match &error {
        QueryError::DatabaseError(DatabaseErrorKind::UniqueViolation | DatabaseErrorKind::SerializationFailure, _) => {
            CommitError::Raced
        }
        QueryError::DatabaseError(_, info) if info.message().contains("deadlock detected") => CommitError::Raced,
        _ => CommitError::Query(error),
    }
}

/// A file that is given up must not leave its transaction open: what the connection writes next would be lost with it.
impl Drop for Stage<'_> {
    fn drop(&mut self) {
        if let Err(error) = dialect::abandon_staging(self.db) {
            tracing::warn!(%error, "the staging transaction could not be taken back");
        }
    }
}
