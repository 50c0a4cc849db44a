//! What a result does to an order: the rules by which late, repeated and contradicting results are put together.
//!
//! The meter is the truth. A lease keeps crews from meeting at one meter; it never keeps a result out. Pure: what the
//! store has goes in, what it is to have comes out.

use super::OrdersError;
use super::order::{Queue, State};
use crate::bulk::JobOutcome;
use crate::error::{Code, Exit};

/// An order as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurrentOrder {
    /// How far it is.
    pub state: State,
    /// Number of its newest lease.
    pub version: i64,
    /// The device that holds it.
    pub holder: Option<String>,
    /// The device that gets the credit.
    pub done_by: Option<String>,
    /// Whether that device sent something, rather than finding the meter as it should be.
    pub done_sent: bool,
    /// The cause noted last.
    pub cause: Option<String>,
}

/// The end of a job, as a device tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobResult {
    /// The device.
    pub device: String,
    /// Number of the lease under which it worked.
    pub version: i64,
    /// Whether that lease was this device's.
    pub was_leased: bool,
    /// How the job ended.
    pub outcome: JobOutcome,
    /// What it is counted under when it is not done.
    pub cause: Option<String>,
    /// Done, and nothing had to be changed.
    pub already: bool,
}

/// Two events that disagree, by what they disagree about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConflictKind {
    /// Done by one device, and told as failed or stopped by another.
    FailedAfterDone,
    /// Done by two devices.
    DoneTwice,
    /// Done, and then told as unknown.
    UnknownAfterDone,
    /// Unknown, and then told otherwise: only a person ends that.
    AfterUnknown,
    /// Failed under a lease that is over: somebody took, changed or settled the order since.
    LateFailure,
    /// Told by a device that never had the lease it names.
    NotLeased,
}

impl ConflictKind {
    /// Every kind.
    pub const ALL: [ConflictKind; 6] = [
        ConflictKind::FailedAfterDone,
        ConflictKind::DoneTwice,
        ConflictKind::UnknownAfterDone,
        ConflictKind::AfterUnknown,
        ConflictKind::LateFailure,
        ConflictKind::NotLeased,
    ];

    /// The word stored and shown.
    pub const fn word(self) -> &'static str {
        match self {
            ConflictKind::FailedAfterDone => "failed-after-done",
            ConflictKind::DoneTwice => "done-twice",
            ConflictKind::UnknownAfterDone => "unknown-after-done",
            ConflictKind::AfterUnknown => "after-unknown",
            ConflictKind::LateFailure => "late-failure",
            ConflictKind::NotLeased => "not-leased",
        }
    }

    /// The kind of a stored word.
    ///
    /// # Errors
    /// [`OrdersError::Content`].
    pub fn read(word: &str) -> Result<Self, OrdersError> {
        let found = ConflictKind::ALL.into_iter().find(|kind| kind.word() == word);
        found.ok_or_else(|| OrdersError::Content(format!("a conflict of the kind {word:?} is not known")))
    }

    /// How a rule settles it, where one does.
    pub const fn rule(self) -> Option<&'static str> {
        match self {
            ConflictKind::FailedAfterDone => Some("done beats failed"),
            ConflictKind::DoneTwice => Some("both stay; the first that sent something gets the credit"),
            ConflictKind::UnknownAfterDone
            | ConflictKind::AfterUnknown
            | ConflictKind::LateFailure
            | ConflictKind::NotLeased => None,
        }
    }

    /// What it means, and what a person has to do.
    pub const fn meaning(self) -> &'static str {
        match self {
            ConflictKind::FailedAfterDone => "one crew has done the order, another tells that it failed: it stays done",
            ConflictKind::DoneTwice => "two crews have done the order: one visit too many",
            ConflictKind::UnknownAfterDone => {
                "one crew has done the order, another cannot tell what the meter did: read the meter, then settle"
            }
            ConflictKind::AfterUnknown => {
                "the outcome was not known, and a later visit tells one: read both, then settle the order"
            }
            ConflictKind::LateFailure => {
                "a crew tells of a failure under a lease that was over: somebody took, changed or settled the order since"
            }
            ConflictKind::NotLeased => "a device tells of an order that it did not have: ask its crew before settling",
        }
    }
}

