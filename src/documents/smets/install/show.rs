//! The document of `wattkey smets install show`.

use serde::Serialize;

use crate::output::{Document, Style, grid, paragraph};
use crate::smets::install::{Checklist, Device, Step, Wan};

/// The checklist, or what of it comes next.
#[derive(Debug, Serialize)]
pub struct Report {
    pub devices: Vec<Device>,
    pub wan: Wan,
    pub finished: bool,
    pub done: usize,
    pub total: usize,
    pub steps: Vec<Step>,
    #[serde(skip)]
    pub next_only: bool,
}

impl Report {
    /// The report of a checklist, with every step or those that can be done now.
    pub fn of(checklist: &Checklist, next_only: bool) -> Self {
        let all = checklist.all_steps();
        let settled = all.iter().filter(|step| step.at.is_some() && !step.is_ready()).count();
        Report {
            devices: checklist.devices.clone(),
            wan: checklist.wan,
            finished: checklist.is_finished(),
            done: settled,
            total: all.len(),
            steps: if next_only { checklist.next() } else { all },
            next_only,
        }
    }
}

impl Document for Report {
    const SCHEMA: &'static str = "wattkey/smets-checklist/1";

    fn table(&self, style: Style) -> String {
        if self.finished {
            return "Every step is done or left out.\n".to_owned();
        }
        let mut text = format!("{} of {} steps settled\n", self.done, self.total);
        if self.next_only {
            for step in &self.steps {
                let requests = if step.srv.is_empty() { String::new() } else { format!(" ({})", step.srv.join(", ")) };
                text.push_str(&paragraph(style, &step.key, 18, &format!("{}{requests}", step.title)));
                text.push_str(&paragraph(style, "", 18, &format!("who: {}", step.who.join(", "))));
                text.push_str(&paragraph(style, "", 18, &format!("evidence: {}", step.evidence_wanted)));
                for line in &step.evidence {
                    text.push_str(&paragraph(style, "", 18, &format!("noted: {line}")));
                }
                if let Some(local) = step.without_wan {
                    text.push_str(&paragraph(style, "", 18, local));
                }
            }
            return text;
        }
        let row = |step: &Step| {
            vec![
                step.status.word().to_owned(),
                step.key.clone(),
                step.who.join(" "),
                step.srv.join(" "),
                step.evidence.join("; "),
                step.blocked_by.join(" "),
            ]
        };
        let rows: Vec<_> = self.steps.iter().map(row).collect();
        text + &grid(style, &["state", "step", "who", "requests", "noted", "waits for"], &rows)
    }

    fn csv_header(&self) -> Vec<String> {
        ["step", "status", "title", "who", "srv", "evidence_wanted", "evidence", "blocked_by"]
            .map(str::to_owned)
            .to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let row = |step: &Step| {
            vec![
                step.key.clone(),
                step.status.word().to_owned(),
                step.title.to_owned(),
                step.who.join(" "),
                step.srv.join(" "),
                step.evidence_wanted.to_owned(),
                step.evidence.join("; "),
                step.blocked_by.join(" "),
            ]
        };
        self.steps.iter().map(row).collect()
    }
}
