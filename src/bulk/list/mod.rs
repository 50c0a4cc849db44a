//! The list of jobs: read as a stream, checked whole before the first write, kept in little memory.

mod cells;
mod check;
mod source;
mod store;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::io::Read;

pub use cells::{Cells, Column, Field};
pub use check::{Checker, Known, PlanNeeds, port_of};
pub use source::{SourceError, read as read_rows};

use self::store::Store;

/// One job as its row and the defaults make it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Name within the list.
    pub id: String,
    /// Line of the list it stands on, from 1.
    pub line: u32,
    /// Serial number the meter must have.
    pub serial: Option<String>,
    /// STS meter number it must have, 11 or 13 digits.
    pub drn: Option<String>,
    /// The line it is on, under one name whatever its settings.
    pub port: String,
    /// Link as written.
    pub link: String,
    /// Address on a shared line.
    pub address: Option<String>,
    /// Protocol, where it is not the profile's.
    pub protocol: Option<String>,
    /// Meter profile.
    pub profile: Option<String>,
    /// Commissioning plan.
    pub plan: String,
    /// The customer's code.
    pub vend_code: Option<String>,
    /// What the columns `plan.KEY`, `answer.ID` and `credit_token` say, by their names.
    pub for_plan: Vec<(String, String)>,
}

/// What holds for rows that do not say otherwise.
#[derive(Debug, Clone, Default)]
pub struct Defaults {
    /// Line to the meters.
    pub link: Option<String>,
    /// Address.
    pub address: Option<String>,
    /// Protocol.
    pub protocol: Option<String>,
    /// Profile.
    pub profile: Option<String>,
    /// Plan.
    pub plan: Option<String>,
}

impl Defaults {
    /// Sets the fields that a row leaves open.
    pub fn fill(&self, cells: &mut Cells) {
        for (field, value) in [
            (Field::Link, &self.link),
            (Field::Address, &self.address),
            (Field::Protocol, &self.protocol),
            (Field::Profile, &self.profile),
            (Field::Plan, &self.plan),
        ] {
            cells.default_to(field, value.as_deref());
        }
    }
}

/// A row that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// Line of the list, from 1.
    pub line: u64,
    /// What is wrong and what to do, one sentence each.
    pub problems: Vec<String>,
}

/// Why a list cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// It cannot be read at all.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// There is no row in it.
    #[error("it names no job")]
    Empty,
    /// More than 4 GiB of text or 2^32 rows.
    #[error("it is too long: cut it into several lists")]
    TooLong,
    /// Rows that cannot be used; every one is named.
    #[error("{} of its {rows} rows cannot be used", bad.len())]
    Rows {
        /// All rows.
        rows: u64,
        /// The bad ones, in order.
        bad: Vec<BadRow>,
    },
}

/// A checked list.
#[derive(Debug)]
pub struct JobList {
    store: Store,
    digest: String,
}

impl JobList {
    /// Reads and checks a list.
    ///
    /// # Errors
    /// [`ListError`] with every bad row.
    pub fn read(source: impl Read, defaults: &Defaults, known: &dyn Known) -> Result<Self, ListError> {
        let mut reader = ListReader {
            defaults,
            checker: Checker::new(known),
            store: Store::default(),
            duplicates: DuplicateIndex::default(),
            bad: Vec::new(),
            rows: 0,
            full: false,
        };
        let digest = source::read(source, &|_| false, &mut |line, cells| reader.row(line, cells))?;
        let ListReader { mut store, bad, rows, full, .. } = reader;
        if full {
            return Err(ListError::TooLong);
        }
        if !bad.is_empty() {
            return Err(ListError::Rows { rows, bad });
        }
        if rows == 0 {
            return Err(ListError::Empty);
        }
        store.settle();
        Ok(JobList { store, digest })
    }

    /// Number of jobs, above 0.
    pub fn len(&self) -> usize {
        self.store.len()
    }

    /// Never true: a list without a job is an error.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// SHA-256 of the list's octets, in lower-case hex.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// Positions of all jobs.
    pub fn positions(&self) -> std::ops::Range<u32> {
        0..u32::try_from(self.len()).unwrap_or(u32::MAX)
    }

    /// The job at a position.
    pub fn job(&self, position: u32) -> Option<Job> {
        self.store.job(position)
    }

    /// Id, serial number and DRN of a job; what the list does not name is empty.
    pub fn names(&self, position: u32) -> Option<[&str; 3]> {
        self.store.names(position)
    }

    /// The port a job is on.
    pub fn port(&self, position: u32) -> &str {
        self.store.port(position)
    }

