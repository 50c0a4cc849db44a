//! A critical request through all its stages: transformed by the DCC (command variant 4), compared, signed, sent (5 to 7),
//! answered by the device. Every stage is a file in one folder, on disk before the next step, so that it can be resumed after
//! any interruption:
//!
//! | file | holds |
//! |---|---|
//! | `request.xml` | the request, command variant 4 |
//! | `transform.xml` | the same as it was posted, signed |
//! | `pre-command.xml` | the DCC's answer |
//! | `signed-command.b64` | the command with the party's signature |
//! | `command.xml` | the request that carries it, as it was posted |
//! | `acknowledgement.xml`, `response.xml` | what came back: I99, and the device's answer |
//! | `last-reply.raw` | the adaptor's last answer, whatever it is |
//! | `critical.json`, `critical.lock` | the stage; held while a run is at work |

mod stage;

use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::send::{Prepared, Reply, Route, judge, last_sent, not_the_answer, only_message, read};
pub use stage::Stage;

use super::{ExchangeError, signer};
use crate::files;
use crate::hex;
use crate::smets::base64;
use crate::smets::catalogue::{Catalogue, Handling, ServiceRequest};
use crate::smets::counters::CounterFileError;
use crate::smets::duis::body;
use crate::smets::duis::build::{self, Header, Missing};
use crate::smets::duis::check::{self, Comparison};
use crate::smets::duis::decode::{Decoder, RequestOutcome};
use crate::smets::duis::kind::RequestId;
use crate::smets::duis::stream::Messages;
use crate::smets::duis::tree::Element;
use crate::smets::gbcs;

const SCHEMA: &str = "wattkey/smets-critical-state/1";
const STATE: &str = "critical.json";
const REQUEST: &str = "request.xml";
const TRANSFORM: &str = "transform.xml";
const PRE_COMMAND: &str = "pre-command.xml";
const SIGNED_COMMAND: &str = "signed-command.b64";
const COMMAND: &str = "command.xml";
const ACKNOWLEDGEMENT: &str = "acknowledgement.xml";
const RESPONSE: &str = "response.xml";
/// The last answer of the adaptor, whatever it is.
const RAW_REPLY: &str = "last-reply.raw";
const LOCK: &str = "critical.lock";

/// Codes by which the DCC says that the device did not answer in time.
const GIVEN_UP: [&str; 3] = ["E20", "E21", "E30"];

#[derive(Debug, Clone, Serialize, Deserialize)]
struct State {
    schema: String,
    stage: Stage,
    /// Command variant of the request that carries the signed command.
    command_variant: u8,
    #[serde(with = "time::serde::rfc3339")]
    since: OffsetDateTime,
    /// What came of it, as `smets decode` names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    outcome: Option<String>,
    /// The last response code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    response_code: Option<String>,
    /// Whether the DCC or the device said no.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    is_refusal: bool,
}

/// A critical request in its folder.
#[derive(Debug)]
pub struct CriticalRequest {
    folder: PathBuf,
    state: State,
    request: Element,
    id: RequestId,
    sent_unsigned: bool,
    /// Held while a run is at work on the folder.
    _lock: File,
}

impl CriticalRequest {
    /// Puts a request into a new folder, or opens the folder that holds it already. `command_variant` is 5 over the WAN, 6 for local delivery, 7 for both.
    ///
    /// # Errors
    /// Text that is not one request of command variant 4; a folder that holds another one, is in use, or cannot be made.
    pub fn begin(folder: &Path, xml: &str, command_variant: u8) -> Result<Self, ExchangeError> {
        let (request, id) = critical_request(xml, "the request")?;
        files::create_private_folder(folder).map_err(|error| ExchangeError::file(folder, error))?;
        let lock = lock(folder)?;
        if folder.join(STATE).exists() {
            let known = Self::read(folder, lock)?;
            if is_same_but_for_counter(&request, &known.request) {
                return Ok(known);
            }
            return Err(ExchangeError::Stage(format!(
                "{} already holds another critical request: leave --request out to resume that one, or give this one a folder of its own",
                folder.display()
            )));
        }
        let state = State {
            schema: SCHEMA.to_owned(),
            stage: Stage::Requested,
            command_variant,
            since: OffsetDateTime::now_utc(),
            outcome: None,
            response_code: None,
            is_refusal: false,
        };
        let critical =
            CriticalRequest { folder: folder.to_owned(), state, request, id, sent_unsigned: false, _lock: lock };
        critical.write(REQUEST, xml.as_bytes())?;
        critical.keep_state()?;
        Ok(critical)
    }

