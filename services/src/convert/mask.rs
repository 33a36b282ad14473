//! Masking personal data for callers who have no need of it.

use ducha_records::personal::masked;

/// Masks the telephone and identity numbers of a text. `true`: there were some.
pub fn mask(text: &mut String) -> bool {
    match masked(text) {
        Some(masked) => {
            *text = masked;
            true
        }
        None => false,
    }
}

/// The same for a list of texts.
pub fn mask_all(texts: &mut [String]) -> bool {
    texts.iter_mut().fold(false, |any, text| mask(text) | any)
}

/// Leaves the first character of a name, each other one as `*`. `true`: that changed it.
pub fn mask_name(name: &mut String) -> bool {
    let masked: String = name
        .chars()
        .enumerate()
        .map(|(at, letter)| if at == 0 { letter } else { '*' })
        .collect();
    let differs = masked != *name;
    *name = masked;
    differs
}

/// Masks these fields of a message, texts or lists of them, and notes the names of those that had something to mask.
macro_rules! mask_fields {
    ($message:expr, $($field:ident),+) => {
        $(
            if $crate::convert::mask::mask(&mut $message.$field) {
                $crate::convert::shorten::note(&mut $message.shortened_fields, stringify!($field));
            }
        )+
    };
}

pub(super) use mask_fields;
