//! Keys at hand, found by what is known of a meter, and the reading of tokens with them.

use std::collections::HashMap;

use super::cipher::sta_tables::StaTables;
use super::content::TokenContent;
use super::encryption::read_clear;
use super::identifiers::Drn;
use super::key::{DecoderKey, VendingKey};
use super::meter_parameters::MeterParameters;
use super::parameters::{BaseDate, KeyRevisionNumber, SupplyGroupCode};
use super::token::{Token, TokenClass};

/// Vending keys by supply group and revision, decoder keys by meter, and the EA07 tables they go with.
#[derive(Debug, Clone)]
pub struct Keyring {
    tables: StaTables,
    vending: Vec<VendingKey>,
    by_group: HashMap<(SupplyGroupCode, KeyRevisionNumber), Vec<usize>>,
    decoder: HashMap<Drn, Vec<DecoderKey>>,
}

/// What the check sum of a token says under the keys at hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Check {
    /// It fits.
    Ok(TokenContent),
    /// It fits under none of the keys that were to be tried, or, class 1, does not fit at all.
    Bad,
    /// The token is encrypted and no key was at hand, or keys that disagree fit.
    Unknown,
    /// Class 3: reserved, without a check sum that is known.
    None,
}

/// A token with what could be told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The token.
    pub token: Token,
    /// Its check sum and, where that fits, its content.
    pub check: Check,
    /// The key it was read or tried under: of a vending key all but the meter, of a decoder key the meter and EA.
    pub key: Option<MeterParameters>,
    /// Where token identifiers count from, when known.
    pub base_date: Option<BaseDate>,
}

impl Default for Keyring {
    /// No keys, sample tables.
    fn default() -> Self {
        Keyring::new([], [], StaTables::iec_sample().clone())
    }
}

impl Keyring {
    /// Whether no key is at hand.
    pub fn is_empty(&self) -> bool {
        self.vending.is_empty() && self.decoder.is_empty()
    }

    /// Indexes keys.
    pub fn new(
        vending: impl IntoIterator<Item = VendingKey>,
        decoder: impl IntoIterator<Item = (Drn, DecoderKey)>,
        tables: StaTables,
    ) -> Self {
        let vending: Vec<VendingKey> = vending.into_iter().collect();
        let mut by_group: HashMap<_, Vec<usize>> = HashMap::new();
        for (index, key) in vending.iter().enumerate() {
            by_group.entry((key.id().sgc, key.id().krn)).or_default().push(index);
        }
        let mut by_meter: HashMap<Drn, Vec<DecoderKey>> = HashMap::new();
        for (drn, key) in decoder {
            by_meter.entry(drn).or_default().push(key);
        }
        Keyring { tables, vending, by_group, decoder: by_meter }
    }

    /// The EA07 tables.
    pub const fn tables(&self) -> &StaTables {
        &self.tables
    }

    /// The same keys, prepared to read tokens by the ten thousand.
    #[must_use]
    pub fn prepared_for_search(mut self) -> Self {
        self.vending.iter_mut().for_each(VendingKey::prepare_for_search);
        self
    }

    /// All vending keys.
    pub fn vending_keys(&self) -> &[VendingKey] {
        &self.vending
    }

    /// The vending keys that parameters allow.
    pub fn matching(&self, wanted: &MeterParameters) -> impl Iterator<Item = &VendingKey> {
        let group = match (wanted.sgc, wanted.krn) {
            (Some(sgc), Some(krn)) => Some(self.by_group.get(&(sgc, krn)).map(Vec::as_slice).unwrap_or_default()),
            _ => None,
        };
        let indexed = group.into_iter().flatten().filter_map(|index| self.vending.get(*index));
        let scanned = self.vending.iter().filter(move |_| group.is_none());
        let wanted = *wanted;
        indexed.chain(scanned).filter(move |key| wanted.allow(key.id()))
    }

    /// The decoder keys of one meter.
    pub fn decoder_keys(&self, drn: Drn) -> &[DecoderKey] {
        self.decoder.get(&drn).map(Vec::as_slice).unwrap_or_default()
    }

    /// All decoder keys, in no order.
    pub fn all_decoder_keys(&self) -> impl Iterator<Item = (Drn, &DecoderKey)> {
        self.decoder.iter().flat_map(|(drn, keys)| keys.iter().map(move |key| (*drn, key)))
    }

