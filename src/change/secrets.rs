//! Replacing keys and passwords of a meter's interface: never a meter whose keys nobody has.
//!
//! A change is made in calls, each of which the meter takes whole or not at all. Before the first the new secrets are
//! kept sealed; after each the meter proves over a new association which it holds. What a run that was broken off left
//! open is found by trying the secrets of each stage.

use serde_json::{Value, json};

use super::context::ChangeContext;
use super::transaction::{READ_BACK, read_back};
use super::{ChangeError, SettledIntent};
use crate::keys::{MeterSecrets, PendingSecrets};
use crate::ledger::{IntentId, LedgerError, Operation, Outcome};
use crate::meter::security::{KeyedMeter, SecretCall};
use crate::meter::{Answer, Meter, MeterError};

/// One call, and the secrets that are in force after it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct SecretStage {
    /// What is sent.
    call: SecretCall,
    /// What it replaces, as words: `encryption-key`, `authentication-key`, `master-key`, `password`.
    what: Vec<&'static str>,
    /// The secrets in force afterwards.
    after: MeterSecrets,
}

impl SecretStage {
    /// The word of the stage in the ledger.
    fn word(&self) -> &'static str {
        match self.call {
            SecretCall::Keys { .. } => "keys",
            SecretCall::Password(_) => "password",
        }
    }

    /// Whether an association shows that the meter has taken it.
    fn is_shown(&self, meter: &dyn KeyedMeter) -> bool {
        self.what.iter().any(|what| meter.is_shown(what))
    }

    /// The same call for a meter that holds the new master key already.
    fn under_new_master(&self) -> Option<SecretCall> {
        let SecretCall::Keys { encryption, authentication, new_master: Some(new_master), .. } = &self.call else {
            return None;
        };
        Some(SecretCall::Keys {
            master: new_master.clone(),
            encryption: encryption.clone(),
            authentication: authentication.clone(),
            new_master: Some(new_master.clone()),
        })
    }
}

/// How one stage ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageOutcome {
    /// What was to be replaced.
    pub what: Vec<&'static str>,
    /// How it ended.
    pub outcome: Outcome,
    /// The meter's reason, or what stands behind the outcome.
    pub reason: Option<String>,
}

/// How a change of secrets ended.
#[derive(Debug, Default)]
pub struct SecretsChanged {
    /// The stages that were sent, in order.
    pub stages: Vec<StageOutcome>,
    /// Whether the meter holds everything that was wanted.
    pub is_complete: bool,
    /// Why there is no answer of the meter.
    pub error: Option<MeterError>,
    /// Why an outcome could not be recorded.
    pub unrecorded: Option<LedgerError>,
}

/// The calls that lead from the secrets in force to the new ones; none when they are the same. A secret that `new` does
/// not name stays.
///
/// # Errors
/// A sentence when the master key is needed and missing.
fn stages(old: &MeterSecrets, new: &MeterSecrets) -> Result<Vec<SecretStage>, &'static str> {
    let mut stages = Vec::new();
    let mut after = old.clone();
    let encryption = new.encryption_key.clone().filter(|key| Some(key) != old.encryption_key.as_ref());
    let authentication = new.authentication_key.clone().filter(|key| Some(key) != old.authentication_key.as_ref());
    let new_master = new.master_key.clone().filter(|key| Some(key) != old.master_key.as_ref());
    let mut what = Vec::new();
    for (changed, word) in [
        (encryption.is_some(), "encryption-key"),
        (authentication.is_some(), "authentication-key"),
        (new_master.is_some() && old.master_key.is_some(), "master-key"),
    ] {
        what.extend(changed.then_some(word));
    }
    if !what.is_empty() {
        let master = old.master_key.clone().or_else(|| new.master_key.clone());
        let master = master.ok_or("keys are wrapped under the meter's master key: [dlms] master_key is missing")?;
        after.encryption_key = encryption.clone().or(after.encryption_key);
        after.authentication_key = authentication.clone().or(after.authentication_key);
        let new_master = new_master.filter(|_| old.master_key.is_some());
        after.master_key = new_master.clone().or_else(|| Some(master.clone()));
        let call = SecretCall::Keys { master, encryption, authentication, new_master };
        stages.push(SecretStage { call, what, after: after.clone() });
    }
    if let Some(password) = new.password.clone().filter(|password| Some(password) != old.password.as_ref()) {
        after.password = Some(password.clone());
        stages.push(SecretStage { call: SecretCall::Password(password), what: vec!["password"], after });
    }
    Ok(stages)
}

