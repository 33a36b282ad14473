//! Where copies go: beside each other in a folder, complete or not at all, and never over a file that was read.

use std::collections::HashSet;
use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// The end of a marked copy's name.
pub(crate) const MARKED_END: &str = "-核对";
/// The end of the name of a file of refused rows.
pub(crate) const REFUSED_END: &str = "-未导入";
/// As `fs::File::create` asks for; the umask takes from it.
const MODE: u32 = 0o666;

/// A folder for copies.
#[derive(Debug)]
pub(super) struct Target {
    folder: PathBuf,
    end: &'static str,
    written: HashSet<PathBuf>,
}

impl Target {
    pub fn marked(folder: PathBuf) -> Self {
        Self::new(folder, MARKED_END)
    }

    pub fn refused(folder: PathBuf) -> Self {
        Self::new(folder, REFUSED_END)
    }

    fn new(folder: PathBuf, end: &'static str) -> Self {
        Self {
            folder,
            end,
            written: HashSet::new(),
        }
    }

    /// The path of the copy of `original`, which reports call `name`: the same folder below ours, the same name.
    pub fn path(&mut self, original: &Path, name: &str, ending: &str) -> io::Result<PathBuf> {
        let below = Path::new(name).parent().map_or_else(PathBuf::new, inside);
        let folder = self.folder.join(below);
        fs::create_dir_all(&folder)?;
        let stem = bare_stem(original);
        let source = fs::canonicalize(original)?;
        let named = |number: u32| {
            let number = if number == 1 { String::new() } else { number.to_string() };
            folder.join(format!("{stem}{}{number}.{ending}", self.end))
        };
        let free = |path: &PathBuf| {
            !self.written.contains(path) && fs::canonicalize(path).map_or(true, |present| present != source)
        };
        let path = (1..).map(named).find(free).unwrap_or_else(|| named(1));
        self.written.insert(path.clone());
        Ok(path)
    }
}

/// A file's name without its ending and without what earlier copies added: a copy of a copy gets no second end.
pub(crate) fn bare_stem(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let bare = [MARKED_END, REFUSED_END].iter().find_map(|end| stem.strip_suffix(end));
    bare.unwrap_or(&stem).to_owned()
}

/// The ending of a marked copy: a workbook with macros keeps them.
pub(crate) fn ending(original: &Path) -> &'static str {
    let ending = original.extension().unwrap_or_default();
    match ending.eq_ignore_ascii_case("xlsm") {
        true => "xlsm",
        false => "xlsx",
    }
}

/// The plain folders of a path, so that no name leads out of ours.
fn inside(path: &Path) -> PathBuf {
    path.components()
        .filter(|piece| matches!(piece, std::path::Component::Normal(_)))
        .collect()
}

/// A file in the folder of `path` that becomes `path` once it is complete.
pub(super) fn begun(path: &Path) -> io::Result<NamedTempFile> {
    let folder = path.parent().unwrap_or(Path::new("."));
    tempfile::Builder::new()
        .prefix(".ducha-")
        .permissions(Permissions::from_mode(MODE))
        .tempfile_in(folder)
}

/// Makes it `path`.
pub(super) fn completed(file: NamedTempFile, path: &Path) -> io::Result<()> {
    file.as_file().sync_all()?;
    file.persist(path).map(drop).map_err(|error| error.error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_never_go_over_what_was_read_nor_over_each_other() {
        let folder = tempfile::tempdir().unwrap();
        let place = |name: &str| folder.path().join(name);
        for name in ["台账.xlsx", "台账.xls", "台账-核对.xlsx"] {
            fs::write(place(name), "x").unwrap();
        }
        let mut target = Target::marked(folder.path().to_owned());
        let mut path = |name: &str| target.path(&place(name), name, "xlsx").unwrap();
        assert_eq!(path("台账.xlsx"), place("台账-核对.xlsx"));
        assert_eq!(path("台账.xls"), place("台账-核对2.xlsx"));
        assert_eq!(path("台账-核对.xlsx"), place("台账-核对3.xlsx"));
        let mut target = Target::refused(place("out"));
        let path = target.path(&place("台账.xls"), "../520102/台账.xls", "xlsx").unwrap();
        assert_eq!(path, place("out").join("520102").join("台账-未导入.xlsx"));
    }
}
