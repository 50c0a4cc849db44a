//! `wattkey orders verify`: chains and signatures.

use super::store::StoreArguments;
use crate::cli::{CommandResult, Context};
use wattkey::error::Exit;
use wattkey::orders::verify::verify;

/// Check every chain and every signature in the store
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/orders/verify.txt"))]
pub struct Arguments {
    #[command(flatten)]
    store: StoreArguments,
}

/// Checks.
pub(super) fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let mut open = arguments.store.open(context)?;
    let found = verify(&mut open.store)?;
    context.print(&found)?;
    Ok(if found.broken == 0 { Exit::Done } else { Exit::AnswerNo })
}
