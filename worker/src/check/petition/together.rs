//! The rules on the fields of a petition's row together.

use chrono::Days;
use ducha_records::codes::{Conclusion, Substantiated};
use ducha_records::rules;

use super::PetitionRow;
use crate::check::Context;
use crate::check::plan::Field;
use crate::check::row::RowCheck;
use crate::values::batch;
use crate::values::blank::is_none_word;

/// Fen of the largest fine that one petition plausibly has: 10 million yuan. A fine in yuan under a header of 万元 is
/// 10,000 times what was meant.
const PLAUSIBLE_FINE_FEN: i64 = 1_000_000_000;
/// The largest count that one petition plausibly has. Dates, amounts and numbers in the wrong column are far above it.
const PLAUSIBLE_COUNT: i32 = 1_000;
/// Letters that are posted on the last day arrive some days later.
const STRAGGLING: Days = Days::new(7);
/// A shorter complaint, in characters, may honestly be said again where it was looked into.
const COPIED_CHARS: usize = 15;
/// Degrees between which China lies, from west to east and from south to north.
const LONGITUDES: [f64; 2] = [73.0, 136.0];
const LATITUDES: [f64; 2] = [3.0, 54.0];

impl PetitionRow {
    pub(super) fn check_together(&self, check: &mut RowCheck<'_, '_>, context: &Context<'_>) {
        self.check_stay(check, context);
        self.check_batch(check, context);
        self.check_marks(check, context);
        if context.register() {
            return;
        }
        self.check_conclusion(check);
        self.check_texts(check);
        self.check_measures(check);
        self.check_place(check);
    }

    /// Whether it was received while the inspection was there.
    fn check_stay(&self, check: &mut RowCheck<'_, '_>, context: &Context<'_>) {
        let stay = (context.inspection.started_on, context.inspection.ended_on);
        let (Some(received), (Some(started), Some(ended))) = (self.wording.received_on, stay) else {
            return;
        };
        let last = ended.checked_add_days(STRAGGLING).unwrap_or(ended);
        if (started..=last).contains(&received) || check.found_in(Field::ReceivedOn) {
            return;
        }
        let field = match check.plan.column(Field::ReceivedOn) {
            Some(_) => Field::ReceivedOn,
            None => Field::Number,
        };
        let params = [
            ("found", received.to_string()),
            ("started", started.to_string()),
            ("ended", ended.to_string()),
        ];
        check.field(&rules::RECEIVED_OUTSIDE, field, &received.to_string(), params);
    }

    fn check_batch(&self, check: &mut RowCheck<'_, '_>, context: &Context<'_>) {
        let (Some(found), Some(received), Some(first)) =
            (self.wording.batch, self.wording.received_on, context.first_received_on)
        else {
            return;
        };
        let doubtful = check.found_in(Field::ReceivedOn) || check.found(&rules::RECEIVED_OUTSIDE);
        if let Some(wanted) = batch::expected(received, first)
            && i64::from(wanted) != i64::from(found)
            && !doubtful
        {
            let params = [
                ("found", found.to_string()),
                ("received", received.to_string()),
                ("wanted", wanted.to_string()),
            ];
            check.field(&rules::BATCH_DISAGREES, Field::Batch, &found.to_string(), params);
        }
    }

    /// Stars, duplicates and the round.
    fn check_marks(&self, check: &mut RowCheck<'_, '_>, context: &Context<'_>) {
        if let (Some(number), Some(false)) = (&self.number, self.key_case)
            && number.key_case
        {
            let params = [("found", number.number.clone())];
            check.field(&rules::KEY_DENIED, Field::KeyCase, "否", params);
        }
        match (self.duplicate, &self.wording.duplicate_of) {
            (Some(true), None) if check.may_be_empty(Field::DuplicateOf) => {
                check.field(&rules::DUPLICATE_UNNUMBERED, Field::DuplicateOf, "", []);
            }
            (Some(false), Some(number)) => {
                let params = [("found", number.clone())];
                check.field(&rules::DUPLICATE_DENIED, Field::Duplicate, "否", params);
            }
            _ => {}
        }
        if let (Some(found), Some(wanted)) = (self.round, context.inspection.round)
            && found != u32::from(wanted)
            && !check.found(&rules::NUMBER_OTHER_ROUND)
        {
            let params = [("found", found.to_string()), ("wanted", wanted.to_string())];
            check.field(&rules::ROUND_DISAGREES, Field::Round, &found.to_string(), params);
        }
    }

