//! Values of the rules on what changed in a form.

use crate::rules::Param;

/// Header of the column in this ledger.
pub(in crate::rules) const HEADER_NOW: Param = Param {
    name: "found",
    zh: "这次台账的表头",
    en: "header of the column in this ledger",
    words: &[],
};

/// Header of the column in the last ledger.
pub(in crate::rules) const HEADER_THEN: Param = Param {
    name: "before",
    zh: "上次台账的表头",
    en: "header of the column in the last ledger",
    words: &[],
};

/// Letter of the column in the last ledger.
pub(in crate::rules) const LETTER_THEN: Param = Param {
    name: "before",
    zh: "上次所在的列号",
    en: "letter of the column in the last ledger",
    words: &[],
};

/// Letter of the column in this ledger.
pub(in crate::rules) const LETTER_NOW: Param = Param {
    name: "after",
    zh: "这次所在的列号",
    en: "letter of the column in this ledger",
    words: &[],
};

/// The word as written.
pub(in crate::rules) const WORD: Param = Param {
    name: "found",
    zh: "填写的词语",
    en: "the word as written",
    words: &[],
};

/// The word it is taken for.
pub(in crate::rules) const TAKEN_FOR: Param = Param {
    name: "wanted",
    zh: "按哪一个词语处理",
    en: "the word it is taken for",
    words: &[],
};