/// What becomes of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// How far it is now.
    pub state: State,
    /// Whether its lease ends.
    pub releases: bool,
    /// Who has to look at it.
    pub queue: Option<Queue>,
    /// What keeps it from being done.
    pub cause: Option<String>,
    /// The device that gets the credit, and whether it sent something.
    pub done_by: Option<(String, bool)>,
    /// Whether the visit counts as a failed attempt.
    pub is_attempt: bool,
}

/// What a result does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What becomes of the order; `None` leaves it as it is.
    pub change: Option<Change>,
    /// What it disagrees with.
    pub conflict: Option<ConflictKind>,
}

impl Decision {
    const NOTHING: Decision = Decision { change: None, conflict: None };

    const fn conflict(kind: ConflictKind) -> Self {
        Decision { change: None, conflict: Some(kind) }
    }
}

/// Says what a result does to an order as it is now.
pub fn decide(current: &CurrentOrder, result: &JobResult) -> Decision {
    if matches!(result.outcome, JobOutcome::Planned | JobOutcome::Interrupted) || nobody_agreed(result) {
        return Decision::NOTHING;
    }
    if !result.was_leased {
        return Decision::conflict(ConflictKind::NotLeased);
    }
    match (current.state, result.outcome) {
        (State::Unknown, JobOutcome::Unknown) => Decision::NOTHING,
        (State::Unknown, _) => Decision::conflict(ConflictKind::AfterUnknown),
        (state, JobOutcome::Unknown) => Decision {
            change: Some(Change {
                state: State::Unknown,
                releases: true,
                queue: Some(Queue::Supervisor),
                cause: result.cause.clone().or_else(|| Some("unknown".to_owned())),
                done_by: None,
                is_attempt: true,
            }),
            conflict: (state == State::Done).then_some(ConflictKind::UnknownAfterDone),
        },
        (State::Done, JobOutcome::Done) => {
            let same = current.done_by.as_deref() == Some(result.device.as_str());
            let earns_it = !current.done_sent && !result.already;
            let change = earns_it.then(|| done(result));
            Decision { change, conflict: (!same).then_some(ConflictKind::DoneTwice) }
        }
        (_, JobOutcome::Done) => Decision { change: Some(done(result)), conflict: None },
        // A device that failed before it was done, and says so late, contradicts nobody.
        (State::Done, _) if current.done_by.as_deref() == Some(result.device.as_str()) => Decision::NOTHING,
        (State::Done, _) => Decision::conflict(ConflictKind::FailedAfterDone),
        // Called off by the office: a failure changes nothing about that.
        (State::Stopped, _) if current.cause.as_deref() == Some(super::conflict::CALLED_OFF) => Decision::NOTHING,
        // Another lease, new content or a person's decision came after the lease of this visit.
        _ if current.version != result.version => Decision::conflict(ConflictKind::LateFailure),
        // A line fault afterwards is no answer to what somebody has to look at.
        (State::Failed | State::Stopped, _) if Route::of(result.outcome, result.cause.as_deref()) == Route::Again => {
            Decision::NOTHING
        }
        (State::Open | State::Leased | State::Failed | State::Stopped, _) => {
            Decision { change: Some(not_done(result)), conflict: None }
        }
    }
}

/// Whether the job ended because nobody said yes or answered: that tells nothing of the meter.
fn nobody_agreed(result: &JobResult) -> bool {
    let words = [Code::NotConfirmed.word(), Code::MissingAnswer.word()];
    result.outcome == JobOutcome::Stopped && result.cause.as_deref().is_some_and(|cause| words.contains(&cause))
}

fn done(result: &JobResult) -> Change {
    Change {
        state: State::Done,
        releases: true,
        queue: None,
        cause: None,
        done_by: Some((result.device.clone(), !result.already)),
        is_attempt: false,
    }
}

fn not_done(result: &JobResult) -> Change {
    let route = Route::of(result.outcome, result.cause.as_deref());
    Change {
        state: match (route, result.outcome) {
            (Route::Again, _) => State::Open,
            (_, JobOutcome::Stopped) => State::Stopped,
            _ => State::Failed,
        },
        releases: true,
        queue: match route {
            Route::Again => None,
            Route::Office => Some(Queue::Office),
            Route::Supervisor => Some(Queue::Supervisor),
        },
        cause: result.cause.clone(),
        done_by: None,
        is_attempt: true,
    }
}

