//! What a cell wants: in words, by an example, and by the codes of the rules that look at it.

use ducha_records::rules::{self, Language, Rule};

use super::columns::TemplateColumn;
use super::pick;
use crate::profile::{Column, ColumnKind};
use crate::values::vocabulary::Vocabulary;

/// What to write, for clerks.
pub(super) fn wanted(column: &TemplateColumn<'_>, language: Language) -> String {
    let (zh, en) = match column.column.kind {
        ColumnKind::PetitionNumber => (
            "填写交办的受理编号，中间不留空格",
            "the number the inspection gave it, without blanks",
        ),
        ColumnKind::TaskNumber => (
            "填写整改任务清单中的编号，子任务写成“12-3”",
            "the number in the list of tasks; a part of task 12 is \"12-3\"",
        ),
        ColumnKind::Batch => ("只填一个批次", "one batch"),
        ColumnKind::Choice | ColumnKind::Flag => ("从下拉列表中选择一项", "one word of the list"),
        ColumnKind::Choices => (
            "从列表中选择；有多项时用顿号“、”隔开",
            "words of the list; several are separated by 、",
        ),
        ColumnKind::Divisions => (
            "填写县（市、区）的名称，每行只填一个办理地区",
            "the name of the county that handles it, one in each row",
        ),
        ColumnKind::Date => ("填写一个日期，年月日都要写全", "one date with year, month and day"),
        ColumnKind::Deadline => (
            "写明年月，或写“立行立改”“长期坚持”",
            "year and month, or 立行立改 (at once), or 长期坚持 (for good)",
        ),
        ColumnKind::Count => ("填写整数，没有的填 0", "a whole number; 0 where there is none"),
        ColumnKind::Money => ("填写数字，单位见表头", "a number, in the unit of the header"),
        // A kind that is new is described as a text, and by its example.
        _ => return text(column.column, language),
    };
    pick(language, zh, en).to_owned()
}

fn text(column: &Column, language: Language) -> String {
    match (column.max_chars, language) {
        (Some(most), Language::Zh) => format!("填写文字，不超过 {most} 字"),
        (None, Language::Zh) => "填写文字".to_owned(),
        (Some(most), Language::En) => format!("text of at most {most} characters"),
        (None, Language::En) => "text".to_owned(),
    }
}

/// The profile's example, else one of the kind.
pub(super) fn example(column: &Column, vocabulary: Option<&Vocabulary>) -> String {
    if let Some(example) = &column.example {
        return example.clone();
    }
    let labels = || vocabulary.into_iter().flat_map(Vocabulary::choices);
    match column.kind {
        ColumnKind::PetitionNumber => "X2GZ202112070001".to_owned(),
        ColumnKind::TaskNumber => "12-3".to_owned(),
        ColumnKind::Batch => "第26批".to_owned(),
        ColumnKind::Choice | ColumnKind::Flag | ColumnKind::Choices => {
            labels().next().map_or_else(String::new, |choice| choice.label.clone())
        }
        ColumnKind::Divisions => "南明区".to_owned(),
        ColumnKind::Date => "2022-03-18".to_owned(),
        ColumnKind::Deadline => "2023年12月底前".to_owned(),
        ColumnKind::Count => "3".to_owned(),
        ColumnKind::Money => "12.5".to_owned(),
        _ => String::new(),
    }
}

/// Codes of the rules on its cells.
pub(super) fn codes(column: &TemplateColumn<'_>) -> Vec<&'static str> {
    let of_kind: &[&Rule] = match column.column.kind {
        ColumnKind::PetitionNumber => &[
            &rules::NUMBER_MALFORMED,
            &rules::NUMBER_UNUSUAL,
            &rules::NUMBER_CORRECTED,
        ],
        ColumnKind::TaskNumber => &[&rules::NUMBER_MALFORMED],
        ColumnKind::Batch => &[&rules::BATCH_UNREADABLE],
        ColumnKind::Choice | ColumnKind::Flag | ColumnKind::Choices => &[&rules::NOT_IN_LIST],
        ColumnKind::Divisions => &[
            &rules::DIVISION_UNKNOWN,
            &rules::DIVISION_FORMER,
            &rules::DIVISION_FOREIGN,
            &rules::DIVISIONS_SEVERAL,
        ],
        ColumnKind::Date => &[
            &rules::DATE_UNREADABLE,
            &rules::DATE_WITHOUT_YEAR,
            &rules::DATE_OUTSIDE,
            &rules::DATE_AMBIGUOUS,
        ],
        ColumnKind::Deadline => &[&rules::DEADLINE_UNREADABLE, &rules::DEADLINE_WITHOUT_YEAR],
        ColumnKind::Count => &[
            &rules::NUMBER_UNREADABLE,
            &rules::NUMBER_NEGATIVE,
            &rules::NUMBER_FRACTION,
        ],
        ColumnKind::Money => &[
            &rules::NUMBER_UNREADABLE,
            &rules::NUMBER_NEGATIVE,
            &rules::MONEY_UNIT_MISSING,
        ],
        _ => &[&rules::TEXT_TOO_LONG, &rules::PHONE_NUMBER, &rules::IDENTITY_CARD],
    };
    let required = column.is_required().then_some(&rules::REQUIRED_EMPTY);
    required
        .into_iter()
        .chain(of_kind.iter().copied())
        .map(|rule| rule.code)
        .collect()
}
