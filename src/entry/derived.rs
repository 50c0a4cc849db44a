//! What the keys at hand add to what a meter tells of itself.

use crate::meter::status::StsState;
use crate::sts::VendingKey;

/// Adds base date and DKGA when exactly one vending key at hand fits what the meter tells of its key.
pub fn derive(sts: &mut StsState, keys: &[VendingKey]) {
    let (Some(sgc), Some(krn)) = (&sts.sgc, sts.krn) else { return };
    // A supply group code of zeros is what many meters tell after a key change: it names no key.
    if sgc == "000000" {
        return;
    }
    let mut fitting = keys.iter().map(VendingKey::id).filter(|id| {
        id.sgc.to_string() == *sgc
            && id.krn.to_string() == krn.to_string()
            && sts.kt.is_none_or(|kt| id.kt.number() == kt)
            && sts.ea.as_ref().is_none_or(|ea| id.ea.to_string() == *ea)
    });
    let (Some(key), None) = (fitting.next(), fitting.next()) else { return };
    for (slot, value, name) in
        [(&mut sts.base_date, key.base_date.to_string(), "base_date"), (&mut sts.dkga, key.dkga.to_string(), "dkga")]
    {
        if slot.is_none() {
            *slot = Some(value);
            sts.derived.push(name.to_owned());
        }
    }
}
