//! What is wrong in a profile file, in Chinese.

use super::ProfileFault;

impl ProfileFault {
    /// The reason in Chinese. What TOML and the system say is theirs, in English.
    pub(super) fn zh(&self) -> String {
        match self {
            Self::Unreadable(cause) => format!("无法读取：{cause}"),
            Self::NoFiles => "文件夹中没有配置文件（*.toml）".to_owned(),
            Self::SecondFile { kind, first } => format!("类型 {kind} 已在 {} 中定义", first.display()),
            Self::Toml(reason) => format!("格式有误：{reason}"),
            Self::UnknownField { kind, field } => {
                format!("{kind} 没有字段“{field}”，可用的字段：{}", kind.fields().join("、"))
            }
            Self::MissingField(field) => format!("缺少字段“{field}”对应的列，每个字段都要有一列"),
            Self::DuplicateField(field) => format!("字段“{field}”已有一列"),
            Self::NoIdentity => "identity 没有列出字段，至少要有一个".to_owned(),
            Self::NoLimit => "缺少 open_days，应写明预警必须在几天内办结".to_owned(),
            Self::NoUnits => "units 没有列出单位，至少要有一个".to_owned(),
            Self::BadUnit(unit) => format!("单位“{unit}”为空，或已属于另一种计量"),
            Self::EmptyHeader(header) => format!("表头“{header}”中没有文字或数字"),
            Self::ClaimedTwice { header, other } => format!("表头“{header}”已用于字段“{other}”"),
            Self::DeadFallback { header, other } => {
                format!("备用表头“{header}”不会生效，它已用于字段“{other}”")
            }
            Self::NoSuchVocabulary(name) => format!("文件中没有词表“{name}”"),
            Self::VocabularyMisplaced(kind) if kind.has_vocabulary() => format!("{kind} 类型的列要有词表"),
            Self::VocabularyMisplaced(kind) => format!("{kind} 类型的列不能有词表"),
            Self::BadVocabulary { name, reason } => format!("词表“{name}”有误：{reason}"),
            Self::KindChanged { field, found, wanted } => {
                format!("字段“{field}”的类型是 {found}，应为 {wanted}")
            }
            Self::OwnFieldNotText(field) => {
                format!("字段“{field}”是自定义字段（以 x_ 开头），类型只能是 text")
            }
            Self::UnknownRule(code) => format!("没有规则“{code}”，无法关闭"),
            Self::RuleNeeded(code) => format!("规则 {code} 不能关闭：关闭后会把读不准的内容存入记录"),
            Self::BadPattern { pattern, reason } => format!("编号格式“{pattern}”无法识别：{reason}"),
            Self::NewValue { field, value } => {
                format!("字段“{field}”没有取值“{value}”；同一取值的其他写法请写入 accepts")
            }
        }
    }
}
