//! Rules on one cell, whatever stands in it; on texts and on divisions.
use super::Rule;
use super::params::{CANDIDATES, CHARS, CHOICES, FOUND, HEADER, LIMIT, OWN_DIVISION, WANTED};
use crate::codes::Severity::{Error, Warning};

/// `header` must be filled in and is empty.
pub const REQUIRED_EMPTY: Rule = Rule {
    code: "C001",
    severity: Error,
    zh: "“{header}”必须填写，现在是空的",
    en: "\"{header}\" must be filled in and is empty",
    hint_zh: "请补填“{header}”。这一列不能用“无”“/”或“—”代替。",
    hint_en: "Fill in \"{header}\". 无, / or — will not do here.",
    params: &[HEADER],
};

/// `found` is not one of the choices.
pub const NOT_IN_LIST: Rule = Rule {
    code: "C002",
    severity: Error,
    zh: "“{found}”不是可选的内容",
    en: "\"{found}\" is not one of the choices",
    hint_zh: "请从这些中选一个填写：{wanted}。",
    hint_en: "Write one of: {wanted}.",
    params: &[FOUND, CHOICES],
};

/// The cell shows the formula error `found`.
pub const EXCEL_ERROR: Rule = Rule {
    code: "C015",
    severity: Error,
    zh: "单元格显示公式错误 {found}",
    en: "the cell shows the formula error {found}",
    hint_zh: "请修正公式，或者直接填写内容，例如把 #REF! 改成 3。",
    hint_en: "Mend the formula or type the value, such as 3 instead of #REF!.",
    params: &[FOUND],
};

/// The text has damaged characters.
pub const DAMAGED_TEXT: Rule = Rule {
    code: "C016",
    severity: Error,
    zh: "文字中有乱码",
    en: "the text has damaged characters",
    hint_zh: "请对照原件重新录入这个单元格，不要从网页或旧系统直接粘贴。",
    hint_en: "Type the cell again from the original; do not paste it from a web page or an old system.",
    params: &[],
};

/// The division `found` is not known.
pub const DIVISION_UNKNOWN: Rule = Rule {
    code: "C017",
    severity: Error,
    zh: "行政区域“{found}”不认识",
    en: "the division \"{found}\" is not known",
    hint_zh: "请填规范的县（市、区）名称或六位代码，例如“南明区”或 520102。",
    hint_en: "Write the county's name or its six-digit code, such as 南明区 or 520102.",
    params: &[FOUND],
};

/// `found` is a former name or code and was taken as `wanted`.
pub const DIVISION_FORMER: Rule = Rule {
    code: "C018",
    severity: Warning,
    zh: "“{found}”是旧名称或旧代码，已按“{wanted}”计入",
    en: "\"{found}\" is a former name or code and was taken as \"{wanted}\"",
    hint_zh: "请改成现在的名称“{wanted}”。",
    hint_en: "Write the present name \"{wanted}\".",
    params: &[FOUND, WANTED],
};

/// `found` is not within the reporting division `wanted`.
pub const DIVISION_FOREIGN: Rule = Rule {
    code: "C019",
    severity: Error,
    zh: "“{found}”不属于填报地区“{wanted}”",
    en: "\"{found}\" is not within the reporting division \"{wanted}\"",
    hint_zh: "请核对这一行是否填错地区；属于其他地区的，由该地区自己报送。",
    hint_en: "Check the division; what belongs to another one is reported by that one.",
    params: &[FOUND, OWN_DIVISION],
};

/// The text holds a phone number and may be published.
pub const PHONE_NUMBER: Rule = Rule {
    code: "C022",
    severity: Warning,
    zh: "文字中有手机号码，这段文字可能要公开",
    en: "the text holds a phone number and may be published",
    hint_zh: "请删除号码，例如把“张某（138…）”改成“张某”。",
    hint_en: "Remove the number.",
    params: &[],
};

/// The text has `found` characters; at most `limit`.
pub const TEXT_TOO_LONG: Rule = Rule {
    code: "C023",
    severity: Error,
    zh: "文字有 {found} 字，最多 {limit} 字",
    en: "the text has {found} characters; at most {limit}",
    hint_zh: "请压缩文字，保留时间、地点、做法和结果；附件材料另行报送。",
    hint_en: "Shorten it to when, where, what was done and the result; send annexes separately.",
    params: &[CHARS, LIMIT],
};

