//! One spelling for each unit.

/// Characters of the longest unit that is taken for one.
const LONGEST_CHARS: usize = 16;

/// Spellings of one measure, the one that is kept first.
const SPELLINGS: [(&str, &[&str]); 14] = [
    ("吨", &["t", "T", "公吨"]),
    ("千克", &["kg", "KG", "Kg", "公斤"]),
    ("公里", &["km", "KM", "Km", "千米"]),
    ("米", &["m"]),
    ("公顷", &["ha", "hm2"]),
    ("平方米", &["m2", "平米"]),
    ("平方公里", &["km2", "平方千米"]),
    ("立方米", &["m3", "方"]),
    ("千瓦", &["kW", "KW", "kw"]),
    ("兆瓦", &["MW"]),
    ("日", &["d", "D", "天"]),
    ("小时", &["h", "H", "时"]),
    ("年", &["a"]),
    ("秒", &["s"]),
];

/// `unit` (folded, not empty) in one spelling, `每` written as `/`; none if it is no unit.
pub(super) fn normalise(unit: &str) -> Option<String> {
    let fits =
        |character: char| character.is_alphanumeric() || matches!(character, '/' | '%' | '‰' | '°' | '·' | '(' | ')');
    if unit.chars().count() > LONGEST_CHARS || !unit.chars().all(fits) {
        return None;
    }
    let bare = unit
        .strip_prefix('(')
        .and_then(|inner| inner.strip_suffix(')'))
        .unwrap_or(unit);
    let parts: Vec<_> = bare.split(['/', '每']).map(one_spelling).collect();
    let letters_first = |part: &&str| !part.starts_with(|character: char| character.is_ascii_digit());
    (!parts.iter().any(|part| part.is_empty()) && parts.iter().all(letters_first)).then(|| parts.join("/"))
}

fn one_spelling(measure: &str) -> &str {
    SPELLINGS
        .iter()
        .find(|(_, others)| others.contains(&measure))
        .map_or(measure, |(kept, _)| kept)
}
