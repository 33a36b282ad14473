//! Spoils honest workbooks at random, the same way for the same seed.

use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use fastrand::Rng;
use zip::ZipArchive;

use super::package::Package;

/// The formats that are spoilt, each as often as the others.
pub const FORMATS: [&str; 4] = ["xlsx", "xlsb", "ods", "xls"];

/// The honest workbooks of each format, by [`FORMATS`].
pub struct Samples([Vec<Vec<u8>>; 4]);

impl Samples {
    /// Reads every workbook of a folder; WPS's et counts as the xls that it is.
    ///
    /// # Panics
    /// When the folder cannot be read or lacks a format.
    #[must_use]
    pub fn of(folder: &Path) -> Self {
        let entries = std::fs::read_dir(folder).expect("the samples").flatten();
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        paths.sort();
        let of_format = |format: &str| {
            let has = |path: &&PathBuf| {
                path.extension()
                    .is_some_and(|found| found == format || (found == "et" && format == "xls"))
            };
            let files: Vec<_> = paths
                .iter()
                .filter(has)
                .map(|path| std::fs::read(path).expect("a sample"))
                .collect();
            assert!(!files.is_empty(), "no {format} in {}", folder.display());
            files
        };
        Self(FORMATS.map(of_format))
    }

    /// The mutant with this number: its extension and its bytes.
    #[must_use]
    pub fn mutant(&self, seed: u64, number: u64) -> (&'static str, Vec<u8>) {
        let mut random = Rng::with_seed(seed.wrapping_mul(1_000_003).wrapping_add(number));
        let format = (number % 4) as usize;
        let files = &self.0[format];
        let bytes = &files[random.usize(..files.len())];
        let is_package = FORMATS[format] != "xls";
        // Two of three within the parts: what spoils the package is found by its checksums and is soon boring.
        let spoilt = if is_package && random.u8(..3) > 0 {
            within(bytes, &mut random)
        } else {
            spoil(bytes, &mut random)
        };
        (FORMATS[format], spoilt)
    }
}

/// The samples of this project.
#[must_use]
pub fn samples() -> Samples {
    Samples::of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples"))
}

/// Spoils one to three parts of a package, and packs it again with right checksums.
fn within(bytes: &[u8], random: &mut Rng) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an honest package");
    let mut package = Package::of::<Vec<u8>>([]);
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).expect("an entry");
        let mut part = Vec::new();
        entry.read_to_end(&mut part).expect("its bytes");
        let name = entry.name().expect("a name").into_owned();
        package = package.with(&name, part);
    }
    let names = package.names();
    for _ in 0..random.usize(1..=3) {
        let name = &names[random.usize(..names.len())];
        let part = spoil(&package.part(name), random);
        package = package.with(name, part);
    }
    package.zip()
}

/// Changes some bytes, or moves, doubles, cuts out or zeroes a block, or cuts the end off.
fn spoil(bytes: &[u8], random: &mut Rng) -> Vec<u8> {
    let mut spoilt = bytes.to_vec();
    if spoilt.is_empty() {
        return spoilt;
    }
    match random.u8(..10) {
        0..=3 => flip(&mut spoilt, random),
        4 => spoilt.truncate(random.usize(..bytes.len())),
        5 => {
            let (one, other) = (block(bytes.len(), random), random.usize(..bytes.len()));
            let moved: Vec<u8> = spoilt.drain(one).collect();
            let other = other.min(spoilt.len());
            spoilt.splice(other..other, moved);
        }
        6 => {
            let one = block(bytes.len(), random);
            spoilt.splice(one.end..one.end, bytes[one].iter().copied());
        }
        7 => drop(spoilt.drain(block(bytes.len(), random))),
        8 => spoilt[block(bytes.len(), random)].fill(random.choice([0, 0xFF, b'<', b'9']).expect("a byte")),
        _ => number(&mut spoilt, random),
    }
    spoilt
}

fn flip(bytes: &mut [u8], random: &mut Rng) {
    for _ in 0..random.usize(1..=16) {
        let at = random.usize(..bytes.len());
        bytes[at] = random.u8(..);
    }
}

/// Writes a number that tends to break things over four bytes.
fn number(bytes: &mut [u8], random: &mut Rng) {
    let number = random
        .choice([0, 1, 0x7F, 0xFFFF, 0x10_0000, 0x7FFF_FFFF, 0xFFFF_FFFE, u32::MAX])
        .expect("a number");
    let at = random.usize(..bytes.len());
    for (byte, new) in bytes[at..].iter_mut().zip(number.to_le_bytes()) {
        *byte = new;
    }
}

/// A block of at most 600 bytes.
fn block(length: usize, random: &mut Rng) -> std::ops::Range<usize> {
    let first = random.usize(..length);
    first..length.min(first + random.usize(1..=600))
}
