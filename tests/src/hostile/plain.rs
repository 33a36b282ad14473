//! Files that are no workbooks, whatever they are named.

use super::Hostile;

/// Every kind.
pub fn all() -> Vec<Hostile> {
    let noise: Vec<u8> = (0..4_096_u32)
        .map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect();
    let office_xml = "<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>";
    let kinds: Vec<(&str, &[&str], Vec<u8>)> = vec![
        ("no bytes", &["F008"], Vec::new()),
        ("one byte", &["F004", "F001"], b"P".to_vec()),
        ("a megabyte of zeros", &["F001"], vec![0; 1 << 20]),
        ("noise", &["F001"], noise),
        ("CSV in UTF-8", &["F004"], "受理编号,是否办结\nD1,是\n".into()),
        ("CSV in GBK", &["F004"], b"\xB1\xE0\xBA\xC5,1\r\n".to_vec()),
        ("text in UTF-16", &["F004"], b"\xFF\xFEa\0,\0b\0".to_vec()),
        (
            "a web page",
            &["F009"],
            "<!DOCTYPE html><html><table><tr><td>1</table>".into(),
        ),
        ("the XML of Office 2003", &["F009"], office_xml.into()),
        ("a PDF", &["F003"], b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec()),
        ("rich text", &["F002"], b"{\\rtf1\\ansi ledger}".to_vec()),
        ("a picture", &["F001"], b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec()),
        (
            "a program",
            &["F001"],
            b"\x7FELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0\x3E\0".to_vec(),
        ),
        (
            "a gzip file",
            &["F001"],
            b"\x1F\x8B\x08\0\0\0\0\0\0\x03\x4B\x04\0\x43\xBE\xB7\xE8\x01\0\0\0".to_vec(),
        ),
        (
            "the signature of a zip and nothing more",
            &["F006"],
            b"PK\x03\x04".to_vec(),
        ),
        (
            "the end of a zip and nothing more",
            &["F001", "F006"],
            [b"PK\x05\x06".as_slice(), &[0; 18]].concat(),
        ),
        (
            "the signature of a compound file and nothing more",
            &["F006"],
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(),
        ),
    ];
    let named = |(name, codes, bytes)| Hostile::refused("xlsx", name, codes, bytes);
    kinds.into_iter().map(named).collect()
}
