//! `ducha-worker import`: files and folders, once.

use std::collections::HashMap;
use std::io;
use std::path::PathBuf;

use diesel::result::{DatabaseErrorKind, Error as QueryError};
use ducha_records::inspections::Inspection;
use ducha_records::{Db, divisions, importing, inspections, search};

use super::args::{ImportArgs, Output};
use super::json::JsonReporter;
use super::plan_book::PlanBook;
use super::setup::{self, CommandError, Common};
use super::table::TableReporter;
use crate::check::Context;
use crate::import::files::{Found, in_order};
use crate::import::{FileReport, FileState, GO_ON, Job, Reporter, import_file, inspection, plan_file};
use crate::marked::{Marker, Watched};
use crate::values::division::Gazetteer;

/// Imports; whether every row is in.
pub(super) fn run(args: ImportArgs) -> Result<bool, CommandError> {
    let common = Common::new(&args.common)?;
    let mut db = setup::database(&setup::by_hand(args.database.as_ref(), &common.file))?;
    let gazetteer = Gazetteer::from(divisions::all(&mut db)?);
    let ledgers = setup::ledgers(&args.paths, args.common.division.as_deref(), &gazetteer)?;
    let mut import = Import {
        args: &args,
        common,
        gazetteer,
        inspections: HashMap::new(),
        marker: Marker::new(args.common.marked.clone(), args.common.refused.clone()),
        copies_failed: 0,
    };
    match args.common.output {
        Output::Table => {
            let mut reporter =
                TableReporter::new(import.common.lang, false, ledgers.len(), args.findings, args.changes);
            let ended = import.told(&mut db, ledgers, &mut reporter);
            setup::print(&reporter.render())?;
            ended
        }
        Output::Json => {
            let mut reporter = JsonReporter::new(io::stdout());
            let ended = import.told(&mut db, ledgers, &mut reporter);
            reporter.finish().or_else(setup::closed)?;
            ended
        }
    }
}

struct Import<'a> {
    args: &'a ImportArgs,
    common: Common,
    gazetteer: Gazetteer,
    /// Inspections by the folder that was given, and whether they are stored.
    inspections: HashMap<PathBuf, (Inspection, bool)>,
    marker: Marker,
    /// Files that are in, but whose copies could not be written.
    copies_failed: usize,
}

