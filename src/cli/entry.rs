//! One token into a meter, for every command that enters one.

use crate::cli::{CommandError, Context, ledger_file, meter};
use wattkey::change::{TokenEvidence, TokenStep, enter_token};
use wattkey::error::Code;
use wattkey::ledger::{Entry, Operation};
use wattkey::meter::status::StsState;
use wattkey::meter::{Meter, MeterRef, Status};
use wattkey::sts::Token;
use wattkey::sts::document::TokenDocument;
use wattkey::sts::keyring::Keyring;
use wattkey::sts::pasted;

/// The tokens, or what is wrong with the first that is none.
pub fn checked(texts: &[String]) -> Result<Vec<Token>, CommandError> {
    let pieces = pasted::tokens(texts);
    let parse = |text: &String| {
        text.parse::<Token>().map_err(|problem| {
            CommandError::new(Code::BadValue, format!("nothing was sent: {problem}"))
                .hint("Compare with the slip; `wattkey diagnose TOKEN` looks for a slip of one digit.")
        })
    };
    pieces.iter().map(parse).collect()
}

/// Enters one token as a change: recorded, sent once, its outcome read. What earlier runs left open is settled first.
pub fn enter(
    meter: &mut dyn Meter,
    context: &Context,
    token: Token,
    reference: &MeterRef,
    before: &Status,
    keyring: &Keyring,
) -> Result<TokenStep, CommandError> {
    let known = before.sts.as_ref().map(StsState::parameters).unwrap_or_default();
    let evidence = TokenEvidence {
        tid: keyring.read(token, &known).content().and_then(|content| content.tid()),
        ..TokenEvidence::NONE
    };
    let mark = ledger_file::open(context)?.mark_token(token).hash;
    let is_this = |entry: &Entry| entry.token.as_ref().is_some_and(|token| token.hash == mark);
    meter::with_changes(meter, context, reference, &is_this, |meter, changes| {
        enter_token(meter, changes, Operation::EnterToken, token, &evidence)
    })
}

/// The kind of a token, as far as the keys at hand read it.
pub fn kind(token: Token, before: &Status, keyring: &Keyring) -> &'static str {
    let known = before.sts.as_ref().map(StsState::parameters).unwrap_or_default();
    TokenDocument::of(keyring.read(token, &known)).kind().word()
}
