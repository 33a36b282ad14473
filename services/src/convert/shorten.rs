//! Cutting long texts for the basic view.

/// Characters (code points) that are left of a text in the basic view.
const SHORT: usize = 200;

/// Cuts a text to its first characters. `true`: there were more.
pub fn cut(text: &mut String) -> bool {
    // Below this many bytes there cannot be more characters.
    if text.len() <= SHORT {
        return false;
    }
    match text.char_indices().nth(SHORT) {
        Some((end, _)) => {
            text.truncate(end);
            true
        }
        None => false,
    }
}

/// Notes the name of a field that is not sent as it is stored; one that is masked and cut is noted once.
pub fn note(fields: &mut Vec<String>, name: &str) {
    if !fields.iter().any(|field| field == name) {
        fields.push(name.to_owned());
    }
}

/// Cuts these fields of a message and notes the names of those that were longer.
macro_rules! cut_fields {
    ($message:expr, $($field:ident),+) => {
        $(
            if $crate::convert::shorten::cut(&mut $message.$field) {
                $crate::convert::shorten::note(&mut $message.shortened_fields, stringify!($field));
            }
        )+
    };
}

/// The same for a list of texts.
pub fn cut_all(texts: &mut [String]) -> bool {
    texts.iter_mut().fold(false, |any, text| cut(text) | any)
}

pub(super) use cut_fields;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_behind_its_200th_character_and_never_inside_one() {
        for (length, cuts) in [(0, false), (199, false), (200, false), (201, true)] {
            for character in ["x", "长", "𠮷"] {
                let mut text = character.repeat(length);
                assert_eq!(cut(&mut text), cuts);
                assert_eq!(text.chars().count(), length.min(200));
            }
        }
    }
}
