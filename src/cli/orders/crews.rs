//! `wattkey orders register`, `crews`, `revoke`, `reseal`: the devices of crews.

use super::store::{OfficeArguments, StoreArguments, now, who};
use crate::cli::{CommandError, CommandResult, Context, ledger_file};
use wattkey::error::{Code, Exit};
use wattkey::orders::device::{self, Enrolment};
use wattkey::orders::documents::{CrewsDocument, NotesDocument, RegisterDocument};
use wattkey::orders::key_set;
use wattkey::orders::report::OrdersReport;
use wattkey::orders::{NAME_RULE, is_name};

/// Enrol this laptop
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/orders/crews.txt"))]
pub struct RegisterArguments {
    /// Name of the crew [default: who is logged in]
    #[arg(long, value_name = "NAME")]
    crew: Option<String>,

    /// What the crew is, for people
    #[arg(long, value_enum, value_name = "ROLE", default_value_t = Role::Crew)]
    role: Role,

    /// Area the crew works in; may be given again [default: all]
    #[arg(long, value_name = "AREA")]
    area: Vec<String>,

    /// First 16 digits of the office key, as the office told them; another store is refused
    #[arg(long, value_name = "DIGITS")]
    office: Option<String>,

    #[command(flatten)]
    store: StoreArguments,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Role {
    /// Works in the field
    Crew,
    /// Loads and settles
    Planner,
    /// Looks only
    Auditor,
}

impl Role {
    const fn word(self) -> &'static str {
        match self {
            Role::Crew => "crew",
            Role::Planner => "planner",
            Role::Auditor => "auditor",
        }
    }
}

/// Enrols.
pub(super) fn register(arguments: &RegisterArguments, context: &mut Context) -> CommandResult {
    let mut open = arguments.store.open(context)?;
    let author = ledger_file::author();
    let crew = arguments.crew.clone().unwrap_or(author.operator);
    if !is_name(&crew) {
        return Err(CommandError::new(Code::BadValue, format!("{crew:?} is no name for a crew: {NAME_RULE}")));
    }
    let enrolment = Enrolment {
        crew,
        role: arguments.role.word().to_owned(),
        areas: arguments.area.clone(),
        host: author.host,
        office: arguments.office.clone(),
        now: now(),
    };
    let book = ledger_file::open(context)?;
    let state = context.folders.state()?;
    let device = device::register(&mut open.store, &open.id, &state, &book, &enrolment)?;
    // In a small office planner and crew share the machine: nobody has to think of sealing then.
    let resealed = match OfficeArguments::default().find(context, &open.id)? {
        Some(office) => Some(key_set::reseal(&mut open.store, &office)?),
        None => None,
    };
    let areas = open.store.run(|session| {
        let row = session.first("SELECT areas FROM device WHERE id = $1", &[(&device.id).into()])?;
        row.map_or_else(|| Ok(Vec::new()), |row| key_set::areas_of(&row.text(0)?))
    })?;
    let mut wanted = arguments.area.clone();
    let mut enrolled: Vec<String> = areas.clone();
    wanted.sort();
    enrolled.sort();
    if !wanted.is_empty() && wanted != enrolled {
        let there = if areas.is_empty() { "all areas".to_owned() } else { areas.join(", ") };
        return Err(CommandError::new(
            Code::OrderConflict,
            format!("this laptop is the device {} already, enrolled for {there}", device.id),
        )
        .hint(format!("For other areas: wattkey orders revoke {} --yes, then register again.", device.id)));
    }
    context.print(&RegisterDocument {
        device: device.id,
        crew: device.crew,
        areas,
        store: open.id,
        office: device.office.verify_key,
        resealed,
    })?;
    if resealed.is_none() {
        context.note("The office has to run `wattkey orders reseal` before this device can open sealed sets.");
    }
    Ok(Exit::Done)
}

/// List the devices of all crews
#[derive(Debug, clap::Args)]
pub struct CrewsArguments {
    #[command(flatten)]
    store: StoreArguments,
}

/// Lists.
pub(super) fn list(arguments: &CrewsArguments, context: &mut Context) -> CommandResult {
    let mut open = arguments.store.open(context)?;
    let report = OrdersReport::read(&mut open.store, None)?;
    context.print(&CrewsDocument { devices: report.crews })?;
    Ok(Exit::Done)
}

/// Revoke a device: it gets nothing more
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/orders/crews-2.txt"))]
pub struct RevokeArguments {
    /// The device, as `wattkey orders crews` lists it
    #[arg(value_name = "DEVICE")]
    device: String,

    #[command(flatten)]
    store: StoreArguments,

    #[command(flatten)]
    office: OfficeArguments,
}

/// Revokes.
pub(super) fn revoke(arguments: &RevokeArguments, context: &mut Context) -> CommandResult {
    let mut open = arguments.store.open(context)?;
    open.store.run(|session| device::require_known(session, &arguments.device))?;
    if !context.confirm(&format!("Revoke the device {}? Its leases end at once.", arguments.device))? {
        return Err(CommandError::new(Code::NotConfirmed, "nothing was changed"));
    }
    let revoked = device::revoke(&mut open.store, &arguments.device, &who(), &now())?;
    let mut note = if revoked {
        format!("{} is revoked, and its leases are open again", arguments.device)
    } else {
        format!("{} was revoked before", arguments.device)
    };
    match arguments.office.find(context, &open.id)? {
        Some(office) => {
            let count = key_set::reseal(&mut open.store, &office)?;
            note.push_str(&format!("; {count} sets were sealed anew without it"));
        }
        None => note.push_str("; run `wattkey orders reseal` where the office key is, so that no set is sealed to it"),
    }
    context.print(&NotesDocument { action: "revoke", count: u64::from(revoked), orders: Vec::new(), note })?;
    Ok(Exit::Done)
}

/// Seal the sets anew, for the devices that are enrolled now
#[derive(Debug, clap::Args)]
pub struct ResealArguments {
    #[command(flatten)]
    store: StoreArguments,

    #[command(flatten)]
    office: OfficeArguments,
}

/// Reseals.
pub(super) fn reseal(arguments: &ResealArguments, context: &mut Context) -> CommandResult {
    let mut open = arguments.store.open(context)?;
    let office = arguments.office.require(context, &open.id)?;
    let count = key_set::reseal(&mut open.store, &office)?;
    let note = format!("{count} sets were sealed anew");
    context.print(&NotesDocument { action: "reseal", count, orders: Vec::new(), note })?;
    Ok(Exit::Done)
}
