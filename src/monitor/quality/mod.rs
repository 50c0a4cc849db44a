//! Power quality by the day: means of ten minutes, shares within the limits of EN 50160, sags, swells and interruptions.
//!
//! What a meter tells when it is asked is no measurement after IEC 61000-4-30: between two polls nothing is seen, and an event
//! is as long as the polls show it. Every document says so.

mod day;
mod events;
mod page;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use time::{Date, OffsetDateTime, UtcOffset};

pub use day::{Basis, Day, Share, Spread, Summary};
pub use events::{QualityEvent, QualityEventKind};
pub use page::page;

use super::{Event, MeterReading, Record, Thresholds};
use crate::files;

/// Largest day of a meter that is read back.
const LONGEST_FILE: u64 = 16 << 20;

/// Collects readings and events, a day and a meter each in a document and a page of its own.
#[derive(Debug)]
pub struct Quality {
    folder: PathBuf,
    thresholds: Thresholds,
    /// Where the days begin.
    offset: UtcOffset,
    days: BTreeMap<String, Day>,
}

impl Quality {
    /// Into a folder, which is made where it is not there. Days begin at midnight of `offset`.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn open(folder: &Path, thresholds: Thresholds, offset: UtcOffset) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        Ok(Quality { folder: folder.to_owned(), thresholds, offset, days: BTreeMap::new() })
    }

    /// Takes records; a day that has ended, and one whose ten minutes have, is written.
    ///
    /// # Errors
    /// A document that cannot be written; what it holds is kept and written again.
    pub fn take(&mut self, records: &[Record]) -> io::Result<()> {
        for record in records {
            match record {
                Record::MeterReading(reading) => self.reading(reading)?,
                Record::Event(event) => self.event(event)?,
                Record::Action(_) => {}
            }
        }
        Ok(())
    }

    fn reading(&mut self, reading: &MeterReading) -> io::Result<()> {
        let date = reading.time.to_offset(self.offset).date();
        let day = self.day(&reading.meter, date)?;
        let is_new = day.add(reading);
        if is_new { self.write(&reading.meter) } else { Ok(()) }
    }

    fn event(&mut self, event: &Event) -> io::Result<()> {
        // An event belongs to the day it began on, also where it ends on the next.
        let date = event.start.to_offset(self.offset).date();
        let today = self.days.get(&event.meter).map(|day| day.date);
        if today.is_none_or(|today| today <= date) {
            self.day(&event.meter, date)?.note(event);
            return Ok(());
        }
        let mut earlier = self.read_back(&event.meter, date)?;
        earlier.note(event);
        self.write_day(&earlier)
    }

    /// The day of a meter; the one before it is written when it is over.
    fn day(&mut self, meter: &str, date: Date) -> io::Result<&mut Day> {
        if self.days.get(meter).is_some_and(|day| day.date != date) {
            self.write(meter)?;
            self.days.remove(meter);
        }
        if !self.days.contains_key(meter) {
            let day = self.read_back(meter, date)?;
            self.days.insert(meter.to_owned(), day);
        }
        self.days.get_mut(meter).ok_or_else(|| io::Error::other("a day that was put in is gone"))
    }

    /// A day as an earlier run left it; an empty one otherwise. A file that cannot be read is left and begun anew beside it.
    fn read_back(&self, meter: &str, date: Date) -> io::Result<Day> {
        let empty = || Day::new(meter, date, self.offset, &self.thresholds);
        let path = self.path(meter, date, "json");
        match files::read_bounded(&path, LONGEST_FILE) {
            Ok(octets) => match serde_json::from_slice::<Day>(&octets) {
                Ok(day) if day.meter == meter && day.date == date => Ok(day),
                _ => {
                    fs::rename(&path, files::with_suffix(&path, ".unreadable"))?;
                    Ok(empty())
                }
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(empty()),
            Err(error) => Err(error),
        }
    }

    fn write(&self, meter: &str) -> io::Result<()> {
        self.days.get(meter).map_or(Ok(()), |day| self.write_day(day))
    }

    fn write_day(&self, day: &Day) -> io::Result<()> {
        let json = serde_json::to_vec_pretty(&day.document())?;
        files::replace_with(&self.path(&day.meter, day.date, "json"), &json)?;
        files::replace_with(&self.path(&day.meter, day.date, "html"), page(day).as_bytes())
    }

    /// Writes every day that is not over.
    ///
    /// # Errors
    /// The first document that cannot be written.
    pub fn finish(&self) -> io::Result<()> {
        self.days.values().try_for_each(|day| self.write_day(day))
    }

    fn path(&self, meter: &str, date: Date, ending: &str) -> PathBuf {
        // Names of meters may hold what no file name does.
        let safe: String = meter
            .chars()
            .map(|letter| if letter.is_ascii_alphanumeric() || ".-_".contains(letter) { letter } else { '_' })
            .collect();
        self.folder.join(format!("{safe}-{date}.{ending}"))
    }
}

