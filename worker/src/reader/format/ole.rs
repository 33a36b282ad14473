//! The names at the root of an OLE container. Only the root counts: a Word document with an embedded table holds a
//! `Workbook` stream too, further down.

use crate::reader::error::ReadError;
use crate::reader::view::FileView;

/// First eight bytes of every OLE container.
pub(super) const SIGNATURE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Bytes of one directory entry.
const ENTRY: usize = 128;
/// Directory sectors that are looked at; the root's own entries stand first in every file seen.
const MOST_SECTORS: usize = 1_000;
/// "No sibling" and "end of chain" and everything else that is not a number of something.
const LAST_NUMBER: u32 = 0xFFFF_FFFA;

struct Entry {
    name: String,
    left: u32,
    right: u32,
    child: u32,
}

/// Names of the storages and streams at the root.
pub(super) fn root_names(view: &FileView) -> Result<Vec<String>, ReadError> {
    let entries = directory(view)?;
    let Some(root) = entries.first() else {
        return Err(ReadError::damaged("", "the OLE container has no directory"));
    };
    let (mut names, mut seen, mut left) = (Vec::new(), vec![false; entries.len()], vec![root.child]);
    while let Some(number) = left.pop() {
        let at = number as usize;
        // A number beyond the directory or seen before belongs to a broken tree; what is reachable still counts.
        if let (Some(entry), Some(false)) = (entries.get(at), seen.get(at)) {
            seen[at] = true;
            names.push(entry.name.clone());
            left.extend([entry.left, entry.right]);
        }
    }
    Ok(names)
}

fn directory(view: &FileView) -> Result<Vec<Entry>, ReadError> {
    let header = view.bytes_at(0, 512)?;
    if header.len() < 512 {
        return Err(ReadError::damaged("", "the OLE container ends within its header"));
    }
    let sector_bytes = match header[30] {
        9 => 512,
        12 => 4096,
        other => return Err(ReadError::damaged("", format!("OLE sector size of 2^{other} bytes"))),
    };
    let mut entries = Vec::new();
    let mut sector = number_at(&header, 48);
    for _ in 0..MOST_SECTORS {
        if sector >= LAST_NUMBER {
            break;
        }
        let bytes = view.bytes_at(offset_of(sector, sector_bytes), sector_bytes)?;
        entries.extend(bytes.chunks_exact(ENTRY).map(entry));
        sector = next_sector(view, &header, sector, sector_bytes)?;
    }
    Ok(entries)
}

/// Sectors are counted from 0 behind the header, which fills the room of one sector.
fn offset_of(sector: u32, sector_bytes: usize) -> u64 {
    (u64::from(sector) + 1) * sector_bytes as u64
}

/// The sector behind `sector` in its chain, by the allocation table. The header names the first 109 sectors of the
/// table, which cover 7 MB of file; a directory that begins further out is taken for its first sector alone.
fn next_sector(view: &FileView, header: &[u8], sector: u32, sector_bytes: usize) -> Result<u32, ReadError> {
    let per_sector = sector_bytes / 4;
    let (table, index) = (sector as usize / per_sector, sector as usize % per_sector);
    if table >= 109 {
        return Ok(u32::MAX);
    }
    let table_sector = number_at(header, 76 + 4 * table);
    if table_sector >= LAST_NUMBER {
        return Ok(u32::MAX);
    }
    let found = view.bytes_at(offset_of(table_sector, sector_bytes) + 4 * index as u64, 4)?;
    Ok(if found.len() == 4 {
        number_at(&found, 0)
    } else {
        u32::MAX
    })
}

fn entry(bytes: &[u8]) -> Entry {
    let name_bytes = usize::from(u16::from_le_bytes([bytes[64], bytes[65]]))
        .saturating_sub(2)
        .min(62);
    let units: Vec<u16> = bytes[..name_bytes]
        .chunks_exact(2)
        .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
        .collect();
    Entry {
        name: String::from_utf16_lossy(&units),
        left: number_at(bytes, 68),
        right: number_at(bytes, 72),
        child: number_at(bytes, 76),
    }
}

fn number_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::limits::Limits;
    use crate::reader::testing::{SMALL_XLS, file_of, ole_of};
    use proptest::prelude::*;

    fn names_in(bytes: &[u8]) -> Result<Vec<String>, ReadError> {
        let file = file_of(bytes);
        root_names(&FileView::open(file.path(), &Limits::default()).unwrap())
    }

    #[test]
    fn the_root_of_a_real_xls_holds_its_workbook() {
        assert!(names_in(SMALL_XLS).unwrap().contains(&"Workbook".to_owned()));
    }

    #[test]
    fn a_workbook_embedded_in_a_document_is_not_at_the_root() {
        // Root -> WordDocument, with ObjectPool beside it; Workbook stands below ObjectPool.
        let bytes = ole_of(&[
            ("Root Entry", [-1, -1, 1]),
            ("WordDocument", [-1, 2, -1]),
            ("ObjectPool", [-1, -1, 3]),
            ("Workbook", [-1, -1, -1]),
        ]);
        assert_eq!(names_in(&bytes).unwrap(), ["WordDocument", "ObjectPool"]);
    }

    #[test]
    fn a_directory_that_points_at_itself_ends() {
        let bytes = ole_of(&[("Root Entry", [-1, -1, 1]), ("Workbook", [1, 0, 1])]);
        assert_eq!(names_in(&bytes).unwrap(), ["Workbook", "Root Entry"]);
    }

    proptest! {
        #[test]
        fn no_bytes_break_it(tail in proptest::collection::vec(any::<u8>(), 0..3000)) {
            let mut bytes = SIGNATURE.to_vec();
            bytes.extend(tail);
            let _ = names_in(&bytes);
        }
    }
}
