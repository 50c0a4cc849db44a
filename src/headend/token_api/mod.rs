//! A token server with the PrismToken interface (Thrift, binary protocol in frames, TLS): it makes and verifies tokens of
//! meters whose key the caller names, and keeps no register of meters.
//!
//! Methods, field numbers and types are those of the generated client in github.com/NectarAPI/tokens-service; the
//! meanings of the error codes come from one listing. Every call that makes tokens has a number which is on the disk
//! before it goes out; after a lost reply the server is asked for the result under that number.

mod client;
mod messages;
mod requests;
mod settings;

use std::sync::Arc;
use std::time::Duration;

use sha2::{Digest, Sha256};
use thrift::protocol::TType;
use time::macros::format_description;
use time::{OffsetDateTime, PrimitiveDateTime, UtcOffset};

use self::client::{Client, Input, Lost, Output, Reply, UNKNOWN_METHOD};
use self::messages::{Amendment, ApiFault, IssuedToken, MeterConfig, VerifyResult, long, short, structure, text};
use super::HeadEndError;
use super::message_id::{MessageEnd, MessageId, Sender};
use super::outbox::Outbox;
use super::tokens::TokenIssue;
use super::verdict::{Refusal, ServerFault, Verdict};
use crate::hex;
use crate::keys::Secret;
use crate::sts::encryption::read_clear;
use crate::sts::{Drn, Token, TokenClass, TokenContent};

pub use settings::{Settings, TokenApiSection};

/// Version of the interface that is asked for at sign-in.
const VERSION: &str = "1.1";

/// A server keeps results for a while only: that it knows none proves nothing after so many minutes, except for key
/// changes, which may be made twice without harm.
const REMEMBERED_MIN: i64 = 10;

/// Characters of a server's words that are shown.
const LONGEST_WORDS: usize = 300;

/// How often a result is asked for, and the pause between.
const ASKED_FOR: u32 = 3;
const BETWEEN: Duration = Duration::from_millis(500);

/// One token server as a head-end.
#[derive(Debug)]
pub struct TokenApiHeadEnd {
    settings: Arc<Settings>,
    outbox: Outbox,
    now: fn() -> OffsetDateTime,
    sender: Sender,
    session: Option<Session>,
}

/// A connection with a sign-in.
#[derive(Debug)]
struct Session {
    client: Client,
    access: Secret,
}

/// A call that makes tokens.
enum Making {
    KeyChange { meter: MeterConfig, to: Amendment },
    Engineering { meter: MeterConfig, subclass: i16, amount: f64 },
    Test { subclass: i16, control: i64 },
}

impl Making {
    const fn method(&self) -> &'static str {
        match self {
            Making::KeyChange { .. } => "issueKeyChangeTokens",
            Making::Engineering { .. } => "issueMseToken",
            Making::Test { .. } => "issueMeterTestToken",
        }
    }

    /// The meter whose key the tokens are under; tests are under none.
    const fn meter(&self) -> Option<&MeterConfig> {
        match self {
            Making::KeyChange { meter, .. } | Making::Engineering { meter, .. } => Some(meter),
            Making::Test { .. } => None,
        }
    }

    fn write(&self, out: &mut Output<'_>, message: &str, access: &str) -> thrift::Result<()> {
        text(out, 1, message)?;
        text(out, 2, access)?;
        match self {
            Making::KeyChange { meter, to } => {
                structure(out, 3, |out| meter.write(out))?;
                structure(out, 4, |out| to.write(out))
            }
            Making::Engineering { meter, subclass, amount } => {
                structure(out, 3, |out| meter.write(out))?;
                short(out, 4, *subclass)?;
                messages::field(out, TType::Double, 5, |out| {
                    thrift::protocol::TOutputProtocol::write_double(out, *amount)
                })?;
                long(out, 6, 0)?;
                long(out, 7, 0)
            }
            Making::Test { subclass, control } => {
                short(out, 3, *subclass)?;
                long(out, 4, *control)?;
                short(out, 5, 0)
            }
        }
    }

    /// The tokens of a reply.
    fn read(&self, input: &mut Input<'_>, kind: TType) -> thrift::Result<Vec<IssuedToken>> {
        match (self, kind) {
            (Making::Test { .. }, TType::Struct) => Ok(vec![IssuedToken::read_test(input)?]),
            (_, TType::List) => IssuedToken::read_list(input),
            _ => Err(thrift::Error::from("the result is no list of tokens")),
        }
    }
}

