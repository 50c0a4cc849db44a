//! What a head-end says to a question, in one table: word, cause, what to do on site.

use serde::{Serialize, Serializer};

use super::record::{Difference, MeterRecord};
use crate::error::Exit;

macro_rules! verdicts {
    ($($name:ident $word:literal $exit:ident $cause:literal $act:literal;)*) => {
        /// A head-end's answer in one word.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Verdict {
            $(#[doc = $cause] $name,)*
        }

        impl Verdict {
            /// Every verdict, in the order of the table.
            pub const ALL: &'static [Verdict] = &[$(Verdict::$name,)*];

            /// The word in documents.
            pub const fn word(self) -> &'static str {
                match self { $(Verdict::$name => $word,)* }
            }

            /// The exit code of a command whose answer this is.
            pub const fn exit(self) -> Exit {
                match self { $(Verdict::$name => Exit::$exit,)* }
            }

            /// What it means, in plain words.
            pub const fn cause(self) -> &'static str {
                match self { $(Verdict::$name => $cause,)* }
            }

            /// What to do on site.
            pub const fn act(self) -> &'static str {
                match self { $(Verdict::$name => $act,)* }
            }
        }
    };
}

verdicts! {
    RegisteredActive "registered-active" Done "the meter is registered, the code is its own, and it may vend" "Go on.";
    KeyAlreadyRight "key-already-right" Done "the meter is on the key the utility holds" "Nothing to enter; go on.";
    RegisteredInactive "registered-inactive" AnswerNo "the meter is registered and vending is switched off for it" "Ask the office to activate the customer; the meter may be fitted meanwhile.";
    RegisteredUnchecked "registered-unchecked" AnswerNo "the meter is registered; the server does not tell whose it is or whether it may vend" "Ask the office whether the code is the meter's and whether vending is on.";
    NotRegistered "not-registered" AnswerNo "the utility has no record of this meter" "Compare the number with the label; then the office must register the meter, and the job waits.";
    NotInPack "not-in-pack" AnswerNo "the pack says nothing of this meter, which may be registered all the same" "Compare the number with the label; then ask online, or get a pack that has the meter.";
    PackExpired "pack-expired" AnswerNo "the pack is past its date, so its records are no longer to be trusted" "Get today's pack from the depot, or ask online.";
    PackNotYet "pack-not-yet" AnswerNo "the pack was issued in the future by this computer's clock" "Set the computer's clock, or ask the depot about the pack's date.";
    CodeMismatch "code-mismatch" AnswerNo "the code belongs to another meter" "Compare code and meter number with the job sheet; retype, else call the office.";
    CodeNotFound "code-not-found" AnswerNo "the utility does not know the code" "Retype the code; if it is right, call the office.";
    CodeMissing "code-missing" AnswerNo "the record holds no code to compare with" "Call the office with the meter's number: the account is not linked to the meter.";
    CodeLocked "code-locked" AnswerNo "too many wrong codes were tried for this meter" "Call the office: it confirms the code and gives a new pack.";
    MeterMismatch "meter-mismatch" AnswerNo "the meter is not the one in the record" "Stop: compare label, display and job sheet; the office must correct the record, or it is the wrong meter.";
    Blocked "blocked" AnswerNo "the utility has blocked this meter" "Stop, leave the meter as it is, and do what the operator message says.";
    IncompleteRecord "incomplete-record" AnswerNo "the utility knows the meter and lacks its SGC, TI or token technology" "Give all parameters (read from the meter) and ask again, else the office must complete the record.";
    BadSerial "bad-serial" AnswerNo "the check digit of the meter number is wrong" "Read the number from the label again.";
    BadConfig "bad-config" AnswerNo "SGC, KRN, TI and algorithm do not go together" "Read the meter again; if they are right, the office must correct the record.";
    BadParameter "bad-parameter" AnswerNo "a value in the request is out of the utility's range" "Correct the value the message names.";
    WrongUtility "wrong-utility" AnswerNo "this client may not act for the meter's supply group" "Stop: the meter belongs to another utility or area.";
    NotAllowed "not-allowed" AnswerNo "this operator or client may not do that" "Ask the supervisor for the right, or check the login in the head-end's credentials file.";
    ClientMisconfigured "client-misconfigured" AnswerNo "the client number is not the one in the certificate" "Set client_id to the certificate's number; asking again does not help.";
    KeyChangeNeeded "key-change-needed" AnswerNo "the key revision is no longer issued" "Do the key change first (`wattkey kct request`), then ask again.";
    CardNeeded "card-needed" AnswerNo "the utility wants the meter card's data" "Swipe the card with --meter-card and ask again.";
    TokenUnverified "token-unverified" AnswerNo "the utility cannot verify the token" "Take the token's slip to the office.";
    NoTokens "no-tokens" AnswerNo "no such token was issued ahead for this meter" "Ask online, or get a pack that has the token.";
    TokensUnfit "tokens-unfit" AnswerNo "the tokens issued ahead start from another key than the meter is on" "Ask online with what the meter holds now, or get a new pack.";
    SetNotCarried "set-not-carried" AnswerNo "XMLVend carries two key-change tokens, and this meter takes more" "Take the set from a pack or a token server (`--headend NAME|PACK`): they give whole sets.";
    Unsupported "unsupported" AnswerNo "the server does not offer this request" "Do without, or use a pack; the server's operator can say which requests it takes.";
    Busy "busy" AnswerNo "the server is busy" "Wait a minute, then ask again.";
    MessageExpired "message-expired" AnswerNo "the message was too old when the server read it" "Set the computer's clock, then ask again.";
    DuplicateMessage "duplicate-message" AnswerNo "the server has seen this message number with another content" "Ask again: the next message has a new number. If it repeats, this terminal_id is used twice.";
    Indeterminate "indeterminate" Safety "the server cannot tell whether it did what it was asked" "Ask the office what the server made before asking for it again.";
    NeverDone "never-done" AnswerNo "the server did nothing under that message number" "It is safe to ask again.";
    Bug "bug" AnswerNo "the server finds our message wrong" "Report it with the server's words; profile = \"nrs\" leaves extensions out.";
    ServerError "server-error" AnswerNo "the server failed" "Ask again later; a token that was asked for is looked for first.";
    BillingRefused "billing-refused" AnswerNo "a billing rule of the utility stands against it" "Call the office; the meter itself is fine.";
    Refused "refused" AnswerNo "the utility refuses, for a reason this program does not know" "Read the message to the office.";
}

