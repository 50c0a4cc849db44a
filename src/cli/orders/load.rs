//! `wattkey orders load`: a list into a campaign.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap_complete::engine::ArgValueCandidates;

use super::store::{OfficeArguments, StoreArguments, now, who};
use crate::cli::candidates;
use crate::cli::{CommandError, CommandResult, Context};
use wattkey::bulk::Defaults;
use wattkey::commission::Plan;
use wattkey::error::{Code, Exit};
use wattkey::orders::documents::LoadDocument;
use wattkey::orders::load::{LoadRequest, load};
use wattkey::orders::order::CampaignKind;

/// Load a list of orders into a campaign
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/orders/load.txt"))]
pub struct Arguments {
    /// List: CSV or JSON Lines; - is standard input
    #[arg(value_name = "FILE")]
    list: PathBuf,

    /// Campaign the orders belong to; a new name begins one
    #[arg(long, value_name = "NAME")]
    campaign: String,

    /// What the campaign is about [default: what its plans do]
    #[arg(long, value_enum, value_name = "KIND")]
    kind: Option<Kind>,

    /// Plan of rows that name none [default: single-phase]
    #[arg(add = ArgValueCandidates::new(candidates::plans), long, value_name = "NAME|FILE")]
    plan: Option<String>,

    /// Area of rows that name none
    #[arg(long, value_name = "AREA")]
    area: Option<String>,

    /// Give orders that are there the content of the list, and open them again, unless they are done or with a crew
    #[arg(long)]
    replace: bool,

    #[command(flatten)]
    store: StoreArguments,

    #[command(flatten)]
    office: OfficeArguments,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Kind {
    /// New meters are put into service
    Commission,
    /// Keys of meters in service are changed
    KeyChange,
    /// Meters are looked at
    Inspection,
}

/// Checks, then writes.
pub(super) fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let began = Instant::now();
    let mut open = arguments.store.open(context)?;
    let office = arguments.office.require(context, &open.id)?;
    let options = &context.options;
    let request = LoadRequest {
        campaign: arguments.campaign.clone(),
        kind: arguments.kind.map(|kind| match kind {
            Kind::Commission => CampaignKind::Commission,
            Kind::KeyChange => CampaignKind::KeyChange,
            Kind::Inspection => CampaignKind::Inspection,
        }),
        defaults: Defaults {
            link: options.link.clone(),
            address: options.address.clone(),
            protocol: options.protocol.map(|protocol| protocol.word().to_owned()),
            profile: options.profile.clone(),
            plan: Some(arguments.plan.clone().unwrap_or_else(|| Plan::DEFAULT.to_owned())),
        },
        area: arguments.area.clone(),
        replace: arguments.replace,
        who: who(),
        now: now(),
    };
    let list = &arguments.list;
    let failed = |error: io::Error| {
        CommandError::new(Code::File, format!("the list {} cannot be read: {error}", list.display()))
    };
    // It is read twice, and a pipe can be read once.
    let spool = if File::open(list).is_ok_and(|file| file.metadata().is_ok_and(|data| data.is_file())) {
        None
    } else {
        Some(spooled(list).map_err(failed)?)
    };
    let reopen = || -> io::Result<Box<dyn Read + Send>> {
        match &spool {
            Some(content) => Ok(Box::new(io::Cursor::new(content.clone()))),
            None => Ok(Box::new(File::open(list)?)),
        }
    };
    if spool.is_none() {
        File::open(list).map_err(failed)?;
    }
    let loaded = load(&mut open.store, &reopen, &request, &office, context.library())?;
    let shown = if list == Path::new("-") { "standard input".to_owned() } else { list.display().to_string() };
    context.print(&LoadDocument::new(&arguments.campaign, &shown, loaded, began.elapsed().as_secs_f64()))?;
    Ok(Exit::Done)
}

/// The content of a pipe. A list of a million rows has some hundred megabytes: larger ones come from a file.
fn spooled(list: &Path) -> io::Result<std::sync::Arc<[u8]>> {
    let mut content = Vec::new();
    if list == Path::new("-") {
        io::stdin().lock().read_to_end(&mut content)?;
    } else {
        File::open(list)?.read_to_end(&mut content)?;
    }
    Ok(content.into())
}
