//! pg_dump and pg_restore: where they are, and how they are run.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::error::{BackupError, Refusal};
use super::percent;

/// Where Debian's and Red Hat's packages put the programs of each version.
const FOLDERS: [(&str, &str); 2] = [("/usr/lib/postgresql", ""), ("/usr", "pgsql-")];

/// A program of PostgreSQL that is here.
#[derive(Debug)]
pub struct Program {
    name: &'static str,
    path: PathBuf,
}

/// A database URL as a program is given it: the password goes by the environment, which other users do not see.
#[derive(Debug, PartialEq, Eq)]
pub struct Address {
    url: String,
    password: Option<String>,
}

impl Program {
    /// Looks for a program of this major version or a later one: in DUCHA_POSTGRES_BIN, in the folders of packages, latest
    /// first, and on the PATH.
    ///
    /// # Errors
    /// [`Refusal::NoProgram`].
    pub fn find(name: &'static str, wanted: u32) -> Result<Self, Refusal> {
        let mut newest = None;
        for path in candidates(name) {
            let Some(found) = version(&path) else { continue };
            if found >= wanted {
                return Ok(Self { name, path });
            }
            newest = newest.max(Some(found));
        }
        Err(Refusal::NoProgram {
            program: name,
            wanted,
            found: newest,
        })
    }

    /// Runs it on a database.
    ///
    /// # Errors
    /// [`BackupError::Program`] with what it said.
    pub fn run(&self, address: Option<&Address>, arguments: &[OsString]) -> Result<Output, BackupError> {
        let mut command = Command::new(&self.path);
        command.args(arguments).stdin(Stdio::null());
        if let Some(address) = address {
            command.args(["--no-password", "--dbname"]).arg(&address.url);
            if let Some(password) = &address.password {
                command.env("PGPASSWORD", password);
            }
        }
        let output = command.output().map_err(BackupError::file(&self.path))?;
        if output.status.success() {
            return Ok(output);
        }
        Err(BackupError::Program {
            program: self.name,
            said: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        })
    }
}

fn candidates(name: &str) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = env::var_os("DUCHA_POSTGRES_BIN")
        .map(PathBuf::from)
        .into_iter()
        .collect();
    let mut packaged: Vec<(u32, PathBuf)> = FOLDERS
        .iter()
        .flat_map(|(folder, prefix)| versions(Path::new(folder), prefix))
        .collect();
    packaged.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
    folders.extend(packaged.into_iter().map(|(_, folder)| folder.join("bin")));
    if let Some(path) = env::var_os("PATH") {
        folders.extend(env::split_paths(&path));
    }
    let programs = folders.into_iter().map(|folder| folder.join(name));
    programs.filter(|program| program.is_file()).collect()
}

/// Folders that are named by a version.
fn versions(folder: &Path, prefix: &str) -> Vec<(u32, PathBuf)> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let versioned = entries.flatten().filter_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        Some((name.strip_prefix(prefix)?.parse().ok()?, entry.path()))
    });
    versioned.collect()
}

/// The major version that a program says of itself: `pg_dump (PostgreSQL) 15.18 (Debian …)`.
fn version(program: &Path) -> Option<u32> {
    let output = Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let number = text.split(") ").nth(1)?;
    number.split(|digit: char| !digit.is_ascii_digit()).next()?.parse().ok()
}

impl Address {
    /// Takes the password out of a URL.
    #[must_use]
    pub fn of(url: &str) -> Self {
        let (address, query) = match url.split_once('?') {
            Some((address, query)) => (address, Some(query)),
            None => (url, None),
        };
        let (address, mut password) = without_password(address);
        let mut kept = Vec::new();
        for part in query.into_iter().flat_map(|query| query.split('&')) {
            match part.split_once('=') {
                Some(("password", value)) => password = Some(percent::decoded(value)),
                _ => kept.push(part),
            }
        }
        let query = if kept.is_empty() {
            String::new()
        } else {
            format!("?{}", kept.join("&"))
        };
        Self {
            url: format!("{address}{query}"),
            password,
        }
    }
}

/// libpq reads `user:password@` where an `@` comes before the first `/`.
fn without_password(address: &str) -> (String, Option<String>) {
    let whole = || (address.to_owned(), None);
    let Some((scheme, rest)) = address.split_once("://") else {
        return whole();
    };
    let authority = rest.split('/').next().unwrap_or(rest);
    let Some((user, _)) = authority.split_once('@') else {
        return whole();
    };
    let Some((name, password)) = user.split_once(':') else {
        return whole();
    };
    let host = &rest[user.len()..];
    (format!("{scheme}://{name}{host}"), Some(percent::decoded(password)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_of_a_version_that_is_not_here_is_named_with_what_is_wanted() {
        let refused = Program::find("pg_dump", 999).unwrap_err().to_string();
        assert!(
            refused.contains("pg_dump of PostgreSQL 999 or later is needed"),
            "{refused}"
        );
        assert!(refused.contains("DUCHA_POSTGRES_BIN"), "{refused}");
    }

    #[test]
    fn no_password_stays_in_a_url() {
        for (url, wanted, password) in [
            (
                "postgres://u:p%40x@h:5432/d?sslmode=require",
                "postgres://u@h:5432/d?sslmode=require",
                Some("p@x"),
            ),
            (
                "postgresql://u@h/d?password=s&application_name=x",
                "postgresql://u@h/d?application_name=x",
                Some("s"),
            ),
            ("postgres://h/d?password=s", "postgres://h/d", Some("s")),
            ("postgres:///d?host=/run/a@b:c", "postgres:///d?host=/run/a@b:c", None),
            ("postgres://u@h1:1,h2:2/d", "postgres://u@h1:1,h2:2/d", None),
        ] {
            let wanted = Address {
                url: wanted.to_owned(),
                password: password.map(str::to_owned),
            };
            assert_eq!(Address::of(url), wanted, "{url}");
        }
    }
}
