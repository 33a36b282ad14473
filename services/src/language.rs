//! The language of texts for people: what the `accept-language` metadata asks for.

pub use ducha_records::rules::Language;
use tonic::metadata::MetadataMap;

/// A text for people in the languages that ducha speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// zh-CN.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Text {
    /// The same statement in both languages.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            zh: zh.into(),
            en: en.into(),
        }
    }

    /// The text in one language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Zh => &self.zh,
            Language::En => &self.en,
        }
    }
}

/// The tag of a language, as `google.rpc.LocalizedMessage` writes it.
#[must_use]
pub const fn tag(language: Language) -> &'static str {
    match language {
        Language::Zh => "zh-CN",
        Language::En => "en",
    }
}

/// The language that the call asks for: of those that ducha speaks the one with the greatest weight, and the first of
/// equals; zh-CN when it asks for neither.
#[must_use]
pub fn of(metadata: &MetadataMap) -> Language {
    metadata
        .get("accept-language")
        .and_then(|value| value.to_str().ok())
        .map_or_else(Language::default, chosen)
}

fn chosen(header: &str) -> Language {
    let mut best = (Language::default(), 0);
    for part in header.split(',') {
        let mut pieces = part.split(';').map(str::trim);
        let Some(language) = pieces.next().and_then(spoken) else {
            continue;
        };
        let weight = pieces
            .find_map(|piece| piece.strip_prefix("q="))
            .map_or(1000, thousandths);
        if weight > best.1 {
            best = (language, weight);
        }
    }
    best.0
}

fn spoken(tag: &str) -> Option<Language> {
    let primary = tag.split(['-', '_']).next().unwrap_or(tag);
    match primary.to_ascii_lowercase().as_str() {
        "zh" => Some(Language::Zh),
        "en" => Some(Language::En),
        _ => None,
    }
}

/// A weight such as `0.8` in thousandths; an unreadable one counts as none.
fn thousandths(weight: &str) -> u32 {
    let (whole, fraction) = weight.split_once('.').unwrap_or((weight, ""));
    if whole == "1" {
        return 1000;
    }
    format!("{fraction:0<3}")
        .get(..3)
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_known_language_is_chosen_and_chinese_is_the_default() {
        for (header, wanted) in [
            ("en", Language::En),
            ("en-GB,zh;q=0.9", Language::En),
            ("en;q=0.3, zh-CN;q=0.8", Language::Zh),
            ("fr, de", Language::Zh),
            ("fr, en;q=0.1", Language::En),
            ("zh;q=0, en;q=0", Language::Zh),
            ("", Language::Zh),
            ("EN_us", Language::En),
        ] {
            assert_eq!(chosen(header), wanted, "{header:?}");
        }
    }
}
