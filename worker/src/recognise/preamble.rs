//! The rows above a header: title, batch, date, unit and office.

use super::labels::{self, Labelled, OFFICE_LABELS, UNIT_LABELS, folded, labelled};
use super::layout::Preamble;
use crate::cell::{Row, Value};
use crate::profile::Profile;

/// Reads the rows above the header; `sheet` is the name on the tab, where the batch often stands alone.
pub(super) fn read(rows: &[Row], sheet: &str, profile: &Profile) -> Preamble {
    let title = title(rows);
    let labels: Vec<Labelled> = rows.iter().flat_map(labelled).collect();
    let dated = rows
        .iter()
        .find_map(labels::date_text)
        .or_else(|| rows.iter().find_map(bare_date));
    let texts = || rows.iter().flat_map(|row| &row.cells).map(|cell| folded(&cell.value));
    let batch_text = title
        .as_deref()
        .and_then(batch)
        .or_else(|| texts().find_map(|text| batch(&text)));
    Preamble {
        batch_text: batch_text.or_else(|| batch(sheet)),
        reported_on_text: dated,
        unit_text: labels.iter().find_map(|part| unit(part, profile)),
        filled_by: labels.iter().find_map(|part| office(part, profile)),
        title,
    }
}

/// The first line that calls itself a table, else the longest one. Lines of a form and `附件1` are no titles.
fn title(rows: &[Row]) -> Option<String> {
    let is_line = |part: &Labelled| labels::is_form_label(&part.label);
    let plain = |row: &&Row| !labelled(row).iter().any(is_line) && bare_date(row).is_none();
    let cells = rows.iter().filter(plain).flat_map(|row| &row.cells);
    let texts: Vec<String> = cells.filter_map(text).filter(|text| !is_attachment(text)).collect();
    let named = texts
        .iter()
        .find(|text| ["表", "清单", "台账", "汇总"].iter().any(|name| text.contains(name)));
    named
        .or_else(|| texts.iter().rev().max_by_key(|text| text.chars().count()))
        .cloned()
}

fn text(cell: &crate::cell::Cell) -> Option<String> {
    match &cell.value {
        Value::Text(text) => {
            Some(text.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|text| !text.is_empty())
        }
        _ => None,
    }
}

fn is_attachment(text: &str) -> bool {
    text.starts_with("附件") && text.chars().count() <= 6
}

/// A row that is nothing but a day, as stands under the title of the published tables: （2017年9月16日）.
fn bare_date(row: &Row) -> Option<String> {
    let [cell] = row.cells.as_slice() else { return None };
    let text = folded(&cell.value);
    let day = text.trim().trim_start_matches('(').trim_end_matches(')').trim();
    let is_day = matches!(cell.value, Value::DateTime(_))
        || (day.contains('年')
            && day.ends_with(['日', '月'])
            && day
                .chars()
                .all(|letter| letter.is_ascii_digit() || "〇零一二三四五六七八九十年月日 ".contains(letter)));
    (is_day && labels::has_numeral(day)).then(|| day.to_owned())
}

/// The batch a text names: 第二十六批, 第一、二批, 第1-26批.
fn batch(text: &str) -> Option<String> {
    let end = text.rfind('批')? + '批'.len_utf8();
    let belongs =
        |letter: &char| letter.is_ascii_digit() || "第批〇零一二三四五六七八九十百两、,和至到-—–~～ ".contains(*letter);
    let length: usize = text[..end].chars().rev().take_while(belongs).map(char::len_utf8).sum();
    let run = &text[end - length..end];
    let run = run.find('第').map_or(run, |start| &run[start..]);
    let run =
        run.trim_start_matches(|letter: char| !labels::has_numeral(letter.encode_utf8(&mut [0; 4])) && letter != '第');
    labels::has_numeral(run).then(|| run.to_owned())
}

/// 万元 of 单位：万元, and 件、家、万元; an office is no unit.
fn unit(part: &Labelled, profile: &Profile) -> Option<String> {
    let value = part.value.trim_end_matches([')', ']', '】']).trim();
    let measures = !value.is_empty()
        && (profile.is_unit(value) || crate::profile::unit_pieces(value).all(|piece| profile.is_unit(piece)));
    (UNIT_LABELS.contains(&part.label.as_str()) && measures).then(|| value.to_owned())
}

fn office(part: &Labelled, profile: &Profile) -> Option<String> {
    let label = part.label.as_str();
    let named = OFFICE_LABELS.contains(&label) || (UNIT_LABELS.contains(&label) && unit(part, profile).is_none());
    (named && !part.value.is_empty()).then(|| part.value.clone())
}

#[cfg(test)]
mod tests {
    use super::super::labels::tests::row;
    use super::*;
    use crate::profile::{LedgerKind, Profiles};

    fn preamble(lines: &[&[&str]], sheet: &str) -> Preamble {
        let rows: Vec<Row> = (1..).zip(lines).map(|(number, texts)| row(number, texts)).collect();
        read(&rows, sheet, Profiles::embedded().get(LedgerKind::Petitions))
    }

    #[test]
    fn a_batch_is_read_from_the_title_however_it_is_written() {
        let cases = [
            (
                "中央生态环境保护督察群众信访举报转办和边督边改公开情况一览表（第26批）",
                Some("第26批"),
            ),
            ("边督边改公开情况涉及济南市一览表（第二十七批）", Some("第二十七批")),
            ("一览表（第二十八批2021年9月30日）", Some("第二十八批")),
            ("第一、二批群众信访举报", Some("第一、二批")),
            ("2021第十批交办件", Some("第十批")),
            ("汇总（1-26批）", Some("1-26批")),
            ("第一批至第三批", Some("第一批至第三批")),
            ("领导批示件", None),
            ("一览表", None),
        ];
        for (title, wanted) in cases {
            assert_eq!(preamble(&[&[title]], "Sheet1").batch_text.as_deref(), wanted, "{title}");
        }
        assert_eq!(preamble(&[], "第3批").batch_text.as_deref(), Some("第3批"));
    }

    #[test]
    fn title_date_unit_and_office_are_told_apart() {
        let found = preamble(
            &[
                &["附件1"],
                &["群众信访举报转办和边督边改情况一览表"],
                &[
                    "填报单位（盖章）：息烽县",
                    "",
                    "填报时间：2022年3月18日",
                    "单位：件、家、万元",
                ],
            ],
            "Sheet1",
        );
        assert_eq!(found.title.as_deref(), Some("群众信访举报转办和边督边改情况一览表"));
        assert_eq!(found.filled_by.as_deref(), Some("息烽县"));
        assert_eq!(found.reported_on_text.as_deref(), Some("2022年3月18日"));
        assert_eq!(found.unit_text.as_deref(), Some("件、家、万元"));
        let found = preamble(
            &[&["一览表"], &["（2017年9月16日）"], &["单位：息烽县生态环境局"]],
            "Sheet1",
        );
        assert_eq!(found.reported_on_text.as_deref(), Some("2017年9月16日"));
        assert_eq!(
            (found.unit_text, found.filled_by.as_deref()),
            (None, Some("息烽县生态环境局"))
        );
    }
}
