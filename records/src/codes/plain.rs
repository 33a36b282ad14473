//! Codes of the plain kinds: indicators, accountability, activities and alerts.

use strum::{EnumIter, EnumString, FromRepr, IntoStaticStr};

/// Which kind of plain record: one row of one ledger, of one division. Numbers go on behind those of [`super::RecordKind`], and
/// the history counts both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, FromRepr, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[repr(i16)]
pub enum PlainKind {
    /// A measurable result.
    Indicator = 3,
    /// An issue handed over for accountability.
    AccountabilityIssue = 4,
    /// A decision on an organisation or a person.
    Accountability = 5,
    /// A meeting, a visit, an inspection, an action, a document.
    Activity = 6,
    /// A warning of a small hydropower station's ecological flow.
    Alert = 7,
}
coded!(PlainKind);

/// How far what an indicator counts has come, where it is more than a number done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, EnumString, FromRepr, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[repr(i16)]
pub enum IndicatorStage {
    /// 前期工作
    Preparing = 1,
    /// 已批复
    Approved = 2,
    /// 已启动
    Started = 3,
    /// 已完成
    Completed = 4,
}
coded!(IndicatorStage);

/// How an indicator's amounts of several divisions or periods make one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, EnumString, FromRepr, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[repr(i16)]
pub enum Aggregation {
    /// 求和
    Sum = 1,
    /// 取最新
    Latest = 2,
    /// 不汇总: a percentage never adds up.
    None = 3,
}
coded!(Aggregation);

/// Which time an indicator's amount covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, EnumString, FromRepr, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[repr(i16)]
pub enum Basis {
    /// 累计: everything up to the reporting date.
    Cumulative = 1,
    /// 当期: the period alone.
    InPeriod = 2,
}
coded!(Basis);

/// Who was held to account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, EnumString, FromRepr, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[repr(i16)]
pub enum Subject {
    /// 单位
    Organisation = 1,
    /// 个人
    Person = 2,
}
coded!(Subject);

/// Rank of a unit or a cadre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, EnumString, FromRepr, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[repr(i16)]
pub enum CadreLevel {
    /// 厅局级
    Department = 1,
    /// 县处级
    County = 2,
    /// 乡科级; of persons, 乡科级及以下.
    Township = 3,
}
coded!(CadreLevel);

/// A kind of penalty; a decision may hold several, kept as one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, EnumString, FromRepr, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[repr(i16)]
pub enum Penalty {
    /// 通报
    Notice = 0,
    /// 诫勉
    Admonition = 1,
    /// 组织处理
    Organisational = 2,
    /// 党纪处分
    PartyDiscipline = 3,
    /// 政务处分
    GovernmentDiscipline = 4,
    /// 移送司法
    Judicial = 5,
    /// 其他处理: 批评教育, 责令检查, 约谈.
    Other = 6,
    /// 检查: an organisation's written self-examination.
    SelfExamination = 7,
    /// 改组: of an organisation.
    Reorganisation = 8,
}
coded!(Penalty);

impl Penalty {
    /// Its bit in `accountabilities.kinds`.
    #[must_use]
    pub const fn bit(self) -> i32 {
        1 << (self as i16)
    }

    /// Whether it is for persons or for organisations; absent: for both.
    #[must_use]
    pub const fn only_for(self) -> Option<Subject> {
        match self {
            Self::Notice | Self::Other => None,
            Self::SelfExamination | Self::Reorganisation => Some(Subject::Organisation),
            _ => Some(Subject::Person),
        }
    }
}

/// Where a decision comes from. The two are never added together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, EnumString, FromRepr, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[repr(i16)]
pub enum AccountabilitySource {
    /// 移交责任追究问题: on an issue handed over with the feedback.
    HandedOver = 1,
    /// 边督边改: while the inspection was on the spot.
    OnTheSpot = 2,
}
coded!(AccountabilitySource);

/// What an activity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, EnumString, FromRepr, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[repr(i16)]
pub enum ActivityKind {
    /// 会议
    Meeting = 1,
    /// 现场督导
    FieldVisit = 2,
    /// 专项检查
    SpecialInspection = 3,
    /// 专项行动
    SpecialAction = 4,
    /// 印发文件
    DocumentIssued = 5,
}
coded!(ActivityKind);

/// What a warning of a small hydropower station says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, EnumString, FromRepr, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[repr(i16)]
pub enum AlertKind {
    /// 数据缺失
    DataMissing = 1,
    /// 离线
    Offline = 2,
    /// 低于最小下泄流量
    BelowMinimum = 3,
}
coded!(AlertKind);
