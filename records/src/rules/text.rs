//! Makes a finding's text of a rule and the finding's values.

use std::collections::BTreeMap;

use super::{Param, Rule, Word};

/// The named values of one finding.
pub type Params = BTreeMap<String, String>;

/// A language texts are given in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// zh-CN, the language of the ledgers.
    #[default]
    Zh,
    /// English.
    En,
}

impl Language {
    /// Both languages, Chinese first.
    #[must_use]
    pub const fn both() -> [Self; 2] {
        [Self::Zh, Self::En]
    }

    /// The text in this language.
    #[must_use]
    pub const fn pick<'t>(self, zh: &'t str, en: &'t str) -> &'t str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

impl Rule {
    /// The text as it stands in the catalogue, its values named in braces.
    #[must_use]
    pub const fn text(&self, language: Language) -> &'static str {
        match language {
            Language::Zh => self.zh,
            Language::En => self.en,
        }
    }

    /// The hint as it stands in the catalogue.
    #[must_use]
    pub const fn hint_text(&self, language: Language) -> &'static str {
        match language {
            Language::Zh => self.hint_zh,
            Language::En => self.hint_en,
        }
    }

    /// What was found, with the finding's values filled in. A value that is not given leaves its name in braces.
    #[must_use]
    pub fn render(&self, language: Language, params: &Params) -> String {
        self.fill(self.text(language), language, params)
    }

    /// What to write instead.
    #[must_use]
    pub fn hint(&self, language: Language, params: &Params) -> String {
        self.fill(self.hint_text(language), language, params)
    }

    /// What was found and what to write instead, as sentences.
    #[must_use]
    pub fn sentences(&self, language: Language, params: &Params) -> String {
        let stop = match language {
            Language::Zh => "。",
            Language::En => ". ",
        };
        format!("{}{stop}{}", self.render(language, params), self.hint(language, params))
    }

    /// Goes through the template once, so that braces in a value are never taken for a name.
    fn fill(&self, template: &str, language: Language, params: &Params) -> String {
        let mut text = String::with_capacity(template.len() * 2);
        let mut rest = template;
        while let Some((before, behind)) = rest.split_once('{') {
            text.push_str(before);
            let Some((name, after)) = behind.split_once('}') else {
                text.push('{');
                rest = behind;
                continue;
            };
            match params.get(name) {
                Some(value) => text.push_str(&self.worded(name, value, language)),
                None => text.push_str(&format!("{{{name}}}")),
            }
            rest = after;
        }
        text + rest
    }

    /// A value in words, if it is a token of a closed list; tokens in round brackets are worded where they stand.
    fn worded(&self, name: &str, value: &str, language: Language) -> String {
        let Some(param) = self.params.iter().find(|param| param.name == name) else {
            return value.to_owned();
        };
        if let Some(word) = param.words.iter().find(|word| word.token == value) {
            return word.text(language).to_owned();
        }
        param.words.iter().fold(value.to_owned(), |text, word| {
            text.replace(&format!("({})", word.token), &word.bracketed(language))
        })
    }
}

impl Param {
    /// What it is.
    #[must_use]
    pub const fn text(&self, language: Language) -> &'static str {
        match language {
            Language::Zh => self.zh,
            Language::En => self.en,
        }
    }
}

impl Word {
    /// The words for the token.
    #[must_use]
    pub const fn text(&self, language: Language) -> &'static str {
        match language {
            Language::Zh => self.zh,
            Language::En => self.en,
        }
    }

    fn bracketed(&self, language: Language) -> String {
        match language {
            Language::Zh => format!("（{}）", self.zh),
            Language::En => format!(" ({})", self.en),
        }
    }
}
