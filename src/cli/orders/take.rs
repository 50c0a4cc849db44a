//! `wattkey orders take`: orders for a time, into one file.

use std::path::{Path, PathBuf};
use std::time::Duration;

use time::OffsetDateTime;

use super::store::{StoreArguments, now, parse_lease, who};
use crate::cli::{CommandError, CommandResult, Context};
use wattkey::error::{Code, Exit};
use wattkey::files;
use wattkey::orders::device::{Device, KnownOrder};
use wattkey::orders::documents::{TakeDocument, TakenOrder};
use wattkey::orders::order_file::{OrderLine, write};
use wattkey::orders::schema::random_id;
use wattkey::orders::take::{TakeRequest, Taken, held, take};
use wattkey::orders::{OrdersError, time_text};

/// Take orders for a time, into one file for work without a network
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/orders/take.txt"))]
pub struct Arguments {
    /// Orders at most
    #[arg(short = 'n', long = "count", value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    count: u32,

    /// Only orders of this area; may be given again [default: all this device is for]
    #[arg(long, value_name = "AREA")]
    area: Vec<String>,

    /// Only orders of this campaign
    #[arg(long, value_name = "NAME")]
    campaign: Option<String>,

    /// How long they are this device's: 3d, 12h, 45m
    #[arg(long, value_name = "TIME", default_value = "3d", value_parser = parse_lease)]
    lease: Duration,

    /// Order file to write [default: DATE-TIME.orders in this folder]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Take nothing: write the file of the orders this device holds anew
    #[arg(long, conflicts_with_all = ["count", "area", "campaign", "lease"])]
    held: bool,

    #[command(flatten)]
    store: StoreArguments,
}

/// Takes, and writes the file.
pub(super) fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let moment = OffsetDateTime::now_utc();
    let path = arguments.output.clone().unwrap_or_else(|| {
        let digits: String = now().chars().filter(|c| c.is_ascii_digit()).take(14).collect();
        let (day, time) = digits.split_at_checked(8).unwrap_or((&digits, ""));
        PathBuf::from(format!("{day}-{time}.orders"))
    });
    files::check_output(&path, context.options.overwrite)
        .map_err(|error| CommandError::new(Code::File, format!("{}: {error}", path.display())))?;
    let (mut open, device, _lock) = arguments.store.open_as_device(context)?;
    let lease = random_id()?;
    let taken = if arguments.held {
        held(&mut open.store, &device, None)?
    } else {
        let request = TakeRequest {
            count: usize::try_from(arguments.count).unwrap_or(1),
            areas: arguments.area.clone(),
            campaign: arguments.campaign.clone(),
            lease_s: i64::try_from(arguments.lease.as_secs()).unwrap_or(i64::MAX),
            lease: lease.clone(),
            who: who(),
            now: now(),
        };
        take(&mut open.store, &device, &request)?
    };
    let mut document = TakeDocument {
        file: None,
        device: device.id.clone(),
        expires: None,
        orders: taken.orders.iter().map(shown).collect(),
        sealed_to_others: taken.sealed_to_others,
    };
    if !taken.orders.is_empty() {
        remember(&device, &taken)?;
        write_file(&path, context.options.overwrite, &taken, &lease, &device, moment)?;
        document.file = Some(path.display().to_string());
        document.expires = Some(time_text(taken.expires));
    }
    context.print(&document)?;
    Ok(Exit::Done)
}

fn shown(line: &OrderLine) -> TakenOrder {
    let order = line.order.clone();
    TakenOrder {
        id: order.id,
        drn: order.drn,
        serial: order.serial,
        site: order.site,
        area: order.area,
        priority: order.priority,
        plan: order.plan,
        version: line.version,
        expires: time_text(line.expires),
    }
}

fn remember(device: &Device, taken: &Taken) -> Result<(), CommandError> {
    let mut known = device.known()?;
    for line in &taken.orders {
        let order = KnownOrder { version: line.version, expires: line.expires, withdrawn: None };
        known.orders.insert(line.order.id.clone(), order);
    }
    Ok(device.keep(&known)?)
}

fn write_file(
    path: &Path,
    overwrite: bool,
    taken: &Taken,
    lease: &str,
    device: &Device,
    moment: OffsetDateTime,
) -> Result<(), CommandError> {
    let mut failed: Option<OrdersError> = None;
    files::write_output(path, overwrite, &mut |out| {
        write(taken, lease, device, moment, out).map_err(|error| {
            let text = error.to_string();
            failed = Some(error);
            std::io::Error::other(text)
        })
    })
    .map_err(|error| {
        CommandError::new(
            Code::File,
            format!("the orders are taken, and {} cannot be written: {error}", path.display()),
        )
        .hint("Free room on the disk, then give `wattkey orders take --held -o FILE`: it writes the file anew.")
    })
}
