//! The feed: stretch by stretch to its present end and, where that is wanted, on from there.

use std::time::Duration;

use ducha::v1::{WatchChangesRequest, WatchChangesResponse};
use ducha_records::feed::{self, Position};
use ducha_records::revisions::ChangeFilter;
use ducha_records::rules::Language;
use ducha_records::verdicts::Verdict;
use ducha_records::{Database, Db, Reach};
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, MissedTickBehavior, interval};

use super::answers::Stretch;
use super::read::Told;
use super::{History, cursor};
use crate::answer::Call;
use crate::convert;
use crate::error::CallError;
use crate::export::{self, ExportStream, Piece, send};
use crate::lookup;
use crate::observe::go_on;
use crate::request::Checks;

/// How often the end of a followed feed is looked at.
const LOOK: Duration = Duration::from_millis(500);
/// A feed is followed for this time; its client calls again.
const LONGEST: Duration = Duration::from_secs(25 * 60);
/// Revisions, and verdicts, that are read at once.
const PAGE: usize = 500;

type Pieces = mpsc::Sender<Piece<WatchChangesResponse>>;

/// A feed that is watched.
struct Watch {
    database: Database,
    reach: Reach,
    inspection: String,
    filter: ChangeFilter,
    personal: bool,
    language: Language,
    follow: bool,
}

impl History {
    pub(super) async fn watch(
        &self,
        call: Call,
        request: WatchChangesRequest,
    ) -> Result<ExportStream<WatchChangesResponse>, CallError> {
        let mut checks = Checks::default();
        checks.inspection_id("inspection_id", &request.inspection_id);
        let filter = checks.changes(&request.filter.unwrap_or_default());
        checks.done()?;
        let place = cursor::place(&request.inspection_id, &request.cursor)?;
        let permit = export::place(&self.watches)?;
        let mut watch = Watch {
            database: self.database.clone(),
            reach: call.reach(),
            inspection: request.inspection_id,
            filter,
            personal: call.caller.sees_personal_data(),
            language: call.language,
            follow: request.follow,
        };
        let from = watch.begin(place).await?;
        let (sender, stream) = ExportStream::channel();
        let stopped = self.stopped.clone();
        go_on(async move {
            let _permit = permit;
            watch.run(from, stopped, &sender).await;
        });
        Ok(stream)
    }
}

impl Watch {
    /// Makes sure of everything that a request may have wrong, and finds out where the feed begins.
    async fn begin(&mut self, place: Option<Position>) -> Result<Position, CallError> {
        let (reach, id) = (self.reach.clone(), self.inspection.clone());
        let codes = std::mem::take(&mut self.filter.divisions);
        let begun = self.database.read(reach.clone(), move |db| {
            lookup::inspection(db, &reach, &id)?;
            let divisions = lookup::below(db, &codes)?;
            let end = feed::end(db, &id)?.ok_or(CallError::NoInspection(id))?;
            let from = place.unwrap_or_else(|| Position {
                sequence: 0,
                verdict: 0,
                ..end.clone()
            });
            if from.leads_to(&end) {
                Ok((divisions, from))
            } else {
                Err(CallError::FeedReset)
            }
        });
        let (divisions, from) = begun.await?;
        self.filter.divisions = divisions;
        Ok(from)
    }

    async fn run(self, mut from: Position, mut stopped: watch::Receiver<bool>, sender: &Pieces) {
        let until = Instant::now() + LONGEST;
        let mut looks = interval(LOOK);
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut told = None;
        loop {
            let stretch = match self.read(&from).await {
                Ok(stretch) => stretch,
                Err(error) => {
                    send(sender, Piece::Broken(error.into_status(self.language))).await;
                    return;
                }
            };
            let (to, at_end) = (stretch.to.clone(), stretch.at_end);
            let place_too = at_end && told.as_ref() != Some(&to);
            let begun = std::mem::replace(&mut from, to);
            for answer in stretch.answers(&self.inspection, begun, place_too) {
                told = Some(from.clone());
                if !send(sender, Piece::Answer(answer)).await {
                    return;
                }
            }
            if !at_end {
                if sender.is_closed() {
                    return;
                }
                continue;
            }
            // An error says that the server is gone.
            let stops = *stopped.borrow() || stopped.has_changed().is_err();
            let over = stops || !self.follow || Instant::now() >= until;
            if over {
                send(sender, Piece::Complete).await;
                return;
            }
            tokio::select! {
                _ = looks.tick() => {}
                _ = stopped.changed() => {}
                () = sender.closed() => return,
            }
        }
    }

    /// The next stretch behind a place.
    async fn read(&self, from: &Position) -> Result<Stretch, CallError> {
        let (inspection, reach) = (self.inspection.clone(), self.reach.clone());
        let (filter, personal, from) = (self.filter.clone(), self.personal, from.clone());
        let read = move |db: &mut Db| {
            // Before the revisions: all up to there are seen by what is read from here on.
            let end = feed::end(db, &inspection)?.ok_or_else(|| CallError::NoInspection(inspection.clone()))?;
            if !from.leads_to(&end) {
                return Err(CallError::FeedReset);
            }
            let mut stretch = feed::behind(db, &reach, &inspection, &filter, (&from, &end), PAGE)?;
            stretch.verdicts.retain(|verdict| is_asked_for(verdict, &filter));
            Ok(Stretch {
                told: Told::read(db, &inspection, stretch.revisions, personal)?,
                verdicts: stretch.verdicts,
                at_end: (stretch.to.sequence, stretch.to.verdict) == (end.sequence, end.verdict),
                to: stretch.to,
            })
        };
        self.database.read(self.reach.clone(), read).await
    }
}

/// Whether a verdict is on a ledger of one of the kinds that are asked for. A file in which none was found may be of any.
fn is_asked_for(verdict: &Verdict, filter: &ChangeFilter) -> bool {
    let found = convert::kinds(&verdict.kinds);
    let asked = |kind: &i32| filter.kinds.iter().any(|code| i32::from(*code) == *kind);
    filter.kinds.is_empty() || found.is_empty() || found.iter().any(asked)
}
