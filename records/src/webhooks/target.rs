//! Where a notice may go. The worker stands inside the network of an authority, and sends wherever a webhook says: so that
//! nobody has it knock at doors that only it can reach, a notice goes over https to public addresses, unless the operator
//! allows private ones, and to this machine itself where a webhook names it plainly.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::PathBuf;

use reqwest::Url;

/// Longest URL, in bytes.
const LONGEST: usize = 2_000;

/// Why a URL or a secret is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TargetError {
    /// It is no URL.
    #[error("{0} is no URL; wanted one such as https://report.example.gov.cn/ducha")]
    NotUrl(String),
    /// It is neither https nor of this machine.
    #[error("a webhook goes over https, or to this machine (http://127.0.0.1:PORT/…)")]
    Scheme,
    /// It holds a password, which would be stored and shown.
    #[error("the URL must hold no name and password; notices are signed instead")]
    Password,
    /// It is too long.
    #[error("the URL is longer than {LONGEST} bytes")]
    Long,
    /// An address that is not public.
    #[error("{0} is no public address; `allow_private = true` under [webhooks] allows it")]
    Private(IpAddr),
    /// The secret is named wrongly.
    #[error("a secret is env:NAME or file:/ABSOLUTE/PATH, on the machines of the workers")]
    Secret,
}

/// Where a notice goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    url: Url,
    /// This machine, by a name or an address that says so.
    loopback: bool,
}

impl Target {
    /// A URL that a notice may go to, as far as it tells by itself: a name may turn out to be of a private address.
    ///
    /// # Errors
    /// [`TargetError`].
    pub fn parse(text: &str, allow_private: bool) -> Result<Self, TargetError> {
        if text.len() > LONGEST {
            return Err(TargetError::Long);
        }
        let url = Url::parse(text).map_err(|_| TargetError::NotUrl(text.to_owned()))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(TargetError::Password);
        }
        let address = address(&url);
        let loopback = match address {
            Some(address) => address.is_loopback(),
            None => url.host_str() == Some("localhost"),
        };
        if !(url.scheme() == "https" || url.scheme() == "http" && loopback) {
            return Err(TargetError::Scheme);
        }
        match address.filter(|address| !loopback && !allow_private && !is_public(*address)) {
            Some(private) => Err(TargetError::Private(private)),
            None => Ok(Self { url, loopback }),
        }
    }

    /// The URL.
    #[must_use]
    pub const fn url(&self) -> &Url {
        &self.url
    }

    /// Whether its name may turn out to be of this address.
    #[must_use]
    pub fn may_be(&self, address: IpAddr, allow_private: bool) -> bool {
        allow_private || is_public(address) || self.loopback && address.is_loopback()
    }
}

/// The address that stands in the URL in the place of a name.
fn address(url: &Url) -> Option<IpAddr> {
    let host = url.host_str()?;
    host.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

/// Whether an address is one of the public internet.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || a == 0
        || a == 100 && (64..128).contains(&b) // shared by the customers of a provider
        || (a, b, c) == (192, 0, 0)
        || (a, b, c) == (192, 88, 99)
        || a == 198 && (18..20).contains(&b) // for measurements
        || a >= 224; // multicast, reserved, broadcast
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    // Addresses of version 4 inside those of version 6 are what they are outside.
    if let Some(inner) = address.to_ipv4_mapped() {
        return is_public_v4(inner);
    }
    let [first, second, ..] = address.segments();
    let global = first & 0xe000 == 0x2000; // all that is given out
    let tunnel = first == 0x2002 || (first, second) == (0x2001, 0); // lead to any address of version 4
    let documentation = (first, second) == (0x2001, 0xdb8) || first == 0x3fff;
    global && !tunnel && !documentation
}

/// Where a secret is, on the machine of a worker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretRef {
    /// A variable of the worker's environment.
    Variable(String),
    /// A file.
    File(PathBuf),
}

