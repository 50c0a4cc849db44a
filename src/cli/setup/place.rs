//! The line that a new meter is on.

use crate::cli::{CommandError, Context, ui};
use wattkey::error::Code;
use wattkey::link::LinkAddress;
use wattkey::link::ports::{self, Port};

/// What stands behind the ports in the list.
const NETWORK: &str = "a meter or device server on the network";
const SIMULATED: &str = "a simulated meter, to practise (sim:)";

/// The link that is given, or the one that a person chooses.
pub fn link(context: &mut Context) -> Result<String, CommandError> {
    if let Some(link) = &context.options.link {
        return Ok(link.clone());
    }
    if !context.prompter.has_person() {
        return Err(CommandError::new(
            Code::MissingAnswer,
            "the link needs an answer, and there is no terminal to ask at",
        )
        .hint("Give --link; `wattkey ports` lists ports."));
    }
    let ports: Vec<Port> = ports::list().into_iter().filter(|port| !port.is_idle).collect();
    let mut items: Vec<String> = ports.iter().map(in_words).collect();
    items.extend([NETWORK.to_owned(), SIMULATED.to_owned()]);
    let index = context.prompter.choose("Where is the meter?", &items, "--link")?;
    match ports.get(index) {
        Some(port) => Ok(port.path.clone()),
        None if index == ports.len() => network(context),
        None => Ok("sim:".to_owned()),
    }
}

fn in_words(port: &Port) -> String {
    let own = port.usb.as_ref().and_then(|usb| usb.name.clone());
    match port.adapter().map(|adapter| adapter.name.clone()).or(own) {
        Some(name) => format!("{} ({name})", port.path),
        None => port.path.clone(),
    }
}

/// Asks until what is typed is a link.
fn network(context: &Context) -> Result<String, CommandError> {
    loop {
        let typed = context.prompter.text("Host and port, such as 10.0.0.7:4059", "--link")?;
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(CommandError::new(Code::MissingAnswer, "no host was given").hint("Nothing was written."));
        }
        let link = if typed.starts_with("tcp:") || typed.starts_with("rfc2217:") {
            typed.to_owned()
        } else {
            format!("tcp:{typed}")
        };
        match link.parse::<LinkAddress>() {
            Ok(_) => return Ok(link),
            Err(error) => ui::say(&wattkey::output::sanitize(&error.to_string())),
        }
    }
}
