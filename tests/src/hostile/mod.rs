//! Workbooks made to harm whoever reads them, kept as code: each kind with the answer it must get. The table grows with
//! every way to break a reader that becomes known.

mod compound;
pub mod judge;
pub mod mutate;
mod ods;
mod package;
mod plain;
mod records;
pub mod runs;
mod xls;
mod xlsb;
mod xlsx_cells;
mod xlsx_parts;
mod zips;

/// A kind of hostile file.
pub struct Hostile {
    /// What is wrong with it, in a few words; unique.
    pub name: String,
    /// Its extension, without the dot.
    pub extension: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
    /// The answers that are right.
    pub wanted: Wanted,
}

/// The answer that a kind of hostile file must get.
#[derive(Debug, Clone, Copy)]
pub enum Wanted {
    /// The whole file is refused with one of these codes.
    Refused(&'static [&'static str]),
    /// The oddity is harmless: all of this many rows are accepted.
    Read(u64),
    /// Something stands in the file that is not taken; a rule whose code begins so tells of it.
    Told(&'static str),
    /// One row is accepted, or the whole file is refused with one of these codes.
    ReadOrRefused(&'static [&'static str]),
}

impl Hostile {
    fn new(extension: &'static str, name: impl Into<String>, bytes: Vec<u8>, wanted: Wanted) -> Self {
        Self {
            name: format!("{extension}: {}", name.into()),
            extension,
            bytes,
            wanted,
        }
    }

    /// The same, where reading it whole is right too.
    fn or_read(mut self) -> Self {
        if let Wanted::Refused(codes) = self.wanted {
            self.wanted = Wanted::ReadOrRefused(codes);
        }
        self
    }

    /// The same, where a refusal is right too.
    fn or_refused(mut self, codes: &'static [&'static str]) -> Self {
        self.wanted = match self.wanted {
            Wanted::Read(_) => Wanted::ReadOrRefused(codes),
            _ => Wanted::Refused(codes),
        };
        self
    }

    fn refused(
        extension: &'static str,
        name: impl Into<String>,
        codes: &'static [&'static str],
        bytes: Vec<u8>,
    ) -> Self {
        Self::new(extension, name, bytes, Wanted::Refused(codes))
    }
}

/// Every kind.
#[must_use]
pub fn all() -> Vec<Hostile> {
    let tables: [fn() -> Vec<Hostile>; 8] = [
        plain::all,
        zips::all,
        xlsx_cells::all,
        xlsx_parts::all,
        xlsb::all,
        ods::all,
        xls::all,
        compound::all,
    ];
    tables.iter().flat_map(|table| table()).collect()
}