/// Reads octets as every reply there is: whether any of them makes sense of it.
#[doc(hidden)]
pub fn look_through(body: &[u8]) -> bool {
    ["signInWithPassword", "issueKeyChangeTokens", "issueMseToken", "verifyToken"].into_iter().any(|method| {
        client::read_reply(body, method, 1, |input, kind| match kind {
            TType::List => IssuedToken::read_list(input).map(|tokens| tokens.len()),
            TType::Struct if method == "verifyToken" => VerifyResult::read(input).map(|_| 1),
            TType::Struct => IssuedToken::read_test(input).map(|_| 1),
            _ => Err(thrift::Error::from("the result is none")),
        })
        .is_ok()
    })
}

impl TokenApiHeadEnd {
    /// A head-end over a server. Nothing is connected.
    pub fn new(settings: &Arc<Settings>, outbox: Outbox, now: fn() -> OffsetDateTime) -> Self {
        let sender = Sender { client: settings.address.clone(), terminal: settings.terminal_id.clone() };
        TokenApiHeadEnd { settings: Arc::clone(settings), outbox, now, sender, session: None }
    }

    fn garbled(&self, problem: impl Into<String>) -> HeadEndError {
        HeadEndError::Garbled { name: self.settings.address.clone(), problem: problem.into() }
    }

    fn number(&mut self, method: &str, intent: Option<&str>) -> Result<MessageId, HeadEndError> {
        self.outbox.next_message(&self.sender, method, intent, (self.now)(), UtcOffset::UTC)
    }

    fn name_of(&self, id: &MessageId) -> String {
        format!("{}-{}-{}", self.settings.terminal_id, id.date_time, id.number)
    }

    /// Signs in where that was not done yet.
    fn sign_in(&mut self) -> Result<Reply<()>, HeadEndError> {
        if self.session.is_some() {
            return Ok(Ok(()));
        }
        let id = self.number("signInWithPassword", None)?;
        let message = self.name_of(&id);
        let settings = Arc::clone(&self.settings);
        let mut client = Client::connect(&settings)?;
        let operator = settings.login.operator.as_deref().unwrap_or_default();
        let password = settings.login.password.as_ref().map(Secret::reveal).unwrap_or_default();
        let answer = client.call(
            "signInWithPassword",
            |out| {
                text(out, 1, &message)?;
                text(out, 2, &settings.realm)?;
                text(out, 3, operator)?;
                text(out, 4, password)?;
                structure(out, 5, |out| text(out, 1, VERSION))
            },
            |input, _| {
                let mut access = None;
                messages::read_fields(input, |input, id, kind| {
                    if (id, kind) != (1, TType::String) {
                        return Ok(false);
                    }
                    access = Some(thrift::protocol::TInputProtocol::read_string(input)?);
                    Ok(true)
                })?;
                access.ok_or_else(|| thrift::Error::from("the sign-in has no access token"))
            },
        );
        self.outbox.end_message(&self.sender, &id, MessageEnd::Answered)?;
        match answer {
            Ok(Ok(access)) => {
                self.session = Some(Session { client, access: Secret::new(access) });
                Ok(Ok(()))
            }
            Ok(Err(fault)) => Ok(Err(fault)),
            Err(Lost::Unanswered(problem)) => {
                Err(HeadEndError::NoAnswer { name: self.settings.address.clone(), problem })
            }
            Err(Lost::Garbled(problem)) => Err(self.garbled(problem)),
        }
    }

