//! `wattkey orders init`: the tables of a store, and the office key.

use super::store::{OfficeArguments, now};
use crate::cli::stores::store_options;
use crate::cli::{CommandError, CommandResult, Context};
use wattkey::error::{Code, Exit};
use wattkey::files;
use wattkey::orders::documents::InitDocument;
use wattkey::orders::office::{self, OfficeKey};
use wattkey::orders::schema;
use wattkey::orders::store::{Store, StoreUrl};

/// Make the tables of a store, or bring them up to date
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/orders/init.txt"))]
pub struct Arguments {
    /// Store: postgres://USER@HOST/DATABASE or sqlite:FILE [default: the configured one]
    #[arg(value_name = "URL")]
    url: Option<String>,

    /// Store, as other commands name it
    #[arg(long, value_name = "URL", env = "WATTKEY_ORDERS", hide_env = true)]
    store: Option<String>,

    #[command(flatten)]
    office: OfficeArguments,
}

/// Makes the tables, and the key where the store has none.
pub(super) fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let configured = || context.options.orders.url.as_ref();
    let url: StoreUrl = arguments
        .url
        .as_ref()
        .or(arguments.store.as_ref())
        .or_else(configured)
        .ok_or_else(|| CommandError::new(Code::Usage, "no store is named").hint("Give its URL after `orders init`."))?
        .parse()?;
    let mut store = Store::open(&url, &store_options(context), true)?;
    let made = schema::migrate(&mut store)?;
    let known = store.run(office::of_store)?;
    let path = arguments.office.path(context, &made.store)?;
    let mut office_key = path.exists().then(|| path.display().to_string());
    let public = match known {
        Some(public) => {
            if let Some(key) = arguments.office.find(context, &made.store)? {
                office::note(&mut store, &key.public(), &now())?;
            }
            public
        }
        None => {
            let key = if path.exists() {
                OfficeKey::load(&path, context.exposure())?
            } else {
                if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                    files::create_private_folder(folder)
                        .map_err(|error| CommandError::new(Code::File, format!("{}: {error}", folder.display())))?;
                }
                OfficeKey::create(&path)?
            };
            office::note(&mut store, &key.public(), &now())?;
            office_key = Some(path.display().to_string());
            key.public()
        }
    };
    context.print(&InitDocument {
        store: store.name().to_owned(),
        id: made.store,
        version: schema::VERSION,
        from_version: made.from,
        office: public.verify_key,
        office_key,
    })?;
    Ok(Exit::Done)
}
