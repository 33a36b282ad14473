//! LibreOffice without a screen, as a reader that is not ours.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::program;

/// A file that LibreOffice wrote is no smaller than this, in bytes, unless it is text.
const LEAST: u64 = 2_000;

/// Has LibreOffice write `file` in another format, in a folder of that name within `folder`; it must not complain.
///
/// # Panics
/// When it does, or when it writes nothing.
pub fn converted(file: &Path, ending: &str, folder: &Path) -> PathBuf {
    let written = written_in(file, ending, ending, folder).join(file.with_extension(ending).file_name().unwrap());
    let length = std::fs::metadata(&written).unwrap().len();
    assert!(length > LEAST, "{}", written.display());
    written
}

/// The text of a document, as LibreOffice reads it.
///
/// # Panics
/// When it complains.
#[must_use]
pub fn text_of(file: &Path, folder: &Path) -> String {
    let texts = written_in(file, "txt", "txt:Text (encoded):UTF8", folder);
    let written = texts.join(file.with_extension("txt").file_name().unwrap());
    std::fs::read_to_string(written).unwrap()
}

/// The sheets of a workbook, as LibreOffice reads it, each as comma-separated values.
///
/// # Panics
/// When it complains.
#[must_use]
pub fn sheets_of(file: &Path, folder: &Path) -> Vec<String> {
    // Commas, quotes, UTF-8, from row 1, numbers in their format without commas, all sheets.
    let filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1";
    let texts = written_in(file, "csv", filter, folder);
    let mut sheets = std::fs::read_dir(texts)
        .unwrap()
        .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap())
        .collect::<Vec<_>>();
    sheets.sort();
    sheets
}

fn written_in(file: &Path, ending: &str, filter: &str, folder: &Path) -> PathBuf {
    let out = folder.join(ending);
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let mut command = Command::new("soffice");
    command
        .args([&profile, "--headless", "--convert-to", filter, "--outdir"])
        .arg(&out)
        .arg(file);
    let said = program::run(&mut command);
    let complaints = said
        .err
        .lines()
        .filter(|line| !line.contains("javaldx"))
        .collect::<Vec<_>>();
    assert_eq!((said.status, complaints), (Some(0), vec![]), "{}", said.out);
    out
}