    fn check_conclusion(&self, check: &mut RowCheck<'_, '_>) {
        let Some(conclusion) = self.conclusion else { return };
        let done = conclusion >= Conclusion::Concluded;
        match self.content.concluded_on {
            Some(concluded) => {
                let written = concluded.to_string();
                if let Some(received) = self.wording.received_on.filter(|received| concluded < *received) {
                    let params = [("concluded", written.clone()), ("received", received.to_string())];
                    check.field(&rules::CONCLUDED_EARLY, Field::ConcludedOn, &written, params);
                } else if !done {
                    let params = [("concluded", written.clone()), ("found", conclusion.label().to_owned())];
                    check.field(&rules::DATED_OPEN, Field::ConcludedOn, &written, params);
                } else if self.handed_over_after(concluded) {
                    let params = [("concluded", written.clone())];
                    check.field(&rules::CONCLUDED_BEFORE_HANDOVER, Field::ConcludedOn, &written, params);
                }
            }
            None if done && check.may_be_empty(Field::ConcludedOn) => {
                check.field(&rules::CONCLUDED_UNDATED, Field::ConcludedOn, "", []);
            }
            None => {}
        }
        if conclusion == Conclusion::Closed
            && self.content.acceptance.is_none()
            && check.may_be_empty(Field::Acceptance)
        {
            check.field(&rules::CLOSED_UNACCEPTED, Field::Acceptance, "", []);
        }
    }

    /// What is received on a day is handed over on the next morning.
    fn handed_over_after(&self, day: chrono::NaiveDate) -> bool {
        let handed_over = self
            .wording
            .received_on
            .and_then(|received| received.checked_add_days(Days::new(1)));
        handed_over.is_some_and(|handed_over| day < handed_over)
    }

    fn check_texts(&self, check: &mut RowCheck<'_, '_>) {
        let content = &self.content;
        let complaint = self.wording.complaint.as_str();
        if complaint.chars().nth(COPIED_CHARS - 1).is_some() {
            let texts = [
                (Field::Investigation, &content.investigation),
                (Field::Handling, &content.handling),
            ];
            let copied = texts.iter().find(|(_, text)| text.as_deref() == Some(complaint));
            if let Some((field, _)) = copied
                && let Some(header) = check.plan.column(*field).map(|column| column.header.clone())
            {
                check.field(&rules::HANDLING_COPIED, *field, complaint, [("header", header)]);
            }
        }
        let said = [&content.handling, &content.measures, &content.latest_progress];
        let done = self
            .conclusion
            .filter(|conclusion| *conclusion >= Conclusion::Concluded);
        if let Some(conclusion) = done
            && content.substantiated != Some(Substantiated::No.code())
            && said.iter().all(|text| text.is_none())
            && check.may_be_empty(Field::Handling)
        {
            let params = [("found", conclusion.label().to_owned())];
            check.field(&rules::CONCLUDED_UNHANDLED, Field::Handling, "", params);
        }
    }