/// The division `found` may mean: `wanted`.
pub const DIVISION_AMBIGUOUS: Rule = Rule {
    code: "C027",
    severity: Error,
    zh: "行政区域“{found}”可能指几个地方：{wanted}",
    en: "the division \"{found}\" may mean: {wanted}",
    hint_zh: "请写全称，例如“贵阳市白云区”，或者填六位代码 520113。",
    hint_en: "Write it in full, such as 贵阳市白云区, or the code 520113.",
    params: &[FOUND, CANDIDATES],
};

/// `found` names several divisions; each row is one division's.
pub const DIVISIONS_SEVERAL: Rule = Rule {
    code: "C029",
    severity: Error,
    zh: "“{found}”有几个地区，每行只能填一个办理地区",
    en: "\"{found}\" names several divisions; each row is one division's",
    hint_zh: "请按地区拆成几行，每行填写该地区自己的办理情况，例如一行“南明区”，一行“云岩区”。",
    hint_en: "Give each division a row of its own, such as one for 南明区 and one for 云岩区.",
    params: &[FOUND],
};

/// The text holds an identity card number and may be published.
pub const IDENTITY_CARD: Rule = Rule {
    code: "C031",
    severity: Warning,
    zh: "文字中有身份证号码，这段文字可能要公开",
    en: "the text holds an identity card number and may be published",
    hint_zh: "请删除身份证号码，只保留“李某”这样的称呼。",
    hint_en: "Remove it; write 李某 or the like.",
    params: &[],
};

/// The cell holds only `found`, which a program shows where a column is too narrow.
pub const HASHES: Rule = Rule {
    code: "C044",
    severity: Error,
    zh: "单元格里只有“{found}”，这是列太窄时显示的符号，不是内容",
    en: "the cell holds only \"{found}\", which a program shows where a column is too narrow",
    hint_zh: "请打开原表，把列拉宽，重新复制或填写真正的内容，例如 2022-03-18。",
    hint_en: "Widen the column in the original and copy or type what it holds, such as 2022-03-18.",
    params: &[FOUND],
};

/// `found` will not do: each row is stored by itself.
pub const DITTO: Rule = Rule {
    code: "C045",
    severity: Error,
    zh: "“{found}”不能代替内容：每一行要单独入库",
    en: "\"{found}\" will not do: each row is stored by itself",
    hint_zh: "请把上一行的内容复制到这个单元格，例如写明“南明区住房和城乡建设局”。",
    hint_en: "Copy the content of the row above into this cell, such as the unit's name in full.",
    params: &[FOUND],
};

/// The cell only says `found`.
pub const SEE_ATTACHMENT: Rule = Rule {
    code: "C046",
    severity: Warning,
    zh: "只写了“{found}”，没有内容",
    en: "the cell only says \"{found}\"",
    hint_zh: "请把要点写进单元格，例如“责令停产，拆除违建 200 平方米，2022年1月10日验收”；附件不会导入。",
    hint_en: "Write the essentials into the cell; annexes are not imported.",
    params: &[FOUND],
};

/// The text names the complainant and may be published.
pub const COMPLAINANT_NAMED: Rule = Rule {
    code: "C051",
    severity: Warning,
    zh: "文字中写了举报人的姓名，这段文字可能要公开",
    en: "the text names the complainant and may be published",
    hint_zh: "请删除举报人的姓名和住址，只写反映的问题。",
    hint_en: "Remove the complainant's name and address; keep the complaint.",
    params: &[],
};

/// The rules above.
pub const CELL_RULES: &[&Rule] = &[
    &REQUIRED_EMPTY,
    &NOT_IN_LIST,
    &EXCEL_ERROR,
    &DAMAGED_TEXT,
    &DIVISION_UNKNOWN,
    &DIVISION_FORMER,
    &DIVISION_FOREIGN,
    &PHONE_NUMBER,
    &TEXT_TOO_LONG,
    &DIVISION_AMBIGUOUS,
    &DIVISIONS_SEVERAL,
    &IDENTITY_CARD,
    &HASHES,
    &DITTO,
    &SEE_ATTACHMENT,
    &COMPLAINANT_NAMED,
];