/// Finds out which secrets a meter holds: the number of stages it has taken already. It then uses those.
///
/// Each wrong try counts as one at meters that count them, so that the likeliest come first: those in force, then those
/// after the last stage, then those between.
///
/// # Errors
/// That of the first try, when none opens.
fn stage_held(meter: &mut dyn KeyedMeter, old: &MeterSecrets, stages: &[SecretStage]) -> Result<usize, MeterError> {
    let mut order: Vec<usize> = vec![0];
    order.extend((1..=stages.len()).rev());
    let mut first = None;
    for number in order {
        let secrets = number.checked_sub(1).and_then(|index| stages.get(index)).map_or(old, |stage| &stage.after);
        match opens(meter, secrets) {
            // What no association shows is sent again, which changes nothing where the meter holds it.
            Ok(()) => {
                let is_shown = |place: usize| stages.get(place).is_some_and(|stage| stage.is_shown(meter));
                return Ok((0..number).rev().find(|place| is_shown(*place)).map_or(0, |place| place.saturating_add(1)));
            }
            Err(error) if first.is_none() && is_about_secrets(&error) => first = Some(error),
            Err(error) if is_about_secrets(&error) => {}
            Err(error) => return Err(error),
        }
    }
    meter.use_secrets(old.clone())?;
    Err(first.unwrap_or_else(|| MeterError::Authentication("no secrets at hand are those of the meter".to_owned())))
}

/// Opens an association with these secrets.
fn opens(meter: &mut dyn KeyedMeter, secrets: &MeterSecrets) -> Result<(), MeterError> {
    meter.use_secrets(secrets.clone())?;
    meter.prove()
}

/// Whether secrets that are not the meter's may be behind an error: meters answer a frame under a wrong key with a
/// refusal, an exception, or silence.
const fn is_about_secrets(error: &MeterError) -> bool {
    matches!(
        error,
        MeterError::Authentication(_)
            | MeterError::Undecipherable(_)
            | MeterError::Refused { .. }
            | MeterError::NoReply { .. }
    )
}

/// What the secrets of a meter are to become.
#[derive(Debug, Clone)]
pub enum WantedSecrets {
    /// These; what they do not name stays.
    New(MeterSecrets),
    /// What an earlier run that was broken off was about to send.
    Resumed,
}

/// A change of secrets, with what the meter holds of it already.
#[derive(Debug)]
pub struct PreparedSecrets {
    pending: PendingSecrets,
    /// Names of the sealed copy, the first of which a new one gets.
    copies: Vec<String>,
    /// Whether an earlier run was broken off.
    is_begun: bool,
    old: MeterSecrets,
    stages: Vec<SecretStage>,
    /// Which stages no association shows.
    hidden: Vec<bool>,
    held: usize,
}

impl PreparedSecrets {
    /// Finds out what the meter holds. `names` are those it goes by; the first names the sealed copy, or the place of a
    /// meter without.
    ///
    /// # Errors
    /// [`ChangeError::SecretsUnfinished`] when an earlier run was about to send others and the meter holds some of them;
    /// [`ChangeError::NothingToResume`]; [`ChangeError::NotKept`]; those of the meter.
    pub fn find(
        meter: &mut dyn Meter,
        pending: PendingSecrets,
        names: &[String],
        wanted: &WantedSecrets,
    ) -> Result<Self, ChangeError> {
        let keyed = meter.keyed().ok_or_else(|| MeterError::NotSupported(NO_KEYS.to_owned()))?;
        let copies = if names.is_empty() { vec![keyed.place()] } else { names.to_vec() };
        // A meter whose keys were changed already lets nobody in with the old ones: they are not tried before here.
        let old = keyed.secrets_of(names)?;
        let begun = pending.find(&copies, &old).map_err(|error| ChangeError::NotKept(error.to_string()))?;
        let is_begun = begun.is_some();
        let prepared = |stages: Vec<SecretStage>, hidden, held| PreparedSecrets {
            pending: pending.clone(),
            copies,
            is_begun,
            old: old.clone(),
            hidden,
            stages,
            held,
        };
        match (wanted, begun) {
            (WantedSecrets::Resumed, None) => Err(ChangeError::NothingToResume),
            (WantedSecrets::Resumed, Some(begun)) => {
                let stages = stages(&old, &begun).map_err(in_words)?;
                let held = stage_held(keyed, &old, &stages)?;
                let hidden = stages.iter().map(|stage| !stage.is_shown(keyed)).collect();
                Ok(prepared(stages, hidden, held))
            }
            (WantedSecrets::New(new), begun) => {
                let stages_wanted = stages(&old, new).map_err(in_words)?;
                if let Some(mut begun) = begun {
                    if old.master_key.is_none() {
                        begun.master_key.clone_from(&new.master_key);
                    }
                    let stages_begun = stages(&old, &begun).map_err(in_words)?;
                    let is_same = stages_begun == stages_wanted;
                    let is_hidden = stages_begun.iter().any(|stage| !stage.is_shown(keyed));
                    if !is_same && (is_hidden || stage_held(keyed, &old, &stages_begun)? > 0) {
                        return Err(ChangeError::SecretsUnfinished);
                    }
                }
                let held = stage_held(keyed, &old, &stages_wanted)?;
                let hidden = stages_wanted.iter().map(|stage| !stage.is_shown(keyed)).collect();
                Ok(prepared(stages_wanted, hidden, held))
            }
        }
    }

