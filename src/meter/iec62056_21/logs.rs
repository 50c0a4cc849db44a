//! Load profiles and event logs of IEC 62056-21 meters: P.01 and further ones, P.98 and P.99, by R5 or in blocks by R6.

use time::{Duration, OffsetDateTime, UtcOffset};

use super::{Iec62056_21Meter, SessionError};
use crate::meter::log::{Column, Extract, Log, Period};
use crate::meter::value::Value;
use crate::meter::{MeterError, MeterTime};
use crate::protocol::iec62056_21::logs::{ProfileBlock, Season, Stamp, load_profile, log_entries};
use crate::protocol::iec62056_21::{Code, DataBlock, Failure};

/// Where the load profile is.
const PROFILE: &str = "P.01";
/// Where logs are: the log book, then changed parameters.
const LOGS: [&str; 2] = ["P.98", "P.99"];
/// Entries in one block of R6.
const ENTRIES_OF_A_BLOCK: u32 = 20;

impl Iec62056_21Meter {
    pub(super) fn read_load_profile(&mut self, extract: &Extract) -> Result<Log, MeterError> {
        let (object, period) = (extract.object.as_deref().unwrap_or(PROFILE), extract.period);
        let missing = || MeterError::NotOffered(format!("load profile {object}"));
        let block = self.ask_log(object, period)?.ok_or_else(missing)?;
        let blocks = load_profile(&block).map_err(MeterError::Garbled)?;
        let mut log = Log { object: object.to_owned(), ..Log::default() };
        log.columns = vec![column("clock", None, true), column("status", None, false)];
        for block in &blocks {
            log.period_s = u64::from(block.period_min).saturating_mul(60);
            self.add_rows(&mut log, block, period);
        }
        // A column that came with a later head is missing in the rows before it.
        let width = log.columns.len();
        log.rows.iter_mut().for_each(|row| row.resize(width, Value::Null));
        extract.narrow(&mut log)?;
        Ok(log)
    }

    fn add_rows(&self, log: &mut Log, block: &ProfileBlock, period: Period) {
        let mut places = Vec::new();
        for (code, unit) in &block.columns {
            let unit = Some(unit.clone()).filter(|unit| !unit.is_empty());
            let known = log.columns.iter().position(|column| column.object == *code && column.unit == unit);
            places.push(known.unwrap_or(log.columns.len()));
            if known.is_none() {
                log.columns.push(column(code, unit, false));
            }
        }
        for (index, values) in (0i64..).zip(&block.rows) {
            let since = Duration::minutes(index.saturating_mul(i64::from(block.period_min)));
            let at = self.time_of(block.begins, since);
            if !period.contains(at, UtcOffset::UTC) {
                continue;
            }
            let mut row = vec![Value::Null; log.columns.len()];
            let cells = places.iter().copied().zip(values.iter().map(|text| cell(text)));
            let fixed = [(0, Value::Time(at)), (1, Value::Text(block.status.clone()))];
            for (place, value) in fixed.into_iter().chain(cells) {
                if let Some(slot) = row.get_mut(place) {
                    *slot = value;
                }
            }
            log.rows.push(row);
        }
    }

    pub(super) fn read_logs(&mut self, extract: &Extract) -> Result<Vec<Log>, MeterError> {
        let period = extract.period;
        let objects = extract.object.as_deref().map_or(LOGS.to_vec(), |object| vec![object]);
        let mut logs = Vec::new();
        for object in objects {
            let Some(block) = self.ask_log(object, period)? else { continue };
            let (entries, misread) = log_entries(&block);
            let columns =
                vec![column("clock", None, true), column("status", None, false), column("values", None, false)];
            let mut log = Log { object: object.to_owned(), period_s: 0, columns, rows: Vec::new() };
            for entry in entries {
                let at = self.time_of(entry.at, Duration::ZERO);
                if period.contains(at, UtcOffset::UTC) {
                    let told: Vec<String> =
                        entry.values.iter().map(|(code, value)| format!("{code}={value}")).collect();
                    log.rows.push(vec![Value::Time(at), Value::Text(entry.status), Value::Text(told.join(" "))]);
                }
            }
            if misread > 0 && log.rows.is_empty() {
                return Err(MeterError::Garbled(format!("{misread} lines of {object} are no entries of a log")));
            }
            extract.narrow(&mut log)?;
            logs.push(log);
        }
        if logs.is_empty() {
            return Err(MeterError::NotOffered("event log".to_owned()));
        }
        Ok(logs)
    }

    /// Asks for a profile or a log; `None` when the meter has no such thing.
    fn ask_log(&mut self, object: &str, period: Period) -> Result<Option<DataBlock>, MeterError> {
        self.program()?;
        let wall = self.profile.clock.utc_offset().unwrap_or(UtcOffset::UTC);
        let bound = |moment: Option<OffsetDateTime>| {
            let local = moment.map(|moment| moment.to_offset(wall));
            local
                .map(|local| Stamp::to_request(time::PrimitiveDateTime::new(local.date(), local.time())))
                .unwrap_or_default()
        };
        let span = format!("{};{}", bound(period.from), bound(period.to));
        let in_blocks = format!("{span};{ENTRIES_OF_A_BLOCK}");
        for (code, parameter) in [(Code::READ_LOG, &span), (Code::READ_LOG_IN_BLOCKS, &in_blocks)] {
            match self.session.read_with(code, object, parameter) {
                Ok(block) => return Ok(Some(block)),
                Err(SessionError::Dialogue(Failure::Refused { .. })) => {}
                Err(error) => {
                    let fault = self.fault(error);
                    // Some meters pass over what they do not know. One that still signs on has no such thing.
                    let is_silent = matches!(fault, MeterError::NoReply { .. });
                    return if is_silent && self.still_answers() { Ok(None) } else { Err(fault) };
                }
            }
        }
        Ok(None)
    }

    /// Whether the meter signs on anew.
    fn still_answers(&mut self) -> bool {
        self.session.break_off();
        self.program().is_ok()
    }

    /// A stamp of the meter's, some time later. Summer time is an hour ahead of the offset the profile gives.
    fn time_of(&self, stamp: Stamp, since: Duration) -> MeterTime {
        let standard = self.profile.clock.utc_offset();
        let summer =
            |offset: UtcOffset| UtcOffset::from_whole_seconds(offset.whole_seconds().saturating_add(3_600)).ok();
        let offset = match stamp.season {
            Some(Season::Utc) => Some(UtcOffset::UTC),
            Some(Season::Summer) => standard.and_then(summer),
            Some(Season::Standard) | None => standard,
        };
        MeterTime { local: stamp.local.checked_add(since).unwrap_or(stamp.local), offset }
    }
}

fn column(object: &str, unit: Option<String>, is_time: bool) -> Column {
    Column::new(object.to_owned(), unit, is_time)
}

fn cell(text: &str) -> Value {
    let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
    number.map_or_else(|| Value::Text(text.to_owned()), Value::Real)
}
