//! New keys of the DLMS interface, and new firmware.

use std::time::Duration;

use serde_json::json;

use crate::change::{FirmwareChange, activate_firmware, transfer_firmware};
use crate::commission::report::{CommissionOutcome, Fault};
use crate::commission::run::{Ended, Run, Stop};
use crate::commission::step::{StepName, StepOutcome, StepState};
use crate::error::Code;
use crate::ledger::{LedgerError, Outcome};
use crate::link::LinkError;
use crate::meter::{Meter, MeterError};

/// Longest wait for a meter to tell how the switch to a new firmware went.
const ACTIVATION_WAIT: Duration = Duration::from_secs(300);

/// How a change ended, as far as its step cares.
struct End<'e> {
    outcome: Option<Outcome>,
    reason: Option<String>,
    error: Option<&'e MeterError>,
    unrecorded: Option<&'e LedgerError>,
}

impl Run<'_> {
    /// Finds out which secrets the meter holds, where the plan gives it new ones: an earlier run of the job may have got so
    /// far.
    pub fn find_secrets(&mut self) -> Result<(), Box<Stop>> {
        let Some(new) = self.config.interface.secrets.clone() else { return Ok(()) };
        if self.config.plan.has(StepName::DlmsKeys) {
            let found = new.find(&mut self.meter);
            self.secrets = Some(found.map_err(|error| Stop::change(StepName::Identify.word(), error))?);
        }
        Ok(())
    }

    /// Replaces the keys of the interface.
    pub fn dlms_keys(&mut self) -> Ended {
        let step = StepName::DlmsKeys.word();
        let Some(prepared) = self.secrets.take() else {
            return Ok(StepOutcome::unable(step, "no new keys are given: --new-credentials"));
        };
        let stop = |error| Stop::change(step, error);
        let remaining = prepared.remaining();
        let outcome = |state| StepOutcome::new(step, state).expected(json!(remaining));
        if self.config.dry_run {
            return Ok(outcome(if remaining.is_empty() { StepState::Already } else { StepState::Planned }));
        }
        self.meter.check_identity().map_err(|error| Stop::meter(step, &error))?;
        let job = self.job_id.clone();
        let (meter, mut context) = self.change_context(&job);
        let settled = prepared.settle(&mut context).map_err(stop)?;
        let changed = prepared.send(meter, &mut context).map_err(stop)?;
        if changed.is_complete {
            prepared.forget().map_err(stop)?;
        }
        settled.iter().for_each(|intent| self.remark(intent.in_words()));
        let last = changed.stages.last();
        let interrupted = MeterError::Link(LinkError::Interrupted);
        let is_cut = !changed.is_complete && last.is_some_and(|stage| stage.outcome == Outcome::Accepted);
        let end = End {
            outcome: if is_cut { None } else { last.map(|stage| stage.outcome).or(Some(Outcome::Accepted)) },
            reason: if is_cut { None } else { last.and_then(|stage| stage.reason.clone()) },
            error: changed.error.as_ref().or(is_cut.then_some(&interrupted)),
            unrecorded: changed.unrecorded.as_ref(),
        };
        let state = if changed.stages.is_empty() { StepState::Already } else { StepState::Done };
        ended(step, outcome(state), &end)
    }

    /// Transfers the image and has the meter switch to it.
    pub fn firmware_update(&mut self) -> Ended {
        let step = StepName::FirmwareUpdate.word();
        let Some(new) = self.config.interface.image.clone() else {
            return Ok(StepOutcome::unable(step, "no image is given: --firmware-image"));
        };
        let identity = self.meter.identify_anew().map_err(|error| Stop::meter(step, &error))?;
        let wanted = String::from_utf8_lossy(&new.image.identifier).into_owned();
        let before = json!(identity.firmware);
        let outcome = |state| StepOutcome::new(step, state).before(before.clone()).expected(json!(wanted));
        if let Some(problem) = new.released.as_ref().and_then(|image| image.unfit_for(&identity)) {
            return Err(Stop::unsafe_to_go_on(step, Code::Unsafe, problem));
        }
        if identity.firmware.as_deref().map(str::trim) == Some(wanted.as_str()) {
            return Ok(outcome(StepState::Already));
        }
        if self.config.dry_run {
            return Ok(outcome(StepState::Planned));
        }
        self.meter.check_identity().map_err(|error| Stop::meter(step, &error))?;
        let job = self.job_id.clone();
        let (meter, mut context) = self.change_context(&job);
        let transferred = transfer_firmware(meter, &mut context, &new.image, &mut |_, _| {});
        let transferred = transferred.map_err(|error| Stop::change(step, error))?;
        if transferred.outcome != Some(Outcome::Accepted) || transferred.unrecorded.is_some() {
            return ended(step, outcome(StepState::Failed), &end_of(&transferred));
        }
        let (meter, mut context) = self.change_context(&job);
        let activated = activate_firmware(meter, &mut context, ACTIVATION_WAIT);
        let activated = activated.map_err(|error| Stop::change(step, error))?;
        let after = self.meter.identify_anew().ok().and_then(|identity| identity.firmware);
        ended(step, outcome(StepState::Done).after(json!(after)), &end_of(&activated))
    }
}

fn end_of(changed: &FirmwareChange) -> End<'_> {
    End {
        outcome: changed.outcome,
        reason: changed.reason.clone(),
        error: changed.error.as_ref(),
        unrecorded: changed.unrecorded.as_ref(),
    }
}

/// What a change means for its step; `done` is the outcome when all went well.
fn ended(step: &str, done: StepOutcome, end: &End<'_>) -> Ended {
    let told = |state| {
        let told = StepOutcome { state, ..done.clone() };
        match &end.reason {
            Some(reason) => told.reason(reason.clone()),
            None => told,
        }
    };
    if let Some(error) = end.unrecorded {
        return Err(Stop::unrecorded(step, told(StepState::Failed), error));
    }
    let fault = end.error.map(|error| Fault::new(error.code(), error.to_string()));
    let (outcome, job, fault) = match end.outcome {
        Some(Outcome::Accepted) => return Ok(told(done.state)),
        Some(Outcome::Unknown) => {
            let fault = Fault::new(Code::OutcomeUnknown, end.reason.clone().unwrap_or_default());
            (told(StepState::Unknown), CommissionOutcome::Unknown, Some(fault))
        }
        _ => (told(StepState::Failed), CommissionOutcome::Failed, fault),
    };
    Err(Box::new(Stop { outcome, job, fault }))
}
