//! An order file as `bulk run` and `commission` take it.

use std::collections::HashMap;
use std::path::Path;

use time::OffsetDateTime;

use crate::cli::{CommandError, Context};
use wattkey::headend::{Environment, Factory};
use wattkey::orders::device::Device;
use wattkey::orders::order_file::{OrderFile, OrderLine, header_of};

/// An order file of this device.
#[derive(Debug)]
pub struct OpenOrders {
    /// The file.
    pub file: OrderFile,
    device: Device,
    /// Why orders are left out.
    withdrawn: HashMap<String, String>,
    /// Orders of a meter that has one before in the file, with that one.
    later: HashMap<String, String>,
}

/// The name a run of an order file gets: that of the file and of the lease, so that tomorrow's `day.orders` is another.
pub fn run_name(path: &Path, stem: &str) -> String {
    match header_of(path) {
        Some(header) => format!("{stem}-{}", header.lease.get(..6).unwrap_or_default()),
        None => stem.to_owned(),
    }
}

/// Opens a file if it is an order file.
pub fn open(path: &Path, context: &Context) -> Result<Option<OpenOrders>, CommandError> {
    let Some(header) = header_of(path) else { return Ok(None) };
    let device = Device::load(&context.folders.state()?, &header.store)?;
    let file = OrderFile::read(path, &device)?;
    let known = device.known()?;
    let withdrawn = known
        .orders
        .iter()
        .filter_map(|(id, order)| Some((id.clone(), order.withdrawn.clone()?)))
        .filter(|(id, _)| file.orders.iter().any(|line| line.order.id == *id))
        .collect();
    let later = file.second_orders();
    let open = OpenOrders { file, device, withdrawn, later };
    open.tell(context);
    Ok(Some(open))
}

impl OpenOrders {
    fn tell(&self, context: &Context) {
        let mut withdrawn: Vec<_> = self.withdrawn.iter().collect();
        withdrawn.sort();
        for (id, reason) in withdrawn {
            context.note(format!("the order {id} is left out: {reason}"));
        }
        for (id, first) in &self.later {
            context.note(format!(
                "the meter of {id} has the order {first} in this file, too: do {id} with `wattkey commission --orders FILE --id {id}`"
            ));
        }
        let now = OffsetDateTime::now_utc().unix_timestamp();
        let known = self.device.known().unwrap_or_default();
        let is_over = |line: &&OrderLine| {
            let expires = known.orders.get(&line.order.id).map_or(line.expires, |order| order.expires);
            expires < now && self.is_wanted(line)
        };
        let over = self.file.orders.iter().filter(is_over).count();
        if over > 0 {
            context.note(format!(
                "the lease of {over} orders is over: another crew may have them; `wattkey orders extend` or sync when you can"
            ));
        }
    }

    /// Whether an order is still this device's.
    pub fn is_own(&self, line: &OrderLine) -> bool {
        !self.withdrawn.contains_key(&line.order.id)
    }

    /// Whether an order is this device's and the first of its meter, so that a run may do it.
    fn is_wanted(&self, line: &OrderLine) -> bool {
        self.is_own(line) && !self.later.contains_key(&line.order.id)
    }

    /// The orders as the rows of a job list.
    pub fn job_list(&self) -> Result<Vec<u8>, CommandError> {
        Ok(self.file.job_list(&|line| self.is_wanted(line))?)
    }

    /// The records that came with the orders, as a head-end.
    pub fn head_end(&self, context: &Context) -> Result<Option<Factory>, CommandError> {
        self.head_end_of(context, &|line| self.is_wanted(line))
    }

    /// The same with the records of these orders only.
    pub fn head_end_of(
        &self,
        context: &Context,
        wanted: &dyn Fn(&OrderLine) -> bool,
    ) -> Result<Option<Factory>, CommandError> {
        let Some(pack) = self.file.pack(&self.device, wanted)? else { return Ok(None) };
        let environment = Environment {
            state: context.folders.state()?,
            now: OffsetDateTime::now_utc,
            exposure: context.exposure(),
            meter_card: context.options.meter_card.clone(),
        };
        Ok(Some(Factory::of_pack(pack, environment)))
    }
}
