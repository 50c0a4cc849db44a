//! The header: a version line, a stanza for each recipient, and an authentication code over both.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::{AgeError, FileKey, VERSION, derive};

/// Columns of a stanza's body; its last line is shorter, and may be empty.
const COLUMNS: usize = 64;
/// More recipients than any key file has: a hostile header must not cost a curve operation for each of its lines.
const MAX_STANZAS: usize = 1024;

/// One recipient's wrapped file key: `-> type argument…`, then the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stanza {
    /// The type of recipient, then its arguments.
    pub(super) arguments: Vec<String>,
    pub(super) body: Vec<u8>,
}

impl Stanza {
    pub(super) fn is(&self, kind: &str) -> bool {
        self.arguments.first().is_some_and(|first| first == kind)
    }
}

#[derive(Debug)]
pub(super) struct Header {
    pub(super) stanzas: Vec<Stanza>,
    /// The bytes the authentication code covers: all up to and with the three hyphens.
    covered: Vec<u8>,
    code: Vec<u8>,
}

impl Header {
    /// Checks the authentication code in constant time.
    ///
    /// # Errors
    /// [`AgeError::Header`]
    pub(super) fn verify(&self, file_key: &FileKey) -> Result<(), AgeError> {
        authentication(file_key, &self.covered)?.verify_slice(&self.code).map_err(|_| AgeError::Header)
    }
}

fn authentication(file_key: &FileKey, covered: &[u8]) -> Result<Hmac<Sha256>, AgeError> {
    let key = derive(file_key.as_slice(), &[], "header")?;
    let mut code = Hmac::<Sha256>::new_from_slice(key.as_slice()).map_err(|_| AgeError::Header)?;
    code.update(covered);
    Ok(code)
}

/// The header and what follows it; `None` when it is no header of this version.
pub(super) fn parse(file: &[u8]) -> Option<(Header, &[u8])> {
    let mut rest = file;
    if line(&mut rest)? != VERSION {
        return None;
    }
    let mut stanzas = Vec::new();
    loop {
        let before = rest;
        let first = line(&mut rest)?;
        if let Some(code) = first.strip_prefix("--- ") {
            let covered = file.get(..file.len() - before.len() + "---".len())?.to_vec();
            let code = STANDARD_NO_PAD.decode(code).ok().filter(|code| code.len() == 32)?;
            return (!stanzas.is_empty()).then_some((Header { stanzas, covered, code }, rest));
        }
        let arguments: Vec<String> = first.strip_prefix("-> ")?.split(' ').map(str::to_owned).collect();
        if stanzas.len() == MAX_STANZAS || arguments.iter().any(|argument| !visible(argument)) {
            return None;
        }
        stanzas.push(Stanza { arguments, body: body(&mut rest)? });
    }
}

fn body(rest: &mut &[u8]) -> Option<Vec<u8>> {
    let mut text = String::new();
    loop {
        let part = line(rest)?;
        text.push_str(part);
        match part.len() {
            COLUMNS => {}
            length if length < COLUMNS => return STANDARD_NO_PAD.decode(text).ok(),
            _ => return None,
        }
    }
}

fn visible(argument: &str) -> bool {
    !argument.is_empty() && argument.bytes().all(|byte| (0x21..=0x7E).contains(&byte))
}

/// Takes one line ended by LF.
fn line<'a>(rest: &mut &'a [u8]) -> Option<&'a str> {
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let (taken, after) = rest.split_at_checked(end)?;
    *rest = after.get(1..)?;
    std::str::from_utf8(taken).ok()
}

pub(super) fn write(stanzas: &[Stanza], file_key: &FileKey) -> Result<Vec<u8>, AgeError> {
    let mut text = format!("{VERSION}\n");
    for stanza in stanzas {
        text.push_str("-> ");
        text.push_str(&stanza.arguments.join(" "));
        text.push('\n');
        let body = STANDARD_NO_PAD.encode(&stanza.body);
        let mut rest = body.as_str();
        while let Some((full, after)) = rest.split_at_checked(COLUMNS) {
            text.push_str(full);
            text.push('\n');
            rest = after;
        }
        text.push_str(rest);
        text.push('\n');
    }
    text.push_str("---");
    let code = authentication(file_key, text.as_bytes())?.finalize().into_bytes();
    text.push(' ');
    text.push_str(&STANDARD_NO_PAD.encode(code));
    text.push('\n');
    Ok(text.into_bytes())
}
