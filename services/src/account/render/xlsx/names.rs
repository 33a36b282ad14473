//! Names of sheets.

use std::collections::HashSet;

/// Characters of a name, in units of UTF-16.
const MOST: usize = 31;

/// The names given so far.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: HashSet<String>,
}

impl Names {
    /// A name that a sheet may have and no other has, made from a title.
    pub fn free(&mut self, title: &str) -> String {
        let plain = allowed(title);
        let numbered = (2..).map(|number: u32| {
            let ending = format!(" ({number})");
            cut(&plain, MOST - ending.len()) + &ending
        });
        let mut candidates = std::iter::once(cut(&plain, MOST)).chain(numbered);
        // There are more numbers than sheets.
        let name = candidates.find(|name| self.taken.insert(name.to_lowercase()));
        name.unwrap_or_default()
    }
}

fn allowed(title: &str) -> String {
    let kept = title.chars().filter(|letter| !"[]:*?/\\".contains(*letter));
    let kept = kept.collect::<String>().replace('\u{2002}', " ");
    let kept = kept.trim_matches(|letter: char| letter == '\'' || letter.is_whitespace());
    // Excel keeps one name for itself.
    match kept.is_empty() || kept.eq_ignore_ascii_case("history") {
        true => format!("{kept}_"),
        false => kept.to_owned(),
    }
}

fn cut(name: &str, most: usize) -> String {
    let mut units = 0;
    let fits = name.chars().take_while(|letter| {
        units += letter.len_utf16();
        units <= most
    });
    let cut = fits.collect::<String>();
    cut.trim_end_matches(|letter: char| letter == '\'' || letter.is_whitespace())
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_allowed_short_and_different() {
        let mut names = Names::default();
        assert_eq!(names.free("表1\u{2002}a/b[c]"), "表1 abc");
        assert_eq!(names.free("表1 ABC"), "表1 ABC (2)");
        assert_eq!(names.free("'History'"), "History_");
        assert_eq!(names.free("??"), "_");
        let long = "各市州".repeat(20);
        for _ in 0..12 {
            let name = names.free(&long);
            assert!(name.encode_utf16().count() <= MOST, "{name}");
        }
    }
}
