//! `ducha-server figures`.

use ducha_records::db::OpenError;
use ducha_records::{Db, Login, Reach, figures, in_transaction, inspections};

use crate::cli::{FiguresArgs, FiguresCommand};
use crate::config::ConfigError;
use crate::{commands, logging};

/// Most differences that are named; a fault makes one or thousands.
const MOST_NAMED: usize = 50;

/// Why counts were not checked, or are wrong.
#[derive(Debug, thiserror::Error)]
pub enum FiguresError {
    /// The configuration.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The database could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database failed.
    #[error("the database failed (was `ducha-server migrate` run?): {0}")]
    Query(#[from] diesel::result::Error),
    /// No such inspection.
    #[error("there is no inspection {0:?}")]
    NoInspection(String),
    /// Counts are not what the records say.
    #[error("{0} counts are not what the records say; `ducha-server figures recount` corrects them")]
    Wrong(usize),
}

/// Checks counts, or makes them anew.
///
/// # Errors
/// [`FiguresError`], whose text is for the user.
pub fn run(command: FiguresCommand) -> Result<(), FiguresError> {
    match command {
        FiguresCommand::Check(args) => check(args),
        FiguresCommand::Recount(args) => recount(args),
    }
}

/// The database and the inspections that are meant.
fn begun(args: FiguresArgs) -> Result<(Db, Vec<String>), FiguresError> {
    let config = commands::config(args.common.into())?;
    logging::start(config.log.value);
    let mut db = Login::anybody(&config.database.value).open_for(&Reach::All.into())?;
    let known = inspections::ids(&mut db)?;
    let meant = match args.inspection {
        None => known,
        Some(id) if known.contains(&id) => vec![id],
        Some(id) => return Err(FiguresError::NoInspection(id)),
    };
    Ok((db, meant))
}

fn check(args: FiguresArgs) -> Result<(), FiguresError> {
    let (mut db, meant) = begun(args)?;
    let mut wrong = 0;
    for id in meant {
        // Under its lock, so that no ledger is committed between the two counts.
        let checked = in_transaction(&mut db, |db| {
            inspections::hold(db, &id)?;
            figures::check(db, &id)
        })?;
        for difference in checked.differences.iter().take(MOST_NAMED) {
            println!(
                "{id}: {}: kept {}, counted {}",
                difference.what, difference.kept, difference.counted
            );
        }
        println!(
            "{id}: {} counts differ; by day: as of {} days, of {} on which anything changes",
            checked.differences.len(),
            checked.days.len(),
            checked.changing
        );
        wrong += checked.differences.len();
    }
    if wrong == 0 {
        Ok(())
    } else {
        Err(FiguresError::Wrong(wrong))
    }
}

fn recount(args: FiguresArgs) -> Result<(), FiguresError> {
    let (mut db, meant) = begun(args)?;
    for id in meant {
        in_transaction(&mut db, |db| {
            inspections::hold(db, &id)?;
            figures::recount(db, &id)
        })?;
        println!("{id}: counted anew");
    }
    Ok(())
}
