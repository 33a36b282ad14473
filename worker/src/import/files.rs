//! Which files are ledgers, and whose.

use std::path::{Path, PathBuf};

use crate::values::division::Gazetteer;

/// Endings of files that are looked at when a folder is given. A file that is named itself is always looked at: what it
/// is, its bytes say.
const ENDINGS: &[&str] = &["xlsx", "xlsm", "xls", "xlsb", "ods", "et"];

/// Digits of a division's code.
const CODE_CHARS: usize = 6;

/// A file to import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it is.
    pub path: PathBuf,
    /// How it is called in reports: relative to the folder that was given.
    pub name: String,
    /// The folder that was given, or the file's own.
    pub root: PathBuf,
}

/// The files behind `paths`: each file that is named, and each workbook in a folder and below it, by name.
///
/// # Errors
/// The system's, with the path.
pub fn collect(paths: &[PathBuf]) -> Result<Vec<Found>, (PathBuf, std::io::Error)> {
    let mut found = Vec::new();
    for path in paths {
        if std::fs::metadata(path).map_err(|error| (path.clone(), error))?.is_dir() {
            walk(path, path, &mut found)?;
        } else {
            let root = path.parent().map_or_else(PathBuf::new, Path::to_path_buf);
            found.push(Found {
                path: path.clone(),
                name: name_below(path, &root),
                root,
            });
        }
    }
    Ok(found)
}

fn walk(root: &Path, folder: &Path, found: &mut Vec<Found>) -> Result<(), (PathBuf, std::io::Error)> {
    let fail = |error| (folder.to_path_buf(), error);
    let mut entries: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(fail)? {
        entries.push(entry.map_err(fail)?.path());
    }
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with('.') || name.starts_with("~$") {
            continue; // hidden, or the mark that a spreadsheet program has a file open
        }
        if path.is_dir() {
            walk(root, &path, found)?;
        } else if is_workbook(&path) {
            found.push(Found {
                name: name_below(&path, root),
                path,
                root: root.to_path_buf(),
            });
        }
    }
    Ok(())
}

/// Whether a file's name ends as those of workbooks do.
#[must_use]
pub fn is_workbook(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    ENDINGS.contains(&ending.as_str())
}

fn name_below(path: &Path, root: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().into_owned()
}

/// The division a file's name or one of its folders begins with: `520102-信访台账.xlsx`, `520302/台账.xlsx`. The name
/// counts before the folder, the nearest folder before the others.
#[must_use]
pub fn division(found: &Found, gazetteer: &Gazetteer) -> Option<String> {
    let below = found.path.strip_prefix(&found.root).unwrap_or(&found.path);
    let names = below.iter().rev().map(|part| part.to_string_lossy().into_owned());
    let folder = found.root.file_name().map(|name| name.to_string_lossy().into_owned());
    names.chain(folder).find_map(|name| leading_code(&name, gazetteer))
}

/// The division that a name begins with, or one of the folders in it.
#[must_use]
pub fn division_named(name: &str, gazetteer: &Gazetteer) -> Option<String> {
    let found = Found {
        path: PathBuf::from(name),
        name: name.to_owned(),
        root: PathBuf::new(),
    };
    division(&found, gazetteer)
}

fn leading_code(name: &str, gazetteer: &Gazetteer) -> Option<String> {
    let code: String = name.chars().take(CODE_CHARS).collect::<String>().to_ascii_uppercase();
    let ends = name
        .chars()
        .nth(CODE_CHARS)
        .is_none_or(|next| !next.is_ascii_alphanumeric());
    gazetteer
        .by_code(&code)
        .filter(|_| ends)
        .map(|division| division.code.clone())
}

/// The province's lists first: they say which numbers there are. Then by name.
pub fn in_order(files: &mut [(Found, Option<String>)], province: &str) {
    files.sort_by(|(one, whose), (other, others)| {
        let key =
            |found: &Found, division: &Option<String>| (division.as_deref() != Some(province), found.name.clone());
        key(one, whose).cmp(&key(other, others))
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::division::parse_csv;

    fn whose(root: &str, path: &str) -> Option<String> {
        let csv = "code,name,parent\n520000,贵州省,\n520100,贵阳市,520000\n520102,南明区,520100\n";
        let gazetteer = Gazetteer::new(parse_csv(csv).unwrap());
        division(
            &Found {
                path: path.into(),
                name: String::new(),
                root: root.into(),
            },
            &gazetteer,
        )
    }

    #[test]
    fn the_division_is_the_leading_code_of_the_name_else_of_the_nearest_folder() {
        assert_eq!(whose("in", "in/520102-台账.xlsx").as_deref(), Some("520102"));
        assert_eq!(whose("in", "in/520102/台账.xlsx").as_deref(), Some("520102"));
        assert_eq!(whose("in/520100", "in/520100/台账.xlsx").as_deref(), Some("520100"));
        assert_eq!(whose("in", "in/520100/520102.xlsx").as_deref(), Some("520102"));
        assert_eq!(whose("in", "in/5201021-台账.xlsx"), None);
        assert_eq!(whose("in", "in/999999-台账.xlsx"), None);
    }
}