/// Seconds from a moment to another.
fn seconds(from: OffsetDateTime, to: OffsetDateTime) -> f64 {
    (to - from).as_seconds_f64()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meter::status::Phase;
    use crate::monitor::Cause;
    use time::macros::{date, datetime};

    fn reading(time: OffsetDateTime, voltages: [f64; 3]) -> Record {
        let phases = ["L1", "L2", "L3"].iter().zip(voltages).map(|(name, voltage)| Phase {
            phase: (*name).to_owned(),
            voltage_v: Some(voltage),
            voltage_thd_percent: Some(2.0),
            ..Phase::default()
        });
        let silent = MeterReading::silent("sim:", "house 1", time);
        Record::MeterReading(Box::new(MeterReading {
            answered: true,
            problem: None,
            phases: phases.collect(),
            frequency_hz: Some(50.02),
            ..silent
        }))
    }

    fn event(cause: Cause, start: OffsetDateTime, end: OffsetDateTime, extreme: f64) -> Record {
        Record::Event(Box::new(Event {
            line: "sim:".to_owned(),
            meter: "house 1".to_owned(),
            cause,
            start,
            end: Some(end),
            extreme: Some(extreme),
            limit: Some(207.0),
            problem: None,
        }))
    }

    #[test]
    fn a_day_is_told_by_ten_minutes_and_survives_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let open = || Quality::open(folder.path(), Thresholds::default(), UtcOffset::UTC).unwrap();
        let begin = datetime!(2026-11-30 10:00 UTC);
        let mut quality = open();
        for minute in 0..30 {
            let low = if minute < 10 { 200.0 } else { 230.0 };
            quality.take(&[reading(begin + time::Duration::minutes(minute), [low, 230.0, 231.0])]).unwrap();
        }
        let at = |seconds: i64| begin + time::Duration::seconds(seconds);
        // Two phases sag together: one event, the lower voltage.
        quality.take(&[event(Cause::Sag("L1".to_owned()), at(60), at(64), 150.0)]).unwrap();
        quality.take(&[event(Cause::Sag("L2".to_owned()), at(61), at(65), 170.0)]).unwrap();
        quality.finish().unwrap();
        drop(quality);
        let mut again = open();
        again.take(&[reading(begin + time::Duration::minutes(30), [230.0, 230.0, 230.0])]).unwrap();
        again.finish().unwrap();
        let path = folder.path().join("house_1-2026-11-30.json");
        let document: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        assert_eq!(document["schema"], "wattkey/power-quality/1");
        let summary = &document["summary"];
        assert_eq!(summary["intervals"], 4);
        assert_eq!(summary["voltage"]["L1"]["minimum"], 200.0);
        // Three of four means of L1 lie within ten percent.
        assert_eq!(summary["voltage_within"]["L1"]["percent"], 75.0);
        assert_eq!(summary["voltage_within"]["L2"]["percent"], 100.0);
        assert_eq!(document["events"].as_array().unwrap().len(), 1, "{document}");
        let sag = &document["events"][0];
        assert_eq!((sag["kind"].as_str(), sag["class"].as_str()), (Some("sag"), Some("C4")));
        assert_eq!((sag["duration_s"].as_f64(), sag["residual_percent"].as_f64()), (Some(5.0), Some(65.2)));
        let page = fs::read_to_string(folder.path().join("house_1-2026-11-30.html")).unwrap();
        assert!(page.contains("<svg") && page.contains("IEC 61000-4-30"), "{page}");
    }

    #[test]
    fn an_event_that_ends_on_the_next_day_stays_where_it_began() {
        let folder = tempfile::tempdir().unwrap();
        let mut quality = Quality::open(folder.path(), Thresholds::default(), UtcOffset::UTC).unwrap();
        let (start, end) = (datetime!(2026-11-30 23:59:50 UTC), datetime!(2026-12-01 00:05 UTC));
        quality.take(&[reading(start, [230.0; 3])]).unwrap();
        quality.take(&[reading(end, [230.0; 3])]).unwrap();
        for name in ["L1", "L2", "L3"] {
            quality.take(&[event(Cause::Outage(name.to_owned()), start, end, 0.0)]).unwrap();
        }
        quality.finish().unwrap();
        let day = quality.read_back("house 1", date!(2026 - 11 - 30)).unwrap();
        let [only] = day.document_events().try_into().unwrap_or_else(|events| panic!("{events:?}"));
        assert_eq!((only.kind, only.class.as_str()), (QualityEventKind::Interruption, "long"));
        assert!(quality.read_back("house 1", date!(2026 - 12 - 01)).unwrap().document_events().is_empty());
    }
}