    /// What is still to be sent, as words.
    pub fn remaining(&self) -> Vec<&'static str> {
        self.stages.iter().skip(self.held).flat_map(|stage| stage.what.iter().copied()).collect()
    }

    /// The secrets the meter holds when all is done.
    pub fn last(&self) -> &MeterSecrets {
        self.stages.last().map_or(&self.old, |stage| &stage.after)
    }

    /// Settles the open intents of earlier runs at this meter by what it holds.
    ///
    /// # Errors
    /// Those of the ledger.
    pub fn settle(&self, context: &mut ChangeContext<'_>) -> Result<Vec<SettledIntent>, ChangeError> {
        let mut settled = Vec::new();
        for entry in context.ledger.open_intents(&context.meter)? {
            let word = entry.detail.get("stage").and_then(Value::as_str);
            let place = self.stages.iter().position(|stage| Some(stage.word()) == word);
            let (Operation::ChangeKeys, Some(intent), Some(place)) = (entry.operation, IntentId::of(&entry), place)
            else {
                continue;
            };
            let outcome = match place < self.held {
                true => Outcome::Accepted,
                false if self.hidden.get(place) == Some(&true) => Outcome::Unknown,
                false => Outcome::Failed,
            };
            if let Some(error) = context.conclude(intent, outcome, json!({"read_back": true})) {
                return Err(error.into());
            }
            settled.push(SettledIntent { entry, outcome: Some(outcome) });
        }
        Ok(settled)
    }

    /// Sends what remains, each stage once, until one is not taken. The new secrets are kept sealed until the last is
    /// proved.
    ///
    /// # Errors
    /// [`ChangeError`] when nothing was sent.
    pub fn send(&self, meter: &mut dyn Meter, context: &mut ChangeContext<'_>) -> Result<SecretsChanged, ChangeError> {
        let mut changed = SecretsChanged::default();
        if self.held < self.stages.len() {
            let name = self.copies.first().map_or("", String::as_str);
            let kept = self.pending.keep(name, &self.old, &self.changes());
            kept.map_err(|error| ChangeError::NotKept(error.to_string()))?;
        }
        for (index, stage) in self.stages.iter().enumerate().skip(self.held) {
            let before = index.checked_sub(1).and_then(|index| self.stages.get(index));
            let before = before.map_or(&self.old, |stage| &stage.after);
            let detail = json!({"stage": stage.word(), "what": stage.what});
            let intent = match context.intend(Operation::ChangeKeys, None, detail) {
                Ok(intent) => intent,
                // What went before is told; this stage was not sent.
                Err(ChangeError::Interrupted) if !changed.stages.is_empty() => return Ok(changed),
                Err(error) => return Err(error),
            };
            let protection = context.interrupt.protect(None);
            let (outcome, reason, error) = send(meter, context, stage, before);
            drop(protection);
            let detail = json!({"reason": reason, "stage": stage.word()});
            changed.unrecorded = context.conclude(intent, outcome, detail);
            changed.stages.push(StageOutcome { what: stage.what.clone(), outcome, reason });
            changed.error = error;
            if outcome == Outcome::Refused && index == 0 && !self.is_begun {
                // The meter takes none of it: the old secrets stay.
                self.forget()?;
            }
            if outcome != Outcome::Accepted || changed.unrecorded.is_some() {
                return Ok(changed);
            }
        }
        changed.is_complete = true;
        Ok(changed)
    }

    /// What the stages change, and nothing else: a master key that only wraps is not one to be set.
    fn changes(&self) -> MeterSecrets {
        let mut changes = MeterSecrets::default();
        for stage in &self.stages {
            match &stage.call {
                SecretCall::Keys { encryption, authentication, new_master, .. } => {
                    changes.encryption_key.clone_from(encryption);
                    changes.authentication_key.clone_from(authentication);
                    changes.master_key.clone_from(new_master);
                }
                SecretCall::Password(password) => changes.password = Some(password.clone()),
            }
        }
        changes
    }

    /// Forgets the sealed copy: the user has the secrets that are in force in a file.
    ///
    /// # Errors
    /// [`ChangeError::NotKept`], when it cannot be removed.
    pub fn forget(&self) -> Result<(), ChangeError> {
        let forgotten = self.copies.iter().try_for_each(|name| self.pending.forget(name));
        forgotten.map_err(|error| ChangeError::NotKept(error.to_string()))
    }
}

