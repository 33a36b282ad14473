//! Metrics, as Prometheus would ask for them.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// No value that a test waits for takes longer, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a program answered.
#[derive(Debug)]
pub struct Scraped(pub String);

impl Scraped {
    /// The value of a series, written as the program writes it.
    #[must_use]
    pub fn value(&self, series: &str) -> Option<f64> {
        let line = self
            .0
            .lines()
            .find_map(|line| line.strip_prefix(series)?.strip_prefix(' '))?;
        Some(line.trim().parse().expect(line))
    }
}

/// The answer to `GET PATH`, its head included.
#[must_use]
pub fn get(address: SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("the port of metrics");
    stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n").expect("a request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}

/// All metrics of a program.
pub async fn scrape(address: SocketAddr) -> Scraped {
    let answer = tokio::task::spawn_blocking(move || get(address, "/metrics"))
        .await
        .expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    Scraped(answer)
}

/// Waits until a series has a value that fits.
pub async fn until(address: SocketAddr, series: &str, fits: impl Fn(f64) -> bool) -> Scraped {
    let mut look = tokio::time::interval(Duration::from_millis(100));
    let wait = async {
        loop {
            look.tick().await;
            let scraped = scrape(address).await;
            if scraped.value(series).is_some_and(&fits) {
                return scraped;
            }
        }
    };
    match tokio::time::timeout(PATIENCE, wait).await {
        Ok(scraped) => scraped,
        Err(_) => panic!("{series} never came:\n{}", scrape(address).await.0),
    }
}
