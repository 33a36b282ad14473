//! A database for one test.

use diesel::RunQueryDsl;
use diesel::connection::SimpleConnection;
use ducha_records::{Db, migrate};
use tempfile::TempDir;
use uuid::Uuid;

/// Which database a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// A file.
    Sqlite,
    /// A database of the server that `DUCHA_TEST_POSTGRES_URL` names.
    Postgres,
}

/// What makes the roles of a database.
const ROLES: &str = include_str!("../../deploy/postgres.sql");

/// A database that nobody else uses; it is gone when this is dropped. On PostgreSQL it has the roles of production.
pub struct TestDatabase {
    url: String,
    place: Place,
}

enum Place {
    Folder(TempDir),
    Server { admin: String, name: String },
}

impl TestDatabase {
    /// Names a database that is not there yet.
    #[must_use]
    pub fn planned(backend: Backend) -> Self {
        match backend {
            Backend::Sqlite => {
                let folder = tempfile::tempdir().expect("a temporary folder");
                // A folder that is missing is what keeps SQLite from making the file.
                let url = format!("sqlite://{}/data/ducha.db", folder.path().display());
                let place = Place::Folder(folder);
                Self { url, place }
            }
            Backend::Postgres => Self::at(&std::env::var("DUCHA_TEST_POSTGRES_URL").expect(
                "DUCHA_TEST_POSTGRES_URL must name a PostgreSQL server; scripts/with-postgres.sh starts one for a command",
            )),
        }
    }

    /// Names a database of the PostgreSQL server of this URL.
    #[must_use]
    pub fn at(admin: &str) -> Self {
        let name = format!("ducha_test_{}", Uuid::now_v7().simple());
        let (address, query) = admin.split_once('?').unwrap_or((admin, ""));
        let server = address.rsplit_once('/').expect("a URL with a database").0;
        let url = match query {
            "" => format!("{server}/{name}"),
            query => format!("{server}/{name}?{query}"),
        };
        let admin = admin.to_owned();
        Self {
            url,
            place: Place::Server { admin, name },
        }
    }

    /// An empty database with its roles, without the schema.
    pub fn make(&self) {
        match &self.place {
            Place::Folder(folder) => {
                std::fs::create_dir(folder.path().join("data")).expect("a folder for the database")
            }
            Place::Server { admin, name } => {
                // Nobody can be connected to template0, and nobody may be to what is copied.
                run(admin, &format!("CREATE DATABASE {name} TEMPLATE template0"));
                self.open().batch_execute(ROLES).expect("the roles");
                self.give_passwords();
            }
        }
    }

    /// Lets the roles in as the administrator of the tests is let in.
    fn give_passwords(&self) {
        let Some(password) = password(&self.url) else { return };
        for role in ["ducha_owner", "ducha_server", "ducha_worker", "ducha_backup"] {
            // Another test may be doing the same at this moment.
            let sql = format!("ALTER ROLE {role} PASSWORD '{password}'");
            drop(diesel::sql_query(sql).execute(&mut self.open()));
        }
    }

    /// Brings the schema into it.
    pub fn migrate(&self) {
        let mut owner = Db::open(&self.owner_url()).expect("the database of the test, for its owner");
        migrate::up(&mut owner).expect("the migrations");
    }

    /// A database with the schema.
    #[must_use]
    pub fn ready(backend: Backend) -> Self {
        Self::planned(backend).prepared()
    }

    /// It, with the schema.
    #[must_use]
    pub fn prepared(self) -> Self {
        self.make();
        self.migrate();
        self
    }

    /// Ends all connections to a database of PostgreSQL and lets no new ones in, as if its server had gone away.
    pub fn lock_out(&self) {
        if let Place::Server { admin, name } = &self.place {
            run(admin, &format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false"));
            run(
                admin,
                &format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"),
            );
        }
    }

    /// Lets connections in again.
    pub fn let_in(&self) {
        if let Place::Server { admin, name } = &self.place {
            run(admin, &format!("ALTER DATABASE {name} ALLOW_CONNECTIONS true"));
        }
    }

    /// Which database it is.
    #[must_use]
    pub const fn backend(&self) -> Backend {
        match self.place {
            Place::Folder(_) => Backend::Sqlite,
            Place::Server { .. } => Backend::Postgres,
        }
    }

    /// Its URL for the worker.
    #[must_use]
    pub fn url(&self) -> String {
        self.url_of("ducha_worker")
    }

    /// Its URL for the server.
    #[must_use]
    pub fn server_url(&self) -> String {
        self.url_of("ducha_server")
    }

    /// Its URL for who owns the tables.
    #[must_use]
    pub fn owner_url(&self) -> String {
        self.url_of("ducha_owner")
    }

    /// Its URL for who backs it up.
    #[must_use]
    pub fn backup_url(&self) -> String {
        self.url_of("ducha_backup")
    }

    /// Its URL for who may everything.
    #[must_use]
    pub fn admin_url(&self) -> &str {
        &self.url
    }

    fn url_of(&self, role: &str) -> String {
        match &self.place {
            Place::Folder(_) => self.url.clone(),
            Place::Server { .. } => {
                let (scheme, rest) = self.url.split_once("://").expect("a URL");
                let host = rest.split_once('@').map_or(rest, |(_, host)| host);
                let password = password(&self.url).map(|password| format!(":{password}"));
                format!("{scheme}://{role}{}@{host}", password.unwrap_or_default())
            }
        }
    }

    /// A connection to it that sees everything.
    #[must_use]
    pub fn open(&self) -> Db {
        Db::open(&self.url).expect("the database of the test")
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let Place::Server { admin, name } = &self.place {
            // A test that failed may have left its server away, and tells why it failed.
            if std::thread::panicking() && Db::open(admin).is_err() {
                return;
            }
            run(admin, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

fn password(url: &str) -> Option<&str> {
    let (user, _) = url.split_once("://")?.1.split_once('@')?;
    Some(user.split_once(':')?.1)
}

fn run(url: &str, sql: &str) {
    let mut db = Db::open(url).expect("the PostgreSQL server of the tests");
    diesel::sql_query(sql).execute(&mut db).expect(sql);
}
