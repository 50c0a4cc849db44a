//! The character form that the link's text gives.

use super::{Frame, LineSettings, Link, LinkError, pass_on};

/// A port that takes the form of `frame=` wherever text in the form of IEC 62056-21, 7E1, is asked for. Protocols of
/// eight bits keep their own.
#[derive(Debug)]
pub struct GivenFrame<L> {
    inner: L,
    frame: Frame,
}

impl<L: Link> GivenFrame<L> {
    /// A port whose text is in the form `frame`.
    pub fn new(inner: L, frame: Frame) -> Self {
        GivenFrame { inner, frame }
    }
}

impl<L: Link> Link for GivenFrame<L> {
    pass_on!(self => self.inner; now pause send send_secret receive settings stop_requested echo note name);

    fn configure(&mut self, settings: LineSettings) -> Result<(), LinkError> {
        let is_text = settings.data_bits == 7;
        self.inner.configure(if is_text { settings.with_frame(self.frame) } else { settings })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::memory::{FarClosure, MemoryLine};

    #[test]
    fn text_takes_the_given_form_and_hdlc_keeps_its_own() {
        let far = FarClosure::new(LineSettings::seven_even_one(300), |_, _| Vec::new());
        let mut link = GivenFrame::new(MemoryLine::new(far), "8n1".parse().unwrap());
        link.configure(LineSettings::seven_even_one(300)).unwrap();
        assert_eq!(link.settings(), Some(LineSettings::eight_none_one(300)));
        link.configure(LineSettings::eight_even_one(2400)).unwrap();
        assert_eq!(link.settings(), Some(LineSettings::eight_even_one(2400)));
    }
}
