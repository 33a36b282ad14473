//! The compound file around an xls: an allocation table that runs in circles, sectors that are not there.

use super::Hostile;
use super::xls::{book, stream};

const SECTOR: usize = 512;
const END: u32 = 0xFFFF_FFFE;
const FREE: u32 = 0xFFFF_FFFF;
const TABLE: u32 = 0xFFFF_FFFD;

/// A compound file in which everything can be said otherwise.
pub struct Compound {
    /// The header: 512 bytes.
    pub header: Vec<u8>,
    /// The allocation table: sector 0 of the file.
    pub table: Vec<u32>,
    /// Directory entries of 128 bytes: sector 1.
    pub directory: Vec<Vec<u8>>,
    /// What fills the sectors from 2 on.
    pub content: Vec<u8>,
}

impl Compound {
    /// A compound file whose streams have these names; the first holds `content`, the others nothing.
    pub fn of(names: &[&str], content: &[u8]) -> Self {
        let mut content = content.to_vec();
        content.resize(content.len().max(4_096).next_multiple_of(SECTOR), 0);
        let sectors = content.len() / SECTOR;
        let mut table = vec![TABLE, END];
        table.extend((0..sectors as u32).map(|number| number + 3));
        table[sectors + 1] = END;
        let mut header = vec![0; SECTOR];
        header[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
        for (at, number) in [(24, 0x3E_u16), (26, 3), (28, 0xFFFE), (30, 9), (32, 6)] {
            header[at..at + 2].copy_from_slice(&number.to_le_bytes());
        }
        for (at, number) in [(44, 1_u32), (48, 1), (56, 4_096), (60, END), (68, END)] {
            header[at..at + 4].copy_from_slice(&number.to_le_bytes());
        }
        header[76..].fill(0xFF);
        header[76..80].copy_from_slice(&0_u32.to_le_bytes());
        let mut directory = vec![entry("Root Entry", 5, [FREE, FREE, 1], (END, 0))];
        for (number, name) in (1_u32..).zip(names) {
            let next = if (number as usize) < names.len() {
                number + 1
            } else {
                FREE
            };
            let place = if number == 1 {
                (2, content.len() as u32)
            } else {
                (END, 0)
            };
            directory.push(entry(name, 2, [FREE, next, FREE], place));
        }
        Self {
            header,
            table,
            directory,
            content,
        }
    }

    /// As a file.
    pub fn file(&self) -> Vec<u8> {
        let mut bytes = self.header.clone();
        let mut table: Vec<u8> = self.table.iter().flat_map(|number| number.to_le_bytes()).collect();
        table.resize(SECTOR, 0xFF);
        bytes.extend(table);
        let mut directory = self.directory.concat();
        directory.resize(SECTOR, 0);
        bytes.extend(directory);
        bytes.extend(&self.content);
        bytes
    }

    fn number(&mut self, at: usize, number: u32) -> &mut Self {
        self.header[at..at + 4].copy_from_slice(&number.to_le_bytes());
        self
    }
}

fn entry(name: &str, kind: u8, links: [u32; 3], place: (u32, u32)) -> Vec<u8> {
    let mut entry = vec![0; 128];
    let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    entry[..units.len()].copy_from_slice(&units);
    entry[64..66].copy_from_slice(&(units.len() as u16 + 2).to_le_bytes());
    (entry[66], entry[67]) = (kind, 1);
    for (at, number) in [68, 72, 76, 116, 120]
        .into_iter()
        .zip([links[0], links[1], links[2], place.0, place.1])
    {
        entry[at..at + 4].copy_from_slice(&number.to_le_bytes());
    }
    entry
}

/// Every kind.
pub fn all() -> Vec<Hostile> {
    let with = |name: &str, codes, change: &dyn Fn(&mut Compound)| {
        let mut file = Compound::of(&["Workbook"], &book(&[]));
        change(&mut file);
        Hostile::refused("xls", name, codes, file.file())
    };
    let damaged: &[&str] = &["F006"];
    let mut all = vec![
        with("a table that runs in a circle", damaged, &|file| file.table[5] = 3),
        with("a sector that follows itself", damaged, &|file| file.table[2] = 2),
        with("a sector beyond the file", damaged, &|file| file.table[4] = 90_000),
        with("a chain that ends early", damaged, &|file| file.table[4] = END),
        with("a chain that goes on in a free sector", damaged, &|file| {
            file.table[4] = FREE
        }),
        with("a chain that goes on in the table", damaged, &|file| file.table[4] = 0),
        with("a table of tables that runs in a circle", damaged, &|file| {
            file.number(68, 2).number(72, 1);
            let at = SECTOR - 4;
            file.content[at..at + 4].copy_from_slice(&2_u32.to_le_bytes());
        }),
        with("a table beyond the file", damaged, &|file| {
            file.number(76, 70_000);
        }),
        with("no table", damaged, &|file| {
            file.number(76, FREE);
        }),
        with("a directory beyond the file", damaged, &|file| {
            file.number(48, 70_000);
        }),
        with("a directory that runs in a circle", damaged, &|file| file.table[1] = 1),
        with("a tree of names that runs in a circle", &["F006", "F001"], &|file| {
            file.directory[1][72..76].copy_from_slice(&0_u32.to_le_bytes());
            file.directory[0][76..80].copy_from_slice(&0_u32.to_le_bytes());
        }),
        with("a workbook beyond the file", damaged, &|file| {
            file.directory[1][116..120].copy_from_slice(&70_000_u32.to_le_bytes())
        }),
        with("a workbook of 4 GiB", damaged, &|file| {
            file.directory[1][120..124].copy_from_slice(&u32::MAX.to_le_bytes())
        }),
        with("a workbook in small sectors that are not there", damaged, &|file| {
            file.directory[1][120..124].copy_from_slice(&100_u32.to_le_bytes())
        }),
        with("a table of small sectors that is not there", damaged, &|file| {
            file.number(60, 70_000).number(64, 9);
        }),
        with(
            "a table of small sectors that never ends",
            &["F006", "F012", "F013"],
            &|file| {
                file.number(60, 2).number(64, u32::MAX);
            },
        )
        .or_read(),
        with("sectors of 2^40 bytes", damaged, &|file| file.header[30] = 40),
        with("small sectors of 2^40 bytes", damaged, &|file| file.header[32] = 40),
        with("a directory of noise", &["F001", "F006"], &|file| {
            file.directory[1].fill(0xA5)
        }),
    ];
    all.extend(names());
    let whole = Compound::of(&["Workbook"], &book(&[])).file();
    for end in [100, 512, 700, 1_100, 2_000, whole.len() - 2_048] {
        all.push(Hostile::refused(
            "xls",
            format!("the first {end} of {} bytes", whole.len()),
            &["F006", "F001"],
            whole[..end].to_vec(),
        ));
    }
    all
}

/// What lies in the file beside or instead of a workbook.
fn names() -> Vec<Hostile> {
    let named = |name: &str, codes, names: &[&str]| {
        Hostile::refused("xls", name, codes, Compound::of(names, &book(&[])).file())
    };
    let mut embedded = Compound::of(&["Workbook", "Workbook"], &book(&[]));
    // The first lies in a folder that the root does not know; the second, which is the root's, is empty.
    embedded.directory[0][76..80].copy_from_slice(&2_u32.to_le_bytes());
    vec![
        named(
            "an encrypted xlsx",
            &["F005"],
            &["EncryptedPackage", "EncryptionInfo", "DataSpaces"],
        ),
        named("a Word document", &["F002"], &["WordDocument", "1Table"]),
        named("a presentation", &["F010"], &["PowerPoint Document"]),
        named("an installer", &["F001"], &["Property", "Media"]),
        Hostile::refused(
            "xls",
            "a workbook of somebody else before the real one",
            &["F006"],
            embedded.file(),
        ),
        Hostile::new(
            "xls",
            "a macro",
            Compound::of(&["Workbook", "_VBA_PROJECT_CUR"], &book(&[])).file(),
            super::Wanted::Told("F018"),
        ),
        Hostile::refused(
            "xls",
            "a stream of noise",
            &["F006", "F012"],
            Compound::of(&["Workbook"], &vec![0xA5; 9_000]).file(),
        ),
        Hostile::refused(
            "xls",
            "a stream that stops within its sheet",
            &["F006"],
            Compound::of(&["Workbook"], &stream(&[])[..2_000]).file(),
        ),
    ]
}
