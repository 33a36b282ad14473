//! Complaints, investigations and handlings: invented, varied, and of the length that counties really write.

use std::collections::HashSet;
use std::ops::Range;

use chrono::{Datelike, Days, NaiveDate};

use crate::model::{Measures, Substantiated};
use crate::pools::POOLS;
use crate::rng::Rng;
use crate::spell::numeral;
use crate::words::{
    BRAND_TAILS, BRANDS, CHECKS, CONTEXT, DEMANDS, DEPARTMENTS, EFFECTS, ENDINGS, GENERAL_ACTIONS, OPENINGS, TOWNS,
    VILLAGES,
};

/// Who and where: shared by every text about one petition.
#[derive(Debug, Clone)]
pub struct Scene {
    /// The county's name and the place in it.
    pub place: String,
    /// The invented firm.
    pub firm: String,
    /// The day of the check.
    pub checked_on: NaiveDate,
}

/// Writes texts and remembers them, so that no two are alike.
pub struct Writer {
    rng: Rng,
    seen: HashSet<String>,
}

impl Writer {
    /// A writer with its own source of chance.
    pub fn new(seed: u64) -> Self {
        Self {
            rng: Rng::new(seed),
            seen: HashSet::new(),
        }
    }

    /// A place and a firm in `county` that causes pollution of `kind`.
    pub fn scene(&mut self, county: &str, kind: usize, received_on: NaiveDate) -> Scene {
        let rng = &mut self.rng;
        let town = format!("{}{}", rng.pick(&TOWNS), rng.pick(&["镇", "乡", "街道"]));
        let firm = format!(
            "{}{}{}",
            rng.pick(&BRANDS),
            rng.pick(&BRAND_TAILS),
            rng.pick(POOLS[kind].trades)
        );
        Scene {
            place: format!("{county}{town}{}", rng.pick(&VILLAGES)),
            firm,
            checked_on: received_on + Days::new(1 + rng.below(3) as u64),
        }
    }

    /// A complaint of 60 to 300 characters.
    pub fn complaint(&mut self, scene: &Scene, kinds: &[usize]) -> String {
        self.unseen(58..235, scene, &EFFECTS, &DEMANDS, |writer| {
            let opening = writer.rng.pick(&OPENINGS);
            let parts: Vec<String> = kinds
                .iter()
                .map(|&kind| writer.one_of(POOLS[kind].complaints, scene))
                .collect();
            format!("{opening}{}的{}{}。", scene.place, scene.firm, parts.join("；同时，"))
        })
    }

    /// An investigation of 80 to 400 characters that ends in the verdict.
    pub fn investigation(&mut self, scene: &Scene, kinds: &[usize], verdict: Substantiated) -> String {
        let closing = match verdict {
            Substantiated::Yes => "综上，群众反映的问题属实",
            Substantiated::Largely => "综上，群众反映的问题基本属实",
            Substantiated::Partly => "综上，群众反映的问题部分属实，其余情况未发现",
            Substantiated::No => "综上，未发现群众反映的情况，举报不属实",
        };
        self.unseen(70..320, scene, &CONTEXT, &[closing], |writer| {
            let mut text = writer.one_of(&CHECKS, scene);
            for &kind in kinds {
                text += &writer.some_of(POOLS[kind].findings, scene).join("。");
                text.push('。');
            }
            text
        })
    }

    /// A handling of 100 to 500 characters that says what the counts of measures say.
    pub fn handling(&mut self, scene: &Scene, kinds: &[usize], verdict: Substantiated, measures: &Measures) -> String {
        self.unseen(90..400, scene, &GENERAL_ACTIONS, &ENDINGS, |writer| {
            let mut text = measures_in_words(measures);
            if verdict == Substantiated::No {
                text += "虽未发现举报情况，仍做好解释和日常监管。";
            }
            let actions: Vec<String> = kinds
                .iter()
                .flat_map(|&kind| writer.some_of(POOLS[kind].actions, scene))
                .collect();
            for (at, action) in actions.iter().enumerate() {
                text += &format!("{}是{action}。", numeral(at as u32 + 1));
            }
            text
        })
    }

    /// What became of the persons responsible.
    pub fn accountability(&mut self, accountable: i64) -> String {
        if accountable == 0 {
            return self.rng.pick(&["无", "无", "无", "", "无责任人被处理"]).to_owned();
        }
        let persons: Vec<String> = (0..accountable).map(|_| self.person()).collect();
        let kind = self.rng.pick(&["批评教育", "诫勉谈话", "通报批评", "责令书面检查"]);
        format!("对{}等{accountable}人{kind}。", persons.join("、"))
    }

