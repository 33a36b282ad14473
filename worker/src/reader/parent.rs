//! The parent's side: starts the child, takes its frames, and turns every way in which a child can end into a verdict on
//! the file. A child never outlives its [`Reader`].

use std::ffi::OsString;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::error::{Clock, Crash, ReadError};
use super::frame::{Frame, FrameError, FrameReader};
use super::limits::{ALLOCATOR_RESERVES, Limits, RESERVED};

mod ending;
#[cfg(test)]
mod tests;

/// Frames that may wait decoded: enough to keep both sides busy, and less than 2 MB.
const FRAMES_AHEAD: usize = 8;

type Decoded = Result<Option<Frame>, FrameError>;

/// A workbook being read in a child process.
#[derive(Debug)]
pub struct Reader {
    child: Child,
    /// `None` once the reader is being dropped, so that the decoding thread ends.
    frames: Option<Receiver<Decoded>>,
    decoding: Option<JoinHandle<()>>,
    /// What the child wrote to standard error, once it has closed it.
    errors: Receiver<String>,
    complaint: String,
    waited: Duration,
    limits: Limits,
    /// Set after the last frame.
    outcome: Option<Result<(), ReadError>>,
}

/// The arguments with which the worker's own program reads `file` for a parent.
fn arguments(file: &Path, limits: &Limits) -> Vec<OsString> {
    // Limits are plain numbers; serialising them cannot fail.
    let limits = serde_json::to_string(limits).unwrap_or_default();
    [
        "read".into(),
        "--frames".into(),
        "--limits".into(),
        limits.into(),
        "--".into(),
        file.into(),
    ]
    .into()
}

impl Reader {
    /// Starts `program read --frames --limits JSON -- FILE` with nothing of this environment.
    ///
    /// # Errors
    /// [`ReadError::Unreadable`] when the program cannot be started. What is wrong with the file comes with the frames.
    pub fn start(program: &Path, file: &Path, limits: &Limits) -> Result<Self, ReadError> {
        let mut child = Command::new(program)
            .args(arguments(file, limits))
            .env_clear()
            .env(ALLOCATOR_RESERVES, RESERVED)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| ReadError::unreadable(format!("starting {}: {error}", program.display())))?;
        let (sender, frames) = sync_channel(FRAMES_AHEAD);
        let decoding = child
            .stdout
            .take()
            .map(|out| std::thread::spawn(move || decode(out, &sender)));
        let errors = ending::listen(child.stderr.take());
        Ok(Self {
            child,
            frames: Some(frames),
            decoding,
            errors,
            complaint: String::new(),
            waited: Duration::ZERO,
            limits: limits.clone(),
            outcome: None,
        })
    }

    /// The next frame; `None` after [`Frame::End`]. Never [`Frame::Refused`], which comes as the error that it is.
    ///
    /// # Errors
    /// The verdict on the file. It stays the answer of every later call.
    pub fn next_frame(&mut self) -> Result<Option<Frame>, ReadError> {
        if let Some(outcome) = &self.outcome {
            return outcome.clone().map(|()| None);
        }
        match self.received() {
            Ok(Frame::Refused { code, params }) => {
                let unknown = ReadError::Crashed {
                    how: Crash::BadFrame,
                    number: 0,
                };
                self.fail(ReadError::from_parts(&code, &params).unwrap_or(unknown))
            }
            Ok(frame @ Frame::End(_)) => {
                self.outcome = Some(Ok(()));
                Ok(Some(frame))
            }
            Ok(frame) => Ok(Some(frame)),
            Err(error) => self.fail(error),
        }
    }

    /// What the child wrote to standard error, at most 16 KiB; for the log, since it may show paths of the machine.
    pub fn into_stderr(mut self) -> String {
        self.stop();
        if self.complaint.is_empty() {
            // Nothing comes if it was taken for the verdict already.
            self.complaint = self.errors.recv().unwrap_or_default();
        }
        std::mem::take(&mut self.complaint)
    }

    fn fail(&mut self, error: ReadError) -> Result<Option<Frame>, ReadError> {
        self.outcome = Some(Err(error.clone()));
        self.stop();
        Err(error)
    }

    fn received(&mut self) -> Result<Frame, ReadError> {
        let wall = Duration::from_secs(self.limits.wall_seconds);
        let begun = Instant::now();
        let left = wall.saturating_sub(self.waited);
        let received = match &self.frames {
            Some(frames) => frames.recv_timeout(left),
            None => Err(RecvTimeoutError::Disconnected),
        };
        self.waited += begun.elapsed();
        match received {
            Ok(Ok(Some(frame))) => Ok(frame),
            Ok(Ok(None)) => Err(self.ended(Crash::CutShort)),
            Ok(Err(FrameError::CutShort)) => Err(self.ended(Crash::CutShort)),
            Ok(Err(_)) => Err(ReadError::Crashed {
                how: Crash::BadFrame,
                number: 0,
            }),
            Err(RecvTimeoutError::Timeout) => Err(ReadError::TimedOut {
                clock: Clock::Wall,
                seconds: self.limits.wall_seconds,
            }),
            Err(RecvTimeoutError::Disconnected) => Err(self.ended(Crash::CutShort)),
        }
    }

    /// Why the child ended before its last frame; `otherwise` if its exit does not say.
    fn ended(&mut self, otherwise: Crash) -> ReadError {
        let left = Duration::from_secs(self.limits.wall_seconds).saturating_sub(self.waited);
        let timed_out = ReadError::TimedOut {
            clock: Clock::Wall,
            seconds: self.limits.wall_seconds,
        };
        // A process closes its standard error when it ends; only then can it be waited for without a deadline.
        match self.errors.recv_timeout(left) {
            Ok(words) => self.complaint = words,
            Err(RecvTimeoutError::Timeout) => return timed_out,
            Err(RecvTimeoutError::Disconnected) => {}
        }
        match self.child.wait() {
            Ok(status) => ending::verdict(status, &self.complaint, &self.limits, otherwise),
            Err(error) => ReadError::unreadable(error),
        }
    }

    fn stop(&mut self) {
        // Dropped first: the decoding thread may be waiting for room in the channel.
        self.frames = None;
        // Fails only if the child has been reaped already.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if let Some(thread) = self.decoding.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.stop();
    }
}

fn decode(out: ChildStdout, sender: &SyncSender<Decoded>) {
    let mut frames = FrameReader::new(out);
    loop {
        let frame = frames.next_frame();
        let last = !matches!(frame, Ok(Some(_)));
        if sender.send(frame).is_err() || last {
            return;
        }
    }
}
