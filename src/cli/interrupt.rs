//! Ctrl-C: the first asks the running command to stop at its next safe point, the second ends every wait at once.
//!
//! Whatever the command is doing, the process is gone soon after: only a change under way is waited for, until it is
//! known what became of it.

use std::process;
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

use wattkey::error::Exit;
use wattkey::link::Interrupt;

/// How long a command may take to end by itself after the first signal.
const PATIENCE: Duration = Duration::from_millis(2_700);

/// How long it may take after a change under way has ended: to write down what became of it.
const AFTER_CHANGE: Duration = Duration::from_millis(2_700);

/// How long a change under way may go on after a second signal: its outcome is written down as unknown.
const AFTER_SECOND: Duration = Duration::from_millis(2_700);

/// How often is looked whether it has ended.
const LOOK: Duration = Duration::from_millis(50);

static STOP: OnceLock<Interrupt> = OnceLock::new();

/// The wish to stop that Ctrl-C (or SIGTERM, SIGHUP) raises. The handler is installed on the first call,
/// so commands that never wait on a line leave the system's own behaviour in place.
pub fn flag() -> Interrupt {
    STOP.get_or_init(|| {
        let stop = Interrupt::new();
        let raised = stop.clone();
        listen(move || {
            if raised.raise() == 1 {
                let raised = raised.clone();
                thread::spawn(move || end_if_stuck(&raised));
            }
        });
        stop
    })
    .clone()
}

/// Calls `each` for Ctrl-C, SIGTERM and SIGHUP. A SIGHUP that was ignored at the start, as `nohup` has it, stays ignored.
#[cfg(unix)]
fn listen(each: impl Fn() + Send + 'static) {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let mut signals = vec![SIGINT, SIGTERM];
    if !ignores_hangup() {
        signals.push(SIGHUP);
    }
    // Without handlers the system's own behaviour stays: the process ends at once.
    let Ok(mut signals) = signal_hook::iterator::Signals::new(signals) else { return };
    thread::spawn(move || signals.forever().for_each(|_| each()));
}

/// Whether SIGHUP is ignored, where the system tells: the lowest bit of the mask in hexadecimal digits.
#[cfg(unix)]
fn ignores_hangup() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask & 1 == 1)
}

/// Calls `each` for Ctrl-C, Ctrl-Break, a window that is closed, signing out and shutting down. Windows ends a program
/// some five seconds after the last three, whatever it does; a change that is not settled by then is read back by the next
/// command.
#[cfg(windows)]
fn listen(each: impl Fn() + Send + 'static) {
    use tokio::signal::windows::{ctrl_break, ctrl_c, ctrl_close, ctrl_logoff, ctrl_shutdown};
    // Without handlers the system's own behaviour stays: the process ends at once.
    let Ok(waiter) = tokio::runtime::Builder::new_current_thread().build() else { return };
    let (ready, is_ready) = std::sync::mpsc::sync_channel(1);
    thread::spawn(move || {
        waiter.block_on(async move {
            let listeners = (ctrl_c(), ctrl_break(), ctrl_close(), ctrl_logoff(), ctrl_shutdown());
            let _ = ready.send(());
            let (mut c, mut brk, mut close, mut logoff, mut shutdown) = listeners;
            loop {
                std::future::poll_fn(|context| {
                    let came = [
                        c.as_mut().is_ok_and(|signal| signal.poll_recv(context).is_ready()),
                        brk.as_mut().is_ok_and(|signal| signal.poll_recv(context).is_ready()),
                        close.as_mut().is_ok_and(|signal| signal.poll_recv(context).is_ready()),
                        logoff.as_mut().is_ok_and(|signal| signal.poll_recv(context).is_ready()),
                        shutdown.as_mut().is_ok_and(|signal| signal.poll_recv(context).is_ready()),
                    ];
                    if came.contains(&true) { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
                })
                .await;
                each();
            }
        });
    });
    // The handlers stand before the command goes on.
    let _ = is_ready.recv();
}

/// Ends the process when the command does not: it may hang where no wait on a line looks at the wish.
fn end_if_stuck(stop: &Interrupt) {
    let mut until = Instant::now() + PATIENCE;
    let mut insisted = None;
    while Instant::now() < until {
        thread::sleep(LOOK);
        if stop.wishes() > 1 {
            let since = *insisted.get_or_insert_with(Instant::now);
            if stop.is_protected() && since.elapsed() >= AFTER_SECOND {
                process::exit(i32::from(Exit::Safety.number()));
            }
        }
        if stop.is_protected() {
            until = until.max(Instant::now() + AFTER_CHANGE);
        }
    }
    process::exit(i32::from(Exit::Interrupted.number()));
}

/// Installs the handler without asking for the flag: before a question, whose cursor must be shown again.
pub fn take_charge() {
    let _ = flag();
}
