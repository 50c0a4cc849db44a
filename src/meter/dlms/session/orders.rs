//! Writes and calls given together: in lists where the meter takes them. A list that was refused as one is put one by one:
//! writes always, for they may be repeated, calls only where the meter says that it carried none of them out.

use super::Session;
use crate::meter::dlms::{call_answer, write_answer};
use crate::meter::order::Carried;
use crate::meter::{Answer, MeterError};
use crate::protocol::dlms::{ActionItem, ClassId, Conformance, Data, DlmsClient, Outcome, SetItem};

/// One write or call, in the meter's own terms.
#[derive(Debug, Clone)]
pub enum Resolved {
    /// A write.
    Set(SetItem),
    /// A call.
    Call(ActionItem),
}

impl Resolved {
    /// Whether both may stand in one list.
    fn goes_with(&self, other: &Self) -> bool {
        match (self, other) {
            (Resolved::Set(one), Resolved::Set(other)) => !is_password(one) && !is_password(other),
            (Resolved::Call(_), Resolved::Call(_)) => true,
            (Resolved::Set(_), Resolved::Call(_)) | (Resolved::Call(_), Resolved::Set(_)) => false,
        }
    }
}

/// The password of an association is hidden from records of the line, which a list has no way for.
fn is_password(item: &SetItem) -> bool {
    (item.attribute.class, item.attribute.attribute) == (ClassId::ASSOCIATION_LN, 7)
}

/// What a list came to.
enum Put {
    Answered(Vec<Answer>),
    /// It was longer than the meter takes, and was not sent.
    TooLong,
    /// The meter refused it as one, and takes each by itself perhaps.
    RefusedAsList,
}

impl Session {
    /// Carries the orders out as they stand, and stops at the first that has no answer.
    pub fn carry_out(&mut self, orders: &[Resolved]) -> Carried {
        let mut carried = Carried::default();
        if let Err(error) = self.open() {
            return Carried::failed(error);
        }
        let mut rest = orders;
        while let Some(first) = rest.first() {
            let alike = rest.iter().take_while(|order| first.goes_with(order)).count().max(1);
            let (run, behind) = rest.split_at(alike.min(rest.len()));
            if !self.put_run(run, &mut carried) {
                break;
            }
            rest = behind;
        }
        carried
    }

    /// Orders of one kind, in as few requests as there may be. Whether to go on.
    fn put_run(&mut self, orders: &[Resolved], carried: &mut Carried) -> bool {
        let count = orders.len();
        if count > 1 && self.takes_lists_of(count) {
            match self.put_list(orders) {
                Ok(Put::Answered(answers)) => return carried.take(count, Ok(answers)),
                Ok(Put::TooLong) => {
                    let (front, back) = orders.split_at(count.div_ceil(2));
                    return self.put_run(front, carried) && self.put_run(back, carried);
                }
                Ok(Put::RefusedAsList) => {}
                Err(error) => return carried.take(count, Err(error)),
            }
        }
        orders.iter().all(|order| {
            let answer = self.put(order);
            carried.take(1, answer.map(|answer| vec![answer]))
        })
    }

    fn takes_lists_of(&self, count: usize) -> bool {
        let info = self.client.as_ref().and_then(DlmsClient::info);
        let lists = info.is_some_and(|info| info.conformance.contains(Conformance::MULTIPLE_REFERENCES));
        lists && !self.is_short() && self.list_limit.allows(count)
    }

    fn put(&mut self, order: &Resolved) -> Result<Answer, MeterError> {
        match order.clone() {
            Resolved::Set(SetItem { attribute, value }) => self.set(attribute, value).map(write_answer),
            Resolved::Call(ActionItem { method, argument }) => {
                let outcome = self.action(method, argument.unwrap_or(Data::Null))?;
                Ok(call_answer(outcome.result))
            }
        }
    }

    fn put_list(&mut self, orders: &[Resolved]) -> Result<Put, MeterError> {
        let sets: Vec<SetItem> = orders.iter().filter_map(Resolved::as_set).collect();
        let calls: Vec<ActionItem> = orders.iter().filter_map(Resolved::as_call).collect();
        let only_writes = calls.is_empty();
        let outcome =
            self.request(|client| if only_writes { client.set_list(sets) } else { client.action_list(calls) });
        match outcome {
            Ok(Outcome::SetList(results)) => Ok(Put::Answered(results.into_iter().map(write_answer).collect())),
            Ok(Outcome::ActionList(outcomes)) => {
                Ok(Put::Answered(outcomes.into_iter().map(|outcome| call_answer(outcome.result)).collect()))
            }
            // A write may be repeated.
            Ok(Outcome::ListRefused(refusal)) if only_writes || refusal.says_nothing_was_done() => {
                Ok(Put::RefusedAsList)
            }
            Ok(Outcome::ListRefused(refusal)) => Err(MeterError::Unexpected(format!(
                "it refused the list of methods ({refusal}), which does not say whether it carried some of them out"
            ))),
            Ok(other) => Err(MeterError::Unexpected(format!("{other:?}"))),
            Err(MeterError::BadValue(_)) => Ok(Put::TooLong),
            Err(error) => Err(error),
        }
    }
}

impl Resolved {
    fn as_set(&self) -> Option<SetItem> {
        if let Resolved::Set(item) = self { Some(item.clone()) } else { None }
    }

    fn as_call(&self) -> Option<ActionItem> {
        if let Resolved::Call(item) = self { Some(item.clone()) } else { None }
    }
}
