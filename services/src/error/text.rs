//! What people are told when a call fails.

use super::{CallError, Numbered, Violation, shown};
use crate::language::Text;
use crate::limits::Limit;

impl CallError {
    /// What went wrong and what to do, in both languages.
    pub(super) fn text(&self) -> Text {
        match self {
            Self::Fields(violations) => of_fields(violations),
            Self::PageToken => Text::new(
                "page_token 不是本查询签发的；请从第一页重新开始，并保持其他字段不变",
                "page_token was not issued for this query; begin with the first page and leave the other fields as they are",
            ),
            Self::ResumeToken => Text::new(
                "resume_token 不是本次导出签发的；请从头开始，并保持其他字段不变",
                "resume_token was not issued for this export; begin anew and leave the other fields as they are",
            ),
            Self::Cursor => Text::new(
                "cursor 不是本督察的变更游标；请使用上一次收到的 cursor，或从头开始",
                "cursor was not issued for this inspection; go on with the last one received, or begin anew",
            ),
            Self::FeedReset => Text::new(
                "数据库已从备份恢复，此前的变更游标不再有效；请重新读取全部记录，并从随之得到的游标继续",
                "the database was restored and cursors from before do not hold; read the records anew and go on with the cursor that comes with them",
            ),
            Self::NoHistory(number) => Text::new(
                format!("没有编号为“{number}”的此类记录"),
                format!("there is no record of this kind with the number \"{number}\""),
            ),
            Self::TooLarge { export } => Text::new(
                format!("所求记录超过 2 MiB；请减少编号、改用 BASIC 视图，或调用 {export}"),
                format!("the records take more than 2 MiB; ask for fewer or for the basic view, or call {export}"),
            ),
            Self::NoInspection(id) => Text::new(format!("没有督察“{id}”"), format!("there is no inspection \"{id}\"")),
            Self::NoDivision(code) => Text::new(
                format!("没有代码为“{code}”的行政区划"),
                format!("there is no division with the code \"{code}\""),
            ),
            Self::NoRecord(kind, numbers) => missing(*kind, numbers),
            Self::NoImport(id) => Text::new(format!("没有导入“{id}”"), format!("there is no import \"{id}\"")),
            Self::Template(error) => Text::new(
                format!("报告模板有误：{error}"),
                format!("the template of the account: {error}"),
            ),
            Self::NoFigure(key) => Text::new(format!("没有数据项“{key}”"), format!("there is no figure \"{key}\"")),
            Self::NoAccount(id) => Text::new(
                format!("没有已发布的报告“{id}”"),
                format!("there is no published account \"{id}\""),
            ),
            Self::AccountChanged(_) => Text::new(
                "报告内容已变；请重新查看后再发布",
                "the account is another one by now; look at it again before publishing it",
            ),
            Self::InspectionExists(id) => Text::new(
                format!("督察“{id}”已存在"),
                format!("there is an inspection \"{id}\" already"),
            ),
            Self::RequestIdReused => Text::new(
                "该 request_id 已用于另一次调用",
                "this request_id was used for another call",
            ),
            Self::EtagMismatch => Text::new(
                "记录已被他人修改；请重新读取后再改",
                "the record has changed since it was read; read it again and apply the change to it",
            ),
            Self::OutOfOrder => Text::new(
                "上传的第一条消息应为 metadata，其后每条应为 chunk",
                "the first message of an upload must have `metadata`, each later one a `chunk`",
            ),
            Self::FileEmpty => Text::new("上传的文件没有内容", "the uploaded file has no bytes"),
            Self::FileTooLarge { limit } => Text::new(
                format!("文件超过 {limit} 字节的上限；请拆分后分别报送"),
                format!("the file is larger than {limit} bytes; split it and send the parts"),
            ),
            Self::HashMismatch => Text::new(
                "收到的文件与所报的 SHA-256 不符，请重新上传",
                "what arrived does not have the SHA-256 that was told; send the file again",
            ),
            Self::TooSlow => Text::new(
                "上传中断或耗时过长，请重新上传",
                "the upload stood still or took too long; send the file again",
            ),
            Self::Broken(_) => Text::new("上传中断，请重新上传", "the upload broke off; send the file again"),
            Self::NoFile => Text::new("该次导入没有这个文件", "the import has no such file"),
            Self::PlanChanged { .. } => Text::new(
                "记录已有变化，原方案不再适用；请查看新方案后再确认",
                "the records have changed since the plan was made; look at the new plan and commit that",
            ),
            Self::ImportState(_) => Text::new(
                "该次导入目前的状态不允许此操作",
                "the state of the import does not allow this",
            ),
            Self::ImportChangedSince(_) => Text::new(
                "此后的导入又改动或重申了同样的记录；请先从最后一次起依次撤销那些导入",
                "later imports changed the same records, or said the same of them; undo those first, the last one first",
            ),
            Self::ImportTooOld => Text::new(
                "该次导入是由旧版本写入的，没有保留原值，无法撤销；请报送内容正确的台账",
                "the import was applied by a version that kept nothing of what it wrote over; hand in a ledger that says what is right",
            ),
            Self::ImportOfAnother => Text::new(
                "报送者只能撤销自己报送的台账；请联系审核人员",
                "a submitter undoes only what it handed in itself; ask a reviewer",
            ),
            Self::TakesNoReason { field } => Text::new(
                format!("{field} 指向的不是警告：错误需要改正，提示不需要理由"),
                format!("{field} is no warning: errors are to be corrected, and notes want no reason"),
            ),
            Self::Store(_) => Text::new(
                "文件存储暂时不可用，请稍后重试",
                "the file store does not answer; try again later",
            ),
            Self::Unauthenticated => Text::new(
                "缺少有效凭证：请在元数据 authorization 中提供“Bearer <令牌>”；令牌可能有误、已过期或已吊销，请与管理员联系",
                "no valid credential: send `authorization: Bearer <token>` as metadata; the token may be wrong, expired or revoked, ask an administrator",
            ),
            Self::RoleNotAllowed => Text::new(
                "当前凭证的角色不允许此操作；如需此权限，请与管理员联系",
                "the role of this credential does not allow this call; ask an administrator if it should",
            ),
            Self::NoToken(id) => Text::new(format!("没有凭证“{id}”"), format!("there is no token \"{id}\"")),
            Self::CertificateTaken => Text::new(
                "该证书已登记为另一个凭证",
                "this certificate is another credential already",
            ),
            Self::Busy => Text::new(
                "正在处理的调用过多，请稍后重试",
                "too many calls are in progress; try again later",
            ),
            Self::RateLimited { limit, wait } => of_limit(*limit, wait.as_secs_f64().ceil()),
            Self::Overloaded => overloaded(),
            Self::Database(error) if error.is_overloaded() => overloaded(),
            Self::Database(error) if error.lacks_schema() => Text::new(
                "数据库结构尚未建立或版本过旧；请管理员运行 ducha-server migrate",
                "the database lacks the schema of this program; an administrator must run `ducha-server migrate`",
            ),
            Self::Database(error) if error.is_unavailable() => Text::new(
                "数据库暂时无法连接，请稍后重试",
                "the database does not answer; try again later",
            ),
            Self::Database(_) | Self::Internal(_) => Text::new("服务器内部错误", "a fault of the server"),
        }
    }
}