fn in_words(problem: &'static str) -> ChangeError {
    MeterError::CredentialsMissing(problem.to_owned()).into()
}

type Sent = (Outcome, Option<String>, Option<MeterError>);

/// What a look at a meter shows.
enum Held {
    New,
    Old,
    /// It wants neither, and says so.
    Neither(MeterError),
}

fn send(meter: &mut dyn Meter, context: &ChangeContext<'_>, stage: &SecretStage, before: &MeterSecrets) -> Sent {
    let Some(keyed) = meter.keyed() else {
        return (Outcome::Failed, None, Some(MeterError::NotSupported(NO_KEYS.to_owned())));
    };
    let is_shown = stage.is_shown(keyed);
    let lost = match keyed.change(&stage.call) {
        Ok(Answer::Done) => None,
        Ok(Answer::Refused(reason)) | Err(MeterError::Refused { reason, .. }) => {
            // A master key that an earlier run brought takes nothing that is wrapped under the old one.
            let again = stage.under_new_master().filter(|_| !is_shown);
            if again.is_some_and(|call| matches!(keyed.change(&call), Ok(Answer::Done))) {
                return (Outcome::Accepted, Some("the meter held it already".to_owned()), None);
            }
            return (Outcome::Refused, Some(reason), None);
        }
        Err(error) if error.leaves_doubt() => Some(error),
        Err(error) => return (Outcome::Failed, Some(error.to_string()), Some(error)),
    };
    if !is_shown {
        return match lost {
            None => (Outcome::Accepted, Some(BY_WORD.to_owned()), None),
            Some(error) => send_again(meter, context, stage, error),
        };
    }
    let held = read_back(meter, context, |meter| {
        let keyed = meter.keyed().ok_or_else(|| MeterError::NotSupported(NO_KEYS.to_owned()))?;
        match opens(keyed, &stage.after) {
            Ok(()) => Ok(Held::New),
            Err(error) if is_about_secrets(&error) => match opens(keyed, before) {
                Ok(()) => Ok(Held::Old),
                // Meters lock after wrong passwords: a plain no is not asked for twice.
                Err(MeterError::Authentication(_)) => Ok(Held::Neither(error)),
                Err(_) => Err(error),
            },
            Err(error) => Err(error),
        }
    });
    match (held, lost) {
        (Ok(Held::New), None) => (Outcome::Accepted, None, None),
        (Ok(Held::New), Some(_)) => (Outcome::Accepted, Some(READ_BACK.to_owned()), None),
        (Ok(Held::Old), None) => {
            let reason = "the meter took the call and still holds the old secrets".to_owned();
            (Outcome::Failed, Some(reason.clone()), Some(MeterError::Unexpected(reason)))
        }
        (Ok(Held::Old), Some(error)) => {
            let reason = format!("the reply was lost, and the meter still holds the old secrets: {error}");
            (Outcome::Failed, Some(reason), Some(error))
        }
        (Ok(Held::Neither(problem)) | Err(problem), lost) => {
            let lost = lost.map(|error| format!("the reply was lost ({error}), and ")).unwrap_or_default();
            let reason = format!("{lost}neither the new nor the old secrets open an association: {problem}");
            (Outcome::Unknown, Some(reason), Some(problem))
        }
    }
}

/// Settles a call whose reply was lost, and whose secret no association shows: sent again it changes nothing where the
/// meter has taken it, and is answered.
fn send_again(meter: &mut dyn Meter, context: &ChangeContext<'_>, stage: &SecretStage, lost: MeterError) -> Sent {
    for call in [Some(stage.call.clone()), stage.under_new_master()].into_iter().flatten() {
        let answer = read_back(meter, context, |meter| {
            let keyed = meter.keyed().ok_or_else(|| MeterError::NotSupported(NO_KEYS.to_owned()))?;
            keyed.change(&call)
        });
        match answer {
            Ok(Answer::Done) => {
                return (Outcome::Accepted, Some("the reply was lost; sent again, it was taken".to_owned()), None);
            }
            Ok(Answer::Refused(_)) | Err(MeterError::Refused { .. }) => {}
            Err(_) => break,
        }
    }
    let reason = format!("the reply was lost ({lost}), and no association shows which of the secrets the meter holds");
    (Outcome::Unknown, Some(reason), Some(lost))
}

