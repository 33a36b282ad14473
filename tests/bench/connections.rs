//! The database as a floor is measured on it.

use std::sync::{Arc, Mutex};

use diesel::QueryResult;
use ducha_records::Db;

use crate::Failure;

/// Connections without anything around them: no transaction, no limits, and a role that nothing is kept from.
#[derive(Clone)]
pub struct Connections(Arc<Mutex<Vec<Db>>>);

impl Connections {
    /// Opens so many.
    pub fn open(url: &str, most: usize) -> Result<Self, Failure> {
        let open: Result<Vec<Db>, _> = (0..most).map(|_| Db::open(url)).collect();
        Ok(Self(Arc::new(Mutex::new(open?))))
    }

    /// Runs a query on one of them; more must not be run at once.
    pub async fn run<T: Send + 'static>(
        &self,
        query: impl FnOnce(&mut Db) -> QueryResult<T> + Send + 'static,
    ) -> Result<T, Failure> {
        let connections = self.clone();
        let ran = tokio::task::spawn_blocking(move || -> Result<T, &'static str> {
            let taken = connections.0.lock().map_err(|_| "a query panicked")?.pop();
            let mut db = taken.ok_or("no connection is free")?;
            let found = query(&mut db).map_err(|_| "the query failed");
            connections.0.lock().map_err(|_| "a query panicked")?.push(db);
            found
        });
        Ok(ran.await??)
    }
}
