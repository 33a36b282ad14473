//! Where the file of a SQLite database lies.

use std::path::{Path, PathBuf};

/// The path in a `sqlite://` URL, which SQLite reads as a URI: what follows a `?` are settings.
#[must_use]
pub fn path_of(url: &str) -> PathBuf {
    let path = url.strip_prefix("sqlite://").unwrap_or(url);
    let path = path.split(['?', '#']).next().unwrap_or(path);
    PathBuf::from(super::percent::decoded(path))
}

/// The URL of a file.
#[must_use]
pub fn url_of(path: &Path) -> String {
    let path = path.to_string_lossy();
    let path = path.replace('%', "%25").replace('?', "%3F").replace('#', "%23");
    format!("sqlite://{path}")
}

/// The files in which SQLite keeps what belongs to a database and is not in its file.
pub fn logs_of(path: &Path) -> impl Iterator<Item = PathBuf> {
    ["-wal", "-shm", "-journal"].into_iter().map(|suffix| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_comes_back_out_of_its_url() {
        for path in ["ducha.db", "/var/lib/ducha/贵州 #1?100%.db"] {
            assert_eq!(path_of(&url_of(Path::new(path))), Path::new(path));
        }
        assert_eq!(path_of("sqlite:///x.db?mode=ro"), Path::new("/x.db"));
    }
}
