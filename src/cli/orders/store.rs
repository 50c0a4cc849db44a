//! Which store, and the keys that go with it.

use std::path::PathBuf;
use std::time::Duration;

use crate::cli::stores::store_options;
use crate::cli::{CommandError, Context, ledger_file};
use wattkey::connect::port_lock::Lock;
use wattkey::error::Code;
use wattkey::meter::time::rfc3339;
use wattkey::orders::device::Device;
use wattkey::orders::office::OfficeKey;
use wattkey::orders::schema;
use wattkey::orders::store::{Store, StoreUrl};

const HEADING: &str = "Store";

/// Which store, for every command that asks one.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct StoreArguments {
    /// Store of the orders: postgres://USER@HOST/DATABASE or sqlite:FILE
    #[arg(long, value_name = "URL", env = "WATTKEY_ORDERS", hide_env = true, help_heading = HEADING)]
    pub store: Option<String>,
}

/// A store that is open, with its identifier.
#[derive(Debug)]
pub struct OpenStore {
    /// The store.
    pub store: Store,
    /// Its identifier.
    pub id: String,
}

impl StoreArguments {
    fn url(&self, context: &Context) -> Result<StoreUrl, CommandError> {
        let url = self.store.as_ref().or(context.options.orders.url.as_ref()).ok_or_else(|| {
            CommandError::new(Code::Usage, "no store of orders is named")
                .hint("Give --store, WATTKEY_ORDERS, or url under [orders] in the configuration file.")
        })?;
        Ok(url.parse()?)
    }

    /// Opens the store, whose tables must be there.
    pub fn open(&self, context: &Context) -> Result<OpenStore, CommandError> {
        open(&self.url(context)?, context)
    }

    /// Opens the store as the device that this laptop is, for this command alone while the lock is held.
    pub fn open_as_device(&self, context: &Context) -> Result<(OpenStore, Device, Lock), CommandError> {
        let open = self.open(context)?;
        let device = Device::load(&context.folders.state()?, &open.id)?;
        let lock = device.lock()?;
        Ok((open, device, lock))
    }
}

fn open(url: &StoreUrl, context: &Context) -> Result<OpenStore, CommandError> {
    let mut store = Store::open(url, &store_options(context), false)?;
    let id = schema::require(&mut store)?;
    Ok(OpenStore { store, id })
}

/// The office key, for every command that signs or opens sets.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct OfficeArguments {
    /// File with the office key [default: the one `orders init` made on this machine]
    #[arg(long, value_name = "FILE", env = "WATTKEY_OFFICE_KEY", hide_env = true, help_heading = HEADING)]
    pub office_key: Option<PathBuf>,
}

impl OfficeArguments {
    /// Where the key of a store is.
    pub fn path(&self, context: &Context, store: &str) -> Result<PathBuf, CommandError> {
        if let Some(path) = self.office_key.as_ref().or(context.options.orders.office_key.as_ref()) {
            return Ok(path.clone());
        }
        Ok(OfficeKey::path_in(&context.folders.state()?, store))
    }

    /// The key, if it is on this machine.
    pub fn find(&self, context: &Context, store: &str) -> Result<Option<OfficeKey>, CommandError> {
        let path = self.path(context, store)?;
        let is_named = self.office_key.is_some() || context.options.orders.office_key.is_some();
        if !is_named && !path.exists() {
            return Ok(None);
        }
        Ok(Some(OfficeKey::load(&path, context.exposure())?))
    }

    /// The key.
    pub fn require(&self, context: &Context, store: &str) -> Result<OfficeKey, CommandError> {
        self.find(context, store)?.ok_or_else(|| {
            CommandError::new(Code::KeyMissing, "the office key is not on this machine")
                .hint("Give --office-key with the file that `wattkey orders init` wrote, or office_key under [orders].")
        })
    }
}

/// Who acts, for the audit: `OPERATOR@HOST`.
pub fn who() -> String {
    let author = ledger_file::author();
    format!("{}@{}", author.operator, author.host)
}

/// This moment, RFC 3339 UTC.
pub fn now() -> String {
    rfc3339(time::OffsetDateTime::now_utc())
}

/// Reads `3d`, `12h`, `45m`, `90s`.
pub fn parse_lease(text: &str) -> Result<Duration, String> {
    let text = text.trim();
    let split = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, unit) = text.split_at(split);
    let number: u64 = digits.parse().map_err(|_| format!("{text:?} is no time such as 3d, 12h or 45m"))?;
    let seconds = match unit {
        "d" => number.checked_mul(86_400),
        "h" => number.checked_mul(3_600),
        "m" | "min" => number.checked_mul(60),
        "s" => Some(number),
        _ => return Err(format!("{unit:?} is not a unit of time: use d, h, m or s")),
    };
    let most = 366 * 86_400;
    seconds
        .filter(|seconds| (1..=most).contains(seconds))
        .map(Duration::from_secs)
        .ok_or_else(|| format!("{text:?} is outside one second to one year"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lease_is_read_in_days_hours_and_minutes() {
        for (text, seconds) in [("3d", 259_200), ("12h", 43_200), ("45m", 2_700), ("90s", 90)] {
            assert_eq!(parse_lease(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
        for text in ["", "8", "d", "0d", "3w", "-1d", "400d", "99999999999999999999d"] {
            assert!(parse_lease(text).is_err(), "{text}");
        }
    }
}
