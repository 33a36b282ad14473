//! Values that are tokens of a closed list, with the words for them.

use crate::rules::{Param, Word};

/// Which coordinate.
pub(in crate::rules) const AXIS: Param = Param {
    name: "what",
    zh: "经度或纬度",
    en: "which coordinate",
    words: &[
        Word {
            token: "longitude",
            zh: "经度",
            en: "longitude",
        },
        Word {
            token: "latitude",
            zh: "纬度",
            en: "latitude",
        },
    ],
};

/// The channel as written.
pub(in crate::rules) const CHANNEL: Param = Param {
    name: "found",
    zh: "表中的举报方式",
    en: "the channel as written",
    words: &[
        Word {
            token: "phone",
            zh: "来电",
            en: "phone",
        },
        Word {
            token: "letter",
            zh: "来信",
            en: "letter",
        },
        Word {
            token: "other",
            zh: "其他",
            en: "other",
        },
    ],
};

/// The channel the number says.
pub(in crate::rules) const CHANNEL_WANTED: Param = Param {
    name: "wanted",
    zh: "编号表示的举报方式",
    en: "the channel the number says",
    words: &[
        Word {
            token: "phone",
            zh: "来电",
            en: "phone",
        },
        Word {
            token: "letter",
            zh: "来信",
            en: "letter",
        },
        Word {
            token: "other",
            zh: "其他",
            en: "other",
        },
    ],
};

/// Which clock ran out.
pub(in crate::rules) const CLOCK: Param = Param {
    name: "clock",
    zh: "计时方式",
    en: "which clock ran out",
    words: &[
        Word {
            token: "cpu",
            zh: "处理器时间",
            en: "processor time",
        },
        Word {
            token: "wall",
            zh: "等待时间",
            en: "waiting time",
        },
    ],
};

/// How it ended.
pub(in crate::rules) const CRASH: Param = Param {
    name: "how",
    zh: "中断的方式",
    en: "how it ended",
    words: &[
        Word {
            token: "panic",
            zh: "程序错误",
            en: "panic",
        },
        Word {
            token: "signal",
            zh: "信号",
            en: "signal",
        },
        Word {
            token: "exit",
            zh: "退出码",
            en: "exit code",
        },
        Word {
            token: "cut_short",
            zh: "输出中断",
            en: "output cut short",
        },
        Word {
            token: "bad_frame",
            zh: "输出无法解析",
            en: "output that is no frame",
        },
    ],
};

/// What was counted.
pub(in crate::rules) const MEASURE: Param = Param {
    name: "what",
    zh: "超过上限的项目",
    en: "what was counted",
    words: &[
        Word {
            token: "file_bytes",
            zh: "文件字节数",
            en: "bytes of file",
        },
        Word {
            token: "inflated_bytes",
            zh: "解压后的字节数",
            en: "unpacked bytes",
        },
        Word {
            token: "shared_string_bytes",
            zh: "文字部分解压后的字节数",
            en: "unpacked bytes of shared strings",
        },
        Word {
            token: "zip_entries",
            zh: "文件内的部件数",
            en: "entries in the package",
        },
        Word {
            token: "sheets",
            zh: "工作表数",
            en: "sheets",
        },
        Word {
            token: "rows",
            zh: "行数",
            en: "rows",
        },
        Word {
            token: "cells",
            zh: "非空单元格数",
            en: "cells with a value",
        },
        Word {
            token: "laid_out_cells",
            zh: "从首格到末格的单元格数（含空格）",
            en: "cells from the first to the last, empty ones included",
        },
        Word {
            token: "text_chars",
            zh: "单元格字数",
            en: "characters in one cell",
        },
        Word {
            token: "merges",
            zh: "合并单元格数",
            en: "merged blocks",
        },
        Word {
            token: "row_bytes",
            zh: "一行的字节数",
            en: "bytes in one row",
        },
    ],
};

/// Which column points.
pub(in crate::rules) const POINTER: Param = Param {
    name: "what",
    zh: "哪一种编号",
    en: "which column points",
    words: &[
        Word {
            token: "merged_into",
            zh: "合并编号",
            en: "the merged petition",
        },
        Word {
            token: "duplicate_of",
            zh: "重复关联件编号",
            en: "the repeated petition",
        },
        Word {
            token: "parent",
            zh: "上级任务编号",
            en: "the parent task",
        },
    ],
};

/// Each sheet and why it is no ledger.
pub(in crate::rules) const SHEETS: Param = Param {
    name: "sheets",
    zh: "每个工作表为什么不是台账",
    en: "each sheet and why it is no ledger",
    words: &[
        Word {
            token: "empty",
            zh: "空表",
            en: "empty",
        },
        Word {
            token: "hidden",
            zh: "隐藏",
            en: "hidden",
        },
        Word {
            token: "not_a_grid",
            zh: "不是普通工作表",
            en: "no grid",
        },
        Word {
            token: "no_header",
            zh: "没有找到台账表头",
            en: "no ledger header",
        },
        Word {
            token: "two_kinds",
            zh: "像两种台账",
            en: "two kinds of ledger",
        },
        Word {
            token: "explanatory",
            zh: "说明文字",
            en: "explanatory",
        },
    ],
};

/// Sheet, cell or part.
pub(in crate::rules) const WHERE: Param = Param {
    name: "place",
    zh: "出错的工作表、单元格或部件",
    en: "sheet, cell or part",
    words: &[Word {
        token: "",
        zh: "文件整体",
        en: "the file as a whole",
    }],
};