impl SecretRef {
    /// Reads `env:NAME` or `file:PATH`.
    ///
    /// # Errors
    /// [`TargetError::Secret`].
    pub fn parse(text: &str) -> Result<Self, TargetError> {
        let name = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
        match text.split_once(':') {
            Some(("env", variable)) if !variable.is_empty() && variable.bytes().all(name) => {
                Ok(Self::Variable(variable.to_owned()))
            }
            Some(("file", path)) if path.starts_with('/') => Ok(Self::File(PathBuf::from(path))),
            _ => Err(TargetError::Secret),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_goes_over_https_or_to_this_machine() {
        for good in [
            "https://report.example.gov.cn/ducha",
            "https://93.184.216.34:8443/",
            "https://[2606:4700::1111]/",
            "http://127.0.0.1:9000/hook",
            "http://[::1]:9000/hook",
            "http://localhost/hook",
            "https://localhost/hook",
        ] {
            assert!(Target::parse(good, false).is_ok(), "{good}");
        }
        for (bad, why) in [
            ("report", TargetError::NotUrl("report".to_owned())),
            ("http://report.example.gov.cn/", TargetError::Scheme),
            ("ftp://127.0.0.1/", TargetError::Scheme),
            ("file:///etc/passwd", TargetError::Scheme),
            ("https://a:b@report.example.gov.cn/", TargetError::Password),
            ("https://10.1.2.3/", TargetError::Private(IpAddr::from([10, 1, 2, 3]))),
            (
                "https://169.254.169.254/latest",
                TargetError::Private(IpAddr::from([169, 254, 169, 254])),
            ),
            // Other ways to write an address are ways to write it.
            ("https://0x0a010203/", TargetError::Private(IpAddr::from([10, 1, 2, 3]))),
            ("https://167838211/", TargetError::Private(IpAddr::from([10, 1, 2, 3]))),
        ] {
            assert_eq!(Target::parse(bad, false), Err(why), "{bad}");
        }
        assert!(Target::parse("https://10.1.2.3/", true).is_ok());
        assert_eq!(Target::parse("http://10.1.2.3/", true), Err(TargetError::Scheme));
        let long = format!("https://a.example/{}", "x".repeat(LONGEST));
        assert_eq!(Target::parse(&long, false), Err(TargetError::Long));
    }

    #[test]
    fn a_name_may_not_turn_out_to_be_of_a_private_address() {
        let named = Target::parse("https://report.example.gov.cn/", false).unwrap();
        assert!(named.may_be(IpAddr::from([93, 184, 216, 34]), false));
        assert!(!named.may_be(IpAddr::from([127, 0, 0, 1]), false));
        assert!(!named.may_be(IpAddr::from([192, 168, 0, 1]), false));
        assert!(named.may_be(IpAddr::from([192, 168, 0, 1]), true));
        let here = Target::parse("http://localhost/", false).unwrap();
        assert!(here.may_be(IpAddr::from([127, 0, 0, 1]), false));
        assert!(!here.may_be(IpAddr::from([10, 0, 0, 1]), false));
    }

    #[test]
    fn what_is_not_given_out_on_the_internet_is_not_public() {
        for private in [
            "0.0.0.0",
            "10.0.0.1",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "192.0.0.1",
            "192.0.2.1",
            "192.168.1.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:a00:1::",
            "2001:0:1::",
            "2001:db8::1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
        for public in [
            "1.1.1.1",
            "93.184.216.34",
            "172.32.0.1",
            "2606:4700::1111",
            "::ffff:1.1.1.1",
            "2400:3200::1",
        ] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }

    #[test]
    fn a_secret_is_named_and_never_told() {
        assert_eq!(
            SecretRef::parse("env:HOOK_1"),
            Ok(SecretRef::Variable("HOOK_1".to_owned()))
        );
        assert_eq!(
            SecretRef::parse("file:/etc/x"),
            Ok(SecretRef::File(PathBuf::from("/etc/x")))
        );
        for bad in ["", "hunter2", "env:", "env:a b", "file:x", "file:"] {
            assert_eq!(SecretRef::parse(bad), Err(TargetError::Secret), "{bad}");
        }
    }
}
