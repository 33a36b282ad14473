//! The feed: stretch by stretch to its present end and, where that is wanted, on from there.

use std::time::Duration;

use ducha::v1::{Revision, WatchChangesRequest, WatchChangesResponse};
use ducha_records::feed::{self, Position};
use ducha_records::revisions::{self, ChangeFilter};
use ducha_records::rules::Language;
use ducha_records::{Database, Db, Reach};
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, MissedTickBehavior, interval};

use super::read::Told;
use super::{History, cursor};
use crate::answer::Call;
use crate::error::CallError;
use crate::export::{self, ExportStream, Piece, send};
use crate::lookup;
use crate::observe::go_on;
use crate::pages;
use crate::request::Checks;

/// How often the end of a followed feed is looked at.
const LOOK: Duration = Duration::from_millis(500);
/// A feed is followed for this time; its client calls again.
const LONGEST: Duration = Duration::from_secs(25 * 60);
/// Revisions that are read at once.
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

/// A stretch of the feed, as it is told.
struct Stretch {
    told: Told,
    /// Number of its last revision.
    to: i64,
    /// Whether the feed ended there.
    at_end: bool,
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
            from.sequence = stretch.to;
            for answer in self.answers(stretch.told, &from, stretch.at_end && told != Some(stretch.to)) {
                told = Some(stretch.to);
                if !send(sender, Piece::Answer(answer)).await {
                    return;
                }
            }
            if !stretch.at_end {
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
            let span = (from.sequence, end.sequence);
            let stretch = revisions::behind(db, &reach, &inspection, &filter, span, PAGE)?;
            Ok(Stretch {
                told: Told::read(db, &inspection, stretch.rows, personal)?,
                to: stretch.to,
                at_end: stretch.to == end.sequence,
            })
        };
        self.database.read(self.reach.clone(), read).await
    }

    /// The answers of a stretch that ends at `to`. `place_too`: one even without revisions, to tell the place.
    fn answers(&self, told: Told, to: &Position, place_too: bool) -> Vec<WatchChangesResponse> {
        let (sequences, messages): (Vec<i64>, Vec<Revision>) = told.messages().unzip();
        let mut sequences = sequences.into_iter();
        let mut messages = messages.into_iter().peekable();
        let mut answers = Vec::new();
        while messages.peek().is_some() {
            let revisions = pages::next_answer(&mut messages);
            let last = sequences.nth(revisions.len() - 1).filter(|_| messages.peek().is_some());
            answers.push(self.answer(revisions, to, last));
        }
        if answers.is_empty() && place_too {
            answers.push(self.answer(Vec::new(), to, None));
        }
        answers
    }

    /// An answer whose cursor is behind the revision `last` or, without one, at the end of the stretch.
    fn answer(&self, revisions: Vec<Revision>, to: &Position, last: Option<i64>) -> WatchChangesResponse {
        let place = Position {
            epoch: to.epoch.clone(),
            sequence: last.unwrap_or(to.sequence),
        };
        WatchChangesResponse {
            revisions,
            cursor: cursor::cursor(&self.inspection, &place),
        }
    }
}