fn overloaded() -> Text {
    Text::new(
        "服务器负载过高，请稍后重试",
        "the server has more to do than it can; try again later",
    )
}

fn of_limit(limit: Limit, seconds: f64) -> Text {
    let (zh, en) = match limit {
        Limit::CredentialCalls => ("本凭证的调用过于频繁", "this credential makes too many calls"),
        Limit::DivisionCalls => ("本行政区划的调用过于频繁", "this division makes too many calls"),
        Limit::DivisionUploads => (
            "本行政区划同时上传的文件过多",
            "this division has too many uploads under way",
        ),
        Limit::DivisionUploadBytes => (
            "本行政区划近期上传的数据量过大",
            "this division has uploaded too many bytes of late",
        ),
        Limit::DivisionQueuedImports => (
            "本行政区划等待处理的导入过多",
            "this division has too many imports that wait",
        ),
    };
    Text::new(
        format!("{zh}，请在 {seconds} 秒后重试"),
        format!("{en}; try again in {seconds} s"),
    )
}

fn of_fields(violations: &[Violation]) -> Text {
    let Some(first) = violations.first() else {
        return Text::new("请求有误", "the request is wrong");
    };
    let (field, found) = (&first.field, shown(&first.found));
    let more = violations.len() - 1;
    let (more_zh, more_en) = match more {
        0 => (String::new(), String::new()),
        more => (format!("（另有 {more} 处）"), format!(" (and {more} more)")),
    };
    Text::new(
        format!("字段 {field} 应为{}，实为 {found}{more_zh}", first.wanted.zh),
        format!("{field} must be {}, found {found}{more_en}", first.wanted.en),
    )
}

fn missing(kind: Numbered, numbers: &[String]) -> Text {
    let (zh, en) = match kind {
        Numbered::Petition => ("信访件", "petition"),
        Numbered::Task => ("整改任务", "task"),
    };
    match numbers {
        [number] => Text::new(format!("没有{zh}“{number}”"), format!("there is no {en} \"{number}\"")),
        _ => Text::new(
            format!("有 {} 个编号没有对应的{zh}", numbers.len()),
            format!("{} numbers belong to no {en}", numbers.len()),
        ),
    }
}