    /// Finds jobs by id, in memory that is given back with the index.
    pub fn by_id(&self) -> IdIndex<'_> {
        let mut index = IdIndex { list: self, hasher: RandomState::new(), places: HashMap::with_capacity(self.len()) };
        for position in self.positions() {
            if let Some([id, ..]) = self.names(position) {
                index.places.insert(index.hasher.hash_one(id), position);
            }
        }
        index
    }
}

/// Jobs by id.
#[derive(Debug)]
pub struct IdIndex<'a> {
    list: &'a JobList,
    hasher: RandomState,
    places: HashMap<u64, u32>,
}

impl IdIndex<'_> {
    /// The position of a job.
    pub fn find(&self, id: &str) -> Option<u32> {
        let position = *self.places.get(&self.hasher.hash_one(id))?;
        self.list.names(position).filter(|[found, ..]| *found == id).map(|_| position)
    }
}

/// Where ids, meters and addresses were seen first, by hash; what is found is compared in full.
#[derive(Default)]
struct DuplicateIndex {
    hasher: RandomState,
    seen: [HashMap<u64, u32>; 4],
}

impl DuplicateIndex {
    /// The row that has the same text in this respect, or remembers this one.
    fn first(&mut self, respect: usize, text: &(impl std::hash::Hash + ?Sized), row: u32) -> Option<u32> {
        let hash = self.hasher.hash_one(text);
        let seen = self.seen.get_mut(respect)?;
        if let Some(first) = seen.get(&hash) {
            return Some(*first);
        }
        seen.insert(hash, row);
        None
    }
}

struct ListReader<'a> {
    defaults: &'a Defaults,
    checker: Checker<'a>,
    store: Store,
    duplicates: DuplicateIndex,
    bad: Vec<BadRow>,
    rows: u64,
    full: bool,
}

impl ListReader<'_> {
    fn row(&mut self, line: u64, cells: Result<Cells, String>) {
        self.rows += 1;
        let problems = match cells {
            Err(problem) => vec![problem],
            Ok(mut cells) => {
                self.defaults.fill(&mut cells);
                match self.checker.check(&cells) {
                    Err(problems) => problems,
                    Ok(port) => match self.store.push(line, &port, &cells) {
                        Ok(row) => self.same_as_before(row, &cells, &port),
                        Err(store::Full) => {
                            self.full = true;
                            Vec::new()
                        }
                    },
                }
            }
        };
        if !problems.is_empty() {
            self.bad.push(BadRow { line, problems });
        }
    }

    /// What the row has in common with one before it that only one of them may have.
    fn same_as_before(&mut self, row: u32, cells: &Cells, port: &str) -> Vec<String> {
        let mut problems = Vec::new();
        let (serial, drn) = (cells.get(Field::Serial), cells.get(Field::Drn));
        let id = cells.get(Field::Id).unwrap_or_default();
        if let Some(first) = self.duplicates.first(0, id, row)
            && self.store.names(first).is_some_and(|[other, ..]| other == id)
        {
            let line = self.store.line(first);
            problems.push(format!("id {:?} is that of line {line} too: every job needs its own", shown(id)));
        }
        let mut same_meter = None;
        if let Some(drn) = drn
            && let Some(first) = self.duplicates.first(1, drn, row)
            && self.store.names(first).is_some_and(|[_, _, other]| other == drn)
        {
            same_meter = Some((first, format!("meter {drn}")));
        }
        if let Some(serial) = serial
            && let Some(first) = self.duplicates.first(2, serial, row)
            // Makers count for themselves: two meter numbers make two meters.
            && self.store.names(first).is_some_and(|[_, other, other_drn]| {
                other == serial && (drn.is_none() || other_drn.is_empty() || drn == Some(other_drn))
            })
        {
            same_meter = Some((first, format!("meter {:?}", shown(serial))));
        }
        if let Some((first, meter)) = same_meter {
            let line = self.store.line(first);
            problems.push(format!("{meter} is on line {line} too: take one of the two rows out"));
        }
        let address = cells.get(Field::Address).unwrap_or_default();
        if let Some(first) = self.duplicates.first(3, &(port, address), row)
            && self.store.port(first) == port
            && self.store.address(first) == Some(address)
        {
            let line = self.store.line(first);
            problems.push(if address.is_empty() {
                format!("line {line} is on {port} without an address too: meters on one line need an address each")
            } else {
                format!("line {line} is on {port} at address {address} too: give each meter its own address")
            });
        }
        problems
    }
}

/// A value as a message shows it: cut to a printable length.
fn shown(value: &str) -> String {
    const LONGEST: usize = 48;
    if value.chars().count() <= LONGEST {
        value.to_owned()
    } else {
        value.chars().take(LONGEST).chain(['…']).collect()
    }
}
