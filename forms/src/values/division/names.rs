//! Short names of divisions.

/// What a full name ends with, the longer ones first.
const ENDINGS: [&str; 13] = [
    "自治县",
    "自治州",
    "自治区",
    "自治旗",
    "特区",
    "林区",
    "省",
    "市",
    "县",
    "区",
    "州",
    "盟",
    "旗",
];

/// The peoples in the names of autonomous divisions, the longer ones first.
const PEOPLES: [&str; 42] = [
    "维吾尔族",
    "维吾尔",
    "哈萨克族",
    "哈萨克",
    "柯尔克孜",
    "达斡尔族",
    "鄂伦春",
    "鄂温克族",
    "塔吉克",
    "各族",
    "布依族",
    "仡佬族",
    "土家族",
    "哈尼族",
    "拉祜族",
    "傈僳族",
    "景颇族",
    "纳西族",
    "布朗族",
    "普米族",
    "仫佬族",
    "毛南族",
    "朝鲜族",
    "蒙古族",
    "蒙古",
    "裕固族",
    "东乡族",
    "保安族",
    "撒拉族",
    "锡伯",
    "独龙族",
    "怒族",
    "彝族",
    "回族",
    "苗族",
    "侗族",
    "水族",
    "白族",
    "傣族",
    "瑶族",
    "藏族",
    "羌族",
];

/// Shorter names are left whole: `盘县` is never called `盘`.
const LEAST_CHARS: usize = 2;

/// The names that people use for the division called `name`: without its ending and its peoples, and for autonomous ones
/// also with the plain ending: `威宁`, `威宁县`, `威宁自治县`. None where nothing can be dropped.
#[must_use]
pub fn short_names(name: &str) -> Vec<String> {
    let Some((base, ending)) = ENDINGS
        .iter()
        .find_map(|ending| Some((name.strip_suffix(ending)?, *ending)))
    else {
        return Vec::new();
    };
    let autonomous = ending.starts_with("自治");
    let base = if autonomous { without_peoples(base) } else { base };
    if base.chars().count() < LEAST_CHARS {
        return Vec::new();
    }
    let mut names = vec![base.to_owned()];
    if let Some(plain) = ending.strip_prefix("自治") {
        names.extend([format!("{base}{plain}"), format!("{base}{ending}")]);
    }
    names
}

/// Drops the peoples at the end, as long as a name is left.
fn without_peoples(name: &str) -> &str {
    let mut base = name;
    while let Some(rest) = PEOPLES.iter().find_map(|people| base.strip_suffix(people)) {
        if rest.chars().count() < LEAST_CHARS {
            break;
        }
        base = rest;
    }
    base
}
