//! Lies of the zip package itself, around an honest ledger.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::package::{Package, SHEET, xlsx};
use super::{Hostile, Wanted};

/// Every kind.
pub fn all() -> Vec<Hostile> {
    let mut all = names();
    all.extend(lies());
    all.extend(bombs());
    all.extend(truncated());
    all.push(Hostile::new(
        "xlsx",
        "bytes before the package",
        [b"junk".as_slice(), &ledger()].concat(),
        Wanted::Refused(&["F001", "F004", "F006"]),
    ));
    all.push(Hostile::new(
        "xlsx",
        "bytes behind the package",
        [ledger().as_slice(), &[b'x'; 100]].concat(),
        Wanted::Read(1),
    ));
    all
}

fn ledger() -> Vec<u8> {
    xlsx("", "").zip()
}

fn names() -> Vec<Hostile> {
    let mut all: Vec<_> = [
        "../evil.xml",
        "xl/../../evil.xml",
        "/etc/passwd",
        "c:\\evil.xml",
        "XL/Workbook.xml",
        "xl\\workbook.xml",
    ]
    .into_iter()
    .map(|name| {
        Hostile::refused(
            "xlsx",
            format!("an entry named {name}"),
            &["F015"],
            xlsx("", "").with(name, "x").zip(),
        )
    })
    .collect();
    let mut twice = xlsx("", "").with("xl/workbook.xmm", "<workbook/>").zip();
    while let Some(at) = place(&twice, b"xl/workbook.xmm") {
        twice[at + 14] = b'l';
    }
    all.push(Hostile::refused("xlsx", "two entries of one name", &["F015"], twice));
    all.push(Hostile::new(
        "xlsx",
        "a name of 60,000 bytes",
        xlsx("", "").with(&"n".repeat(60_000), "x").zip(),
        Wanted::Read(1),
    ));
    all.push(Hostile::new(
        "xlsx",
        "a name that is no UTF-8",
        renamed(&[0xFF, 0xFE, 0xC0]),
        Wanted::ReadOrRefused(&["F006", "F015"]),
    ));
    all
}

/// A package whose spare entry has this name.
fn renamed(name: &[u8; 3]) -> Vec<u8> {
    let mut bytes = xlsx("", "").with("qqq", "x").zip();
    while let Some(at) = place(&bytes, b"qqq") {
        bytes[at..at + 3].copy_from_slice(name);
        // The flag that says UTF-8: 24 bytes before the name in a local header, 38 before it in the directory.
        let flags = if bytes[..at].ends_with(&[3, 0, 0, 0]) && at >= 30 && bytes[at - 30..].starts_with(b"PK\x03\x04") {
            at - 24
        } else {
            at - 38
        };
        bytes[flags + 1] |= 0x08;
    }
    bytes
}

fn lies() -> Vec<Hostile> {
    let with = |name: &'static str, codes, change: &dyn Fn(&mut Vec<u8>, usize)| {
        let mut bytes = ledger();
        let directory = place(&bytes, b"PK\x01\x02").expect("a directory");
        let sheet = directory + place(&bytes[directory..], SHEET.as_bytes()).expect("the sheet") - 46;
        change(&mut bytes, sheet);
        Hostile::refused("xlsx", name, codes, bytes)
    };
    // Places within an entry of the directory, which begins at `at`.
    vec![
        with("a checksum that is wrong", &["F006"], &|bytes, at| bytes[at + 16] ^= 1),
        with("a packed size beyond the file", &["F006", "F015"], &|bytes, at| {
            put(bytes, at + 20, u32::MAX - 1)
        }),
        with("a packed size of nothing", &["F006", "F015"], &|bytes, at| {
            put(bytes, at + 20, 0)
        }),
        with("an offset beyond the file", &["F006", "F015"], &|bytes, at| {
            put(bytes, at + 42, 0x7FFF_FFFF)
        }),
        with("an entry that is encrypted", &["F005", "F006"], &|bytes, at| {
            bytes[at + 8] |= 1
        }),
        with("a method that does not exist", &["F006"], &|bytes, at| {
            bytes[at + 10] = 98
        }),
        with("two entries that share their bytes", &["F015", "F006"], &|bytes, at| {
            let first = place(bytes, b"PK\x01\x02").expect("a directory") + 42;
            bytes.copy_within(first..first + 4, at + 42);
        }),
        with("more entries than there are", &["F006"], &|bytes, _| {
            let end = place(bytes, b"PK\x05\x06").expect("an end");
            bytes[end + 8..end + 12].copy_from_slice(&[0xFE; 4]);
        }),
        with("a directory that begins beyond the file", &["F006"], &|bytes, _| {
            let end = place(bytes, b"PK\x05\x06").expect("an end");
            put(bytes, end + 16, 0x7FFF_FFF0);
        }),
        with("a directory that claims sizes of 64 bits", &["F006"], &|bytes, _| {
            let end = place(bytes, b"PK\x05\x06").expect("an end");
            bytes[end + 8..end + 20].fill(0xFF);
        }),
    ]
}

fn bombs() -> Vec<Hostile> {
    let zeros = vec![0; 192 << 20];
    let inside = xlsx("", "").with("xl/media/inner.zip", Package::of([("zeros", zeros.clone())]).zip());
    let many = (0..20_000).fold(xlsx("", ""), |package, number| {
        package.with_behind(&format!("e/{number}"))
    });
    vec![
        Hostile::refused(
            "xlsx",
            "a bomb in a picture",
            &["F015"],
            xlsx("", "").with("xl/media/image1.png", zeros).zip(),
        ),
        Hostile::new("xlsx", "a bomb within a package within", inside.zip(), Wanted::Read(1)),
        Hostile::refused("xlsx", "20,000 entries", &["F007"], many.zip()),
        Hostile::new("xlsx", "an entry that is stored", stored(), Wanted::Read(1)),
    ]
}

fn stored() -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let package = xlsx("", "");
    for name in package.names() {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        writer.start_file(&name, options).expect("an entry");
        writer.write_all(&package.part(&name)).expect("its bytes");
    }
    writer.finish().expect("a package").into_inner()
}

fn truncated() -> Vec<Hostile> {
    let whole = ledger();
    let ends = [
        5,
        30,
        500,
        whole.len() / 2,
        whole.len() - 200,
        whole.len() - 22,
        whole.len() - 1,
    ];
    let cut = |end: usize| {
        Hostile::refused(
            "xlsx",
            format!("the first {end} of {} bytes", whole.len()),
            &["F006"],
            whole[..end].to_vec(),
        )
    };
    ends.into_iter().map(cut).collect()
}

/// Where `wanted` begins.
pub fn place(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// Writes a number of four bytes.
pub fn put(bytes: &mut [u8], at: usize, number: u32) {
    bytes[at..at + 4].copy_from_slice(&number.to_le_bytes());
}
