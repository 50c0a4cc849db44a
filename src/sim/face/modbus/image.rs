//! The registers of one kind, as a Modbus client sees them.

/// Registers that are there, by blocks; those between values read zero, as on the real meter.
#[derive(Debug, Clone, Default)]
pub(super) struct Image {
    pub(super) blocks: Vec<(u16, Vec<u16>)>,
}

impl Image {
    /// A block of `count` registers from `first` on.
    pub(super) fn block(mut self, first: u16, count: u16) -> Self {
        self.blocks.push((first, vec![0; count.into()]));
        self
    }

    /// Puts two registers in their place.
    pub(super) fn put(&mut self, register: u16, bits: u32) {
        for (first, values) in &mut self.blocks {
            let Some(offset) = register.checked_sub(*first).map(usize::from) else { continue };
            if let Some(place) = values.get_mut(offset..offset.saturating_add(2)) {
                let [a, b, c, d] = bits.to_be_bytes();
                place.copy_from_slice(&[u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d])]);
            }
        }
    }

    /// `count` registers from `first` on, when all are there.
    pub(super) fn get(&self, first: u16, count: u16) -> Option<Vec<u16>> {
        self.blocks.iter().find_map(|(start, values)| {
            let offset = usize::from(first.checked_sub(*start)?);
            values.get(offset..offset.checked_add(count.into())?).map(<[u16]>::to_vec)
        })
    }
}
