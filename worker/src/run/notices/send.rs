//! One sending of a notice.

use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ducha_records::webhooks::Delivery;
use ducha_records::webhooks::target::{SecretRef, Target, TargetError};
use reqwest::header::CONTENT_TYPE;
use reqwest::redirect::Policy;

use super::resolve::Allowed;
use super::sign;

/// A receiver has so long to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// And so long to be reached.
const CONNECT: Duration = Duration::from_secs(5);
/// The header by which a receiver knows a repetition.
const DELIVERY: &str = "Ducha-Delivery";

/// Why a notice was not taken.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// The webhook is not one that anything is sent to.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// Its secret cannot be had.
    #[error("{0}")]
    Secret(String),
    /// There was no answer.
    #[error("no answer: {0}")]
    Silence(String),
    /// There was one that does not take it.
    #[error("answered with status {0}")]
    Refused(u16),
}

impl SendError {
    /// The status of the answer, if there was one.
    #[must_use]
    pub const fn status(&self) -> Option<u16> {
        match self {
            Self::Refused(status) => Some(*status),
            _ => None,
        }
    }
}

/// What is sent.
#[derive(Debug, Clone, Copy)]
pub struct Sending<'a> {
    id: &'a str,
    url: &'a str,
    secret: &'a str,
    body: &'a str,
}

impl<'a> Sending<'a> {
    /// A notice that is due.
    #[must_use]
    pub fn of(delivery: &'a Delivery) -> Self {
        Self {
            id: &delivery.id,
            url: &delivery.url,
            secret: &delivery.secret,
            body: &delivery.body,
        }
    }
}

/// Sends notices.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sender {
    /// Whether they may go to private addresses.
    pub allow_private: bool,
}

impl Sender {
    /// Sends one; the status of its answer.
    ///
    /// # Errors
    /// [`SendError`].
    pub async fn send(&self, sending: &Sending<'_>) -> Result<u16, SendError> {
        let target = Target::parse(sending.url, self.allow_private)?;
        let secret = SecretRef::parse(sending.secret)?;
        let secret = sign::secret(&secret).map_err(SendError::Secret)?;
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default()
            .as_secs();
        let answer = self
            .client(&target)?
            .post(target.url().clone())
            .header(CONTENT_TYPE, "application/json")
            .header(DELIVERY, sending.id)
            .header(sign::HEADER, sign::signature(&secret, now, sending.body))
            .body(sending.body.to_owned())
            .send()
            .await
            .map_err(|error| silence(&error))?;
        match answer.status() {
            status if status.is_success() => Ok(status.as_u16()),
            status => Err(SendError::Refused(status.as_u16())),
        }
    }

    /// A client for one target: what it may connect to depends on that. Notices are few.
    fn client(&self, target: &Target) -> Result<reqwest::Client, SendError> {
        ducha_records::store::choose_tls();
        reqwest::Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .dns_resolver(Arc::new(Allowed {
                target: target.clone(),
                allow_private: self.allow_private,
            }))
            .timeout(PATIENCE)
            .connect_timeout(CONNECT)
            .user_agent(concat!("ducha-worker/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| silence(&error))
    }
}

/// What went wrong, down to its cause, and without the URL, which the webhook has.
fn silence(error: &reqwest::Error) -> SendError {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = error.to_string();
        cause = error.source();
    }
    SendError::Silence(text)
}
