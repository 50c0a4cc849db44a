//! The search: which keys read a token, and how many were tried to find that out.

use std::sync::Arc;

use super::candidates::{Candidate, MeterKeys, TARIFFS, derived_identity, open, open_test, vending_identity};
use super::chance::{self, Plausibility};
use super::edits;
use super::evidence::{Case, Readout};
use super::fit::Fit;
use super::identity::count_besides_tariff;
use super::key_change::MeterKey;
use crate::sts::keyring::Keyring;
use crate::sts::{DecoderKey, Drn, MeterParameters, Pan, TariffIndex, Token, TokenClass, TokenContent, VendingKey};

/// More keys than this that the meter may be on, and typing errors are not looked for: nearly every string could be
/// mended to read under one of them.
const TOO_MANY_FOR_REPAIRS: usize = 2_000;

/// What reads the token, group by group in the order of likelihood, and how many candidates each group had.
#[derive(Debug, Clone, Default)]
pub struct SearchResult {
    /// Under a key the meter may be on: nothing known differs.
    pub own: Group,
    /// After one repair, under a key the meter may be on.
    pub repaired: Vec<(Token, Fit)>,
    /// Repairs tried, times keys tried on each.
    pub repairs_tried: usize,
    /// Under the decoder key of another meter.
    pub other_meter: Group,
    /// Under a key of this meter that differs in one parameter from the one it is on.
    pub near: Group,
    /// Under a key of this meter that differs in more.
    pub far: Group,
    /// Under a key crossed with another meter's number, when that was asked for.
    pub crossed: Group,
    /// Under a decoder key, while the meter's own number is not known.
    pub unplaced: Group,
    /// The keys the meter may be on, in the parts that key-change sections carry.
    pub own_keys: Vec<MeterKey>,
    /// Whether typing errors could not be looked for because too little is known of the meter's key.
    pub too_vague_for_repairs: bool,
}

/// Fits of one group of candidates.
#[derive(Debug, Clone, Default)]
pub struct Group {
    /// The fits.
    pub fits: Vec<Fit>,
    /// Candidates tried.
    pub tried: usize,
}

impl SearchResult {
    /// Candidates tried, all groups together.
    pub fn tried(&self) -> usize {
        [&self.own, &self.other_meter, &self.near, &self.far, &self.crossed, &self.unplaced]
            .iter()
            .map(|group| group.tried)
            .sum::<usize>()
            + self.repairs_tried
    }
}

/// What the search may do beyond the contract's rules.
#[derive(Debug, Clone, Default)]
pub struct Reach {
    /// Meter numbers that vending keys are crossed with; a fit is never more than possible.
    pub crossed_meters: Vec<Drn>,
}

/// Searches a key ring, keeping the keys of the meter searched last.
#[derive(Debug)]
pub struct Searcher {
    keyring: Arc<Keyring>,
    /// Decoder keys of the key ring, by meter number.
    decoders: Vec<(Drn, DecoderKey)>,
    reach: Reach,
    last_meter: Option<MeterKeys>,
}

impl Searcher {
    /// A searcher over `keyring`.
    pub fn new(keyring: Arc<Keyring>, reach: Reach) -> Self {
        let mut decoders: Vec<_> = keyring.all_decoder_keys().map(|(drn, key)| (drn, key.clone())).collect();
        decoders.sort_by_key(|(drn, key)| (*drn, key.algorithm()));
        Searcher { keyring, decoders, reach, last_meter: None }
    }

    /// Whether there are no keys to search.
    pub fn has_no_keys(&self) -> bool {
        self.keyring.vending_keys().is_empty() && self.decoders.is_empty()
    }

    /// Decoder keys of single meters, by meter number.
    pub fn decoder_keys(&self) -> &[(Drn, DecoderKey)] {
        &self.decoders
    }

    /// Vending keys, in the order of the key file.
    pub fn vending_keys(&self) -> &[VendingKey] {
        self.keyring.vending_keys()
    }

    /// Every key that may be had for a meter, or, without its number, every decoder key.
    pub fn keys_for(&self, drn: Option<Drn>) -> impl Iterator<Item = Candidate> {
        let derived = drn.into_iter().flat_map(|drn| {
            let of_all = move |vending| TariffIndex::all().map(move |ti| Candidate::derived(vending, drn, ti));
            self.vending_keys().iter().flat_map(of_all)
        });
        derived.chain(self.decoder_candidates(move |other| drn.is_none_or(|drn| drn == other)))
    }

