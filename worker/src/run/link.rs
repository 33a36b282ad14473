//! A connection that is opened when it is needed, and anew after it failed.

use ducha_records::{Db, Scope, queue};

use super::Shop;

/// A connection to the shop's database.
pub(super) struct Link<'a> {
    shop: &'a Shop,
    db: Option<Db>,
    /// Whether it hears when something is put into the queue.
    hears: bool,
}

impl<'a> Link<'a> {
    /// One that is not opened yet.
    pub const fn new(shop: &'a Shop) -> Self {
        Self {
            shop,
            db: None,
            hears: false,
        }
    }

    /// One that will hear when something is put into the queue.
    pub fn hearing(shop: &'a Shop) -> Self {
        Self {
            hears: true,
            ..Self::new(shop)
        }
    }

    /// Does something over the connection. Where that fails, the next one is another connection.
    ///
    /// # Errors
    /// What failed, for the log.
    pub fn try_to<T, E: ToString>(&mut self, work: impl FnOnce(&mut Db) -> Result<T, E>) -> Result<T, String> {
        let done = work(self.db()?).map_err(|error| error.to_string());
        if done.is_err() {
            self.lose();
        }
        done
    }

    /// Lets go of a connection that may be broken.
    pub fn lose(&mut self) {
        self.db = None;
    }

    /// The connection.
    ///
    /// # Errors
    /// Why it cannot be opened, for the log.
    pub fn db(&mut self) -> Result<&mut Db, String> {
        let open = match self.db.take() {
            Some(open) => open,
            None => {
                let open = self.shop.database.open_for(&Scope::Worker);
                let mut open = open.map_err(|error| error.to_string())?;
                if self.hears {
                    queue::listen(&mut open).map_err(|error| error.to_string())?;
                }
                open
            }
        };
        Ok(self.db.insert(open))
    }
}