    /// Opens the request of a folder where it was left.
    ///
    /// # Errors
    /// A folder without one, or files that were changed into something else.
    pub fn open(folder: &Path) -> Result<Self, ExchangeError> {
        if !folder.join(STATE).exists() {
            let problem = format!("{} holds no critical request: begin with --request FILE", folder.display());
            return Err(ExchangeError::Stage(problem));
        }
        Self::read(folder, lock(folder)?)
    }

    /// Reads the folder, which is locked already: what another run was about to write is there.
    fn read(folder: &Path, lock: File) -> Result<Self, ExchangeError> {
        let path = folder.join(STATE);
        let fault =
            |problem: String| ExchangeError::Message { what: path.display().to_string(), problem, is_readable: false };
        let state: State =
            serde_json::from_str(&read(&path)?).map_err(|error| fault(format!("cannot be read: {error}")))?;
        if state.schema != SCHEMA || !(5..=7).contains(&state.command_variant) {
            return Err(fault(format!("is of schema {:?}, not {SCHEMA}", state.schema)));
        }
        let request = folder.join(REQUEST);
        let (request, id) = critical_request(&read(&request)?, &request.display().to_string())?;
        Ok(CriticalRequest { folder: folder.to_owned(), state, request, id, sent_unsigned: false, _lock: lock })
    }

    /// How far it is.
    pub fn stage(&self) -> Stage {
        self.state.stage
    }

    /// Whether something went out now without a signature.
    pub fn sent_unsigned(&self) -> bool {
        self.sent_unsigned
    }

    /// Since when.
    pub fn since(&self) -> OffsetDateTime {
        self.state.since
    }

    /// Its ID, which the command keeps.
    pub fn id(&self) -> RequestId {
        self.id
    }

    /// Its service reference variant.
    pub fn srv(&self) -> &str {
        self.request.text_at(&["Header", "ServiceReferenceVariant"]).unwrap_or_default()
    }

    /// What came of it, as `smets decode` names it, once there is an answer.
    pub fn outcome(&self) -> Option<&str> {
        self.state.outcome.as_deref()
    }

    /// The last response code.
    pub fn response_code(&self) -> Option<&str> {
        self.state.response_code.as_deref()
    }

    /// Whether the DCC or the device said no.
    pub fn is_refusal(&self) -> bool {
        self.state.is_refusal
    }