    /// Reads a token with the keys that the parameters lead to.
    ///
    /// Vending keys need meter number and tariff index; all that the parameters allow are tried. Decoder keys of the
    /// meter number come first when nothing is said that only a vending key has, and after that when no vending key
    /// is there. The content counts when every key under which the check sum fits gives the same one.
    pub fn read(&self, token: Token, known: &MeterParameters) -> Reading {
        match read_clear(token) {
            Some(_) if token.class() == TokenClass::Reserved => Reading::without_key(token, Check::None),
            Some(Ok(content)) => Reading::without_key(token, Check::Ok(content)),
            Some(Err(_)) => Reading::without_key(token, Check::Bad),
            None => self.read_encrypted(token, known),
        }
    }

    fn read_encrypted(&self, token: Token, known: &MeterParameters) -> Reading {
        let Some(drn) = known.drn else {
            return Reading::without_key(token, Check::Unknown);
        };
        let named = known.names_vending_key();
        if named {
            let trial = self.try_vending_keys(token, known);
            if trial.tried > 0 {
                return trial.conclude(known);
            }
            let trial = self.try_decoder_keys(token, drn, known);
            let found = trial.fit.is_some();
            // The decoder key may be another than the one that was named, so only a fit says anything.
            return if found { trial.conclude(known) } else { Reading::without_key(token, Check::Unknown) };
        }
        let by_meter = self.try_decoder_keys(token, drn, known);
        if by_meter.fit.is_some() {
            return by_meter.conclude(known);
        }
        let by_vending = self.try_vending_keys(token, known);
        if by_vending.tried > 0 && (by_vending.fit.is_some() || by_meter.tried == 0) {
            return by_vending.conclude(known);
        }
        by_meter.conclude(known)
    }

    fn try_vending_keys(&self, token: Token, known: &MeterParameters) -> Trial {
        let mut trial = Trial::new(token);
        let (Some(pan), Some(ti)) = (known.pan(), known.ti) else {
            return trial;
        };
        for key in self.matching(known) {
            let parameters = MeterParameters::of_key(key.id(), ti);
            trial.add(&key.decoder_key(pan, ti), parameters, &self.tables);
        }
        trial
    }

    fn try_decoder_keys(&self, token: Token, drn: Drn, known: &MeterParameters) -> Trial {
        let mut trial = Trial::new(token);
        for key in self.decoder_keys(drn) {
            let ea = key.algorithm();
            if known.ea.is_none_or(|wanted| wanted == ea) {
                let parameters = MeterParameters {
                    iin: Some(drn.iin()),
                    drn: Some(drn),
                    ea: Some(ea),
                    ..MeterParameters::default()
                };
                trial.add(key, parameters, &self.tables);
            }
        }
        trial
    }
}

/// The keys tried on one token.
struct Trial {
    token: Token,
    tried: usize,
    /// What is common to the keys tried.
    tried_key: Option<MeterParameters>,
    fit: Option<(TokenContent, MeterParameters)>,
    disagree: bool,
}

impl Trial {
    const fn new(token: Token) -> Self {
        Trial { token, tried: 0, tried_key: None, fit: None, disagree: false }
    }

    fn add(&mut self, key: &DecoderKey, parameters: MeterParameters, tables: &StaTables) {
        self.tried += 1;
        self.tried_key = Some(self.tried_key.map_or(parameters, |before| before.agreed(parameters)));
        let Ok(content) = key.read(self.token, tables) else {
            return;
        };
        self.fit = Some(match self.fit.take() {
            None => (content, parameters),
            // Two base dates may share a DKGA02 key: then the content is the same and the base date open.
            Some((before, key)) if before == content => (content, key.agreed(parameters)),
            Some(before) => {
                self.disagree = true;
                before
            }
        });
    }

    fn conclude(self, known: &MeterParameters) -> Reading {
        match self.fit {
            _ if self.disagree => Reading::without_key(self.token, Check::Unknown),
            Some((content, key)) => Reading {
                token: self.token,
                check: Check::Ok(content),
                base_date: key.base_date.or(known.base_date),
                key: Some(key),
            },
            None if self.tried == 0 => Reading::without_key(self.token, Check::Unknown),
            None => Reading {
                token: self.token,
                check: Check::Bad,
                key: self.tried_key.filter(|_| self.tried == 1),
                base_date: None,
            },
        }
    }
}

impl Reading {
    const fn without_key(token: Token, check: Check) -> Self {
        Reading { token, check, key: None, base_date: None }
    }

    /// The content, where the check sum fits.
    pub const fn content(&self) -> Option<&TokenContent> {
        match &self.check {
            Check::Ok(content) => Some(content),
            Check::Bad | Check::Unknown | Check::None => None,
        }
    }
}