/// Where an order goes that was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Route {
    /// Open again at once: nothing about order or meter is wrong.
    Again,
    /// The office has to correct tokens, records or registration.
    Office,
    /// A person has to decide: another meter, a clone, danger.
    Supervisor,
}

impl Route {
    /// By cause: a code word of this program, a verdict of a head-end, or step and state.
    fn of(outcome: JobOutcome, cause: Option<&str>) -> Self {
        let cause = cause.unwrap_or_default();
        match cause {
            "set-mismatch" | "unproven" | "no-rollover" | "key-missing" => return Route::Office,
            "wrong-meter" | "clone" => return Route::Supervisor,
            _ => {}
        }
        let code = Code::ALL.iter().find(|code| code.word() == cause);
        match code.map(|code| code.exit()) {
            Some(Exit::Port | Exit::NoReply | Exit::Garbled | Exit::Interrupted) => Route::Again,
            Some(Exit::Safety) => Route::Supervisor,
            Some(_) => Route::Office,
            None if outcome == JobOutcome::Stopped => Route::Supervisor,
            None => Route::Office,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn current(state: State) -> CurrentOrder {
        CurrentOrder {
            state,
            version: 2,
            holder: (state == State::Leased).then(|| "b".to_owned()),
            done_by: (state == State::Done).then(|| "b".to_owned()),
            done_sent: state == State::Done,
            cause: None,
        }
    }

    fn result(outcome: JobOutcome, cause: &str) -> JobResult {
        JobResult {
            device: "a".into(),
            version: 1,
            was_leased: true,
            outcome,
            cause: (!cause.is_empty()).then(|| cause.to_owned()),
            already: false,
        }
    }

    fn state_after(state: State, outcome: JobOutcome, cause: &str) -> (State, Option<Queue>, Option<ConflictKind>) {
        let decision = decide(&current(state), &result(outcome, cause));
        let change = decision.change;
        (
            change.as_ref().map_or(state, |change| change.state),
            change.and_then(|change| change.queue),
            decision.conflict,
        )
    }

    #[test]
    fn a_late_done_settles_the_order_and_a_late_failure_is_a_conflict() {
        assert_eq!(state_after(State::Leased, JobOutcome::Done, ""), (State::Done, None, None));
        assert_eq!(
            state_after(State::Leased, JobOutcome::Failed, "no-reply"),
            (State::Leased, None, Some(ConflictKind::LateFailure))
        );
        assert_eq!(state_after(State::Open, JobOutcome::Done, ""), (State::Done, None, None));
    }

    #[test]
    fn done_beats_failed_and_unknown_beats_everything() {
        assert_eq!(
            state_after(State::Done, JobOutcome::Failed, "no-reply"),
            (State::Done, None, Some(ConflictKind::FailedAfterDone))
        );
        assert_eq!(
            state_after(State::Done, JobOutcome::Unknown, ""),
            (State::Unknown, Some(Queue::Supervisor), Some(ConflictKind::UnknownAfterDone))
        );
        assert_eq!(
            state_after(State::Unknown, JobOutcome::Done, ""),
            (State::Unknown, None, Some(ConflictKind::AfterUnknown))
        );
        assert_eq!(state_after(State::Unknown, JobOutcome::Unknown, ""), (State::Unknown, None, None));
    }

    #[test]
    fn the_first_that_sent_something_gets_the_credit() {
        let mut before = current(State::Done);
        let decision = decide(&before, &result(JobOutcome::Done, ""));
        assert_eq!((decision.change, decision.conflict), (None, Some(ConflictKind::DoneTwice)));
        before.done_sent = false;
        let decision = decide(&before, &result(JobOutcome::Done, ""));
        assert_eq!(decision.change.unwrap().done_by, Some(("a".to_owned(), true)));
        let found = JobResult { already: true, ..result(JobOutcome::Done, "") };
        assert_eq!(decide(&before, &found).change, None, "finding it so earns nothing");
    }

    #[test]
    fn what_was_not_done_goes_where_its_cause_says() {
        for (outcome, cause, state, queue) in [
            (JobOutcome::Failed, "no-reply", State::Open, None),
            (JobOutcome::Failed, "port-absent", State::Open, None),
            (JobOutcome::Failed, "garbled", State::Open, None),
            (JobOutcome::Stopped, "set-mismatch", State::Stopped, Some(Queue::Office)),
            (JobOutcome::Failed, "blocked", State::Failed, Some(Queue::Office)),
            (JobOutcome::Failed, "key-change failed", State::Failed, Some(Queue::Office)),
            (JobOutcome::Failed, "authentication", State::Failed, Some(Queue::Office)),
            (JobOutcome::Stopped, "wrong-meter", State::Stopped, Some(Queue::Supervisor)),
            (JobOutcome::Stopped, "clone", State::Stopped, Some(Queue::Supervisor)),
            (JobOutcome::Stopped, "time-zone", State::Stopped, Some(Queue::Supervisor)),
        ] {
            let told = JobResult { version: 2, device: "b".into(), ..result(outcome, cause) };
            let change = decide(&current(State::Leased), &told).change.unwrap();
            assert_eq!((change.state, change.queue), (state, queue), "{cause}");
            assert!(change.releases);
        }
    }

    #[test]
    fn a_line_fault_does_not_undo_a_stop_and_a_late_failure_no_decision() {
        let stopped = CurrentOrder { version: 2, ..current(State::Stopped) };
        let again = JobResult { version: 2, ..result(JobOutcome::Failed, "no-reply") };
        assert_eq!(decide(&stopped, &again), Decision::NOTHING);
        for state in [State::Open, State::Failed, State::Stopped] {
            let late = decide(&current(state), &result(JobOutcome::Stopped, "set-mismatch"));
            assert_eq!(late, Decision::conflict(ConflictKind::LateFailure), "{state:?}");
        }
    }

    #[test]
    fn a_job_that_was_broken_off_changes_nothing_and_one_without_a_lease_is_named() {
        for state in State::ALL {
            assert_eq!(state_after(*state, JobOutcome::Interrupted, "interrupted"), (*state, None, None));
            assert_eq!(state_after(*state, JobOutcome::Stopped, "not-confirmed"), (*state, None, None));
        }
        let forged = JobResult { was_leased: false, ..result(JobOutcome::Done, "") };
        assert_eq!(decide(&current(State::Open), &forged), Decision::conflict(ConflictKind::NotLeased));
    }

    fn any_result() -> impl Strategy<Value = JobResult> {
        let outcome = prop_oneof![
            Just(JobOutcome::Done),
            Just(JobOutcome::Failed),
            Just(JobOutcome::Stopped),
            Just(JobOutcome::Unknown),
            Just(JobOutcome::Interrupted)
        ];
        ("[ab]", 1i64..3, any::<bool>(), outcome, "(no-reply|clone|set-mismatch|)", any::<bool>()).prop_map(
            |(device, version, was_leased, outcome, cause, already)| JobResult {
                device,
                version,
                was_leased,
                outcome,
                cause: (!cause.is_empty()).then_some(cause),
                already,
            },
        )
    }

    proptest! {
        /// Whatever comes in whatever order: once unknown stays unknown, once done is never failed, and a done that was
        /// told is never lost without a conflict that says so.
        #[test]
        fn no_order_of_results_loses_what_is_known(results in proptest::collection::vec(any_result(), 0..12)) {
            let mut now = current(State::Leased);
            for result in &results {
                let decision = decide(&now, result);
                let before = now.clone();
                if let Some(change) = decision.change {
                    now.state = change.state;
                    if let Some((device, sent)) = change.done_by {
                        now.done_by = Some(device);
                        now.done_sent = sent;
                    }
                    if change.releases {
                        now.holder = None;
                    }
                }
                if before.state == State::Unknown {
                    prop_assert_eq!(now.state, State::Unknown);
                }
                if before.state == State::Done {
                    prop_assert!(matches!(now.state, State::Done | State::Unknown));
                }
                if result.was_leased && result.outcome == JobOutcome::Done {
                    prop_assert!(now.state == State::Done || decision.conflict == Some(ConflictKind::AfterUnknown));
                }
            }
        }
    }
}