    /// Names of the files that are there, in the order in which they come to be.
    pub fn files(&self) -> Vec<&'static str> {
        let all = [REQUEST, TRANSFORM, PRE_COMMAND, SIGNED_COMMAND, COMMAND, ACKNOWLEDGEMENT, RESPONSE];
        all.into_iter().filter(|name| self.folder.join(name).exists()).collect()
    }

    /// The pre-command held against the request, once it is here.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn comparison(&self) -> Result<Option<Comparison>, ExchangeError> {
        if !self.folder.join(PRE_COMMAND).exists() {
            return Ok(None);
        }
        let reply = self.transformed()?;
        Ok(check::pre_command_payload(&reply).map(|_| check::pre_command(&self.request, &reply)))
    }

    /// Goes as far as it can with what is given: to the DCC and back, and through the signing program of the command.
    ///
    /// # Errors
    /// Those of [`Route::prepare`] and [`Route::send`]; a pre-command or signed command that does not fit.
    pub fn advance(&mut self, route: Option<&Route<'_>>, sign_command: Option<&str>) -> Result<(), ExchangeError> {
        loop {
            match (self.state.stage, route, sign_command) {
                (Stage::Requested, Some(route), _) => self.transform(route)?,
                (Stage::TransformSent, Some(route), _) => {
                    self.renew_counter(route)?;
                    self.transform(route)?;
                }
                (Stage::PreCommand, _, Some(program)) => {
                    let command = self.pre_command()?;
                    let signed = signer::run(program, &format!("{}\n", base64::encode(&command)))?;
                    self.take_signed(&signed)?;
                }
                (Stage::Signed, Some(route), _) => self.send(route)?,
                _ => return Ok(()),
            }
        }
    }

    /// Takes the signed command that a program or a person made of the pre-command, as base64 or hex.
    ///
    /// # Errors
    /// [`ExchangeError::SignedCommand`] when it is not the pre-command with a signature behind it; nothing is kept then.
    pub fn take_signed(&mut self, text: &str) -> Result<(), ExchangeError> {
        if self.state.stage != Stage::PreCommand {
            return Err(ExchangeError::Stage("there is no pre-command that waits for its signature".to_owned()));
        }
        let compact: String = text.split_whitespace().collect();
        let signed = hex::decode(&compact).or_else(|| base64::decode(&compact).ok());
        let misfit = |problem: &str| ExchangeError::SignedCommand(format!("the signed command {problem}"));
        let signed = signed.ok_or_else(|| misfit("is neither base64 nor hex"))?;
        let command = self.pre_command()?;
        let (before, after) = (gbcs::to_be_signed(&command), gbcs::to_be_signed(&signed));
        match (before, after, gbcs::parse(&signed)) {
            (Ok(before), Ok(after), Ok(header)) if before == after && header.signed => {}
            (_, _, Ok(header)) if !header.signed => return Err(misfit("carries no signature")),
            (_, _, Ok(_)) => return Err(misfit("is another command than the pre-command")),
            (_, _, Err(error)) => return Err(misfit(&format!("cannot be read: {error}"))),
        }
        self.write(SIGNED_COMMAND, base64::encode(&signed).as_bytes())?;
        self.enter(Stage::Signed)
    }

    /// Takes what came back later: an acknowledgement, or the device's answer.
    ///
    /// # Errors
    /// A message that is not the answer to this command.
    pub fn take_response(&mut self, xml: &str, what: &str) -> Result<(), ExchangeError> {
        if matches!(
            self.state.stage,
            Stage::Requested | Stage::TransformSent | Stage::Refused | Stage::PreCommand | Stage::Signed
        ) {
            return Err(ExchangeError::Stage(
                "no answer of a device is awaited: the command has not been sent".to_owned(),
            ));
        }
        let mut messages = Messages::new(xml.as_bytes());
        let (Some(mut found), None) = (messages.next(), messages.next()) else {
            return Err(ExchangeError::Message {
                what: what.to_owned(),
                problem: "has to hold one message".to_owned(),
                is_readable: true,
            });
        };
        let mut decoder = Decoder::default();
        let decoded = decoder.decode(&mut found);
        let problem = not_the_answer(&self.request, self.id, &decoded)
            .or_else(|| (decoded.request_id.is_none()).then(|| "a message that names no request".to_owned()));
        if let Some(problem) = problem {
            return Err(ExchangeError::ForeignResponse(format!("{what} is {problem}, not the answer to {}", self.id)));
        }
        let outcome = decoded.outcome;
        let code = decoded.response_code.map(str::to_owned);
        self.conclude(outcome, code, xml.as_bytes())
    }

    fn transform(&mut self, route: &Route<'_>) -> Result<(), ExchangeError> {
        // Another request may have overtaken this one; nothing of it has reached a device.
        if last_sent(&self.request, route.counters)?.is_some_and(|last| self.id.counter <= last) {
            self.renew_counter(route)?;
        }
        let prepared = route.prepare(read(&self.folder.join(REQUEST))?, REQUEST)?;
        self.write(TRANSFORM, prepared.xml.as_bytes())?;
        self.enter(Stage::TransformSent)?;
        let reply = self.post(route, &prepared, Stage::Requested)?;
        self.state.response_code = reply.response_code().map(str::to_owned);
        self.write(PRE_COMMAND, &reply.body)?;
        match reply.outcome {
            _ if !reply.misfits.is_empty() => {
                let problem = reply.misfits.join("; ");
                Err(ExchangeError::Misfit(format!("the pre-command does not fit the request: {problem}")))
            }
            Some(RequestOutcome::PreCommand) => self.enter(Stage::PreCommand),
            _ if reply.is_refusal() => {
                self.settle(Some(RequestOutcome::Failed));
                self.enter(Stage::Refused)
            }
            _ => Err(ExchangeError::Reply("with something else than a pre-command".to_owned())),
        }
    }

    fn send(&mut self, route: &Route<'_>) -> Result<(), ExchangeError> {
        let payload = read(&self.folder.join(SIGNED_COMMAND))?;
        let xml = self.command_request(&payload)?;
        let prepared = route.prepare(xml, COMMAND)?;
        self.write(COMMAND, prepared.xml.as_bytes())?;
        self.enter(Stage::CommandSent)?;
        let reply = self.post(route, &prepared, Stage::Signed)?;
        let code = reply.response_code().map(str::to_owned);
        self.conclude(reply.outcome, code, &reply.body)
    }

    /// Posts, keeps what came back as it is, and goes back one stage when it is certain that nothing went out.
    fn post(&mut self, route: &Route<'_>, request: &Prepared, before: Stage) -> Result<Reply, ExchangeError> {
        self.sent_unsigned |= !request.signed;
        match route.post(request) {
            Ok(answer) => {
                self.write(RAW_REPLY, &answer.body)?;
                judge(request, answer)
            }
            Err(error) => {
                match &error {
                    // A request to be transformed has lost its counter all the same: it stays sent, and gets a new one.
                    ExchangeError::NotReached { .. } if before == Stage::Signed => {
                        route.counters.give_back(request.id.originator, request.id.counter)?;
                        self.enter(before)?;
                    }
                    // A counter that is used may have gone out with this very command: that is not taken back.
                    ExchangeError::Counter(CounterFileError::Used { .. }) if before == Stage::Signed => {}
                    ExchangeError::Counter(_) => self.enter(before)?,
                    _ => {}
                }
                Err(error)
            }
        }
    }

    fn conclude(
        &mut self,
        outcome: Option<RequestOutcome>,
        code: Option<String>,
        body: &[u8],
    ) -> Result<(), ExchangeError> {
        // An error code may come in a message without a body that is known here.
        let is_error = code.as_deref().is_some_and(|code| code.starts_with('E'));
        let outcome = outcome.or(is_error.then_some(RequestOutcome::Failed));
        // The DCC gave up waiting: the device may have acted all the same.
        let is_given_up = code.as_deref().is_some_and(|code| GIVEN_UP.contains(&code));
        let stage = match outcome {
            Some(RequestOutcome::PreCommand) => {
                return Err(ExchangeError::Reply("the signed command with a pre-command".to_owned()));
            }
            // A command to a device that is answered without a word of the device has not been answered yet.
            None | Some(RequestOutcome::Taken | RequestOutcome::Done) => Stage::Acknowledged,
            Some(RequestOutcome::LocalCommand) => Stage::LocalCommand,
            Some(RequestOutcome::Failed) if is_given_up => Stage::Unclear,
            Some(RequestOutcome::Answered(gbcs::Outcome::FutureDated)) => Stage::Scheduled,
            Some(RequestOutcome::Answered(gbcs::Outcome::NotRead | gbcs::Outcome::Encrypted)) => Stage::Unclear,
            Some(RequestOutcome::Failed | RequestOutcome::Answered(_)) => Stage::Answered,
        };
        let is_preliminary = matches!(stage, Stage::Acknowledged | Stage::LocalCommand);
        self.write(if is_preliminary { ACKNOWLEDGEMENT } else { RESPONSE }, body)?;
        // A late acknowledgement does not undo an answer.
        if is_preliminary && matches!(self.state.stage, Stage::Scheduled | Stage::Unclear | Stage::Answered) {
            return Ok(());
        }
        self.state.response_code = code;
        if !is_preliminary {
            self.settle(outcome);
            self.state.is_refusal &= stage == Stage::Answered;
        }
        self.enter(stage)
    }

    fn settle(&mut self, outcome: Option<RequestOutcome>) {
        self.state.is_refusal = outcome.is_some_and(RequestOutcome::is_refusal);
        let word = outcome.and_then(|outcome| serde_json::to_value(outcome).ok());
        self.state.outcome = word.and_then(|word| word.as_str().map(str::to_owned));
    }

    /// The octets of the pre-command.
    fn pre_command(&self) -> Result<Vec<u8>, ExchangeError> {
        let reply = self.transformed()?;
        if let Some(misfit) = check::pre_command(&self.request, &reply).misfits().next() {
            return Err(ExchangeError::Misfit(format!("{PRE_COMMAND} does not fit the request: {misfit}")));
        }
        let payload = check::pre_command_payload(&reply).unwrap_or_default();
        base64::decode(payload).map_err(|error| ExchangeError::Misfit(format!("{PRE_COMMAND}: {error}")))
    }

    /// What the DCC made of the request.
    fn transformed(&self) -> Result<Element, ExchangeError> {
        let path = self.folder.join(PRE_COMMAND);
        only_message(&read(&path)?, &path.display().to_string())
    }

    /// The request that carries the signed command; it keeps the ID of the request it was made from.
    fn command_request(&self, payload: &str) -> Result<String, ExchangeError> {
        let version = self.request.attribute("schemaVersion").unwrap_or_else(|| body::duis_version());
        let request = service_request(&self.request)?;
        let header = Header {
            request_id: self.id,
            request,
            command_variant: self.state.command_variant,
            schema_version: version,
        };
        let table = build::table(request, self.state.command_variant);
        let table = table.ok_or_else(|| ExchangeError::Stage(format!("{} carries no signed command", request.srv)))?;
        let value = [("GBCSPayload".to_owned(), payload.to_owned())];
        Ok(build::to_xml(&build::request(&header, build::fill(table, &value, Missing::Refused)?)?))
    }

    /// A request whose answer was lost is transformed again under a new counter: the DCC takes each once, and no device has
    /// seen it.
    fn renew_counter(&mut self, route: &Route<'_>) -> Result<(), ExchangeError> {
        let counter = route.counters.issue(self.id.originator, OffsetDateTime::now_utc())?;
        let id = RequestId { counter, ..self.id };
        if self.request.child("Signature").is_some() && route.sign_command.is_none() {
            let problem =
                "the request needs a new counter, which its own signature does not cover: build and sign it again";
            return Err(ExchangeError::Stage(problem.to_owned()));
        }
        let stale = self.folder.join(PRE_COMMAND);
        if stale.exists() {
            fs::remove_file(&stale).map_err(|error| ExchangeError::file(&stale, error))?;
        }
        self.request.children.retain(|child| child.name != "Signature");
        let header = self.request.children.iter_mut().find(|child| child.name == "Header");
        let field = header.and_then(|header| header.children.iter_mut().find(|child| child.name == "RequestID"));
        if let Some(field) = field {
            field.text = id.to_string();
        }
        self.id = id;
        self.write(REQUEST, build::to_xml(&self.request).as_bytes())?;
        self.enter(Stage::Requested)
    }

    fn enter(&mut self, stage: Stage) -> Result<(), ExchangeError> {
        self.state.stage = stage;
        self.state.since = OffsetDateTime::now_utc();
        self.keep_state()
    }

    fn keep_state(&self) -> Result<(), ExchangeError> {
        let mut text = serde_json::to_string_pretty(&self.state).unwrap_or_default();
        text.push('\n');
        self.write(STATE, text.as_bytes())
    }

    fn write(&self, name: &str, content: &[u8]) -> Result<(), ExchangeError> {
        let path = self.folder.join(name);
        files::replace_with(&path, content).map_err(|error| ExchangeError::file(&path, error))
    }
}

