//! Rules of the catalogue.

use ducha::v1::{Rule, RuleFamily, RuleParameter};
use ducha_records::rules::{self, Family, Language, Param};

/// A rule in the caller's language.
#[must_use]
pub fn rule(rule: &rules::Rule, language: Language) -> Rule {
    Rule {
        code: rule.code.to_owned(),
        family: family(rule.family()).into(),
        severity: rule.severity.code().into(),
        text: rule.text(language).to_owned(),
        hint: rule.hint_text(language).to_owned(),
        parameters: rule.params.iter().map(|param| parameter(param, language)).collect(),
    }
}

fn parameter(param: &Param, language: Language) -> RuleParameter {
    let words = param.words.iter();
    RuleParameter {
        name: param.name.to_owned(),
        description: param.text(language).to_owned(),
        words: words
            .map(|word| (word.token.to_owned(), word.text(language).to_owned()))
            .collect(),
    }
}

const fn family(family: Family) -> RuleFamily {
    match family {
        Family::File => RuleFamily::File,
        Family::Sheet => RuleFamily::Sheet,
        Family::Header => RuleFamily::Header,
        Family::Cell => RuleFamily::Cell,
        Family::Row => RuleFamily::Row,
        Family::Across => RuleFamily::Across,
        Family::Stored => RuleFamily::Stored,
    }
}
