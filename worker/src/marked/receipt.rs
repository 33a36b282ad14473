//! What the summary says of a file as a whole.

use chrono::{Duration, NaiveDateTime};
use ducha_records::importing::RowCounts;

use super::said::Was;

/// Hours that China's time is ahead of UTC.
const CHINA_HOURS: i64 = 8;

/// What became of a file.
#[derive(Debug)]
pub(super) struct Receipt<'a> {
    /// As it was called.
    pub file: &'a str,
    pub import_id: Option<&'a str>,
    pub at_utc: NaiveDateTime,
    /// Of the file as it came.
    pub sha256: &'a str,
    pub was: Was,
    pub rows: RowCounts,
    pub warnings: u64,
    /// Why the file as a whole was refused: code, zh-CN, English.
    pub rejected: Option<(&'a str, &'a str, &'a str)>,
}

/// What the marking itself has to say.
#[derive(Debug, Default, Clone)]
pub(super) struct Remarks {
    /// zh-CN and English.
    pub lines: Vec<(String, String)>,
}

impl Remarks {
    pub fn add(&mut self, zh: impl Into<String>, en: impl Into<String>) {
        self.lines.push((zh.into(), en.into()));
    }
}

impl Receipt<'_> {
    /// The time in China, to the minute.
    pub fn time(&self) -> String {
        let china = self.at_utc + Duration::hours(CHINA_HOURS);
        china.format("%Y-%m-%d %H:%M（北京时间）").to_string()
    }

    /// The facts: label in zh-CN and English, and the value.
    pub fn facts(&self) -> Vec<(&'static str, &'static str, String)> {
        let mut facts = vec![
            ("文件", "File", self.file.to_owned()),
            ("时间", "Time", self.time()),
            ("文件校验值", "SHA-256", self.sha256.to_owned()),
        ];
        if let Some(id) = self.import_id {
            facts.insert(1, ("导入编号", "Import", id.to_owned()));
        }
        if let Some((code, zh, en)) = self.rejected {
            facts.push(("整份退回", "Refused as a whole", format!("{zh}（{code}）\n{en}")));
        }
        facts
    }

    /// The counts of rows: label in zh-CN and English, and how many.
    pub fn counts(&self) -> Vec<(&'static str, &'static str, i64)> {
        let rows = &self.rows;
        match self.was {
            Was::Imported => vec![
                ("读取的行", "rows read", rows.read()),
                ("新增", "inserted", rows.inserted),
                ("更新", "updated", rows.updated),
                ("没有变化", "unchanged", rows.unchanged),
                ("未导入", "refused", rows.refused),
            ],
            Was::Checked => vec![
                ("读取的行", "rows read", rows.read()),
                ("可以导入", "would be taken", rows.unchanged),
                ("不能导入", "would be refused", rows.refused),
            ],
            Was::Rejected => Vec::new(),
        }
    }

    /// What the clerk should do now.
    pub fn next_steps(&self) -> Vec<(String, &'static str)> {
        let refused = self.rows.refused;
        let mut steps = Vec::new();
        match self.was {
            Was::Rejected => steps.push((
                "整份文件没有导入。请按上面写明的原因改正后，把整份文件重新报送。".to_owned(),
                "Nothing of this file was imported. Mend what is said above and send the whole file again.",
            )),
            Was::Imported if refused > 0 => steps.push((
                format!(
                    "有 {refused} 行没有导入。请在本表中改正红色单元格（原因见批注和“系统核对：问题”一列），改好后把本表或“未导入”文件重新报送；已导入的行不用再报，一起报送也不会重复。"
                ),
                "Correct the red cells here and send this copy, or the file of refused rows, again. Rows that are in need not be sent again, and do no harm.",
            )),
            Was::Checked if refused > 0 => steps.push((
                format!("有 {refused} 行不能导入。请改正红色单元格（原因见批注和“系统核对：问题”一列）后再报送。"),
                "Correct the red cells before you send the ledger.",
            )),
            Was::Imported => steps.push(("所有行都已导入，不需要再报送。".to_owned(), "All rows are in; nothing needs to be sent again.")),
            Was::Checked => steps.push(("所有行都可以导入，可以报送。".to_owned(), "All rows would be taken; the ledger can be sent.")),
        }
        if self.warnings > 0 {
            steps.push((
                format!(
                    "有 {} 处疑问（黄色）。请核实：写错的请改正；确实无误的，请在“系统核对：理由（请填写）”一列写明理由，随下次报送。",
                    self.warnings
                ),
                "Yellow cells are doubtful: correct them, or say in the reason column why they stand.",
            ));
        }
        steps
    }
}
