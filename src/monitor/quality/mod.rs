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

use super::words::MeterWords;
use super::{Event, MeterReading, Record, Thresholds};
use crate::files;

/// Largest day of a meter that is read back.
const LONGEST_FILE: u64 = 16 << 20;

/// Collects readings and events, a day and a meter each in a document and a page of its own.
#[derive(Debug)]
pub struct Quality {
    folder: PathBuf,
    thresholds: Thresholds,
    /// The offset of the clock by which days begin, at a moment.
    offset: fn(OffsetDateTime) -> UtcOffset,
    /// The word for each meter in names of files.
    words: MeterWords,
    /// The day of each meter, by its word.
    days: BTreeMap<String, Day>,
    /// Days that are over and could not be written yet.
    unwritten: Vec<Day>,
}

impl Quality {
    /// Into a folder, which is made where it is not there. Days begin at midnight by `offset`.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn open(
        folder: &Path,
        thresholds: Thresholds,
        words: MeterWords,
        offset: fn(OffsetDateTime) -> UtcOffset,
    ) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let (days, unwritten) = (BTreeMap::new(), Vec::new());
        Ok(Quality { folder: folder.to_owned(), thresholds, offset, words, days, unwritten })
    }

    /// Takes records; a day that has ended, and one whose ten minutes have, is written.
    ///
    /// # Errors
    /// The first document that cannot be written or read; all records are taken nevertheless, and written with the next.
    pub fn take(&mut self, records: &[Record]) -> io::Result<()> {
        let mut first = Ok(());
        for record in records {
            let taken = match record {
                Record::MeterReading(reading) => self.reading(reading),
                Record::Event(event) => self.event(event),
                Record::Action(_) => Ok(()),
            };
            first = first.and(taken);
        }
        first
    }

    fn reading(&mut self, reading: &MeterReading) -> io::Result<()> {
        let word = self.words.of(&reading.line, &reading.meter);
        let day = self.day(&word, &reading.meter, reading.time)?;
        if day.add(reading) { self.write() } else { Ok(()) }
    }

    fn event(&mut self, event: &Event) -> io::Result<()> {
        // An event belongs to the day it began on, also where it ends on the next.
        let date = self.date(event.start);
        let word = self.words.of(&event.line, &event.meter);
        if self.days.get(&word).is_none_or(|today| today.date <= date) {
            self.day(&word, &event.meter, event.start)?.note(event);
            return Ok(());
        }
        let is_kept = |day: &&mut Day| day.word == word && day.date == date;
        if let Some(day) = self.unwritten.iter_mut().find(is_kept) {
            day.note(event);
            return Ok(());
        }
        let mut earlier = self.read_back(&word, &event.meter, event.start, false)?;
        earlier.note(event);
        self.unwritten.push(earlier);
        self.write()
    }

    fn date(&self, moment: OffsetDateTime) -> Date {
        moment.to_offset((self.offset)(moment)).date()
    }

    /// The day of a meter; the one before it is over.
    fn day(&mut self, word: &str, meter: &str, moment: OffsetDateTime) -> io::Result<&mut Day> {
        let date = self.date(moment);
        if let Some(over) = self.days.get(word).filter(|day| day.date != date).cloned() {
            self.days.remove(word);
            self.unwritten.push(over);
        }
        if !self.days.contains_key(word) {
            let day = self.read_back(word, meter, moment, true)?;
            self.days.insert(word.to_owned(), day);
        }
        self.days.get_mut(word).ok_or_else(|| io::Error::other("a day that was put in is gone"))
    }

    /// A day as an earlier run left it; an empty one otherwise. A file that cannot be understood is kept beside the new one.
    /// Events that were open when that run ended are closed where `ends` says so: nobody saw their end.
    fn read_back(&self, word: &str, meter: &str, moment: OffsetDateTime, ends: bool) -> io::Result<Day> {
        let (offset, date) = ((self.offset)(moment), self.date(moment));
        let empty = || Day::new(word, meter, date, offset, &self.thresholds);
        let path = self.path(word, date, "json");
        match files::read_bounded(&path, LONGEST_FILE) {
            Ok(octets) => match serde_json::from_slice::<Day>(&octets) {
                Ok(mut day) if day.date == date => {
                    day.word = word.to_owned();
                    if ends {
                        day.end_open_events();
                    }
                    Ok(day)
                }
                _ => {
                    fs::rename(&path, files::with_suffix(&path, ".unreadable"))?;
                    Ok(empty())
                }
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(empty()),
            Err(error) => Err(error),
        }
    }

    /// Writes every day; those that are over are then done with.
    fn write(&mut self) -> io::Result<()> {
        let mut first = Ok(());
        for day in std::mem::take(&mut self.unwritten) {
            let written = self.write_day(&day);
            if written.is_err() {
                self.unwritten.push(day);
            }
            first = first.and(written);
        }
        self.days.values().fold(first, |first, day| first.and(self.write_day(day)))
    }

    fn write_day(&self, day: &Day) -> io::Result<()> {
        let json = serde_json::to_vec_pretty(&day.document())?;
        files::replace_with(&self.path(&day.word, day.date, "json"), &json)?;
        files::replace_with(&self.path(&day.word, day.date, "html"), page(day).as_bytes())
    }

    /// Writes what is not written yet.
    ///
    /// # Errors
    /// The first document that cannot be written.
    pub fn finish(&mut self) -> io::Result<()> {
        self.write()
    }

    fn path(&self, word: &str, date: Date, ending: &str) -> PathBuf {
        self.folder.join(format!("{word}-{date}.{ending}"))
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
    use time::macros::datetime;

    fn quality(folder: &Path) -> Quality {
        let words = MeterWords::new(std::iter::once(("sim:", "house 1")));
        Quality::open(folder, Thresholds::default(), words, |_| UtcOffset::UTC).unwrap()
    }

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
        let open = || quality(folder.path());
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
        let path = folder.path().join("house-1-2026-11-30.json");
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
        let page = fs::read_to_string(folder.path().join("house-1-2026-11-30.html")).unwrap();
        assert!(page.contains("<svg") && page.contains("IEC 61000-4-30"), "{page}");
    }

    #[test]
    fn an_event_that_ends_on_the_next_day_stays_where_it_began() {
        let folder = tempfile::tempdir().unwrap();
        let mut quality = quality(folder.path());
        let (start, end) = (datetime!(2026-11-30 23:59:50 UTC), datetime!(2026-12-01 00:05 UTC));
        quality.take(&[reading(start, [230.0; 3])]).unwrap();
        quality.take(&[reading(end, [230.0; 3])]).unwrap();
        for name in ["L1", "L2", "L3"] {
            quality.take(&[event(Cause::Outage(name.to_owned()), start, end, 0.0)]).unwrap();
        }
        quality.finish().unwrap();
        let day = quality.read_back("house-1", "house 1", start, false).unwrap();
        let [only] = day.document_events().try_into().unwrap_or_else(|events| panic!("{events:?}"));
        assert_eq!((only.kind, only.class.as_str()), (QualityEventKind::Interruption, "long"));
        assert_eq!(only.duration_s, Some(310.0));
        assert!(quality.read_back("house-1", "house 1", end, false).unwrap().document_events().is_empty());
    }

    #[test]
    fn an_event_that_was_open_at_a_restart_swallows_no_later_one() {
        let folder = tempfile::tempdir().unwrap();
        let begin = datetime!(2026-11-30 10:00 UTC);
        let open = |start: OffsetDateTime| {
            let Record::Event(event) = event(Cause::Sag("L1".to_owned()), start, start, 200.0) else { unreachable!() };
            Record::Event(Box::new(Event { end: None, ..*event }))
        };
        let mut first = quality(folder.path());
        first.take(&[reading(begin, [200.0, 230.0, 230.0]), open(begin)]).unwrap();
        first.finish().unwrap();
        let mut second = quality(folder.path());
        let later = begin + time::Duration::hours(2);
        second.take(&[reading(later, [230.0; 3])]).unwrap();
        let end = later + time::Duration::seconds(2);
        second.take(&[event(Cause::Sag("L1".to_owned()), later, end, 180.0)]).unwrap();
        let events = second.days["house-1"].document_events();
        assert_eq!(events.len(), 2, "{events:?}");
        assert!(events.iter().all(|event| event.end.is_some()));
    }

    #[test]
    fn an_outage_within_a_long_sag_lasts_as_long_as_all_phases_are_out() {
        let folder = tempfile::tempdir().unwrap();
        let begin = datetime!(2026-11-30 10:00 UTC);
        let at = |seconds: i64| begin + time::Duration::seconds(seconds);
        let mut quality = quality(folder.path());
        quality.take(&[reading(begin, [200.0; 3])]).unwrap();
        quality.take(&[event(Cause::Sag("L1".to_owned()), begin, at(3600), 200.0)]).unwrap();
        for name in ["L1", "L2", "L3"] {
            quality.take(&[event(Cause::Outage(name.to_owned()), at(60), at(62), 0.0)]).unwrap();
        }
        let events = quality.days["house-1"].document_events();
        let kinds: Vec<_> = events.iter().map(|event| (event.kind, event.duration_s)).collect();
        let expected = [(QualityEventKind::Sag, Some(3600.0)), (QualityEventKind::Interruption, Some(2.0))];
        assert_eq!(kinds, expected);
    }
}
