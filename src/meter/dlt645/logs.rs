//! Load records, frozen registers, event counters and event records.

use time::{PrimitiveDateTime, UtcOffset};

use super::clock;
use super::driver::Dlt645Meter;
use super::items::{ItemValue, Unusable, decode, digits};
use crate::meter::log::{Column, Extract, Log, Period, Rows};
use crate::meter::profile::{ItemPlace, RecordPlace};
use crate::meter::trouble::LineTrouble;
use crate::meter::value::{Value, scaled};
use crate::meter::{MeterError, MeterTime};
use crate::protocol::dlt645::{BcdFormat, DataIdentifier, LoadRecord, LoadSelection, decode_bcd};

/// Blocks of load records asked for at once.
const BLOCKS: u8 = 8;
/// Load records read at most.
const MOST_RECORDS: usize = 50_000;
/// Intervals of the six classes of load records, minutes in four digits.
const INTERVALS: std::ops::RangeInclusive<u32> = 0x0400_0A02..=0x0400_0A07;
/// The interval a look back begins with where the meter tells none, minutes.
const USUAL_INTERVAL: i64 = 15;
/// How often a look back for a number of records is made twice as long.
const LOOKS_BACK: u32 = 8;
/// The kinds of frozen registers by the name they go by here: second octet of their identifiers, how many there are at
/// most, whether tariffs are frozen, too (DL/T 645-2007, A.7, and State Grid's supplement).
const FREEZES: [(&str, u8, u8, bool); 4] =
    [("timed", 0x00, 60, true), ("instant", 0x01, 3, true), ("hourly", 0x04, 254, false), ("daily", 0x06, 62, true)];

/// A value in a class of load records: object, unit, octets, decimals, whether the highest bit is a sign.
type Field = (&'static str, &'static str, u8, u8, bool);

/// The fields of each class, in order.
const FIELDS: [&[Field]; 6] = [
    &[
        ("32.7.0", "V", 2, 1, false),
        ("52.7.0", "V", 2, 1, false),
        ("72.7.0", "V", 2, 1, false),
        ("31.7.0", "A", 3, 3, true),
        ("51.7.0", "A", 3, 3, true),
        ("71.7.0", "A", 3, 3, true),
        ("14.7.0", "Hz", 2, 2, false),
    ],
    &[
        ("1.7.0", "kW", 3, 4, true),
        ("21.7.0", "kW", 3, 4, true),
        ("41.7.0", "kW", 3, 4, true),
        ("61.7.0", "kW", 3, 4, true),
        ("3.7.0", "kvar", 3, 4, true),
        ("23.7.0", "kvar", 3, 4, true),
        ("43.7.0", "kvar", 3, 4, true),
        ("63.7.0", "kvar", 3, 4, true),
    ],
    &[("13.7.0", "", 2, 3, true), ("33.7.0", "", 2, 3, true), ("53.7.0", "", 2, 3, true), ("73.7.0", "", 2, 3, true)],
    &[
        ("1.8.0", "kWh", 4, 2, false),
        ("2.8.0", "kWh", 4, 2, false),
        ("3.8.0", "kvarh", 4, 2, true),
        ("4.8.0", "kvarh", 4, 2, true),
    ],
    &[
        ("5.8.0", "kvarh", 4, 2, false),
        ("6.8.0", "kvarh", 4, 2, false),
        ("7.8.0", "kvarh", 4, 2, false),
        ("8.8.0", "kvarh", 4, 2, false),
    ],
    &[("1.4.0", "kW", 3, 4, true), ("3.4.0", "kvar", 3, 4, true)],
];

impl Dlt645Meter {
    /// The load records, or with `extract.object` the frozen registers of that kind.
    ///
    /// # Errors
    /// [`MeterError`].
    pub(super) fn read_load_profile(&mut self, extract: &Extract) -> Result<Log, MeterError> {
        let mut log = match extract.object.as_deref() {
            None | Some("load-records") => self.load_records(extract)?,
            Some(kind) => self.freezes(kind, extract)?,
        };
        let wall = self.wall();
        log.rows.retain(|row| extract.period.contains_row(row.first(), wall));
        extract.narrow(&mut log)?;
        Ok(log)
    }

