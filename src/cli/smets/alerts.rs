//! `wattkey smets alerts`.

use crate::cli::{CommandResult, Context};
use wattkey::documents::smets::alerts::Alerts;
use wattkey::error::Exit;
use wattkey::smets::codes::device_alert::{self, DeviceAlert};

/// List or search the alerts that devices raise
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/smets/alerts.txt"))]
pub struct Arguments {
    /// What to do
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Every alert, or those of a class or recipient
    List(Filter),
    /// Alerts by code or by words
    Search {
        /// Code or words
        #[arg(required = true, value_name = "WORD")]
        words: Vec<String>,
        #[command(flatten)]
        filter: Filter,
    },
}

#[derive(Debug, clap::Args)]
struct Filter {
    /// Only of this class
    #[arg(long, value_name = "CLASS", value_parser = ["critical", "non-critical"])]
    class: Option<String>,

    /// Only those sent to a recipient, such as supplier or network operator
    #[arg(long, value_name = "WHO")]
    recipient: Option<String>,
}

impl Filter {
    fn lets_pass(&self, alert: &DeviceAlert) -> bool {
        let of_recipient = |wanted: &String| {
            let recipients = alert.recipients.as_deref().unwrap_or_default();
            recipients.iter().any(|recipient| recipient.to_lowercase().contains(&wanted.to_lowercase()))
        };
        self.class.as_ref().is_none_or(|class| alert.class == *class)
            && self.recipient.as_ref().is_none_or(of_recipient)
    }
}

/// Prints the alerts asked for.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let (found, filter): (Vec<&DeviceAlert>, &Filter) = match &arguments.command {
        Command::List(filter) => (device_alert::all().iter().collect(), filter),
        Command::Search { words, filter } => (device_alert::search(&words.join(" ")), filter),
    };
    let alerts: Vec<_> = found.into_iter().filter(|alert| filter.lets_pass(alert)).collect();
    let exit = if alerts.is_empty() { Exit::AnswerNo } else { Exit::Done };
    context.print(&Alerts { alerts })?;
    Ok(exit)
}
