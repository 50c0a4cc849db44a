//! The jobs of bulk runs as the ledger has them: an intent when a job begins, an outcome when it ends.
//!
//! The name of a job is `RUN/ID`. Its rows bracket those of its steps and say nothing of what the meter did.

use rusqlite::params;

use super::entry::{Entry, Outcome};
use super::journal::COLUMNS;
use super::store::{Ledger, LedgerError, read_entry};

/// A row of a job, as much as is needed to know how far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobMark {
    /// Row of the ledger.
    pub seq: i64,
    /// The job's id within its run.
    pub id: String,
    /// How it ended, or `None` when it began.
    pub ending: Option<Outcome>,
    /// Serial number it is for.
    pub serial: Option<String>,
    /// STS meter number it is for.
    pub drn: Option<String>,
}

/// Names of the jobs of a run lie between these two.
fn bounds(run: &str) -> (String, String) {
    // The character after the slash ends the range.
    (format!("{run}/"), format!("{run}0"))
}

impl Ledger {
    /// Gives every beginning and every end of a job of this run, in order.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub fn each_job_mark(&self, run: &str, each: &mut dyn FnMut(JobMark)) -> Result<(), LedgerError> {
        let (from, to) = bounds(run);
        let database = self.journal.database();
        let mut statement = database.prepare_cached(
            "SELECT seq, job, ending, serial, drn FROM entries INDEXED BY bulk_jobs
             WHERE operation = 'bulk-job' AND job > ?1 AND job < ?2 ORDER BY seq",
        )?;
        let mut rows = statement.query(params![from, to])?;
        while let Some(row) = rows.next()? {
            let job: String = row.get(1)?;
            let ending: Option<String> = row.get(2)?;
            each(JobMark {
                seq: row.get(0)?,
                id: job.get(from.len()..).unwrap_or_default().to_owned(),
                ending: ending.and_then(|word| Outcome::from_word(&word)),
                serial: row.get(3)?,
                drn: row.get(4)?,
            });
        }
        Ok(())
    }

    /// Gives every row of the jobs of this run, in order.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub fn each_job_row(&self, run: &str, each: &mut dyn FnMut(Entry)) -> Result<(), LedgerError> {
        let (from, to) = bounds(run);
        let database = self.journal.database();
        let mut statement = database.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM entries INDEXED BY bulk_jobs
             WHERE operation = 'bulk-job' AND job > ?1 AND job < ?2 ORDER BY seq"
        ))?;
        let mut rows = statement.query(params![from, to])?;
        while let Some(row) = rows.next()? {
            each(read_entry(row)?);
        }
        Ok(())
    }

    /// Jobs of this run that began and did not end, by id, oldest first.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub fn open_jobs(&self, run: &str) -> Result<Vec<Entry>, LedgerError> {
        let (from, to) = bounds(run);
        let sql = format!(
            "SELECT {COLUMNS} FROM entries AS e WHERE operation = 'bulk-job' AND kind = 'intent' AND job > ?1
             AND job < ?2 AND NOT EXISTS (SELECT 1 FROM entries AS o WHERE o.intent = e.seq AND o.kind = 'outcome')
             ORDER BY seq"
        );
        self.query(&sql, params![from, to])
    }

    /// Names of the runs the ledger knows, the newest last.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub fn runs(&self) -> Result<Vec<String>, LedgerError> {
        let database = self.journal.database();
        let mut statement = database.prepare(
            "SELECT substr(job, 1, instr(job, '/') - 1) AS run, max(seq) AS newest FROM entries INDEXED BY bulk_jobs
             WHERE operation = 'bulk-job' GROUP BY run ORDER BY newest",
        )?;
        let runs = statement.query_map([], |row| row.get(0))?;
        Ok(runs.collect::<Result<_, _>>()?)
    }
}