    /// What `token` says when `key` opens it.
    #[inline]
    pub fn open(&self, token: Token, key: &DecoderKey) -> Option<TokenContent> {
        open(token, key, self.keyring.tables())
    }

    /// Everything that reads `token`. A sane fit under the meter's own key ends the search.
    pub fn search(&mut self, token: Token, case: &Case, meter: &Readout) -> SearchResult {
        let mut found = SearchResult::default();
        let own = self.own_keys(meter);
        found.own_keys = own.iter().map(Candidate::meter_key).collect();
        found.own = self.under(token, &own);
        found.own.fits.extend(open_test(token).map(Fit::of_test));
        if self.settles(&found.own, case) {
            return found;
        }
        self.repair(&token.to_ascii(), &own, &mut found);
        match meter.drn {
            Some(drn) => {
                found.other_meter = self.under_decoders(token, |other| other != drn);
                self.other_keys(token, drn, meter, &mut found);
                found.crossed = self.crossed_meters(token, drn);
                drop_unnamed_twins(&mut found);
            }
            None => found.unplaced = self.under_decoders(token, |_| true),
        }
        found
    }

    /// Whether the fits under the meter's own key end the search: they are sane, or there was but one key; and the
    /// key is one of known parameters, or no vending key could tell its parameters.
    fn settles(&self, own: &Group, case: &Case) -> bool {
        own.fits.iter().any(|fit| {
            let named = fit.identity.sgc.is_some()
                || !fit.content.class().is_encrypted()
                || self.keyring.vending_keys().is_empty();
            named && (own.tried <= 1 || chance::plausibility(fit, case.now) == Plausibility::Sane)
        })
    }

    /// The keys the meter may be on: what the vending keys make with no known difference, and its decoder keys.
    pub fn own_keys(&self, meter: &Readout) -> Vec<Candidate> {
        let Some(drn) = meter.drn else { return Vec::new() };
        let mut own = Vec::new();
        for vending in self.keyring.vending_keys() {
            if count_besides_tariff(&vending_identity(vending, drn), meter) > 0 {
                continue;
            }
            for ti in TariffIndex::all().filter(|ti| meter.ti.is_none_or(|own| own == *ti)) {
                own.push(Candidate::derived(vending, drn, ti));
            }
        }
        own.extend(
            self.decoder_candidates(|other| other == drn)
                .filter(|candidate| count_besides_tariff(&candidate.identity, meter) == 0),
        );
        own
    }

    /// The key that an identity names; `None` when the key file makes no such key.
    pub fn key_of(&self, identity: &MeterParameters) -> Option<DecoderKey> {
        let drn = identity.drn?;
        let (Some(ti), Some(_)) = (identity.ti, identity.sgc) else {
            return self.decoder_candidates(|other| other == drn).find(|c| c.identity == *identity).map(|c| c.key);
        };
        let vending = self.keyring.vending_keys().iter().find(|v| derived_identity(v, drn, ti) == *identity)?;
        Some(vending.decoder_key(Pan::of(drn), ti))
    }

    /// What reads `token` among `candidates`.
    pub fn under(&self, token: Token, candidates: &[Candidate]) -> Group {
        let fits = candidates
            .iter()
            .filter_map(|candidate| {
                let content = self.open(token, &candidate.key)?;
                Some(Fit { content, identity: candidate.identity, ken: candidate.ken })
            })
            .collect();
        Group { fits, tried: candidates.len() }
    }

    /// Mended forms of `digits` that read under one of `own`, or as a test without any key.
    pub fn repair(&self, digits: &[u8; edits::DIGITS], own: &[Candidate], found: &mut SearchResult) {
        found.too_vague_for_repairs = own.len() > TOO_MANY_FOR_REPAIRS;
        let own = if found.too_vague_for_repairs { &[] } else { own };
        let edited = edits::of_token(digits);
        self.read_edits(&edited, own, found);
    }

