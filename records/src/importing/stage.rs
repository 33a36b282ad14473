//! The staging tables of one import.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use super::known::Known;
use super::{StagedAssignment, StagedPetition, StagedTask};
use crate::codes::RecordKind;
use crate::db::Db;
use crate::dialect;
use crate::findings::NewFinding;
use crate::schema_stage::{stage_assigned, stage_known, stage_petitions, stage_tasks};

/// Rows are withdrawn in pieces of this many, the values of one statement.
const WITHDRAWN: usize = 1_000;

/// Rows and findings of one file on their way into the database, seen by this connection only.
pub struct Stage<'db> {
    pub(super) db: &'db mut Db,
    pub(super) rows: [i64; 2],
    pub(super) known: Option<Known>,
}

/// Name of the staging table of a kind of record.
pub(super) const fn table(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Petition => "stage_petitions",
        RecordKind::Task => "stage_tasks",
    }
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
            "stage_tasks",
            "stage_assigned",
            "stage_deltas",
            "stage_known",
            "stage_findings",
            "stage_context",
        ] {
            db.batch_execute(&format!("DROP TABLE IF EXISTS {table}"))?;
        }
        dialect::begin_staging(db)?;
        db.batch_execute(&tables)?;
        Ok(Self {
            db,
            rows: [0, 0],
            known: None,
        })
    }

    /// The same, but rows of a county's ledger that say what `inspection` holds already are only counted. If its records
    /// change before the commit, that ends with [`super::CommitError::Raced`].
    ///
    /// # Errors
    /// The database's.
    pub fn open_beside(db: &'db mut Db, inspection: &str) -> QueryResult<Self> {
        let mut stage = Self::open(db)?;
        stage.known = Known::of(stage.db, inspection)?;
        Ok(stage)
    }

    /// Stages rows of a petition ledger.
    ///
    /// # Errors
    /// The database's.
    pub fn petitions(&mut self, mut rows: Vec<StagedPetition>) -> QueryResult<()> {
        if let Some(known) = self.known.as_mut().filter(|_| !rows.is_empty()) {
            let same = known.petitions(self.db, &rows)?;
            rows.retain(|row| !same.contains(&row.row_id));
        }
        self.rows[0] += rows.len() as i64;
        dialect::stage_petitions(self.db, &rows)
    }

    /// Stages rows of a task ledger.
    ///
    /// # Errors
    /// The database's.
    pub fn tasks(&mut self, mut rows: Vec<StagedTask>) -> QueryResult<()> {
        if let Some(known) = self.known.as_mut().filter(|_| !rows.is_empty()) {
            let same = known.tasks(self.db, &rows)?;
            rows.retain(|row| !same.contains(&row.row_id));
        }
        self.rows[1] += rows.len() as i64;
        dialect::stage_tasks(self.db, &rows)
    }

    /// Stages the divisions rows name.
    ///
    /// # Errors
    /// The database's.
    pub fn assigned(&mut self, rows: &[StagedAssignment]) -> QueryResult<()> {
        dialect::stage_assigned(self.db, rows)
    }

    /// Stages findings.
    ///
    /// # Errors
    /// The database's.
    pub fn findings(&mut self, findings: &[NewFinding]) -> QueryResult<()> {
        dialect::stage_findings(self.db, findings)
    }

    /// Takes rows out of the stage again, by their ids: what only the end of a file could tell.
    ///
    /// # Errors
    /// The database's.
    pub fn withdraw(&mut self, row_ids: &[i64]) -> QueryResult<()> {
        for ids in row_ids.chunks(WITHDRAWN) {
            self.rows[0] -= diesel::delete(stage_petitions::table.filter(stage_petitions::row_id.eq_any(ids)))
                .execute(self.db)? as i64;
            self.rows[1] -=
                diesel::delete(stage_tasks::table.filter(stage_tasks::row_id.eq_any(ids))).execute(self.db)? as i64;
            diesel::delete(stage_assigned::table.filter(stage_assigned::row_id.eq_any(ids))).execute(self.db)?;
            let said = diesel::delete(stage_known::table.filter(stage_known::row_id.eq_any(ids))).execute(self.db)?;
            if let Some(known) = &mut self.known {
                known.rows -= said as i64;
            }
        }
        Ok(())
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
