//! Fresh databases, and ledgers to fill them with. Compiled into each test program, which uses some of it.
#![allow(dead_code, reason = "each test program uses another part")]

pub mod dump;
pub mod ledger;
pub mod plain;

use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::SimpleConnection;
use ducha_records::{Db, migrate};

/// Where the tests find a PostgreSQL server on which they may create databases.
const POSTGRES: &str = "DUCHA_TEST_POSTGRES_URL";

/// Numbers the databases of this process.
static COUNTER: AtomicU32 = AtomicU32::new(0);

/// A database of its own, taken away at the end.
pub struct Fresh {
    pub url: String,
    keep: Keep,
}

enum Keep {
    Postgres { server: String, name: String },
    Sqlite { _folder: tempfile::TempDir },
}

impl Fresh {
    /// Makes an empty database on the server of `DUCHA_TEST_POSTGRES_URL`.
    pub fn postgres() -> Self {
        let server = std::env::var(POSTGRES).unwrap_or_else(|_| {
            panic!("{POSTGRES} is not set: wanted the URL of a PostgreSQL superuser, or run scripts/with-postgres.sh cargo test")
        });
        let name = format!(
            "ducha_test_{}_{}",
            std::process::id(),
            COUNTER.fetch_add(1, Ordering::Relaxed)
        );
        // template1 may be in use by another test at this moment, template0 never is.
        on_server(&server, &format!("CREATE DATABASE {name} TEMPLATE template0"));
        let (base, query) = server.split_once('?').unwrap_or((&server, ""));
        let (base, _) = base.rsplit_once('/').expect("a URL with a database");
        let url = format!("{base}/{name}{}{query}", if query.is_empty() { "" } else { "?" });
        Self {
            url,
            keep: Keep::Postgres { server, name },
        }
    }

    /// Makes an empty SQLite file.
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self {
            url: format!("sqlite://{}", folder.path().join("ducha.db").display()),
            keep: Keep::Sqlite { _folder: folder },
        }
    }

    /// Another connection to it.
    pub fn open(&self) -> Db {
        Db::open(&self.url).expect("the test database opens")
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        if let Keep::Postgres { server, name } = &self.keep {
            on_server(server, &format!("DROP DATABASE {name} WITH (FORCE)"));
        }
    }
}

fn on_server(url: &str, sql: &str) {
    let mut db = Db::open(url).expect("the PostgreSQL server answers");
    db.batch_execute(sql).expect(sql);
}

/// Runs `test` with an empty, migrated database of each kind. A failure says which in the captured output.
pub fn on_both(test: impl Fn(&Fresh, &mut Db)) {
    for fresh in [Fresh::sqlite(), Fresh::postgres()] {
        println!("on {}", fresh.url);
        let mut db = fresh.open();
        migrate::up(&mut db).expect("migrations go up");
        test(&fresh, &mut db);
    }
}