    /// The offset of the meter's clock, as far as it is known.
    fn wall(&self) -> UtcOffset {
        self.profile.clock.utc_offset().unwrap_or(UtcOffset::UTC)
    }

    fn load_records(&mut self, extract: &Extract) -> Result<Log, MeterError> {
        let records = match (extract.rows, extract.period.from) {
            (Rows::Last(count), None) => self.last_records(count, extract.period)?,
            (_, Some(from)) => {
                let from = from.to_offset(self.wall());
                self.records_from(PrimitiveDateTime::new(from.date(), from.time()), extract.period)?
            }
            _ => {
                let oldest = self.selected(LoadSelection::Oldest)?;
                match oldest.first().and_then(|record| local(record.time)) {
                    Some(begin) => self.records_from(begin, extract.period)?,
                    None => Vec::new(),
                }
            }
        };
        Ok(self.log_of(&records))
    }

    /// So many of the newest records: a look back that finds too few is made longer, up to the oldest record.
    fn last_records(&mut self, count: u32, period: Period) -> Result<Vec<TimedRecord>, MeterError> {
        let newest = self.selected(LoadSelection::Newest)?;
        let oldest = self.selected(LoadSelection::Oldest)?;
        let time = |records: &[LoadRecord]| records.first().and_then(|record| local(record.time));
        let (Some(newest), Some(oldest)) = (time(&newest), time(&oldest)) else { return Ok(Vec::new()) };
        let mut back = self.interval()?.saturating_mul(i32::try_from(count).unwrap_or(i32::MAX));
        for _ in 0..LOOKS_BACK {
            let begin = newest.checked_sub(back).unwrap_or(oldest).max(oldest);
            let records = self.records_from(begin, period)?;
            if begin == oldest || records.len() >= count as usize {
                return Ok(records);
            }
            back = back.saturating_mul(2);
        }
        self.records_from(oldest, period)
    }

    fn records_from(&mut self, begin: PrimitiveDateTime, period: Period) -> Result<Vec<TimedRecord>, MeterError> {
        let mut records: Vec<TimedRecord> = Vec::new();
        let (mut from, mut empty) = (begin, 0u8);
        // The end is believed when it is told twice: a late answer to an earlier question has nothing new either.
        while empty < 2 && records.len() < MOST_RECORDS {
            let asked = LoadSelection::From(BLOCKS, clock::minute_octets(from));
            let last = records.last().map(|(time, _)| *time);
            let found = self.selected(asked)?.into_iter().filter_map(|record| Some((local(record.time)?, record)));
            let found: Vec<_> = found.filter(|(time, _)| last.is_none_or(|last| *time > last)).collect();
            let Some((newest, _)) = found.last() else {
                empty = empty.saturating_add(1);
                continue;
            };
            empty = 0;
            let is_beyond = period.to.is_some_and(|to| newest.assume_offset(self.wall()) > to);
            // Classes are recorded at intervals of their own: the next record may stand in the next minute.
            let next = newest.checked_add(time::Duration::minutes(1)).filter(|_| !is_beyond);
            records.extend(found);
            match next {
                Some(next) => from = next,
                None => break,
            }
        }
        Ok(records)
    }

    /// The shortest interval of the records that the meter tells.
    fn interval(&mut self) -> Result<time::Duration, MeterError> {
        let mut shortest = None;
        for at in INTERVALS {
            let ItemValue::Octets(octets) = self.item(DataIdentifier::E2007(at))? else { break };
            let minutes = digits(&octets).parse::<i64>().ok().filter(|minutes| *minutes > 0);
            shortest = [shortest, minutes].into_iter().flatten().min();
        }
        Ok(time::Duration::minutes(shortest.unwrap_or(USUAL_INTERVAL)))
    }

    fn selected(&mut self, selection: LoadSelection) -> Result<Vec<LoadRecord>, MeterError> {
        let identifier = DataIdentifier::E2007(selection.identifier());
        match self.item_selected(identifier, selection.octets())? {
            ItemValue::Octets(octets) => {
                LoadRecord::read_all(&octets).map_err(|error| MeterError::Garbled(error.to_string()))
            }
            ItemValue::Refused(error) if error.is_no_data() => Ok(Vec::new()),
            ItemValue::Refused(error) => {
                Err(MeterError::Refused { what: "its load records".to_owned(), reason: error.to_string() })
            }
        }
    }