/// The one request of a text, if it is a critical one to be transformed.
fn critical_request(xml: &str, what: &str) -> Result<(Element, RequestId), ExchangeError> {
    let message = only_message(xml, what)?;
    let fault = |problem: &str| ExchangeError::Message {
        what: what.to_owned(),
        problem: problem.to_owned(),
        is_readable: true,
    };
    if message.name != "Request" {
        return Err(fault("holds no request"));
    }
    let request = service_request(&message)?;
    if request.handling() != Handling::Critical {
        let problem =
            format!("is {}, which is not critical: `wattkey smets request send` sends it as it is", request.srv);
        return Err(fault(&problem));
    }
    if message.text_at(&["Header", "CommandVariant"]) != Some("4") {
        return Err(fault("has to be the request of command variant 4, with its fields"));
    }
    let id = message.text_at(&["Header", "RequestID"]).and_then(RequestId::parse);
    Ok((message, id.ok_or_else(|| fault("has no sound RequestID"))?))
}

fn service_request(message: &Element) -> Result<&'static ServiceRequest, ExchangeError> {
    let srv = message.text_at(&["Header", "ServiceReferenceVariant"]).unwrap_or_default();
    Catalogue::shipped().find(srv).ok_or_else(|| ExchangeError::Message {
        what: "the request".to_owned(),
        problem: format!("names {srv:?}, which is no service reference variant"),
        is_readable: true,
    })
}

/// Whether two requests ask for the same: all but counter and signature.
fn is_same_but_for_counter(one: &Element, other: &Element) -> bool {
    let parties = |request: &Element| {
        let id = request.text_at(&["Header", "RequestID"]).and_then(RequestId::parse);
        id.map(|id| (id.originator, id.target))
    };
    let srv = |request: &Element| request.text_at(&["Header", "ServiceReferenceVariant"]).map(str::to_owned);
    parties(one) == parties(other) && srv(one) == srv(other) && one.child("Body") == other.child("Body")
}

/// Holds the folder for one run at a time.
fn lock(folder: &Path) -> Result<File, ExchangeError> {
    let path = folder.join(LOCK);
    let file = files::private(OpenOptions::new().create(true).truncate(false).write(true)).open(&path);
    let file = file.map_err(|error| ExchangeError::file(&path, error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(ExchangeError::Stage(format!(
            "another run is at work on {}: wait until it has ended",
            folder.display()
        ))),
        Err(TryLockError::Error(error)) => Err(ExchangeError::file(&path, error)),
    }
}
