//! The allocation table, the directory and the chains of sectors of a compound file (MS-CFB).

use crate::reader::error::ReadError;
use crate::reader::view::FileView;

use super::damaged;

/// Bytes of the header, whatever the size of the sectors.
const HEADER: usize = 512;
/// Bytes of one directory entry.
const ENTRY: usize = 128;
/// Bytes of a sector within the stream of small ones.
const SMALL_SECTOR: usize = 64;
/// Streams below this length, in bytes, lie in small sectors.
const SMALL_STREAM: u64 = 4_096;
/// Numbers from here on are no sectors.
const LAST_NUMBER: u32 = 0xFFFF_FFFA;
/// End of a chain.
const END: u32 = 0xFFFF_FFFE;

/// A compound file whose table and directory have been read.
pub(super) struct Container<'v> {
    view: &'v FileView,
    header: Vec<u8>,
    sector_bytes: usize,
    /// By sector: the one behind it.
    table: Vec<u32>,
    directory: Vec<Entry>,
}

struct Entry {
    name: String,
    left: u32,
    right: u32,
    child: u32,
    start: u32,
    bytes: u64,
}

impl<'v> Container<'v> {
    /// Reads the table and the directory.
    pub(super) fn open(view: &'v FileView) -> Result<Self, ReadError> {
        let header = view.bytes_at(0, HEADER)?;
        if header.len() < HEADER {
            return Err(damaged("the compound file ends within its header"));
        }
        let sector_bytes = match u16::from_le_bytes([header[30], header[31]]) {
            9 => 512,
            12 => 4_096,
            other => return Err(damaged(format!("found sectors of 2^{other} bytes, wanted 2^9 or 2^12"))),
        };
        let mut container = Self {
            view,
            header,
            sector_bytes,
            table: Vec::new(),
            directory: Vec::new(),
        };
        container.table = container.read_table()?;
        let directory = container.chain(container.number(48), None)?;
        let wide = sector_bytes > 512;
        container.directory = directory.chunks_exact(ENTRY).map(|bytes| entry(bytes, wide)).collect();
        Ok(container)
    }

    /// The stream of the workbook at the root.
    pub(super) fn workbook(&self) -> Result<Vec<u8>, ReadError> {
        // calamine takes the first of the whole directory; one of an embedded object must not pass for the ledger.
        let named = |wanted: &str| {
            self.directory
                .iter()
                .position(|entry| entry.name.eq_ignore_ascii_case(wanted))
        };
        let found = named("Workbook").or_else(|| named("Book"));
        let found = found.ok_or_else(|| damaged("the compound file holds no workbook"))?;
        if !self.is_at_root(found) {
            return Err(damaged("the first workbook of the compound file is an embedded one"));
        }
        let entry = &self.directory[found];
        if entry.bytes < SMALL_STREAM {
            self.small_stream(entry)
        } else {
            self.chain(entry.start, Some(entry.bytes))
        }
    }

    fn is_at_root(&self, wanted: usize) -> bool {
        let mut seen = vec![false; self.directory.len()];
        let mut left: Vec<u32> = self.directory.first().map(|root| root.child).into_iter().collect();
        while let Some(number) = left.pop() {
            let at = number as usize;
            if let (Some(entry), Some(false)) = (self.directory.get(at), seen.get(at)) {
                seen[at] = true;
                left.extend([entry.left, entry.right]);
            }
        }
        seen[wanted]
    }

    fn small_stream(&self, entry: &Entry) -> Result<Vec<u8>, ReadError> {
        let root = self
            .directory
            .first()
            .ok_or_else(|| damaged("the compound file has no directory"))?;
        let sectors = self.chain(root.start, Some(root.bytes))?;
        let table = numbers(&self.chain(self.number(60), None)?);
        let (mut stream, mut next) = (Vec::new(), entry.start);
        while (stream.len() as u64) < entry.bytes {
            let at = next as usize * SMALL_SECTOR;
            let (Some(sector), Some(behind)) = (sectors.get(at..at + SMALL_SECTOR), table.get(next as usize)) else {
                return Err(damaged(format!("small sector {next} is not there")));
            };
            stream.extend_from_slice(sector);
            next = *behind;
        }
        stream.truncate(entry.bytes as usize);
        Ok(stream)
    }

    fn read_table(&self) -> Result<Vec<u32>, ReadError> {
        let per_sector = self.sector_bytes / 4;
        let mut sectors = numbers(&self.header[76..]);
        let mut next = self.number(68);
        for _ in 0..=self.sectors() {
            if next >= LAST_NUMBER {
                let named = sectors.into_iter().filter(|number| *number < LAST_NUMBER);
                let read = named.map(|number| self.sector(number).map(|bytes| numbers(&bytes)));
                return read.collect::<Result<Vec<_>, _>>().map(|table| table.concat());
            }
            sectors.extend(numbers(&self.sector(next)?));
            // The last number of the sector tells where the list goes on.
            if sectors.len() < per_sector {
                break;
            }
            next = sectors.pop().unwrap_or(END);
        }
        Err(damaged("the list of the allocation table runs in a circle"))
    }

    /// The bytes of a chain that begins with sector `start`: `wanted` of them, or all.
    fn chain(&self, start: u32, wanted: Option<u64>) -> Result<Vec<u8>, ReadError> {
        let (mut bytes, mut next) = (Vec::new(), start);
        for _ in 0..=self.sectors() {
            if wanted.is_some_and(|wanted| bytes.len() as u64 >= wanted) {
                bytes.truncate(wanted.unwrap_or_default() as usize);
                return Ok(bytes);
            }
            if next == END {
                break;
            }
            bytes.extend(self.sector(next)?);
            let behind = self.table.get(next as usize);
            next = *behind.ok_or_else(|| damaged(format!("sector {next} is not in the allocation table")))?;
        }
        match wanted {
            None if next == END => Ok(bytes),
            Some(wanted) if next == END => Err(damaged(format!(
                "a stream of {wanted} bytes ends after {}",
                bytes.len()
            ))),
            _ => Err(damaged("a chain of sectors runs in a circle")),
        }
    }

    /// The bytes of a sector; fewer where the file ends within it.
    fn sector(&self, number: u32) -> Result<Vec<u8>, ReadError> {
        // Counted from 0 behind the header, which fills the room of one sector.
        let bytes = self
            .view
            .bytes_at((u64::from(number) + 1) * self.sector_bytes as u64, self.sector_bytes)?;
        if bytes.is_empty() {
            return Err(damaged(format!("sector {number} lies beyond the end of the file")));
        }
        Ok(bytes)
    }

    /// Sectors that the file has room for.
    fn sectors(&self) -> u64 {
        self.view.length() / self.sector_bytes as u64
    }

    fn number(&self, at: usize) -> u32 {
        u32_at(&self.header, at)
    }
}

fn entry(bytes: &[u8], wide: bool) -> Entry {
    let units: Vec<u16> = bytes[..64]
        .chunks_exact(2)
        .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
        .collect();
    let end = units.iter().position(|unit| *unit == 0).unwrap_or(units.len());
    let high = if wide { u64::from(u32_at(bytes, 124)) << 32 } else { 0 };
    Entry {
        name: String::from_utf16_lossy(&units[..end]),
        left: u32_at(bytes, 68),
        right: u32_at(bytes, 72),
        child: u32_at(bytes, 76),
        start: u32_at(bytes, 116),
        bytes: high | u64::from(u32_at(bytes, 120)),
    }
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|four| u32_at(four, 0)).collect()
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}