impl Verdict {
    /// The verdict of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|verdict| verdict.word() == word)
    }

    /// Whether the answer is yes.
    pub fn is_yes(self) -> bool {
        self.exit() == Exit::Done
    }
}

impl Serialize for Verdict {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// The server's own words for a refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ServerFault {
    /// The fault's type without prefix, such as `UnknownMeterEx`; empty when the server named none.
    pub kind: String,
    /// Its description.
    pub description: String,
    /// The server's own code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// A no, with everything that came with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// Why.
    pub verdict: Verdict,
    /// The server's own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<ServerFault>,
    /// What the utility tells the technician.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operator_message: Option<String>,
}

impl Refusal {
    /// A no without any words of a server.
    pub const fn plain(verdict: Verdict) -> Self {
        Refusal { verdict, fault: None, operator_message: None }
    }
}

/// The answer to a vend code.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Handshake {
    /// The answer in one word.
    pub verdict: Verdict,
    /// Who answered.
    pub head_end: String,
    /// Whether it came from a file made earlier: then it is not confirmed by the utility now.
    pub offline: bool,
    /// What the utility holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<MeterRecord>,
    /// Where the meter is not the one of the record: these make a `meter-mismatch`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mismatches: Vec<Difference>,
    /// Where the meter's key differs from the record: a key change is due, which is no mismatch.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub key_differences: Vec<Difference>,
    /// What the utility tells the technician.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operator_message: Option<String>,
    /// The server's own words for a refusal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<ServerFault>,
    /// What should be known besides, such as a clock that is wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
}

impl Handshake {
    /// An answer with nothing but its verdict.
    pub fn plain(verdict: Verdict, head_end: &str, offline: bool) -> Self {
        Handshake {
            verdict,
            head_end: head_end.to_owned(),
            offline,
            record: None,
            mismatches: Vec::new(),
            key_differences: Vec::new(),
            operator_message: None,
            fault: None,
            warnings: Vec::new(),
        }
    }

    /// Compares the record with what the meter says; a meter that is another one outweighs a yes.
    #[must_use]
    pub fn compared(mut self, record: MeterRecord, found: &super::Found) -> Self {
        let (key, identity): (Vec<_>, Vec<_>) =
            record.differences(found).into_iter().partition(|difference| difference.field.is_key());
        self.mismatches = identity;
        self.key_differences = key;
        if self.verdict == Verdict::RegisteredActive && !self.mismatches.is_empty() {
            self.verdict = Verdict::MeterMismatch;
        }
        self.operator_message = self.operator_message.or_else(|| record.operator_message.clone());
        self.record = Some(record);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_unique_and_only_two_are_yes() {
        let words: std::collections::HashSet<_> = Verdict::ALL.iter().map(|verdict| verdict.word()).collect();
        assert_eq!(words.len(), Verdict::ALL.len());
        let yes: Vec<_> = Verdict::ALL.iter().filter(|verdict| verdict.is_yes()).collect();
        assert_eq!(yes, [&Verdict::RegisteredActive, &Verdict::KeyAlreadyRight]);
        assert_eq!(Verdict::from_word("blocked"), Some(Verdict::Blocked));
    }
}
