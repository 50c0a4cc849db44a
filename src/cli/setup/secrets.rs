//! Questions for the credentials of a meter, by protocol.

use std::path::Path;

use zeroize::Zeroizing;

use crate::cli::{CommandError, Context, ui};
use wattkey::error::Code;
use wattkey::hex;
use wattkey::keys::{Credentials, Secret};

/// What was typed: as it will stand in the file, and read from there.
pub struct GivenCredentials {
    pub text: Zeroizing<String>,
    pub credentials: Credentials,
}

/// How a DLMS meter lets a client in.
const DLMS_WAYS: [&str; 5] = [
    "none: public access",
    "a password (low-level security, LLS)",
    "a password and ciphering keys (LLS under keys)",
    "ciphering keys (HLS with GMAC)",
    "a secret (HLS with SHA-256)",
];

/// Asks until the answers make credentials; nothing where none are wanted.
pub fn ask(protocol: &str, context: &Context) -> Result<Option<GivenCredentials>, CommandError> {
    loop {
        let Some(text) = section(protocol, context)? else { return Ok(None) };
        match Credentials::parse(Path::new("what was typed"), text.as_bytes()) {
            Ok(credentials) => return Ok(Some(GivenCredentials { text, credentials })),
            Err(error) => ui::say(&wattkey::output::sanitize(&error.to_string())),
        }
    }
}

fn section(protocol: &str, context: &Context) -> Result<Option<Zeroizing<String>>, CommandError> {
    match protocol {
        "dlms" => dlms(context),
        "iec62056-21" => {
            let password = secret("Password (Enter: none)", context)?;
            Ok(filled(&password).then(|| Lines::of("iec62056_21").with("password", password.reveal()).0))
        }
        "dlt645" => {
            let password = secret("Password: level and six digits, such as 02000000 (Enter: none)", context)?;
            if !filled(&password) {
                return Ok(None);
            }
            let operator = secret("Operator code, eight digits (Enter: none)", context)?;
            let lines = Lines::of("dlt645").with("password", password.reveal());
            Ok(Some(if filled(&operator) { lines.with("operator", operator.reveal()).0 } else { lines.0 }))
        }
        _ => {
            ui::say("This protocol has no credentials.");
            Ok(None)
        }
    }
}

fn dlms(context: &Context) -> Result<Option<Zeroizing<String>>, CommandError> {
    let ways: Vec<String> = DLMS_WAYS.map(str::to_owned).to_vec();
    let way = context.prompter.choose("What does the meter want?", &ways, "--credentials")?;
    let (auth, client) = match way {
        0 => return Ok(None),
        1 | 2 => ("lls", 32),
        3 => ("hls-gmac", 48),
        _ => ("hls-sha256", 48),
    };
    let client = ask_client(client, context)?;
    let mut lines = Lines::of("dlms").with_number("client", client).with("auth", auth);
    if way != 3 {
        lines = lines.with("password", secret("Password or secret", context)?.reveal());
    }
    if matches!(way, 2 | 3) {
        lines = lines
            .with("system_title", &own_title()?)
            .with("encryption_key", secret("Global encryption key, 32 hex digits", context)?.reveal().trim())
            .with("authentication_key", secret("Authentication key, 32 hex digits", context)?.reveal().trim());
    }
    Ok(Some(lines.0))
}

/// Asks until there is a client's number.
fn ask_client(usual: u8, context: &Context) -> Result<u8, CommandError> {
    loop {
        let typed = context.prompter.text(&format!("Client, 1 to 127 (Enter: {usual})"), "--credentials")?;
        match typed.trim() {
            "" => return Ok(usual),
            number => match number.parse::<u8>() {
                Ok(client @ 1..=127) => return Ok(client),
                _ => ui::say("A client is a number from 1 to 127."),
            },
        }
    }
}

/// A system title of our own: under one key no two clients may share it, for each counts for itself.
fn own_title() -> Result<String, CommandError> {
    let mut octets = [0u8; 8];
    getrandom::fill(&mut octets)
        .map_err(|error| CommandError::new(Code::Internal, format!("the system gives no random numbers: {error}")))?;
    if let Some(maker) = octets.first_chunk_mut() {
        *maker = *b"WKY";
    }
    Ok(hex::encode(&octets))
}

fn secret(question: &str, context: &Context) -> Result<Secret, CommandError> {
    Ok(Secret::new(context.prompter.secret(question, "--credentials")?))
}

fn filled(secret: &Secret) -> bool {
    !secret.reveal().is_empty()
}

/// The lines of a section; wiped on drop.
struct Lines(Zeroizing<String>);

impl Lines {
    fn of(section: &str) -> Self {
        // Room for all that follows: a text that moves leaves its old self behind.
        let mut text = Zeroizing::new(String::with_capacity(2048));
        text.push_str(&format!("[{section}]\n"));
        Lines(text)
    }

    fn with_number(mut self, key: &str, number: u8) -> Self {
        self.0.push_str(&format!("{key} = {number}\n"));
        self
    }

    fn with(mut self, key: &str, value: &str) -> Self {
        let quoted = Zeroizing::new(toml::Value::String(value.to_owned()).to_string());
        self.0.push_str(&format!("{key} = "));
        self.0.push_str(&quoted);
        self.0.push('\n');
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_secrets_are_read_back_as_typed() {
        let text = Lines::of("iec62056_21").with("password", "a\"b\\c d").0;
        let read = Credentials::parse(Path::new("x"), text.as_bytes()).unwrap();
        assert_eq!(read.iec62056_21.unwrap().password.reveal(), "a\"b\\c d");
    }
}
