//! The report beside a file that is put away: what became of it, and what was found, in both languages.

use std::collections::BTreeMap;
use std::fmt::Write;

use ducha_records::Db;
use ducha_records::codes::ImportState;
use ducha_records::findings::{self, FindingFilter};
use ducha_records::imports::Import;
use ducha_records::rules::Language;

use crate::check::Finding;
use crate::check::finding::of_stored;

/// Findings are read in pieces of this many.
const PIECE: usize = 1_000;

/// The report on an import that has ended.
pub(super) fn text(db: &mut Db, import: &Import) -> diesel::QueryResult<String> {
    let found = counted(db, import)?;
    let mut text = String::from('\u{feff}'); // old Windows editors take a text without it for GBK
    for language in [Language::Zh, Language::En] {
        part(&mut text, import, &found, language);
    }
    Ok(text.replace('\n', "\r\n"))
}

/// How often a rule was broken, and where first.
struct Broken {
    count: u64,
    first: Finding,
}

/// How often each rule was broken.
fn counted(db: &mut Db, import: &Import) -> diesel::QueryResult<BTreeMap<String, Broken>> {
    let mut found = BTreeMap::new();
    let mut after = 0;
    loop {
        let page = findings::list(db, &import.id, &FindingFilter::default(), after, PIECE)?;
        for finding in page.rows {
            after = finding.id;
            let Some(first) = of_stored(&finding) else { continue };
            found.entry(finding.rule).or_insert(Broken { count: 0, first }).count += 1;
        }
        if !page.more {
            return Ok(found);
        }
    }
}

fn part(text: &mut String, import: &Import, found: &BTreeMap<String, Broken>, language: Language) {
    let say = |zh: &'static str, en: &'static str| language.pick(zh, en);
    let error = match language {
        Language::Zh => &import.error_zh,
        Language::En => &import.error_en,
    };
    let colon = say("：", ": ");
    let mut line = |name: &str, value: &dyn std::fmt::Display| {
        // Writing into a String cannot fail.
        let _ = writeln!(text, "{name}{colon}{value}");
    };
    line(say("文件", "File"), &import.file_name);
    line(say("结果", "Result"), &verdict(import, language));
    if let Some(error) = error {
        line(say("原因", "Reason"), error);
    }
    line(say("读取行数", "Rows read"), &import.rows_read);
    line(say("新增", "New"), &import.inserted);
    line(say("更新", "Changed"), &import.updated);
    line(say("无变化", "Unchanged"), &import.unchanged);
    line(say("未导入", "Refused"), &import.refused);
    line(say("导入编号", "Import"), &import.id);
    line("SHA-256", &import.file_sha256);
    for (code, broken) in found {
        let rule = broken.first.rule;
        let name = format!("  {code} {} × {}", rule.severity.label(language), broken.count);
        let place = broken.first.place();
        let text = rule.render(language, &broken.first.params);
        let wanted = rule.hint(language, &broken.first.params);
        line(&name, &format!("{place} {text}{} {wanted}", say("。", ".")));
    }
    text.push('\n');
}

fn verdict(import: &Import, language: Language) -> &'static str {
    match ImportState::from_code(import.state) {
        Some(ImportState::Applied) => language.pick("全部导入", "every row was imported"),
        Some(ImportState::AppliedInPart) => language.pick(
            "部分导入，未导入的行请改正后重新报送",
            "imported in part; correct the refused rows and send them again",
        ),
        Some(ImportState::Rejected) => language.pick("整个文件没有导入", "the file was refused"),
        Some(ImportState::Failed) => language.pick("系统故障，没有导入", "failed for a reason outside the file"),
        Some(ImportState::Cancelled) => language.pick("已撤回", "called off"),
        Some(ImportState::Undone) => language.pick("已撤销", "undone"),
        _ => language.pick("处理中", "in progress"),
    }
}
