//! Connections as they come in: so many at once, and so many calls under way on each.
//!
//! A connection beyond the limit is closed at once, so that its client hears of it and tries another server, instead of
//! waiting in a queue that nobody sees. An error of the listener, as when the process has no file left to open, ends nothing.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Timeout;
use tokio_stream::Stream;
use tonic::transport::server::Connected;

use crate::observe::metrics::Metrics;

/// The pause after a connection could not be taken.
const PAUSE: Duration = Duration::from_millis(200);

/// What is known of a connection in each of its calls.
#[derive(Debug, Clone)]
pub struct Connection {
    /// Places for calls that have no answer yet.
    pub calls: Arc<Semaphore>,
}

/// The connections of a listener.
pub struct Connections {
    listener: TcpListener,
    places: Arc<Semaphore>,
    /// Calls under way on one connection.
    calls: usize,
    metrics: Arc<Metrics>,
    pause: Option<Pin<Box<Timeout<std::future::Pending<()>>>>>,
}

impl Connections {
    /// Up to `most` at once, each with up to `calls` under way.
    pub fn new(listener: TcpListener, most: usize, calls: usize, metrics: Arc<Metrics>) -> Self {
        Self {
            listener,
            places: Arc::new(Semaphore::new(most)),
            calls,
            metrics,
            pause: None,
        }
    }

    fn let_in(&self, stream: TcpStream) -> Option<Open> {
        let Ok(place) = Arc::clone(&self.places).try_acquire_owned() else {
            self.metrics.refuse("connections");
            return None;
        };
        // Without it a small answer waits for the acknowledgement of the one before; the connection works all the same.
        drop(stream.set_nodelay(true));
        Some(Open {
            stream,
            calls: Arc::new(Semaphore::new(self.calls)),
            _place: place,
        })
    }
}

impl Stream for Connections {
    type Item = io::Result<Open>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Open>>> {
        let this = self.get_mut();
        loop {
            if let Some(pause) = &mut this.pause {
                drop(ready!(pause.as_mut().poll(context)));
                this.pause = None;
            }
            match ready!(this.listener.poll_accept(context)) {
                Ok((stream, _)) => {
                    if let Some(open) = this.let_in(stream) {
                        return Poll::Ready(Some(Ok(open)));
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be taken");
                    this.pause = Some(Box::pin(tokio::time::timeout(PAUSE, std::future::pending())));
                }
            }
        }
    }
}

/// An open connection. Its place is free again when it is closed.
pub struct Open {
    stream: TcpStream,
    calls: Arc<Semaphore>,
    _place: OwnedSemaphorePermit,
}

impl Connected for Open {
    type ConnectInfo = Connection;

    fn connect_info(&self) -> Connection {
        Connection {
            calls: Arc::clone(&self.calls),
        }
    }
}

impl AsyncRead for Open {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Open {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, pieces)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