impl Import<'_> {
    /// Imports, and writes the plan into its workbook if one is wanted.
    fn told(
        &mut self,
        db: &mut Db,
        ledgers: Vec<(Found, Option<String>)>,
        reporter: &mut dyn Reporter,
    ) -> Result<bool, CommandError> {
        let Some(path) = &self.args.out else {
            return self.all(db, ledgers, reporter);
        };
        let failed = |error| CommandError::Plan {
            path: path.clone(),
            error,
        };
        let mut book = PlanBook::new(reporter, self.common.lang.language()).map_err(failed)?;
        let ended = self.all(db, ledgers, &mut book);
        book.save(path).map_err(failed)?;
        ended
    }

    fn all(
        &mut self,
        db: &mut Db,
        ledgers: Vec<(Found, Option<String>)>,
        reporter: &mut dyn Reporter,
    ) -> Result<bool, CommandError> {
        let mut ledgers = ledgers;
        let mut province = String::new();
        for (found, _) in &ledgers {
            province.clone_from(&self.inspection(db, found)?.0.province);
        }
        in_order(&mut ledgers, &province);
        let (mut all_in, mut failed, files) = (true, 0, ledgers.len());
        for (found, division) in ledgers {
            match self.one(db, &found, division, reporter) {
                Ok(report) => {
                    all_in &= report.rows.refused == 0 && report.state != FileState::Rejected;
                    reporter.file(report);
                    importing::settle(db)?;
                }
                Err(error) => {
                    // The others may still go in: a file is a transaction of its own.
                    eprintln!("ducha-worker: {error}");
                    failed += 1;
                }
            }
        }
        if !self.args.plan {
            search::index_pending(db, &mut |_| {})?;
        }
        if self.copies_failed > 0 {
            return Err(CommandError::CopiesFailed {
                failed: self.copies_failed,
                files,
            });
        }
        if failed > 0 {
            Err(CommandError::SomeFailed { failed, files })
        } else {
            Ok(all_in)
        }
    }

    fn one(
        &mut self,
        db: &mut Db,
        found: &Found,
        division: Option<String>,
        reporter: &mut dyn Reporter,
    ) -> Result<FileReport, CommandError> {
        let (inspection, stored) = self.inspection(db, found)?.clone();
        let (now, today) = setup::now();
        let context = Context::within(&inspection, &self.common.profiles, &self.gazetteer, division, today);
        let job = Job {
            path: &found.path,
            name: &found.name,
            context,
            program: &self.common.program,
            limits: &self.common.limits,
            inspection: &inspection.id,
            submitter: &submitter(self.args.submitter.as_ref(), &self.common),
            complete: !self.args.partial,
            now,
            today,
            claimed: None,
            stop: &GO_ON,
        };
        let mut marking = setup::marking(&self.marker, &found.name)?;
        let watched = &mut Watched::new(reporter, marking.as_mut());
        let ended = match (self.args.plan, stored) {
            (false, _) => import_file(db, &job, watched),
            (true, true) => plan_file(db, &job, None, watched),
            (true, false) => plan_file(db, &job, Some(&inspection), watched),
        };
        let mut report = ended.map_err(|error| CommandError::File {
            file: found.name.clone(),
            error,
        })?;
        // What is in the database stays there, so a copy that fails must not hide how the file ended.
        if let Err(error) = setup::write_copies(&mut self.marker, &job, &mut report, marking) {
            eprintln!("ducha-worker: {error}");
            self.copies_failed += 1;
        }
        Ok(report)
    }

    /// The inspection of a file: the one that is named, else that of the `inspection.toml` beside it, made if new unless
    /// this is a plan. And whether it is stored.
    fn inspection(&mut self, db: &mut Db, found: &Found) -> Result<&(Inspection, bool), CommandError> {
        let key = found.path.parent().map(PathBuf::from).unwrap_or_default();
        if !self.inspections.contains_key(&key) {
            let known = match &self.args.inspection {
                Some(id) => {
                    let known = inspections::get(db, id)?;
                    (known.ok_or_else(|| CommandError::UnknownInspection(id.clone()))?, true)
                }
                None => beside(db, found, self.args.plan)?,
            };
            self.inspections.insert(key.clone(), known);
        }
        self.inspections
            .get(&key)
            .ok_or_else(|| CommandError::NoInspection(found.name.clone()))
    }
}

fn beside(db: &mut Db, found: &Found, plan: bool) -> Result<(Inspection, bool), CommandError> {
    let file = inspection::beside(&found.path, &found.root)?;
    let file = file.ok_or_else(|| CommandError::NoInspection(found.path.display().to_string()))?;
    if let Some(known) = inspections::get(db, &file.id)? {
        if !file.is_as_stored(&known) {
            let id = &known.id;
            eprintln!("ducha-worker: inspection.toml differs from the inspection {id} as stored, which stays as it is");
        }
        return Ok((known, true));
    }
    if plan {
        return Ok((file.inspection(setup::now().0), false));
    }
    match inspection::made(db, &file) {
        Err(QueryError::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _)) => {
            Err(CommandError::Province(file.province))
        }
        made => Ok((made?, true)),
    }
}

/// Who hands files in: as named, else the account.
pub(super) fn submitter(named: Option<&String>, common: &Common) -> String {
    let named = named.cloned().or_else(|| common.file.worker.submitter.clone());
    named
        .or_else(|| std::env::var("USER").ok())
        .unwrap_or_else(|| "worker".to_owned())
}
