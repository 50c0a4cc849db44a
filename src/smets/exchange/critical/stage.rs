//! How far a critical request is, and what comes next.

use serde::{Deserialize, Serialize};

/// How far a critical request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// To be transformed.
    Requested,
    /// Went out to be transformed; no answer is known. Nothing has reached the device.
    TransformSent,
    /// The DCC refused it.
    Refused,
    /// The pre-command is here and fits the request: to be signed.
    PreCommand,
    /// Signed: to be sent.
    Signed,
    /// Went out; no answer is known. It is never sent again.
    CommandSent,
    /// The DCC took it for the device: the device's answer is awaited.
    Acknowledged,
    /// The command came back for local delivery: the device's answer is awaited.
    LocalCommand,
    /// The device took it for later: an alert tells how that goes.
    Scheduled,
    /// An answer came that does not tell what the device did.
    Unclear,
    /// The device, or the DCC in its place, answered.
    Answered,
}

impl Stage {
    /// What is to be done next, for a person.
    pub const fn next(self) -> &'static str {
        match self {
            Stage::Requested => "have it transformed: give --adaptor",
            Stage::TransformSent => {
                "have it transformed again, under a new counter: give --adaptor; nothing has reached the device"
            }
            Stage::Refused => {
                "read the DCC's answer in pre-command.xml, and begin anew with a mended request in another folder"
            }
            Stage::PreCommand => {
                "compare the values that are listed, if any, then give --sign-precommand (with --compared), or --signed with the signed command"
            }
            Stage::Signed => "send the signed command: give --adaptor",
            Stage::CommandSent => {
                "find out what became of it, for it is not sent again: ask the adaptor, read the device, and give its answer with --response"
            }
            Stage::Acknowledged => "wait for the device's answer, and give it with --response",
            Stage::LocalCommand => {
                "deliver the command in acknowledgement.xml by hand, and give the device's answer with --response"
            }
            Stage::Scheduled => "wait for alert 8F66 (done) or 8F67 (failed)",
            Stage::Unclear => {
                "read the device to find out what it did; the answer is in response.xml, and the command is not sent again"
            }
            Stage::Answered => "nothing",
        }
    }
}