    fn check_measures(&self, check: &mut RowCheck<'_, '_>) {
        let content = &self.content;
        let measures = self.measures();
        if content.substantiated == Some(Substantiated::No.code()) && !measures.is_empty() {
            let params = [("measures", measures)];
            check.field(&rules::MEASURES_UNFOUNDED, Field::Substantiated, "不属实", params);
            return; // their counts are doubtful already
        }
        for (field, _, count) in self.counts() {
            if count > Some(PLAUSIBLE_COUNT)
                && let Some(column) = check.plan.column(field)
            {
                let found = count.unwrap_or_default().to_string();
                let params = [
                    ("header", column.header.clone()),
                    ("found", found.clone()),
                    ("limit", PLAUSIBLE_COUNT.to_string()),
                ];
                check.field(&rules::COUNT_IMPLAUSIBLE, field, &found, params);
            }
        }
        if let Some(fen) = content.fine_fen.filter(|fen| *fen > PLAUSIBLE_FINE_FEN) {
            let params = [("found", yuan(fen)), ("limit", yuan(PLAUSIBLE_FINE_FEN))];
            check.field(&rules::FINE_IMPLAUSIBLE, Field::FineFen, &yuan(fen), params);
        }
        if let Some(fen) = content.fine_fen.filter(|fen| *fen > 0)
            && content.penalised.unwrap_or(0) == 0
            && check.may_be_empty(Field::Penalised)
        {
            let params = [("found", yuan(fen))];
            check.field(
                &rules::FINE_WITHOUT_CASE,
                Field::Penalised,
                &shown(content.penalised),
                params,
            );
        }
        if let Some(persons) = content.criminal_detained.filter(|persons| *persons > 0)
            && content.criminal_cases.unwrap_or(0) == 0
            && check.may_be_empty(Field::CriminalCases)
        {
            let (value, params) = (shown(content.criminal_cases), [("found", persons.to_string())]);
            check.field(&rules::DETAINED_WITHOUT_CASE, Field::CriminalCases, &value, params);
        }
        if let (Some(said), Some(count)) = (&content.accountability, content.accountable.filter(|count| *count > 0))
            && is_none_word(said)
        {
            let params = [("found", said.clone()), ("count", count.to_string())];
            check.field(&rules::ACCOUNTABILITY_DENIED, Field::Accountability, said, params);
        }
    }

    /// Degrees far from any place in China; often the two are swapped, which is one mistake.
    fn check_place(&self, check: &mut RowCheck<'_, '_>) {
        let outside = |degrees: &Option<(String, f64)>, [least, most]: [f64; 2]| {
            degrees.clone().filter(|(_, degrees)| !(least..=most).contains(degrees))
        };
        let axes = [
            (
                Field::Longitude,
                "longitude",
                outside(&self.longitude, LONGITUDES),
                LONGITUDES,
            ),
            (
                Field::Latitude,
                "latitude",
                outside(&self.latitude, LATITUDES),
                LATITUDES,
            ),
        ];
        let wrong = axes
            .into_iter()
            .find_map(|(field, axis, found, range)| Some((field, axis, found?, range)));
        if let Some((field, axis, (written, _), [least, most])) = wrong {
            let params = [
                ("what", axis.to_owned()),
                ("found", written.clone()),
                ("least", least.to_string()),
                ("most", most.to_string()),
            ];
            check.field(&rules::COORDINATE_OUTSIDE, field, &written, params);
        }
    }

    const fn counts(&self) -> [(Field, &'static str, Option<i32>); 7] {
        let content = &self.content;
        [
            (Field::Ordered, "责令整改", content.ordered),
            (Field::Penalised, "立案处罚", content.penalised),
            (Field::CriminalCases, "立案侦查", content.criminal_cases),
            (Field::AdminDetained, "行政拘留", content.admin_detained),
            (Field::CriminalDetained, "刑事拘留", content.criminal_detained),
            (Field::Interviewed, "约谈", content.interviewed),
            (Field::Accountable, "问责", content.accountable),
        ]
    }

    /// The measures counted above zero, as the ledger's headers name them.
    fn measures(&self) -> String {
        let counts = self.counts();
        let mut named: Vec<&str> = counts
            .iter()
            .filter(|(_, _, count)| count.is_some_and(|count| count > 0))
            .map(|(_, name, _)| *name)
            .collect();
        if self.content.fine_fen.is_some_and(|fen| fen > 0) {
            named.push("罚款");
        }
        named.join("、")
    }
}

fn shown(count: Option<i32>) -> String {
    count.map_or_else(String::new, |count| count.to_string())
}

/// An amount as people say it: 5万元, 251542.71元.
fn yuan(fen: i64) -> String {
    const WAN: i64 = 1_000_000;
    match (fen % WAN, fen % 100) {
        (0, _) => format!("{}万元", fen / WAN),
        (_, 0) => format!("{}元", fen / 100),
        (_, rest) => format!("{}.{rest:02}元", fen / 100),
    }
}