    /// Calls a method within the session. A connection that failed is not used again.
    fn call<T>(
        &mut self,
        method: &str,
        arguments: impl FnOnce(&mut Output<'_>, &str) -> thrift::Result<()>,
        result: impl Fn(&mut Input<'_>, TType) -> thrift::Result<T>,
    ) -> Result<Reply<T>, Lost> {
        let Some(mut session) = self.session.take() else {
            return Err(Lost::Unanswered("the session was lost".to_owned()));
        };
        let access = session.access.clone();
        let answer = session.client.call(method, |out| arguments(out, access.reveal()), result);
        // A server that refuses the session wants another sign-in.
        let is_usable = match &answer {
            Ok(Ok(_)) => true,
            Ok(Err(fault)) => !fault.code.starts_with("EAuthentication"),
            Err(_) => false,
        };
        if is_usable {
            self.session = Some(session);
        }
        answer
    }

    /// Asks for tokens once. After a lost reply the server is asked for the result; the request is never sent again while
    /// it may have been carried out.
    fn make(&mut self, making: &Making, drn: Drn) -> Result<Result<Made, Refusal>, HeadEndError> {
        // A connection kept from before may be half dead and its sign-in too old, and then nobody can say whether the
        // request arrived.
        self.session = None;
        if let Err(fault) = self.sign_in()? {
            return Ok(Err(refusal(fault)));
        }
        let intent = intent(making, drn, &self.settings);
        let mut warnings = Vec::new();
        if let Some(open) = self.outbox.open_message(&self.sender, &intent)? {
            if let Some(tokens) = self.result_of(making, &open)? {
                warnings.push("this is the answer to an earlier request whose reply was lost".to_owned());
                return Ok(Ok(Made { tokens, warnings }));
            }
            if let Err(fault) = self.sign_in()? {
                return Ok(Err(refusal(fault)));
            }
        }
        let id = self.number(making.method(), Some(&intent))?;
        let message = self.name_of(&id);
        let answer = self.call(
            making.method(),
            |out, access| making.write(out, &message, access),
            |input, kind| making.read(input, kind),
        );
        let lost = match answer {
            Ok(reply) => {
                self.outbox.end_message(&self.sender, &id, MessageEnd::Answered)?;
                return Ok(reply.map(|tokens| Made { tokens, warnings }).map_err(refusal));
            }
            Err(Lost::Unanswered(problem) | Lost::Garbled(problem)) => problem,
        };
        let name = self.settings.address.clone();
        let unknown = |problem: &str| HeadEndError::OutcomeUnknown {
            name: name.clone(),
            problem: format!("message {message}: {lost}; {problem}"),
        };
        match self.sign_in() {
            Ok(Ok(())) => {}
            Ok(Err(fault)) => return Err(unknown(&format!("{} {}", fault.code, fault.message))),
            Err(error) => return Err(unknown(&error.to_string())),
        }
        let told = self.result_of(making, &id).map_err(|error| unknown(&error.to_string()))?;
        match told {
            Some(tokens) => {
                let warning = "the reply was lost; the server told again what it had answered".to_owned();
                Ok(Ok(Made { tokens, warnings: vec![warning] }))
            }
            None => {
                let description = format!("{lost}; asked again, the server knows no such request");
                let fault = ServerFault { kind: String::new(), description, code: None };
                Ok(Err(Refusal { fault: Some(fault), ..Refusal::plain(Verdict::NeverDone) }))
            }
        }
    }

    /// The tokens of an earlier request, or `None` when the server knows none under its number. One that is still at work
    /// is given time.
    fn result_of(&mut self, making: &Making, open: &MessageId) -> Result<Option<Vec<IssuedToken>>, HeadEndError> {
        for _ in 1..ASKED_FOR {
            match self.fetch(making, open, false)? {
                Some(tokens) => return Ok(Some(tokens)),
                None => std::thread::sleep(BETWEEN),
            }
        }
        self.fetch(making, open, true)
    }

    /// Asks for the result once; that there is none settles the request only when it is asked for the `last` time.
    fn fetch(
        &mut self,
        making: &Making,
        open: &MessageId,
        last: bool,
    ) -> Result<Option<Vec<IssuedToken>>, HeadEndError> {
        if let Err(fault) = self.sign_in()? {
            let problem = format!("message {}: {} {}", self.name_of(open), fault.code, fault.message);
            return Err(HeadEndError::OutcomeUnknown { name: self.settings.address.clone(), problem });
        }
        let id = self.number("fetchTokenResult", None)?;
        let (message, asked) = (self.name_of(&id), self.name_of(open));
        let answer = self.call(
            "fetchTokenResult",
            |out, access| {
                text(out, 1, &message)?;
                text(out, 2, access)?;
                text(out, 3, &asked)
            },
            |input, kind| match kind {
                TType::List => IssuedToken::read_list(input),
                _ => Err(thrift::Error::from("the result is no list of tokens")),
            },
        );
        self.outbox.end_message(&self.sender, &id, MessageEnd::Answered)?;
        let unknown = |problem: String| HeadEndError::OutcomeUnknown { name: self.settings.address.clone(), problem };
        match answer {
            Ok(Ok(tokens)) => {
                self.outbox.end_message(&self.sender, open, MessageEnd::Answered)?;
                Ok(Some(tokens))
            }
            Ok(Err(fault)) if fault.code == "ECacheMiss" && !last => Ok(None),
            Ok(Err(fault)) if fault.code == "ECacheMiss" => {
                let harmless = matches!(making, Making::KeyChange { .. } | Making::Test { .. });
                if !harmless && !self.is_recent(open) {
                    let problem = "the server keeps results for a while only, and knows none of it any more; ask the \
                                   office whether a token was made";
                    return Err(unknown(format!("message {asked}: {problem}")));
                }
                self.outbox.end_message(&self.sender, open, MessageEnd::Never)?;
                Ok(None)
            }
            Ok(Err(fault)) => Err(unknown(format!("message {asked}: {} {}", fault.code, fault.message))),
            Err(Lost::Unanswered(problem) | Lost::Garbled(problem)) => {
                Err(unknown(format!("message {asked}: asked for its result, {problem}")))
            }
        }
    }

    fn is_recent(&self, id: &MessageId) -> bool {
        let form = format_description!("[year][month][day][hour][minute][second]");
        let at = PrimitiveDateTime::parse(&id.date_time, form).map(PrimitiveDateTime::assume_utc);
        at.is_ok_and(|at| (0..REMEMBERED_MIN).contains(&((self.now)() - at).whole_minutes()))
    }

    /// The tokens of a reply, after everything in them was compared with what was asked for.
    fn issue(&self, kind: String, drn: Drn, making: &Making, made: Made) -> Result<TokenIssue, HeadEndError> {
        let mut tokens = Vec::new();
        for issued in &made.tokens {
            let digits = issued.digits.as_deref().unwrap_or_default();
            let token = digits.parse::<Token>().map_err(|problem| self.garbled(format!("a token: {problem}")))?;
            if tokens.contains(&token) {
                return Err(self.garbled("the same token stands in the answer twice"));
            }
            tokens.push(token);
            let told = (issued.class, issued.subclass);
            match making {
                // In clear: what it does can be read here.
                Making::Test { control, .. } => {
                    let reads = read_clear(token).and_then(Result::ok);
                    let is_asked = matches!(&reads, Some(TokenContent::MeterTest(test))
                        if i64::try_from(test.control()).ok() == Some(*control));
                    if !is_asked {
                        return Err(self.garbled("the token of the answer is another test than the one asked for"));
                    }
                    continue;
                }
                Making::Engineering { subclass, .. } if told != (Some(2), Some(*subclass)) => {
                    return Err(self.garbled("the token of the answer is of another kind than the one asked for"));
                }
                Making::KeyChange { .. } if told.0 != Some(2) => {
                    return Err(self.garbled("a token of the answer is no key-change token"));
                }
                // What the answer says of a token and what its digits are: the class stands in them.
                _ if token.class() != TokenClass::Management => {
                    return Err(self.garbled("a token of the answer is not of the class that it says"));
                }
                _ => {}
            }
            let Some(from) = making.meter() else { continue };
            if issued.drn.as_ref().and_then(|told| told.parse::<Drn>().ok()) != Some(drn) {
                return Err(self.garbled("a token of the answer is not for the meter asked about"));
            }
            if !is_under(issued, from) {
                return Err(self.garbled("a token of the answer is under another key than the meter's"));
            }
        }
        if tokens.is_empty() {
            return Err(self.garbled("the answer holds no token"));
        }
        let description = made.tokens.first().and_then(|issued| issued.description.clone());
        Ok(TokenIssue { description, warnings: made.warnings, ..TokenIssue::of(kind, tokens) })
    }
}

/// Whether a token is under the key named.
fn is_under(issued: &IssuedToken, key: &MeterConfig) -> bool {
    (issued.ea, issued.sgc, issued.krn, issued.ti) == (Some(key.ea), Some(key.sgc), Some(key.krn), Some(key.ti))
}

/// Tokens that came, and what is to be said of how they came.
struct Made {
    tokens: Vec<IssuedToken>,
    warnings: Vec<String>,
}

/// A name for what a message is for: the same question gives the same name.
fn intent(making: &Making, drn: Drn, settings: &Settings) -> String {
    let words = match making {
        Making::KeyChange { meter, to } => format!("{meter:?} {to:?}"),
        Making::Engineering { meter, subclass, amount } => format!("{meter:?} {subclass} {amount}"),
        Making::Test { subclass, control } => format!("{subclass} {control}"),
    };
    let digest = Sha256::digest(format!("{} {} {words}", settings.address, settings.realm));
    format!("{} {drn} {}", making.method(), hex::encode(digest.get(..8).unwrap_or_default()))
}

/// The server's no as a verdict.
fn refusal(fault: ApiFault) -> Refusal {
    let code = fault.code.as_str();
    let verdict = match code {
        "ESts.DrnOrPan.CheckDigit" => Verdict::BadSerial,
        "EKeystore.NotFound" => Verdict::WrongUtility,
        "ESts.VkExpired" => Verdict::KeyChangeNeeded,
        "EParamRange" => Verdict::BadParameter,
        "ECacheMiss" => Verdict::NeverDone,
        UNKNOWN_METHOD => Verdict::Unsupported,
        _ if code.starts_with("ESignin") || code.starts_with("EAuth") => Verdict::NotAllowed,
        _ if code.starts_with("ESts") => Verdict::BadConfig,
        _ => Verdict::Refused,
    };
    let short = |text: String| text.chars().take(LONGEST_WORDS).collect::<String>();
    let fault = ServerFault { kind: short(fault.code), description: short(fault.message), code: None };
    Refusal { fault: Some(fault), ..Refusal::plain(verdict) }
}
