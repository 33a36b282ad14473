//! Pieces of the binary formats.

/// A record of xlsb: kind, length in up to four groups of seven bits, body.
pub fn record(kind: u16, body: &[u8]) -> Vec<u8> {
    let mut bytes = kind_of(kind);
    let mut length = body.len();
    while length >= 0x80 {
        bytes.push(length as u8 | 0x80);
        length >>= 7;
    }
    bytes.push(length as u8);
    bytes.extend_from_slice(body);
    bytes
}

/// The kind of a record of xlsb, without its length.
pub fn kind_of(kind: u16) -> Vec<u8> {
    if kind < 0x80 {
        vec![kind as u8]
    } else {
        vec![kind as u8 | 0x80, (kind >> 7) as u8]
    }
}

/// A text of UTF-16 with its length of four bytes before it.
pub fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut bytes = (units.len() as u32).to_le_bytes().to_vec();
    bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    bytes
}

/// A record of BIFF: kind and length of two bytes each, body.
pub fn biff(kind: u16, body: &[u8]) -> Vec<u8> {
    let mut bytes = kind.to_le_bytes().to_vec();
    bytes.extend((body.len() as u16).to_le_bytes());
    bytes.extend_from_slice(body);
    bytes
}