/// Said where the meter's answer is all there is.
const BY_WORD: &str = "by the meter's answer: no association shows this secret";
const NO_KEYS: &str = "keys are changed over DLMS only";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{DlmsKey, DlmsPassword};

    fn secrets(encryption: u8, password: &str) -> MeterSecrets {
        MeterSecrets {
            encryption_key: Some(DlmsKey::new(vec![encryption; 16])),
            authentication_key: Some(DlmsKey::new(vec![9; 16])),
            password: Some(DlmsPassword::new(password.as_bytes().to_vec())),
            ..MeterSecrets::default()
        }
    }

    #[test]
    fn keys_go_before_the_password_and_what_stays_is_not_sent() {
        let old = MeterSecrets { master_key: Some(DlmsKey::new(vec![7; 16])), ..secrets(1, "old") };
        assert_eq!(stages(&old, &old), Ok(Vec::new()));
        let both = stages(&old, &secrets(2, "new")).unwrap();
        assert_eq!(both.iter().map(|stage| stage.what.clone()).collect::<Vec<_>>(), [["encryption-key"], ["password"]]);
        assert_eq!(both[0].after.password, old.password);
        assert_eq!(both[1].after.encryption_key, Some(DlmsKey::new(vec![2; 16])));
        let new_master = MeterSecrets { master_key: Some(DlmsKey::new(vec![8; 16])), ..MeterSecrets::default() };
        let stage = stages(&old, &new_master).unwrap().remove(0);
        assert_eq!(stage.what, ["master-key"]);
        assert!(matches!(stage.call, SecretCall::Keys { master, .. } if Some(&master) == old.master_key.as_ref()));
        assert!(stages(&secrets(1, "x"), &secrets(2, "x")).is_err());
        // The master key may stand in the new file alone.
        let with_master = MeterSecrets { master_key: old.master_key.clone(), ..secrets(2, "x") };
        assert_eq!(stages(&secrets(1, "x"), &with_master).unwrap()[0].what, ["encryption-key"]);
    }

    /// A meter that holds some secrets; an association shows the encryption key alone.
    struct Keyed {
        holds: u8,
        used: Option<MeterSecrets>,
    }

    impl KeyedMeter for Keyed {
        fn security(&mut self) -> Result<crate::meter::security::SecurityState, MeterError> {
            Err(MeterError::NotOffered("security".to_owned()))
        }

        fn names(&mut self) -> Result<Vec<String>, MeterError> {
            Ok(Vec::new())
        }

        fn place(&mut self) -> String {
            String::new()
        }

        fn is_shown(&self, secret: &str) -> bool {
            secret == "encryption-key"
        }

        fn secrets_of(&mut self, _names: &[String]) -> Result<MeterSecrets, MeterError> {
            Ok(MeterSecrets::default())
        }

        fn use_secrets(&mut self, secrets: MeterSecrets) -> Result<(), MeterError> {
            self.used = Some(secrets);
            Ok(())
        }

        fn prove(&mut self) -> Result<(), MeterError> {
            let key = self.used.as_ref().and_then(|used| used.encryption_key.as_ref());
            match key.map(DlmsKey::reveal) {
                Some(octets) if octets.first() == Some(&self.holds) => Ok(()),
                _ => Err(MeterError::Authentication("another key".to_owned())),
            }
        }

        fn change(&mut self, _call: &SecretCall) -> Result<Answer, MeterError> {
            Ok(Answer::Done)
        }
    }

    #[test]
    fn what_no_association_shows_does_not_count_as_held() {
        let old = MeterSecrets { master_key: Some(DlmsKey::new(vec![7; 16])), ..secrets(1, "old") };
        let both = stages(&old, &secrets(2, "new")).unwrap();
        let held = |holds: u8, stages: &[SecretStage]| stage_held(&mut Keyed { holds, used: None }, &old, stages);
        assert_eq!(held(1, &both).unwrap(), 0);
        // The new key opens, and the password that came after it may not be there.
        assert_eq!(held(2, &both).unwrap(), 1);
        assert!(held(3, &both).is_err());
        let new_master = MeterSecrets { master_key: Some(DlmsKey::new(vec![8; 16])), ..MeterSecrets::default() };
        let master = stages(&old, &new_master).unwrap();
        assert_eq!(held(1, &master).unwrap(), 0);
        let again = master[0].under_new_master().unwrap();
        assert!(matches!(again, SecretCall::Keys { master, .. } if Some(&master) == new_master.master_key.as_ref()));
    }
}
