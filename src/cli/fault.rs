//! A fault in the program itself: one sentence and exit 70 instead of a panic's text.

use std::io::Write;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::{Mutex, PoisonError};

use crate::cli::CommandError;
use wattkey::error::{Code, Exit};
use wattkey::output::Format;

static LAST: Mutex<Option<String>> = Mutex::new(None);

/// Keeps a panic's text for [`guarded`] instead of printing it. Set `RUST_BACKTRACE=1` to see the calls.
pub fn keep_quiet() {
    panic::set_hook(Box::new(remember));
}

/// Runs `work`; a panic in it is reported in the form asked for and ends with [`Exit::Internal`].
pub fn guarded(format: Format, work: impl FnOnce() -> Exit) -> Exit {
    // Nothing of `work` is looked at after a panic.
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let fault = LAST.lock().unwrap_or_else(PoisonError::into_inner).take();
        let message = fault.unwrap_or_else(|| "a fault in the program itself".to_owned());
        CommandError::new(Code::Internal, message).report(format)
    })
}

fn remember(info: &PanicHookInfo<'_>) {
    let text = info
        .payload()
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| info.payload().downcast_ref::<String>().cloned())
        .unwrap_or_default();
    let place = info.location().map(|place| format!(" at {}:{}", place.file(), place.line())).unwrap_or_default();
    let sentence = format!("a fault in the program itself{place}: {text}");
    if std::env::var_os("RUST_BACKTRACE").is_some_and(|value| value != "0") {
        let _ = writeln!(anstream::stderr(), "{}", std::backtrace::Backtrace::force_capture());
    }
    *LAST.lock().unwrap_or_else(PoisonError::into_inner) = Some(sentence);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_exit_70() {
        assert_eq!(guarded(Format::Table, || panic!("on purpose")), Exit::Internal);
        assert_eq!(guarded(Format::Table, || Exit::AnswerNo), Exit::AnswerNo);
    }
}
