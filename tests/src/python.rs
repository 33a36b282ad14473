//! Python programs: foreign clients and servers.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The Python that has the packages of `scripts/requirements.txt`.
///
/// # Panics
/// When nobody says where it is.
#[must_use]
pub fn python() -> OsString {
    std::env::var_os("DUCHA_TEST_PYTHON").expect(
        "DUCHA_TEST_PYTHON must name a Python with the packages of scripts/requirements.txt; see scripts/venv.sh",
    )
}

/// The root of the project.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The modules of the contract that `examples/python` needs, made in a folder that is gone when this is dropped.
#[must_use]
pub fn stubs() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let made = Command::new(root().join("scripts/python-stubs.sh"))
        .arg(folder.path())
        .env("DUCHA_TEST_PYTHON", python())
        .status();
    assert!(made.expect("the script runs").success());
    folder
}
