//! The closed lists of the domain and the small numbers that stand for them in the database.
//!
//! The numbers are part of the schema: they are never given a new meaning. Where an order matters (how far a part has
//! come), a larger number means further, so that the state of a whole is the least of its parts.

use crate::rules::Language;
use strum::{EnumIter, EnumString, FromRepr, IntoStaticStr};

/// Gives an enum with `repr(i16)` its database code and its token (`snake_case`, as profiles and JSON write it).
macro_rules! coded {
    ($name:ident) => {
        impl $name {
            /// The number that stands for it in the database.
            #[must_use]
            pub const fn code(self) -> i16 {
                self as i16
            }

            /// The value a database number stands for, if it stands for one.
            #[must_use]
            pub const fn from_code(code: i16) -> Option<Self> {
                Self::from_repr(code)
            }

            /// The word profiles, findings and JSON use for it.
            #[must_use]
            pub fn token(self) -> &'static str {
                self.into()
            }
        }
    };
}

mod access;
mod imports;
mod plain;
mod webhooks;

pub use access::*;
pub use imports::*;
pub use plain::*;
pub use webhooks::*;

/// Who inspects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, EnumString, FromRepr, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[repr(i16)]
pub enum Level {
    /// The central inspection.
    Central = 1,
    /// A province's own.
    Provincial = 2,
}
coded!(Level);

/// How a petition reached the inspection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, EnumString, FromRepr, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[repr(i16)]
pub enum Channel {
    /// 来电
    Phone = 1,
    /// 来信
    Letter = 2,
    /// Any other way.
    Other = 3,
}
coded!(Channel);

/// Whether what a petition says was found to be so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, EnumString, FromRepr, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[repr(i16)]
pub enum Substantiated {
    /// 属实
    Yes = 0,
    /// 基本属实
    Largely = 1,
    /// 部分属实
    Partly = 2,
    /// 不属实
    No = 3,
}
coded!(Substantiated);

/// How far the handling of a petition has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, FromRepr, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[repr(i16)]
pub enum Conclusion {
    /// 未办结
    Open = 0,
    /// 阶段性办结: not concluded.
    Staged = 1,
    /// 已办结
    Concluded = 2,
    /// 已销号: concluded, accepted and struck off.
    Closed = 3,
}
coded!(Conclusion);

/// Where a rectification task comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, EnumString, FromRepr, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[repr(i16)]
pub enum TaskSource {
    /// 督察报告反馈
    Report = 1,
    /// 典型案例
    TypicalCase = 2,
    /// 信访件
    Petition = 3,
    /// 责任追究问题
    AccountabilityIssue = 4,
}
coded!(TaskSource);

/// How far a rectification task has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, FromRepr, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[repr(i16)]
pub enum TaskStatus {
    /// 尚未启动
    NotStarted = 0,
    /// 未达到序时进度
    Behind = 1,
    /// 达到序时进度
    OnTrack = 2,
    /// 超过序时进度
    Ahead = 3,
    /// 完成整改
    Completed = 4,
}
coded!(TaskStatus);

/// How far acceptance and striking off have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, FromRepr, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[repr(i16)]
pub enum Closure {
    /// Nothing applied for.
    None = 0,
    /// 退回
    Returned = 1,
    /// 已申请验收
    Applied = 2,
    /// 已验收
    Accepted = 3,
    /// 已公示
    Publicised = 4,
    /// 已销号
    Closed = 5,
}
coded!(Closure);

/// What kind of deadline a task has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, EnumString, FromRepr, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[repr(i16)]
pub enum DeadlineKind {
    /// None is given.
    Unknown = 0,
    /// A date.
    Date = 1,
    /// 长期坚持: it never ends.
    OpenEnded = 2,
    /// 立行立改: at once.
    Immediate = 3,
}
coded!(DeadlineKind);

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, FromRepr, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[repr(i16)]
pub enum Severity {
    /// To be known.
    Note = 1,
    /// The row is accepted and wants a reason.
    Warning = 2,
    /// The row, or the file, is refused.
    Error = 3,
}
coded!(Severity);

impl Severity {
    /// As people read it.
    #[must_use]
    pub const fn label(self, language: Language) -> &'static str {
        match self {
            Self::Note => language.pick("提示", "note"),
            Self::Warning => language.pick("警告", "warning"),
            Self::Error => language.pick("错误", "error"),
        }
    }
}

/// Which kind of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, EnumString, FromRepr, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[repr(i16)]
pub enum RecordKind {
    /// A petition and its handlings.
    Petition = 1,
    /// A rectification task and its progress.
    Task = 2,
}
coded!(RecordKind);

/// What a row, or somebody, did to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, EnumString, FromRepr, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[repr(i16)]
pub enum Change {
    /// It was not there before.
    Created = 1,
    /// It was there and differs now.
    Updated = 2,
    /// The ledger was older than what is stored: kept in the history only.
    Late = 3,
    /// The import that had changed it was undone: it is again what it was.
    Undone = 4,
    /// The import that had made it was undone: it is gone.
    Removed = 5,
    /// A reviewer took it out: it is gone or, where a division is assigned it, not reported any more.
    Withdrawn = 6,
}
coded!(Change);

/// A kind of pollution; a petition may name several, kept as one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, EnumString, FromRepr, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[repr(i16)]
pub enum PollutionKind {
    /// 水
    Water = 0,
    /// 大气
    Air = 1,
    /// 土壤
    Soil = 2,
    /// 噪声
    Noise = 3,
    /// 生态
    Ecology = 4,
    /// 辐射
    Radiation = 5,
    /// 其他
    Other = 6,
    /// 海洋
    Marine = 7,
    /// 固废
    SolidWaste = 8,
    /// 垃圾
    Refuse = 9,
    /// 油烟
    CookingFumes = 10,
    /// 扬尘
    Dust = 11,
    /// 重金属
    HeavyMetal = 12,
    /// 建设项目
    Construction = 13,
    /// 环境执法
    Enforcement = 14,
}
coded!(PollutionKind);

impl PollutionKind {
    /// Its bit in `petitions.pollution_kinds`.
    #[must_use]
    pub const fn bit(self) -> i32 {
        1 << (self as i16)
    }
}

impl Conclusion {
    /// As ledgers write it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Open => "未办结",
            Self::Staged => "阶段性办结",
            Self::Concluded => "已办结",
            Self::Closed => "已销号",
        }
    }
}

impl TaskStatus {
    /// As ledgers write it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::NotStarted => "尚未启动",
            Self::Behind => "未达到序时进度",
            Self::OnTrack => "达到序时进度",
            Self::Ahead => "超过序时进度",
            Self::Completed => "完成整改",
        }
    }
}

impl Channel {
    /// As ledgers write it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Phone => "来电",
            Self::Letter => "来信",
            Self::Other => "其他",
        }
    }
}

impl Substantiated {
    /// As ledgers write it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Yes => "属实",
            Self::Largely => "基本属实",
            Self::Partly => "部分属实",
            Self::No => "不属实",
        }
    }
}

impl Closure {
    /// As ledgers write it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::None => "未销号",
            Self::Returned => "退回",
            Self::Applied => "已申请验收",
            Self::Accepted => "已验收",
            Self::Publicised => "已公示",
            Self::Closed => "已销号",
        }
    }
}
