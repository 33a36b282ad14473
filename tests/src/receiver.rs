//! A receiver of notices: what a division has listen at the URL of its webhook.

use std::collections::VecDeque;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// No notice that a test waits for takes longer, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// What becomes of a notice that arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// A status of HTTP.
    Status(u16),
    /// No answer; the connection stays open.
    Nothing,
}

/// A notice as it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// `Ducha-Delivery`
    pub id: String,
    /// `Ducha-Signature`
    pub signature: String,
    /// What was signed.
    pub body: String,
}

/// Listens on a port of this machine, as long as the test runs.
pub struct Receiver {
    address: SocketAddr,
    arrived: UnboundedReceiver<Arrived>,
}

impl Receiver {
    /// One that gives these answers in turn, and takes all that comes after.
    #[must_use]
    pub fn answering(answers: &[Answer]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("its address");
        let answers = Arc::new(Mutex::new(VecDeque::from(answers.to_vec())));
        let (tell, arrived) = unbounded_channel();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (answers, tell) = (Arc::clone(&answers), tell.clone());
                std::thread::spawn(move || deal(stream.expect("a connection"), &answers, &tell));
            }
        });
        Self { address, arrived }
    }

    /// One that takes everything.
    #[must_use]
    pub fn taking() -> Self {
        Self::answering(&[])
    }

    /// Where it listens.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/ducha", self.address)
    }

    /// The next notice.
    pub async fn notice(&mut self) -> Arrived {
        let next = tokio::time::timeout(PATIENCE, self.arrived.recv());
        next.await.expect("a notice within a minute").expect("a notice")
    }

    /// Whether nothing has arrived that was not asked for.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        self.arrived.is_empty()
    }
}

fn deal(mut stream: TcpStream, answers: &Mutex<VecDeque<Answer>>, tell: &UnboundedSender<Arrived>) {
    let Some(arrived) = read(&mut stream) else { return };
    let answer = answers.lock().expect("the answers").pop_front();
    // The test may have ended.
    drop(tell.send(arrived));
    match answer.unwrap_or(Answer::Status(204)) {
        Answer::Status(status) => {
            // A redirection leads back here, where it would be seen.
            let head = format!("HTTP/1.1 {status} X\r\nLocation: /elsewhere\r\nContent-Length: 0\r\nConnection: close");
            // Nor need the other side be there still.
            drop(stream.write_all(format!("{head}\r\n\r\n").as_bytes()));
        }
        // Until the other side has had enough.
        Answer::Nothing => drop(stream.read(&mut [0])),
    }
}

/// Reads a request; `None` if the connection ended before.
fn read(stream: &mut TcpStream) -> Option<Arrived> {
    let (mut bytes, mut piece) = (Vec::new(), [0; 4096]);
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length: usize = header(head, "content-length").parse().expect("a length");
            if body.len() >= length {
                return Some(Arrived {
                    id: header(head, "ducha-delivery"),
                    signature: header(head, "ducha-signature"),
                    body: body.to_owned(),
                });
            }
        }
        match stream.read(&mut piece) {
            Ok(read) if read > 0 => bytes.extend_from_slice(&piece[..read]),
            _ => return None,
        }
    }
}

fn header(head: &str, name: &str) -> String {
    let lines = head.lines().filter_map(|line| line.split_once(": "));
    let found = lines.into_iter().find(|(found, _)| found.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.to_owned()).unwrap_or_default()
}
