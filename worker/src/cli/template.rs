//! `ducha-worker template`: a workbook to fill in, empty or with a division's open records.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

use ducha_records::rules::Language;
use ducha_records::{Db, Reach, divisions, inspections};

use super::args::{TemplateArgs, TemplateKind};
use super::setup::{self, CommandError};
use crate::config::File;
use crate::profile::{Profile, Profiles};
use crate::template::filled::{self, Whose};
use crate::template::{self, Form};
use crate::values::division::Gazetteer;

/// Writes the template; always `true`, since nothing is refused.
pub(super) fn run(args: &TemplateArgs) -> Result<bool, CommandError> {
    let file = File::load(args.config.as_deref())?;
    let lang = args.lang.or(file.worker.lang).unwrap_or_default();
    let profiles = setup::profiles(args.profiles.as_ref(), &file, lang)?;
    let wanted = wanted(&args.kinds, &profiles);
    let language = lang.language();
    let forms = match (args.division.as_deref(), &args.inspection) {
        (Some(division), Some(inspection)) if !division.is_empty() => {
            let mut db = setup::database(&setup::by_hand(args.database.as_ref(), &file))?;
            fill(&mut db, &wanted, division, inspection)?
        }
        _ => wanted.into_iter().map(Form::empty).collect(),
    };
    save(&args.out, &template::write(&forms, language)?)?;
    let rows: usize = forms.iter().map(|form| form.rows.len()).sum();
    setup::print(&match language {
        Language::Zh => format!("已生成 {}（{} 张表，预填 {rows} 行）", args.out.display(), forms.len()),
        Language::En => format!(
            "wrote {} ({} forms, {rows} rows filled in)",
            args.out.display(),
            forms.len()
        ),
    })?;
    Ok(true)
}

/// The profiles of the kinds, each once, in the order they were named.
fn wanted<'p>(kinds: &[TemplateKind], profiles: &'p Profiles) -> Vec<&'p Profile> {
    let mut wanted: Vec<&Profile> = Vec::new();
    for kind in kinds {
        let named: Vec<&Profile> = match kind {
            TemplateKind::All => profiles.iter().collect(),
            TemplateKind::One(kind) => vec![profiles.get(*kind)],
        };
        for profile in named {
            if wanted.iter().all(|other| other.kind != profile.kind) {
                wanted.push(profile);
            }
        }
    }
    wanted
}

fn fill<'p>(
    db: &mut Db,
    profiles: &[&'p Profile],
    division: &str,
    inspection: &str,
) -> Result<Vec<Form<'p>>, CommandError> {
    let gazetteer = Gazetteer::from(divisions::all(db)?);
    let found =
        inspections::get(db, inspection)?.ok_or_else(|| CommandError::UnknownInspection(inspection.to_owned()))?;
    let Some(entry) = gazetteer.by_code(division) else {
        return Err(CommandError::Division(division.to_owned()));
    };
    if division == found.province {
        return Err(CommandError::Register(entry.name.clone()));
    }
    let whose = Whose {
        inspection,
        division,
        gazetteer: &gazetteer,
        reach: &Reach::All,
    };
    let below = profiles
        .iter()
        .filter(|profile| filled::is_filled_in_below(profile.kind));
    below.map(|profile| Ok(filled::form(db, profile, &whose)?)).collect()
}

/// Writes a new file: what a county has filled in is never overwritten.
fn save(path: &Path, bytes: &[u8]) -> Result<(), CommandError> {
    let fail = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => CommandError::Exists(path.to_owned()),
        _ => CommandError::Write {
            path: path.to_owned(),
            error,
        },
    };
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
        .map_err(fail)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(fail)
}
