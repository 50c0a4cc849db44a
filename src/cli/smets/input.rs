//! Where the subcommands of `smets` read from.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use crate::cli::CommandError;
use wattkey::error::Code;
use wattkey::smets::catalogue::{Catalogue, ServiceRequest};
use wattkey::smets::duis::encoding::utf8;
use wattkey::smets::duis::stream::MAX_MESSAGE;

/// Bytes taken from a stream at a time.
const CHUNK: usize = 64 * 1024;

/// A file, or standard input for `-`, as UTF-8 also where it is in UTF-16.
pub fn open(path: &Path) -> Result<Box<dyn BufRead>, CommandError> {
    let source: Box<dyn BufRead> = if path == Path::new("-") {
        Box::new(BufReader::with_capacity(CHUNK, io::stdin()))
    } else {
        let file = File::open(path).map_err(|error| unreadable(path, &error))?;
        Box::new(BufReader::with_capacity(CHUNK, file))
    };
    utf8(source).map_err(|error| unreadable(path, &error))
}

/// The whole of a file that holds one request, or of standard input for `-`.
pub fn read(path: &Path) -> Result<String, CommandError> {
    let mut text = String::new();
    open(path)?.take(MAX_MESSAGE + 1).read_to_string(&mut text).map_err(|error| unreadable(path, &error))?;
    if text.len() as u64 > MAX_MESSAGE {
        let problem = format!("{} is larger than {} MiB", path.display(), MAX_MESSAGE / 1024 / 1024);
        return Err(CommandError::new(Code::File, problem).hint("Split it: a request is one message."));
    }
    Ok(text)
}

/// The bytes of a file, for a value.
pub fn bytes(path: &Path) -> Result<Vec<u8>, CommandError> {
    std::fs::read(path).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &io::Error) -> CommandError {
    CommandError::new(Code::File, format!("{} cannot be read: {error}", path.display()))
}

/// The request of this number.
pub fn request(srv: &str) -> Result<&'static ServiceRequest, CommandError> {
    let catalogue = Catalogue::shipped();
    if let Some(request) = catalogue.find(srv) {
        return Ok(request);
    }
    let variants: Vec<&str> = catalogue.variants(srv.trim()).map(|request| request.srv.as_str()).collect();
    let error = CommandError::new(Code::BadValue, format!("{srv:?} is no service reference variant"));
    Err(if variants.is_empty() {
        error.hint("Find it with `wattkey smets requests search NAME`.")
    } else {
        error.hint(format!("{srv} has the variants {}.", variants.join(", ")))
    })
}
