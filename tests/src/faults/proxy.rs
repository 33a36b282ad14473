//! What stands between a program and PostgreSQL, and cuts the connection at a COMMIT.

use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// Codes of messages before the first one that has a type: "may we encrypt?", which is asked before the real beginning.
const ASKS_SSL: u32 = 80_877_103;
const ASKS_GSS: u32 = 80_877_104;

/// Where a connection is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    /// The COMMIT does not reach the database.
    Before,
    /// The COMMIT reaches the database, its answer does not reach the program.
    After,
}

/// Cuts that are to come: how many COMMITs pass before each.
type Plan = Arc<Mutex<VecDeque<(usize, Cut)>>>;

/// A proxy on a free port. Its threads end with the connections.
pub(super) struct Proxy {
    /// The URL of the database through it.
    pub url: String,
    plan: Plan,
}

impl Proxy {
    /// Stands before the database of a URL.
    pub fn before(url: &str) -> Self {
        let (user, rest) = url.split_once('@').expect("a URL with a user");
        let (host, name) = rest.split_once('/').expect("a URL with a database");
        let upstream: SocketAddr = host.parse().expect("an address and a port");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let plan = Plan::default();
        let cuts = plan.clone();
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                // A database that is away is the program's to notice.
                if let Ok(server) = TcpStream::connect(upstream) {
                    pass_on(client, server, cuts.clone());
                }
            }
        });
        Self {
            url: format!("{user}@{address}/{name}"),
            plan,
        }
    }

    /// What is cut from now on: each after so many more COMMITs.
    pub fn cut(&self, cuts: impl IntoIterator<Item = (usize, Cut)>) {
        *self.plan.lock().expect("a plan") = cuts.into_iter().collect();
    }

    /// Forgets the cuts that did not come; how many.
    pub fn left(&self) -> usize {
        std::mem::take(&mut *self.plan.lock().expect("a plan")).len()
    }
}

fn pass_on(client: TcpStream, server: TcpStream, plan: Plan) {
    let (mut back, mut from) = (
        client.try_clone().expect("a socket"),
        server.try_clone().expect("a socket"),
    );
    std::thread::spawn(move || drop(forward(client, server, &plan)));
    std::thread::spawn(move || {
        let mut buffer = [0; 16 * 1024];
        // Reads on when the client is gone: what lies unread when a socket is closed would reset the connection, and
        // with it the COMMIT that has to arrive.
        while let Ok(read @ 1..) = from.read(&mut buffer) {
            drop(back.write_all(&buffer[..read]));
        }
        drop(back.shutdown(Shutdown::Both));
    });
}

/// Passes on what the program says, message by message, until it ends or is cut off.
fn forward(mut client: TcpStream, mut server: TcpStream, plan: &Plan) -> io::Result<()> {
    let mut begun = false;
    let done = loop {
        let Ok(message) = message(&mut client, begun) else {
            break Ok(());
        };
        let code = message
            .get(4..8)
            .map(|code| u32::from_be_bytes([code[0], code[1], code[2], code[3]]));
        begun = begun || !matches!(code, Some(ASKS_SSL | ASKS_GSS));
        match is_commit(&message).then(|| due(plan)).flatten() {
            None => server.write_all(&message)?,
            Some(Cut::Before) => break Ok(()),
            Some(Cut::After) => {
                let sent = server.write_all(&message);
                client.shutdown(Shutdown::Both)?;
                break sent;
            }
        }
    };
    drop(client.shutdown(Shutdown::Both));
    server.shutdown(Shutdown::Write)?;
    done
}

/// One message: a type, unless it is of the beginning, and a length that counts itself.
fn message(from: &mut TcpStream, begun: bool) -> io::Result<Vec<u8>> {
    let head = if begun { 5 } else { 4 };
    let mut message = vec![0; head];
    from.read_exact(&mut message)?;
    let length = message[head - 4..]
        .iter()
        .fold(0, |sum, byte| sum << 8 | usize::from(*byte));
    message.resize(head + length.saturating_sub(4), 0);
    from.read_exact(&mut message[head..])?;
    Ok(message)
}

fn is_commit(message: &[u8]) -> bool {
    message.first() == Some(&b'Q') && message.get(5..11) == Some(b"COMMIT")
}

/// Whether the connection is cut at this COMMIT.
fn due(plan: &Plan) -> Option<Cut> {
    let mut plan = plan.lock().ok()?;
    let (waits, cut) = plan.front_mut()?;
    if *waits > 0 {
        *waits -= 1;
        return None;
    }
    let cut = *cut;
    plan.pop_front();
    Some(cut)
}
