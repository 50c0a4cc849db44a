//! Message numbers: each is on the disk before its message goes out, and none is used twice.
//!
//! A number and the time of its making name a request for good. After a lost reply the server is asked what it did
//! under that name (`LastRespAdviceReq`); the request itself is never sent again.

use rusqlite::{OptionalExtension, TransactionBehavior, params};
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{OffsetDateTime, UtcOffset};

use crate::headend::HeadEndError;
use crate::headend::outbox::Outbox;
use crate::meter::time::rfc3339;

/// Number and time of a message: `MsgID` of XMLVend, a part of `messageId` of the token interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageId {
    /// `yyyyMMddHHmmss` at the server's offset from UTC.
    pub date_time: String,
    /// Rises by one with each message of a terminal.
    pub number: i64,
}

/// Who sends: numbers count per client and terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// `clientID`
    pub client: String,
    /// `terminalID`
    pub terminal: String,
}

/// How a message ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageEnd {
    /// There is an answer.
    Answered,
    /// It never reached the server, or the server did nothing.
    Never,
}

impl MessageEnd {
    const fn word(self) -> &'static str {
        match self {
            MessageEnd::Answered => "answered",
            MessageEnd::Never => "never",
        }
    }
}

/// Kind of these numbers among the watermarks.
const KIND: &str = "message";

/// How far a number jumps for each day begun since a file was written that is a copy of an earlier time: above a day's
/// messages of a crew.
const JUMP_PER_DAY: i64 = 1_000;

/// The most days that count.
const MOST_DAYS: i64 = 1_000;

/// How far numbers jump when the newest row is of this time.
fn jump_since(at: Option<&str>, now: OffsetDateTime) -> i64 {
    let at = at.and_then(|at| OffsetDateTime::parse(at, &Rfc3339).ok()).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    (now - at).whole_days().saturating_add(1).clamp(1, MOST_DAYS).saturating_mul(JUMP_PER_DAY)
}

impl Outbox {
    /// Takes the next number. It is on the disk as used when this returns.
    ///
    /// `intent` names what the message is for, so that a later run finds one whose end nobody saw.
    ///
    /// # Errors
    /// [`HeadEndError::Outbox`]: nothing may then be sent.
    pub fn next_message(
        &mut self,
        sender: &Sender,
        use_case: &str,
        intent: Option<&str>,
        now: OffsetDateTime,
        offset: UtcOffset,
    ) -> Result<MessageId, HeadEndError> {
        let local = now.to_offset(offset).format(format_description!("[year][month][day][hour][minute][second]"));
        let date_time = local.unwrap_or_else(|_| "0".repeat(14));
        let owner = format!("{} {}", sender.client, sender.terminal);
        let (beside, generation) = (self.marks.highest(KIND, &owner), self.marks.generation());
        let mut take = || -> rusqlite::Result<i64> {
            let transaction = self.database.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let (newest, at, is_copy): (i64, Option<String>, Option<bool>) = transaction.query_row(
                "SELECT COALESCE(max(number), 0), max(at), NOT max(generation = ?3) FROM messages
                 WHERE client = ?1 AND terminal = ?2",
                params![sender.client, sender.terminal, generation],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )?;
            let jump = if is_copy == Some(true) { jump_since(at.as_deref(), now) } else { 0 };
            let number = newest.saturating_add(jump).max(beside.unwrap_or(0)).saturating_add(1);
            transaction.execute(
                "INSERT INTO messages (client, terminal, number, date_time, use_case, intent, at, generation)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![sender.client, sender.terminal, number, date_time, use_case, intent, rfc3339(now), generation],
            )?;
            transaction.commit()?;
            Ok(number)
        };
        let number = take().map_err(|error| self.failed(&error))?;
        self.marks.raise(KIND, &owner, number);
        Ok(MessageId { date_time, number })
    }

    /// Writes down how a message ended.
    ///
    /// # Errors
    /// [`HeadEndError::Outbox`].
    pub fn end_message(&mut self, sender: &Sender, id: &MessageId, end: MessageEnd) -> Result<(), HeadEndError> {
        let sql = "UPDATE messages SET state = ?4 WHERE client = ?1 AND terminal = ?2 AND number = ?3";
        let done = self.database.execute(sql, params![sender.client, sender.terminal, id.number, end.word()]);
        done.map(drop).map_err(|error| self.failed(&error))
    }

    /// The newest message for an intent whose end nobody saw.
    ///
    /// # Errors
    /// [`HeadEndError::Outbox`].
    pub fn open_message(&self, sender: &Sender, intent: &str) -> Result<Option<MessageId>, HeadEndError> {
        let sql = "SELECT date_time, number FROM messages
                   WHERE client = ?1 AND terminal = ?2 AND intent = ?3 AND state = 'sent' ORDER BY number DESC LIMIT 1";
        let found = self.database.query_row(sql, params![sender.client, sender.terminal, intent], |row| {
            Ok(MessageId { date_time: row.get(0)?, number: row.get(1)? })
        });
        found.optional().map_err(|error| self.failed(&error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{datetime, offset};

    #[test]
    fn a_number_is_used_once_and_an_open_message_is_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let sender = Sender { client: "6004708001981".into(), terminal: "T1".into() };
        let other = Sender { terminal: "T2".into(), ..sender.clone() };
        let now = datetime!(2026-11-21 23:30 UTC);
        let next = |sender: &Sender, intent| {
            let mut outbox = Outbox::open(folder.path()).unwrap();
            outbox.next_message(sender, "ClearTamperReq", intent, now, offset!(+2)).unwrap()
        };
        assert_eq!(next(&sender, Some("a")), MessageId { date_time: "20261122013000".into(), number: 1 });
        assert_eq!((next(&sender, None).number, next(&other, None).number), (2, 1));
        let mut outbox = Outbox::open(folder.path()).unwrap();
        let open = outbox.open_message(&sender, "a").unwrap().unwrap();
        assert_eq!(open.number, 1);
        assert_eq!(outbox.open_message(&other, "a").unwrap(), None);
        outbox.end_message(&sender, &open, MessageEnd::Answered).unwrap();
        assert_eq!(outbox.open_message(&sender, "a").unwrap(), None);
    }

    #[test]
    fn an_older_copy_of_the_file_gives_no_number_twice() {
        let home = tempfile::tempdir().unwrap();
        let sender = Sender { client: "6004708001981".into(), terminal: "T1".into() };
        let (state, beside) = (home.path().join("state"), home.path().join("cache/watermarks.sqlite"));
        let next = |beside: Option<&std::path::Path>| {
            std::fs::create_dir_all(&state).unwrap();
            crate::state::check(&state, beside).unwrap();
            let now = OffsetDateTime::now_utc() - time::Duration::MINUTE;
            Outbox::open(&state).unwrap().next_message(&sender, "x", None, now, UtcOffset::UTC).unwrap().number
        };
        assert_eq!((next(Some(&beside)), next(Some(&beside))), (1, 2));
        std::fs::remove_file(state.join(crate::headend::outbox::FILE)).unwrap();
        assert_eq!(next(Some(&beside)), 3, "the watermark is outside the folder");
        std::fs::remove_file(state.join("anchor")).unwrap();
        assert_eq!(next(None), 3 + JUMP_PER_DAY + 1);
        assert_eq!(next(None), 3 + JUMP_PER_DAY + 2);
    }
}
