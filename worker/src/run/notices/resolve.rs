//! Names of receivers: only addresses that a notice may go to are told. What is looked up here is what is connected to, so
//! that a name cannot be of one address when it is looked at and of another when it is used.

use std::net::SocketAddr;

use ducha_records::webhooks::target::Target;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Looks up the name of one target.
pub(super) struct Allowed {
    pub target: Target,
    pub allow_private: bool,
}

impl Resolve for Allowed {
    fn resolve(&self, name: Name) -> Resolving {
        let (target, allow_private) = (self.target.clone(), self.allow_private);
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let allowed: Vec<SocketAddr> = found
                .into_iter()
                .filter(|address| target.may_be(address.ip(), allow_private))
                .collect();
            if allowed.is_empty() {
                return Err("its name is of no public address".into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}