    /// Columns for what at least one record tells.
    fn log_of(&self, records: &[TimedRecord]) -> Log {
        let fields: Vec<Field> = FIELDS.iter().copied().flatten().copied().collect();
        let offset = self.profile.clock.utc_offset();
        let mut rows: Vec<Vec<Value>> = Vec::new();
        for (at, record) in records {
            let mut row = vec![Value::Time(MeterTime { local: *at, offset })];
            for (class, fields) in record.classes.iter().zip(FIELDS) {
                row.extend(values(class.as_deref().unwrap_or_default(), fields));
            }
            rows.push(row);
        }
        let told = |index: usize| rows.iter().any(|row| row.get(index).is_some_and(|value| *value != Value::Null));
        let kept: Vec<usize> = (1..=fields.len()).filter(|index| told(*index)).collect();
        let columns = kept.iter().filter_map(|index| fields.get(index.saturating_sub(1)));
        let columns = columns.map(|(object, unit, ..)| {
            Column::new((*object).to_owned(), Some((*unit).to_owned()).filter(|unit| !unit.is_empty()), false)
        });
        let columns = std::iter::once(Column::new("clock".to_owned(), None, true)).chain(columns).collect();
        let keep = |row: Vec<Value>| {
            row.into_iter().enumerate().filter(|(index, _)| *index == 0 || kept.contains(index)).map(|(_, cell)| cell)
        };
        let period_s = step_of(records);
        let rows = rows.into_iter().map(|row| keep(row).collect()).collect();
        Log { object: "load-records".to_owned(), period_s, columns, rows }
    }

    /// Registers as they were frozen, the oldest first.
    fn freezes(&mut self, kind: &str, extract: &Extract) -> Result<Log, MeterError> {
        let known = FREEZES.iter().find(|(name, ..)| *name == kind);
        let Some(&(name, second, most, has_tariffs)) = known else {
            let names: Vec<&str> = FREEZES.iter().map(|(name, ..)| *name).collect();
            let names = names.join(", ");
            return Err(MeterError::BadValue(format!("{kind:?} is no log of this meter: use load-records, {names}")));
        };
        let at = |what: u8, number: u8| DataIdentifier::E2007(u32::from_be_bytes([0x05, second, what, number]));
        let offset = self.profile.clock.utc_offset();
        let (mut rows, mut width) = (Vec::new(), 0usize);
        let wanted = match extract.rows {
            Rows::Last(count) => usize::try_from(count).unwrap_or(usize::MAX),
            _ => usize::MAX,
        };
        let (mut number, mut moved) = (1u8, 0u8);
        while number <= most && rows.len() < wanted {
            let ItemValue::Octets(time) = self.item(at(0x00, number))? else { break };
            // Places that were never used read zero or FF.
            let Some(local) = time.first_chunk::<5>().and_then(|octets| local(*octets)) else { break };
            if extract.period.from.is_some_and(|from| local.assume_offset(self.wall()) < from) {
                break;
            }
            let mut row = vec![Value::Time(MeterTime { local, offset })];
            for what in [0x01, 0x02] {
                let octets = match self.item(at(what, number))? {
                    ItemValue::Octets(octets) => octets,
                    ItemValue::Refused(_) => Vec::new(),
                };
                let energies = octets.chunks_exact(4).map(|octets| value(octets, (4, 2, false)));
                let energies: Vec<Value> = energies.take(if has_tariffs { 64 } else { 1 }).collect();
                width = width.max(energies.len());
                row.push(Value::List(energies));
            }
            // A freeze in between moves all of them on by one place: the time would stand beside the energies of another.
            if self.item(at(0x00, number))? != ItemValue::Octets(time) && moved < FREEZES_MEANWHILE {
                (number, moved) = (number.saturating_add(1), moved.saturating_add(1));
                continue;
            }
            rows.push(row);
            let Some(next) = number.checked_add(1) else { break };
            number = next;
        }
        if rows.is_empty() {
            return Err(MeterError::NotOffered(format!("{name} freeze")));
        }
        rows.reverse();
        let rows = rows.into_iter().map(|row| flatten(row, width)).collect();
        let energy = |group: u8| {
            (0..width).map(move |tariff| Column::new(format!("{group}.8.{tariff}"), Some("kWh".to_owned()), false))
        };
        let clock = std::iter::once(Column::new("clock".to_owned(), None, true));
        let columns = clock.chain(energy(1)).chain(energy(2)).collect();
        Ok(Log { object: name.to_owned(), period_s: 0, columns, rows })
    }

