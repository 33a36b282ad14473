//! Streams of answers, and exports: streams of everything that passes a filter.
//!
//! The client sets the pace: the next page is read only when the one before was taken, a connection to the database is
//! held only while a page is read, and so an export of any length needs the memory of a few pages. A stream that breaks
//! off says so; only one that is complete ends with OK.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use ducha_records::Database;
use ducha_records::rules::Language;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio_stream::Stream;
use tonic::Status;

use crate::error::CallError;
use crate::numbered::{self, Kind, Listing};
use crate::observe::go_on;
use crate::page_token::Query;
use crate::pages::{self, Record};

/// Records that are read at once.
const PAGE: usize = 500;
/// A client that takes nothing for so long has given up.
const PATIENCE: Duration = Duration::from_secs(300);
/// Exports that may run at once.
pub const MOST_EXPORTS: usize = 32;

/// What the reading side sends.
pub enum Piece<T> {
    /// The next answer.
    Answer(T),
    /// It failed, and ends.
    Broken(Status),
    /// It ends because everything was sent.
    Complete,
}

/// Answers that come one by one: of an export, a feed, a watch, a download.
pub struct ExportStream<T> {
    pieces: mpsc::Receiver<Piece<T>>,
    ended: bool,
}

impl<T> ExportStream<T> {
    /// A stream, and where its pieces are put. One piece waits for the client.
    #[must_use]
    pub fn channel() -> (mpsc::Sender<Piece<T>>, Self) {
        let (sender, pieces) = mpsc::channel(1);
        (sender, Self { pieces, ended: false })
    }
}

impl<T> Stream for ExportStream<T> {
    type Item = Result<T, Status>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let piece = match self.pieces.poll_recv(context) {
            Poll::Ready(piece) => piece,
            Poll::Pending => return Poll::Pending,
        };
        self.ended = !matches!(piece, Some(Piece::Answer(_)));
        Poll::Ready(match piece {
            Some(Piece::Answer(answer)) => Some(Ok(answer)),
            Some(Piece::Broken(status)) => Some(Err(status)),
            Some(Piece::Complete) => None,
            None => Some(Err(Status::unavailable(
                "the stream broke off; go on behind its last answer",
            ))),
        })
    }
}

/// A file in pieces of `most` bytes; the first of them has its name.
#[must_use]
pub fn in_pieces<T: Send + 'static>(
    name: String,
    bytes: Vec<u8>,
    most: usize,
    answer: fn(String, Vec<u8>) -> T,
) -> ExportStream<T> {
    let (sender, stream) = ExportStream::channel();
    go_on(async move {
        let mut name = Some(name);
        for chunk in bytes.chunks(most) {
            let piece = answer(name.take().unwrap_or_default(), chunk.to_vec());
            if !send(&sender, Piece::Answer(piece)).await {
                return; // the client is gone
            }
        }
        send(&sender, Piece::Complete).await;
    });
    stream
}

/// One export: what it reads, and how its answers are made.
pub struct Export<K: Kind, T> {
    /// What is asked for, its divisions expanded.
    pub listing: Listing<K>,
    /// Issues the resume tokens.
    pub query: Query,
    /// The language of errors.
    pub language: Language,
    /// Puts records, a resume token and a cursor of the feed into an answer.
    pub answer: fn(Vec<K::Message>, String, String) -> T,
}

/// A place among the exports that may run at once.
///
/// # Errors
/// [`CallError::Busy`] when there is none.
pub fn place(places: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, CallError> {
    Arc::clone(places).try_acquire_owned().map_err(|_| CallError::Busy)
}

impl<K: Kind, T: Send + 'static> Export<K, T> {
    /// Starts behind the record `after`; `place` is held until the end.
    #[must_use]
    pub fn start(self, database: Database, after: String, place: OwnedSemaphorePermit) -> ExportStream<T> {
        let (sender, stream) = ExportStream::channel();
        go_on(async move {
            let _place = place;
            self.run(&database, after, &sender).await;
        });
        stream
    }

    async fn run(self, database: &Database, mut after: String, sender: &mpsc::Sender<Piece<T>>) {
        loop {
            // Waits until the client has taken what was sent before the next page is read.
            let Some(mut slot) = slot(sender).await else { return };
            let read = self.listing.read(database, after, PAGE).await;
            let numbered::Read { records, more, cursor } = match read {
                Ok(page) => page,
                Err(error) => return slot.send(Piece::Broken(error.into_status(self.language))),
            };
            let Some(last) = records.last() else {
                return slot.send(Piece::Complete);
            };
            after = last.key().to_owned();
            let mut records = records.into_iter().peekable();
            while records.peek().is_some() {
                let taken = pages::next_answer(&mut records);
                let token = taken.last().map(|record| self.query.token(record.key()));
                let answer = (self.answer)(taken, token.unwrap_or_default(), cursor.clone());
                slot.send(Piece::Answer(answer));
                match self::slot(sender).await {
                    Some(next) => slot = next,
                    None => return,
                }
            }
            if !more {
                return slot.send(Piece::Complete);
            }
        }
    }
}

/// Sends a piece once there is room. `false`: the client is gone, or takes nothing any more.
pub async fn send<T>(sender: &mpsc::Sender<Piece<T>>, piece: Piece<T>) -> bool {
    slot(sender).await.map(|slot| slot.send(piece)).is_some()
}

/// Room for one more piece. `None`: the client is gone, or takes nothing any more.
pub async fn slot<T>(sender: &mpsc::Sender<Piece<T>>) -> Option<mpsc::Permit<'_, Piece<T>>> {
    match tokio::time::timeout(PATIENCE, sender.reserve()).await {
        Ok(slot) => slot.ok(),
        Err(_) => {
            tracing::warn!(seconds = PATIENCE.as_secs(), "a stream was not taken and is given up");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio_stream::StreamExt;

    use super::*;

    #[tokio::test]
    async fn a_stream_whose_reader_vanishes_does_not_end_with_ok() {
        let (sender, pieces) = mpsc::channel(1);
        sender.send(Piece::Answer(1)).await.ok();
        drop(sender);
        let mut stream = ExportStream { pieces, ended: false };
        assert_eq!(stream.next().await.map(Result::ok), Some(Some(1)));
        let broken = stream.next().await.unwrap().unwrap_err();
        assert_eq!(broken.code(), tonic::Code::Unavailable);
        assert!(stream.next().await.is_none());
    }

    #[tokio::test]
    async fn a_complete_stream_ends_with_ok() {
        let (sender, pieces) = mpsc::channel::<Piece<u8>>(1);
        sender.send(Piece::Complete).await.ok();
        let mut stream = ExportStream { pieces, ended: false };
        assert!(stream.next().await.is_none());
    }
}
