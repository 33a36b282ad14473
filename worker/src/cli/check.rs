//! `ducha-worker check`: the same rules, no database.

use std::io;

use super::args::{CheckArgs, Output};
use super::json::JsonReporter;
use super::setup::{self, CommandError, Common};
use super::table::TableReporter;
use crate::check::Context;
use crate::import::files::Found;
use crate::import::{FileState, GO_ON, Job, Reporter, check_file, inspection};
use crate::marked::{Marker, Watched};
use crate::values::division::Gazetteer;

/// Checks; whether every row would be taken.
pub(super) fn run(args: CheckArgs) -> Result<bool, CommandError> {
    let common = Common::new(&args.common)?;
    let gazetteer = setup::built_in_gazetteer()?;
    let ledgers = setup::ledgers(&args.paths, args.common.division.as_deref(), &gazetteer)?;
    let mut marker = Marker::new(args.common.marked.clone(), args.common.refused.clone());
    match args.common.output {
        Output::Table => {
            let mut reporter = TableReporter::new(common.lang, true, ledgers.len(), args.findings, 0);
            let ended = all(&common, &gazetteer, ledgers, &mut marker, &mut reporter);
            setup::print(&reporter.render())?;
            ended
        }
        Output::Json => {
            let mut reporter = JsonReporter::new(io::stdout());
            let ended = all(&common, &gazetteer, ledgers, &mut marker, &mut reporter);
            reporter.finish().or_else(setup::closed)?;
            ended
        }
    }
}

fn all(
    common: &Common,
    gazetteer: &Gazetteer,
    ledgers: Vec<(Found, Option<String>)>,
    marker: &mut Marker,
    reporter: &mut dyn Reporter,
) -> Result<bool, CommandError> {
    let (mut all_in, mut copies_failed, files) = (true, 0, ledgers.len());
    for (found, division) in ledgers {
        let file = inspection::beside(&found.path, &found.root)?;
        let (now, today) = setup::now();
        let province = file
            .as_ref()
            .map_or_else(|| province(division.as_deref()), |file| file.province.clone());
        let mut context = Context::new(&common.profiles, gazetteer, province, division, today);
        if let Some(file) = &file {
            context.first_received_on = Some(file.first_received_on);
            context.inspection = file.into();
        }
        let job = Job {
            path: &found.path,
            name: &found.name,
            context,
            program: &common.program,
            limits: &common.limits,
            inspection: "",
            submitter: "",
            complete: true,
            now,
            today,
            claimed: None,
            stop: &GO_ON,
        };
        let mut marking = setup::marking(marker, &found.name)?;
        let mut report =
            check_file(&job, &mut Watched::new(reporter, marking.as_mut())).map_err(|error| CommandError::File {
                file: found.name.clone(),
                error,
            })?;
        // A copy that fails must not hide how this file ended, nor keep the next from its check.
        if let Err(error) = setup::write_copies(marker, &job, &mut report, marking) {
            eprintln!("ducha-worker: {error}");
            copies_failed += 1;
        }
        all_in &= report.rows.refused == 0 && report.state == FileState::Checked;
        reporter.file(report);
    }
    if copies_failed > 0 {
        return Err(CommandError::CopiesFailed {
            failed: copies_failed,
            files,
        });
    }
    Ok(all_in)
}

/// The province of a division, by the first two digits of its code; none where the file names no division.
fn province(division: Option<&str>) -> String {
    division
        .and_then(|code| code.get(..2))
        .map_or_else(String::new, |digits| format!("{digits}0000"))
}