    /// Counters and records of events.
    ///
    /// # Errors
    /// [`MeterError`]; [`MeterError::NotOffered`] where the meter has neither.
    pub(super) fn read_events(&mut self, extract: &Extract) -> Result<Vec<Log>, MeterError> {
        let mut logs = Vec::new();
        let wants = |name: &str| extract.object.as_deref().is_none_or(|object| object == name);
        let counters = self.counters()?;
        if wants(COUNTERS) && !counters.rows.is_empty() {
            logs.push(counters.clone());
        }
        if wants(RECORDS) {
            let mut records = self.records(extract, &counters)?;
            if !records.rows.is_empty() {
                extract.narrow(&mut records)?;
                logs.push(records);
            }
        }
        if logs.is_empty() {
            return Err(MeterError::NotOffered("event counter or record".to_owned()));
        }
        Ok(logs)
    }

    fn counters(&mut self) -> Result<Log, MeterError> {
        let mut rows = Vec::new();
        for (name, place) in self.profile.dlt645.counters.clone() {
            let ItemValue::Octets(octets) = self.item(place.at)? else { continue };
            // Some items hold the count and the time it took in all.
            let count = match decode(&place, octets.get(..usize::from(place.octets)).unwrap_or(&octets)) {
                Ok(Some(count)) => Value::Integer(count as i128),
                Ok(None) => continue,
                // A count that does not read is none.
                Err(_) => Value::Null,
            };
            rows.push(vec![Value::Text(name), count]);
        }
        let column = |object: &str| Column::new(object.to_owned(), None, false);
        let columns = vec![column("event"), column("count")];
        Ok(Log { object: COUNTERS.to_owned(), period_s: 0, columns, rows })
    }

    /// The records of the profile, the oldest first. A kind whose counter stands at nothing is not asked for.
    fn records(&mut self, extract: &Extract, counters: &Log) -> Result<Log, MeterError> {
        let mut rows: Vec<(Option<PrimitiveDateTime>, Vec<Value>)> = Vec::new();
        for (name, place) in self.profile.dlt645.records.clone() {
            let counted = place.counter.as_ref().and_then(|counter| {
                let told = counters.rows.iter().find(|row| row.first() == Some(&Value::Text(counter.clone())));
                told.and_then(|row| row.get(1)).and_then(Value::as_integer)
            });
            let most = counted.and_then(|count| u8::try_from(count).ok()).unwrap_or(place.most).min(place.most);
            for number in 0..most {
                let (start, row) = match self.record(&name, &place, number) {
                    Ok(Some(record)) => record,
                    Ok(None) => break,
                    // A kind that does not come whole does not hide the others: it is shown without its values.
                    Err(MeterError::Garbled(_)) => {
                        self.exchange.add_trouble(LineTrouble::Damaged { address: self.address.to_string() });
                        rows.push((None, vec![Value::Null, Value::Text(name.clone()), Value::Null, Value::Null]));
                        break;
                    }
                    Err(error) => return Err(error),
                };
                rows.push((Some(start), row));
                if extract.period.from.is_some_and(|from| start.assume_offset(self.wall()) < from) {
                    break;
                }
            }
        }
        rows.sort_by_key(|(at, _)| *at);
        let wall = self.wall();
        let rows = rows.into_iter().map(|(_, row)| row).filter(|row| extract.period.contains_row(row.first(), wall));
        let column = |object: &str, is_time: bool| Column::new(object.to_owned(), None, is_time);
        let columns =
            vec![column("clock", true), column("event", false), column("end", false), column("operator", false)];
        Ok(Log { object: RECORDS.to_owned(), period_s: 0, columns, rows: rows.collect() })
    }

