//! One line that several meters' drivers use in turn, as on RS485: each driver has a link of its own, and the line is
//! set to that driver's speed and character form before it is used.

use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::{LineSettings, Link, LinkError, Moment};

/// A line that is opened once and handed to every driver that asks.
#[derive(Debug, Clone, Default)]
pub struct SharedLine {
    common: Arc<Mutex<Common>>,
}

#[derive(Debug, Default)]
struct Common {
    link: Option<Box<dyn Link>>,
    /// Settings the line was asked for when it was opened, and those it then had.
    opened: Option<(LineSettings, Option<LineSettings>)>,
    /// The link that used the line last.
    holder: usize,
    links: usize,
}

impl SharedLine {
    /// A line that is not open yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A link to the line for one driver; `open` is called for the first of them. Where the link's own text fixes the
    /// settings, they hold for every driver.
    ///
    /// # Errors
    /// Those of `open`.
    pub fn attach<E>(
        &self,
        settings: LineSettings,
        open: impl FnOnce() -> Result<Box<dyn Link>, E>,
    ) -> Result<SharedLink, E> {
        let mut common = lock(&self.common);
        if common.link.is_none() {
            let link = open()?;
            common.opened = Some((settings, link.settings()));
            common.link = Some(link);
        }
        let own = match common.opened {
            Some((asked, Some(had))) if asked != had => had,
            _ => settings,
        };
        common.links = common.links.saturating_add(1);
        let number = common.links;
        drop(common);
        Ok(SharedLink { common: Arc::clone(&self.common), number, settings: own })
    }
}

/// One driver's link to a shared line.
#[derive(Debug)]
pub struct SharedLink {
    common: Arc<Mutex<Common>>,
    number: usize,
    settings: LineSettings,
}

fn lock(common: &Mutex<Common>) -> MutexGuard<'_, Common> {
    common.lock().unwrap_or_else(PoisonError::into_inner)
}

impl SharedLink {
    /// Looks at the line.
    fn look<T>(&self, missing: T, use_it: impl FnOnce(&dyn Link) -> T) -> T {
        lock(&self.common).link.as_deref().map_or(missing, use_it)
    }

    /// Takes the line for this driver and uses it.
    fn take<T>(&self, use_it: impl FnOnce(&mut dyn Link) -> Result<T, LinkError>) -> Result<T, LinkError> {
        let mut common = lock(&self.common);
        let changes_hands = common.holder != self.number;
        common.holder = self.number;
        let link = common.link.as_deref_mut().ok_or(LinkError::Closed)?;
        if changes_hands && link.settings().is_some_and(|settings| settings != self.settings) {
            link.configure(self.settings)?;
        }
        use_it(link)
    }
}

impl Link for SharedLink {
    fn now(&self) -> Moment {
        self.look(Duration::ZERO, |link| link.now())
    }

    fn pause(&mut self, duration: Duration) -> Result<(), LinkError> {
        self.take(|link| link.pause(duration))
    }

    fn send(&mut self, bytes: &[u8]) -> Result<(), LinkError> {
        self.take(|link| link.send(bytes))
    }

    fn send_secret(&mut self, bytes: &[u8], secrets: &[Range<usize>]) -> Result<(), LinkError> {
        self.take(|link| link.send_secret(bytes, secrets))
    }

    fn receive(&mut self, buffer: &mut [u8], until: Moment) -> Result<usize, LinkError> {
        self.take(|link| link.receive(buffer, until))
    }

    fn drain(&mut self, silence: Duration, until: Moment) -> Result<usize, LinkError> {
        self.take(|link| link.drain(silence, until))
    }

    fn announce(&mut self, frames: Vec<Vec<u8>>) -> Result<(), LinkError> {
        self.take(|link| link.announce(frames))
    }

    fn take_late(&mut self) -> Vec<Vec<u8>> {
        lock(&self.common).link.as_deref_mut().map(Link::take_late).unwrap_or_default()
    }

    fn configure(&mut self, settings: LineSettings) -> Result<(), LinkError> {
        self.settings = settings;
        self.take(|link| link.configure(settings))
    }

    fn settings(&self) -> Option<LineSettings> {
        self.look(None, |link| link.settings().map(|_| self.settings))
    }

    fn stop_requested(&self) -> bool {
        self.look(false, |link| link.stop_requested())
    }

    fn echo(&self) -> Option<bool> {
        self.look(None, |link| link.echo())
    }

    fn note(&mut self, text: &str) {
        if let Some(link) = lock(&self.common).link.as_deref_mut() {
            link.note(text);
        }
    }

    fn name(&self) -> String {
        self.look(String::new(), |link| link.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Remembers what was sent under which settings.
    #[derive(Debug)]
    struct Recorder {
        settings: LineSettings,
        sent: Arc<Mutex<Vec<(u32, u8)>>>,
    }

    impl Link for Recorder {
        fn now(&self) -> Moment {
            Duration::ZERO
        }
        fn pause(&mut self, _duration: Duration) -> Result<(), LinkError> {
            Ok(())
        }
        fn send(&mut self, bytes: &[u8]) -> Result<(), LinkError> {
            self.sent.lock().unwrap().push((self.settings.baud, bytes[0]));
            Ok(())
        }
        fn receive(&mut self, _buffer: &mut [u8], _until: Moment) -> Result<usize, LinkError> {
            Err(LinkError::Closed)
        }
        fn configure(&mut self, settings: LineSettings) -> Result<(), LinkError> {
            self.settings = settings;
            Ok(())
        }
        fn settings(&self) -> Option<LineSettings> {
            Some(self.settings)
        }
        fn name(&self) -> String {
            "recorder".to_owned()
        }
    }

    fn line(had: LineSettings, asked: [LineSettings; 2]) -> Vec<(u32, u8)> {
        let sent = Arc::new(Mutex::new(Vec::new()));
        let shared = SharedLine::new();
        let recorder = Recorder { settings: had, sent: Arc::clone(&sent) };
        let mut first = shared.attach(asked[0], || Ok::<_, LinkError>(Box::new(recorder))).unwrap();
        let never = || -> Result<Box<dyn Link>, LinkError> { panic!("the line is open already") };
        let mut second = shared.attach(asked[1], never).unwrap();
        first.send(b"a").unwrap();
        second.send(b"b").unwrap();
        first.send(b"c").unwrap();
        sent.lock().unwrap().clone()
    }

    #[test]
    fn each_driver_finds_the_line_at_its_own_speed() {
        let (slow, fast) = (LineSettings::eight_even_one(2_400), LineSettings::eight_none_one(9_600));
        assert_eq!(line(slow, [slow, fast]), [(2_400, b'a'), (9_600, b'b'), (2_400, b'c')]);
    }

    #[test]
    fn settings_fixed_by_the_user_hold_for_all() {
        let (slow, fast) = (LineSettings::eight_even_one(2_400), LineSettings::eight_none_one(9_600));
        let fixed = LineSettings::eight_none_one(1_200);
        assert_eq!(line(fixed, [slow, fast]), [(1_200, b'a'), (1_200, b'b'), (1_200, b'c')]);
    }
}