    /// A department of the county.
    pub fn unit(&mut self, county: &str) -> String {
        format!("{county}{}", self.rng.pick(&DEPARTMENTS))
    }

    /// Nobody in particular.
    pub fn person(&mut self) -> String {
        format!("人员{:03}", self.rng.between(1, 180))
    }

    /// Fills the slots of `template`; each number is drawn anew.
    pub fn fill(&mut self, template: &str, scene: &Scene) -> String {
        let mut text = String::new();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((slot, after)) = after.split_once('}') else {
                break;
            };
            text += before;
            text += &self.slot(slot, scene);
            rest = after;
        }
        text + rest
    }

    fn slot(&mut self, slot: &str, scene: &Scene) -> String {
        let rng = &mut self.rng;
        match slot {
            "firm" => scene.firm.clone(),
            "place" => scene.place.clone(),
            "dept" => rng.pick(&DEPARTMENTS).to_owned(),
            "n" => rng.between(3, 40).to_string(),
            "k" => rng.between(2, 9).to_string(),
            "m" => (rng.between(4, 180) * 5).to_string(),
            "db" => format!("{}.{}", rng.between(47, 71), rng.below(10)),
            "t" => rng.between(6, 480).to_string(),
            "area" => format!("{}.{}", rng.between(1, 60), rng.below(10)),
            "year" => rng.between(2014, 2021).to_string(),
            "clock" => rng.pick(&["10", "11", "12", "22", "23"]).to_owned(),
            "day" => spoken(scene.checked_on),
            "due" => spoken(scene.checked_on + Days::new(5 + rng.below(40) as u64)),
            "p" => self.person(),
            other => panic!("no slot is called {other}"),
        }
    }

    fn one_of(&mut self, pool: &[&str], scene: &Scene) -> String {
        let template = self.rng.pick(pool);
        self.fill(template, scene)
    }

    /// One or two sentences of the pool, never the same one twice.
    fn some_of(&mut self, pool: &[&str], scene: &Scene) -> Vec<String> {
        let mut order = pool.to_vec();
        self.rng.shuffle(&mut order);
        order.truncate(1 + self.rng.below(2));
        order.iter().map(|template| self.fill(template, scene)).collect()
    }

    /// A text that was never written before: `start`, then `fillers`, each at most once, until it has a length drawn
    /// from `least`, then one of `endings`.
    fn unseen(
        &mut self,
        least: Range<usize>,
        scene: &Scene,
        fillers: &[&str],
        endings: &[&str],
        start: impl Fn(&mut Self) -> String,
    ) -> String {
        loop {
            // The smaller of two draws: short texts are more frequent than long ones.
            let draw = self.rng.below(least.len()).min(self.rng.below(least.len()));
            let mut text = start(self);
            let mut order = fillers.to_vec();
            self.rng.shuffle(&mut order);
            for filler in order {
                if text.chars().count() >= least.start + draw {
                    break;
                }
                text += &format!("{}。", self.fill(filler, scene));
            }
            text += &format!("{}。", self.one_of(endings, scene));
            if self.seen.insert(text.clone()) {
                return text;
            }
        }
    }
}

fn spoken(date: NaiveDate) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// The counts of measures as a sentence; nothing when there are none.
fn measures_in_words(measures: &Measures) -> String {
    let mut parts = Vec::new();
    let mut say = |count: i64, before: &str, after: &str| {
        if count > 0 {
            parts.push(format!("{before}{count}{after}"));
        }
    };
    say(measures.ordered, "责令整改", "家");
    say(measures.penalised, "立案处罚", "家");
    say(measures.criminal_cases, "移送公安机关立案侦查", "件");
    say(measures.admin_detained, "行政拘留", "人");
    say(measures.criminal_detained, "刑事拘留", "人");
    say(measures.interviewed, "约谈", "人");
    say(measures.accountable, "问责", "人");
    if measures.fine_fen > 0 {
        parts.push(format!("罚款{}元", yuan(measures.fine_fen)));
    }
    if parts.is_empty() {
        String::new()
    } else {
        format!("已{}。", parts.join("，"))
    }
}

/// An amount in fen, written in yuan without needless zeros.
pub fn yuan(fen: i64) -> String {
    match fen % 100 {
        0 => (fen / 100).to_string(),
        cents => format!("{}.{cents:02}", fen / 100),
    }
}