    /// One record; `None` where the meter has none there.
    fn record(
        &mut self,
        name: &str,
        place: &RecordPlace,
        number: u8,
    ) -> Result<Option<(PrimitiveDateTime, Vec<Value>)>, MeterError> {
        let DataIdentifier::E2007(first) = place.at else { return Ok(None) };
        let at = DataIdentifier::E2007(first.saturating_add(u32::from(number)));
        let ItemValue::Octets(octets) = self.item(at)? else { return Ok(None) };
        let part = |from: u8, count: usize| octets.get(usize::from(from)..)?.get(..count).map(<[u8]>::to_vec);
        let moment = |from: u8| clock::local_time(*octets.get(usize::from(from)..)?.first_chunk()?);
        let Some(start) = moment(place.start) else { return Ok(None) };
        let offset = self.profile.clock.utc_offset();
        let end = place.end.and_then(moment).map(|local| Value::Time(MeterTime { local, offset }));
        let operator = place.operator.and_then(|from| part(from, 4)).map(|octets| digits(&octets));
        // All ones: the meter itself.
        let operator = operator.map(|operator| if operator == "ffffffff" { "meter".to_owned() } else { operator });
        let row = vec![
            Value::Time(MeterTime { local: start, offset }),
            Value::Text(name.to_owned()),
            end.unwrap_or(Value::Null),
            operator.map_or(Value::Null, Value::Text),
        ];
        Ok(Some((start, row)))
    }
}

/// A record and its time.
type TimedRecord = (PrimitiveDateTime, LoadRecord);

/// Seconds from one record to the next, where it is always the same.
fn step_of(records: &[TimedRecord]) -> u64 {
    let steps = records.iter().zip(records.iter().skip(1)).map(|((one, _), (next, _))| *next - *one);
    let mut steps = steps.map(|step| u64::try_from(step.whole_seconds()).unwrap_or(0));
    let first = steps.next().unwrap_or(0);
    if steps.all(|step| step == first) { first } else { 0 }
}

/// Freezes that may come while they are read.
const FREEZES_MEANWHILE: u8 = 8;
/// Names of the logs.
const COUNTERS: &str = "event counters";
const RECORDS: &str = "event records";

/// A value with the time behind it, as of a maximum demand.
///
/// # Errors
/// [`Unusable`].
pub(super) fn timed_value(place: &ItemPlace, octets: &[u8], offset: Option<UtcOffset>) -> Result<Value, Unusable> {
    let (number, time) = octets.split_at_checked(usize::from(place.octets)).unwrap_or((octets, &[]));
    let number = decode(place, number)?.map_or(Value::Null, Value::Real);
    let at = time.first_chunk::<5>().and_then(|octets| local(*octets));
    let at = at.map_or(Value::Null, |local| Value::Time(MeterTime { local, offset }));
    Ok(Value::List(vec![number, at]))
}

/// The values of a class; what the meter does not measure reads FF, and is nothing.
fn values(octets: &[u8], fields: &[Field]) -> Vec<Value> {
    let mut rest = octets;
    let one = |&(_, _, width, decimals, signed): &Field| {
        let (octets, behind) = rest.split_at_checked(usize::from(width)).unwrap_or_default();
        rest = behind;
        if octets.is_empty() { Value::Null } else { value(octets, (width, decimals, signed)) }
    };
    fields.iter().map(one).collect()
}

fn value(octets: &[u8], (width, decimals, signed): (u8, u8, bool)) -> Value {
    let format = BcdFormat { octets: width, decimals, signed };
    match decode_bcd(octets, format) {
        Ok(raw) => Value::Real(scaled(raw as f64, -i8::try_from(decimals).unwrap_or(0))),
        Err(_) => Value::Null,
    }
}

/// A row with its lists laid out as cells, each so wide.
fn flatten(row: Vec<Value>, width: usize) -> Vec<Value> {
    let mut cells = Vec::new();
    for cell in row {
        match cell {
            Value::List(mut values) => {
                values.resize(width, Value::Null);
                cells.extend(values);
            }
            other => cells.push(other),
        }
    }
    cells
}

/// A time from `mm hh DD MM YY`; zeros and FF are none.
fn local([minute, hour, day, month, year]: [u8; 5]) -> Option<PrimitiveDateTime> {
    clock::local_time([0, minute, hour, day, month, year])
}
