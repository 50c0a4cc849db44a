//! Several attributes in one GET: lists as long as the meter takes them. What a meter makes of a list is told only after
//! its items were asked for in shorter ones, down to each by itself.

use super::Session;
use crate::meter::MeterError;
use crate::protocol::dlms::{AttributeDescriptor, DlmsClient, GetItem, GetResult, Outcome};

/// Octets of a list's answer beside the values: service header, ciphering.
const LIST_OVERHEAD: usize = 48;

/// How long lists may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ListLimit {
    /// Items of the longest that may work; 1 when none does.
    longest: usize,
    /// Items of the longest that did.
    proven: usize,
    /// What holds for other meters of the model, too.
    learned: Option<usize>,
}

impl ListLimit {
    pub(super) const UNKNOWN: ListLimit = ListLimit { longest: usize::MAX, proven: 0, learned: None };

    /// Whether a list of so many items is worth a try.
    pub(super) const fn allows(self, items: usize) -> bool {
        items > 1 && items <= self.longest
    }

    /// Lists are not asked for any more.
    pub(super) const fn give_up(&mut self) {
        self.longest = 1;
    }

    fn learn(&mut self, longest: usize) {
        self.longest = longest;
        self.learned = Some(longest);
    }
}

impl Session {
    /// Items of the longest list this meter takes, where that was found out.
    pub fn longest_list(&self) -> Option<usize> {
        self.list_limit.learned
    }

    /// Asks for no longer lists than this: meters of the model refuse them.
    pub fn set_longest_list(&mut self, longest: usize) {
        self.list_limit.learn(longest.max(1));
    }

    /// Reads several attributes, those in one request that fit into an answer.
    ///
    /// # Errors
    /// [`MeterError`].
    pub fn get_list(&mut self, attributes: &[AttributeDescriptor]) -> Result<Vec<GetResult>, MeterError> {
        if attributes.is_empty() {
            return Ok(Vec::new());
        }
        self.open()?;
        if self.is_short() {
            return self.get_short_list(attributes);
        }
        let limit = self.client.as_ref().and_then(DlmsClient::info).map_or(0, |info| usize::from(info.max_pdu));
        let room = if limit == 0 { usize::MAX } else { limit.saturating_sub(LIST_OVERHEAD) };
        let mut results = Vec::new();
        let mut rest = attributes;
        while !rest.is_empty() {
            let mut size = 0usize;
            let fits = rest.iter().take_while(|attribute| {
                size = size.saturating_add(super::answer_size(attribute));
                size <= room
            });
            let (list, behind) = rest.split_at(fits.count().max(1).min(rest.len()));
            self.get_one_list(list, &mut results)?;
            rest = behind;
        }
        Ok(results)
    }

    /// Whether one list brought them all.
    fn get_one_list(
        &mut self,
        attributes: &[AttributeDescriptor],
        results: &mut Vec<GetResult>,
    ) -> Result<bool, MeterError> {
        let count = attributes.len();
        let is_tried = self.list_limit.allows(count);
        if is_tried {
            let items = attributes.iter().map(|attribute| GetItem { attribute: *attribute, access: None }).collect();
            match self.request(|client| client.get_list(items)) {
                // A meter that takes no list of this length may say so of each of its items.
                Ok(Outcome::GetList(got))
                    if got.len() == count && (got.iter().any(Result::is_ok) || count <= self.list_limit.proven) =>
                {
                    self.list_limit.proven = self.list_limit.proven.max(count);
                    results.extend(got);
                    return Ok(true);
                }
                Ok(_) | Err(MeterError::Garbled(_) | MeterError::Unexpected(_) | MeterError::Refused { .. }) => {
                    if count == 2 && self.list_limit.proven == 0 {
                        self.list_limit.give_up();
                    }
                }
                // Silence may be the meter's answer to lists, and another list would cost as long a wait.
                Err(MeterError::NoReply { .. }) if self.list_limit.proven == 0 => self.list_limit.give_up(),
                Err(error) => return Err(error),
            }
        }
        if count <= 2 || !self.list_limit.allows(2) {
            for attribute in attributes {
                results.push(self.get(*attribute, None)?);
            }
            return Ok(false);
        }
        let half = count.div_ceil(2);
        let (front, back) = attributes.split_at(half);
        let whole = [self.get_one_list(front, results)?, self.get_one_list(back, results)?];
        // Both halves work where the whole did not: it was too long. Where one fails, an object in it may be the reason.
        if is_tried && whole == [true, true] {
            self.list_limit.learn(half);
        }
        Ok(false)
    }
}
