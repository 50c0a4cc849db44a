//! A link as text, the shortest that is read as the same.

use std::fmt;
use std::time::Duration;

use super::{DIAL_IN, EchoMode, LinkAddress, SerialOptions, TcpFraming};
use crate::link::direction::Direction;

/// Collects `key=value` pairs behind a `?`.
struct Query(String);

impl Query {
    fn push(&mut self, key: &str, value: impl fmt::Display) {
        self.0.push(if self.0.is_empty() { '?' } else { '&' });
        self.0.push_str(key);
        let value = value.to_string();
        if !value.is_empty() {
            self.0.push('=');
            self.0.push_str(&value);
        }
    }

    fn serial(options: &SerialOptions) -> Query {
        let mut query = Query(String::new());
        if let Some(baud) = options.baud {
            query.push("baud", baud);
        }
        if let Some(frame) = options.frame {
            query.push("frame", format_args!("{frame}{}", if options.software_parity { "-soft" } else { "" }));
        }
        for (key, level) in [("dtr", options.dtr), ("rts", options.rts)] {
            if let Some(level) = level {
                query.push(key, if level { "on" } else { "off" });
            }
        }
        if let Some(direction) = options.direction {
            query.push("rs485", if direction == Direction::OnToSend { "rts" } else { "rts-inverted" });
        }
        query.echo(options.echo);
        query.gap(options.gap);
        query
    }

    fn gap(&mut self, gap: Option<Duration>) {
        if let Some(gap) = gap {
            self.push("gap", in_words(gap));
        }
    }

    fn echo(&mut self, echo: EchoMode) {
        match echo {
            EchoMode::Auto => {}
            EchoMode::Strip => self.push("echo", "strip"),
            EchoMode::Off => self.push("echo", "off"),
        }
    }
}

/// A time as the text takes it: `30s` or `500ms`.
fn in_words(time: Duration) -> String {
    match time.subsec_millis() {
        0 => format!("{}s", time.as_secs()),
        _ => format!("{}ms", time.as_millis()),
    }
}

/// Puts brackets round an IPv6 address.
fn bracketed(host: &str) -> String {
    if host.contains(':') { format!("[{host}]") } else { host.to_owned() }
}

impl fmt::Display for LinkAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LinkAddress::Serial(address) => {
                let mut query = Query::serial(&address.options);
                if address.shared {
                    query.push("shared", "");
                }
                if !address.wait.is_zero() {
                    query.push("wait", in_words(address.wait));
                }
                let prefix = if query.0.is_empty() && address.path.starts_with('/') { "" } else { "serial:" };
                write!(formatter, "{prefix}{}{}", address.path, query.0)
            }
            LinkAddress::Tcp(address) => {
                let mut query = Query(String::new());
                if address.software_parity {
                    query.push("frame", "7e1");
                }
                match address.framing {
                    TcpFraming::Raw => {}
                    TcpFraming::Wrapper => query.push("framing", "wrapper"),
                    TcpFraming::Mbap => query.push("framing", "mbap"),
                }
                if address.in_flight > 1 {
                    query.push("in-flight", address.in_flight);
                }
                query.echo(address.echo);
                query.gap(address.gap);
                let scheme = if address.dials_in.is_some() { "listen" } else { "tcp" };
                if let Some(wait) = address.dials_in.filter(|wait| *wait != DIAL_IN) {
                    query.push("wait", in_words(wait));
                }
                write!(formatter, "{scheme}:{}:{}{}", bracketed(&address.host), address.port, query.0)
            }
            LinkAddress::Rfc2217(address) => {
                let query = Query::serial(&address.options);
                write!(formatter, "rfc2217:{}:{}{}", bracketed(&address.host), address.port, query.0)
            }
            LinkAddress::Sim(address) => {
                let mut query = Query(String::new());
                for (key, value) in &address.options {
                    query.push(key, value);
                }
                write!(formatter, "sim:{}{}", address.name, query.0)
            }
            LinkAddress::Replay(path) => write!(formatter, "replay:{}", path.display()),
        }
    }
}
