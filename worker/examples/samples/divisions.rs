//! The counties that send a ledger, with the ways a clerk writes their names.

/// A county, city or district.
#[derive(Debug)]
pub struct County {
    /// Six digits of GB/T 2260.
    pub code: &'static str,
    /// The full official name.
    pub name: &'static str,
    /// The name in daily use.
    pub short: &'static str,
}

const fn county(code: &'static str, name: &'static str, short: &'static str) -> County {
    County { code, name, short }
}

/// The prefectures, by the first four digits of the code.
const PREFECTURES: [(&str, &str); 9] = [
    ("5201", "贵阳市"),
    ("5202", "六盘水市"),
    ("5203", "遵义市"),
    ("5204", "安顺市"),
    ("5205", "毕节市"),
    ("5206", "铜仁市"),
    ("5223", "黔西南布依族苗族自治州"),
    ("5226", "黔东南苗族侗族自治州"),
    ("5227", "黔南布依族苗族自治州"),
];

/// Every county that appears in the samples, by rising code.
pub const COUNTIES: [County; 58] = [
    county("520102", "南明区", "南明"),
    county("520103", "云岩区", "云岩"),
    county("520111", "花溪区", "花溪"),
    county("520112", "乌当区", "乌当"),
    county("520113", "白云区", "白云区"),
    county("520115", "观山湖区", "观山湖"),
    county("520121", "开阳县", "开阳"),
    county("520122", "息烽县", "息烽"),
    county("520123", "修文县", "修文"),
    county("520181", "清镇市", "清镇"),
    county("520201", "钟山区", "钟山"),
    county("520203", "六枝特区", "六枝"),
    county("520204", "水城区", "水城"),
    county("520281", "盘州市", "盘州"),
    county("520302", "红花岗区", "红花岗"),
    county("520303", "汇川区", "汇川"),
    county("520304", "播州区", "播州"),
    county("520322", "桐梓县", "桐梓"),
    county("520323", "绥阳县", "绥阳"),
    county("520325", "道真仡佬族苗族自治县", "道真县"),
    county("520328", "湄潭县", "湄潭"),
    county("520330", "习水县", "习水"),
    county("520381", "赤水市", "赤水"),
    county("520382", "仁怀市", "仁怀"),
    county("520402", "西秀区", "西秀"),
    county("520403", "平坝区", "平坝"),
    county("520422", "普定县", "普定"),
    county("520423", "镇宁布依族苗族自治县", "镇宁县"),
    county("520424", "关岭布依族苗族自治县", "关岭自治县"),
    county("520425", "紫云苗族布依族自治县", "紫云县"),
    county("520502", "七星关区", "七星关"),
    county("520521", "大方县", "大方"),
    county("520523", "金沙县", "金沙"),
    county("520524", "织金县", "织金"),
    county("520525", "纳雍县", "纳雍"),
    county("520526", "威宁彝族回族苗族自治县", "威宁县"),
    county("520581", "黔西市", "黔西市"),
    county("520602", "碧江区", "碧江"),
    county("520603", "万山区", "万山"),
    county("520622", "玉屏侗族自治县", "玉屏县"),
    county("520624", "思南县", "思南"),
    county("520627", "沿河土家族自治县", "沿河县"),
    county("520628", "松桃苗族自治县", "松桃县"),
    county("522301", "兴义市", "兴义"),
    county("522302", "兴仁市", "兴仁"),
    county("522325", "贞丰县", "贞丰"),
    county("522328", "安龙县", "安龙"),
    county("522601", "凯里市", "凯里"),
    county("522622", "黄平县", "黄平"),
    county("522625", "镇远县", "镇远"),
    county("522631", "黎平县", "黎平"),
    county("522634", "雷山县", "雷山"),
    county("522701", "都匀市", "都匀"),
    county("522702", "福泉市", "福泉"),
    county("522723", "贵定县", "贵定"),
    county("522725", "瓮安县", "瓮安"),
    county("522728", "罗甸县", "罗甸"),
    county("522732", "三都水族自治县", "三都县"),
];

/// The index in [`COUNTIES`] of the county with this code; the codes in the generator's own tables are all there.
pub fn index_of(code: &str) -> usize {
    match COUNTIES.iter().position(|county| county.code == code) {
        Some(index) => index,
        None => panic!("{code} is not in the table of counties"),
    }
}

/// How a ledger writes its division.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DivisionStyle {
    /// `520102`
    Code,
    /// `贵州省贵阳市南明区`
    Path,
    /// `贵阳市南明区`
    Prefecture,
    /// `南明区`
    Name,
    /// `南明`
    Short,
}

impl County {
    /// The name of the prefecture above.
    pub fn prefecture(&self) -> &'static str {
        PREFECTURES
            .iter()
            .find(|(code, _)| self.code.starts_with(code))
            .map_or("", |(_, name)| name)
    }

    /// The county as a clerk of this style writes it.
    pub fn written(&self, style: DivisionStyle) -> String {
        match style {
            DivisionStyle::Code => self.code.to_owned(),
            DivisionStyle::Path => format!("贵州省{}{}", self.prefecture(), self.name),
            DivisionStyle::Prefecture => format!("{}{}", self.prefecture(), self.name),
            DivisionStyle::Name => self.name.to_owned(),
            DivisionStyle::Short => self.short.to_owned(),
        }
    }
}