    /// Which of `edited` are tokens that read under one of `own`, or as a test.
    pub fn read_edits(&self, edited: &[[u8; edits::DIGITS]], own: &[Candidate], found: &mut SearchResult) {
        for token in edited.iter().filter_map(|digits| Token::from_ascii(digits).ok()) {
            if token.class() == TokenClass::Test {
                found.repaired.extend(open_test(token).map(|content| (token, Fit::of_test(content))));
                found.repairs_tried += 1;
                continue;
            }
            let group = self.under(token, own);
            found.repairs_tried += group.tried;
            found.repaired.extend(group.fits.into_iter().map(|fit| (token, fit)));
        }
    }

    /// The decoder keys of the meters that `wanted` picks.
    fn decoder_candidates(&self, wanted: impl Fn(Drn) -> bool) -> impl Iterator<Item = Candidate> {
        self.decoders.iter().filter(move |(drn, _)| wanted(*drn)).map(|(drn, key)| Candidate::of_decoder_key(*drn, key))
    }

    /// Under the decoder keys of the meters that `wanted` picks.
    fn under_decoders(&self, token: Token, wanted: impl Fn(Drn) -> bool) -> Group {
        let candidates: Vec<Candidate> = self.decoder_candidates(wanted).collect();
        self.under(token, &candidates)
    }

    /// Under every key of this meter that differs from the one it is on, divided by the number of differences.
    fn other_keys(&mut self, token: Token, drn: Drn, meter: &Readout, found: &mut SearchResult) {
        if !token.class().is_encrypted() {
            return;
        }
        if self.last_meter.as_ref().is_none_or(|keys| keys.drn() != drn) {
            self.last_meter = Some(MeterKeys::derive(self.keyring.vending_keys(), drn));
        }
        let Some(keys) = &self.last_meter else { return };
        let stray: Vec<Candidate> = self
            .decoder_candidates(|other| other == drn)
            .filter(|candidate| count_besides_tariff(&candidate.identity, meter) > 0)
            .collect();
        let stray = self.under(token, &stray);
        found.near.tried += stray.tried;
        found.near.fits.extend(stray.fits);
        for (index, vending) in self.keyring.vending_keys().iter().enumerate() {
            let besides = count_besides_tariff(&vending_identity(vending, drn), meter);
            let (same_tariff, other_tariff) = if meter.ti.is_some() { (1, TARIFFS - 1) } else { (TARIFFS, 0) };
            for (steps, count) in [(besides, same_tariff), (besides + 1, other_tariff)] {
                match steps {
                    0 => {}
                    1 => found.near.tried += count,
                    _ => found.far.tried += count,
                }
            }
            for (ti, key) in TariffIndex::all().zip(keys.of_vending_key(index)) {
                let Some(content) = self.open(token, key) else { continue };
                let steps = besides + usize::from(meter.ti.is_some_and(|own| own != ti));
                let fit = Fit { content, identity: derived_identity(vending, drn, ti), ken: Some(vending.id().ken) };
                match steps {
                    0 => {}
                    1 => found.near.fits.push(fit),
                    _ => found.far.fits.push(fit),
                }
            }
        }
    }

    /// Under vending keys crossed with the numbers of other meters.
    fn crossed_meters(&self, token: Token, own: Drn) -> Group {
        let mut group = Group::default();
        for drn in self.reach.crossed_meters.iter().copied().filter(|drn| *drn != own) {
            let keys = MeterKeys::derive(self.keyring.vending_keys(), drn);
            for (index, vending) in self.keyring.vending_keys().iter().enumerate() {
                group.tried += TARIFFS;
                for (ti, key) in TariffIndex::all().zip(keys.of_vending_key(index)) {
                    let opened = self.open(token, key);
                    group.fits.extend(opened.map(|content| Fit {
                        content,
                        identity: derived_identity(vending, drn, ti),
                        ken: Some(vending.id().ken),
                    }));
                }
            }
        }
        group
    }
}

/// Drops an own fit under a decoder key of which nothing else is known when a vending key gave the very same content:
/// the two are one key, and the vending key tells its parameters.
fn drop_unnamed_twins(found: &mut SearchResult) {
    let named: Vec<TokenContent> =
        found.near.fits.iter().chain(&found.far.fits).map(|fit| fit.content.clone()).collect();
    found.own.fits.retain(|fit| fit.identity.sgc.is_some() || !named.contains(&fit.content));
}
