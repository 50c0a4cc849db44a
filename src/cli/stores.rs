//! How databases are reached, for every command that uses one.

use std::path::PathBuf;

use crate::cli::Context;
use wattkey::link::Interrupt;
use wattkey::orders::store::StoreOptions;

/// How stores are reached. What lies in the environment under PostgreSQL's own names holds as everywhere.
pub fn store_options(context: &Context) -> StoreOptions {
    let section = &context.options.orders;
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let in_home = |name: &str| etcetera::home_dir().ok().map(|home| home.join(name)).filter(|path| path.exists());
    let attempts = context.options.retries().saturating_add(1);
    StoreOptions {
        password_file: section.password_file.clone().or_else(|| variable("PGPASSFILE")).or_else(|| in_home(".pgpass")),
        root_certificates: section
            .root_certificates
            .clone()
            .or_else(|| variable("PGSSLROOTCERT"))
            .or_else(|| in_home(".postgresql/root.crt")),
        patience: context.options.timeout().saturating_mul(attempts),
        interrupt: Interrupt::default(),
    }
}
