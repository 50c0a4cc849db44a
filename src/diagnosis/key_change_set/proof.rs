//! How far it is known that the sections of a set belong together, and lead where they should.
//!
//! Halves of two sets make a key that no vending key makes: the meter that takes them is lost. Each section by itself
//! reads well under the meter's present key, so only what is known of the target can tell: a vending key at hand, the
//! third or fourth token, a record, a plan.

use std::fmt;

use serde::Serialize;

use super::{KeyChangeSet, SetToken};
use crate::diagnosis::candidates::{Candidate, derived_identity};
use crate::diagnosis::key_change::MeterKey;
use crate::diagnosis::search::Searcher;
use crate::sts::{
    BaseDate, Drn, KeyRevisionNumber, KeyType, MeterParameters, SupplyGroupCode, TariffIndex, TokenContent,
};

/// What stands behind a set, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Proof {
    /// Nothing at hand tells whether the sections belong together.
    Unproven,
    /// The set came whole from one reply or record that names SGC, KRN, KT and TI, and nothing says otherwise.
    Recorded,
    /// A vending key at hand makes exactly the key that the sections carry.
    Proven,
}

impl Proof {
    /// The word of documents.
    pub const fn word(self) -> &'static str {
        match self {
            Proof::Unproven => "unproven",
            Proof::Recorded => "recorded",
            Proof::Proven => "proven",
        }
    }

    /// What it says, in one clause.
    pub const fn meaning(self) -> &'static str {
        match self {
            Proof::Unproven => "nothing at hand shows that the sections belong together",
            Proof::Recorded => "it came whole from one record that names the new key",
            Proof::Proven => "a vending key at hand makes exactly the new key",
        }
    }
}

/// Who names the key that a set leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimSource {
    /// The reply or record in which the set came, whole.
    Record,
    /// The plan, or the options of the command.
    Plan,
    /// A token of the set itself.
    Token,
}

impl fmt::Display for ClaimSource {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            ClaimSource::Record => "the record",
            ClaimSource::Plan => "the plan",
            ClaimSource::Token => "a token of the set",
        })
    }
}

/// What somebody says of the key that a set leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// Who says it.
    pub source: ClaimSource,
    /// What is said, perhaps in part.
    pub target: MeterParameters,
}

impl Claim {
    /// Whether it names SGC, KRN, KT and TI.
    fn is_whole(&self) -> bool {
        let target = &self.target;
        self.known_sgc().is_some() && target.krn.is_some() && target.kt.is_some() && target.ti.is_some()
    }

    /// A supply group of zeros names none.
    fn known_sgc(&self) -> Option<SupplyGroupCode> {
        self.target.sgc.filter(|sgc| sgc.number() != 0)
    }
}

/// Why a set may not be entered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Contradiction {
    /// One section is part of the key of a vending key at hand, and another is not.
    #[error(
        "the sections are of different sets: section {of} carries a part of the key for {}, section {not_of} does not",
        in_words(.key)
    )]
    MixedSets {
        /// The section that fits the key.
        of: u8,
        /// The section that does not.
        not_of: u8,
        /// The key.
        key: Box<MeterParameters>,
    },
    /// Two different tokens carry the same section: they are of different sets.
    #[error("two different tokens are section {section}, those ending {} and {}: they are of different sets", .last4[0], .last4[1])]
    TwoOfOneSection {
        /// The section.
        section: u8,
        /// Their last four digits.
        last4: [String; 2],
    },
    /// A token names what no key has.
    #[error("a token of the set names {field} {found}, which no key has")]
    OutOfRange {
        /// Abbreviation of the parameter.
        field: &'static str,
        /// What the token carries.
        found: u8,
    },
    /// The vending key that is said to make the key is at hand and does not.
    #[error("{source_} says that the set leads to {}; the vending key at hand makes another key", in_words(.key))]
    NotThatKey {
        /// Who says it.
        source_: ClaimSource,
        /// The key that is meant.
        key: Box<MeterParameters>,
    },
    /// The set leads elsewhere.
    #[error("{source_} says {field} {says}, and the set leads to {field} {found}")]
    OtherTarget {
        /// Who says it.
        source_: ClaimSource,
        /// Abbreviation of the parameter.
        field: &'static str,
        /// What is said.
        says: String,
        /// What the set carries.
        found: String,
    },
}

/// `SGC 123456, KRN 2, KT 2, TI 1`, as far as it is known.
fn in_words(key: &MeterParameters) -> String {
    let parts = [
        key.sgc.map(|sgc| format!("SGC {sgc}")),
        key.krn.map(|krn| format!("KRN {krn}")),
        key.kt.map(|kt| format!("KT {kt}")),
        key.ti.map(|ti| format!("TI {ti}")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The one judgement on a set: what stands behind it, or why it must not go in. `claims` name the key it is to lead
/// to; what the tokens themselves say is taken from `set`.
///
/// # Errors
/// [`Contradiction`]: a key at hand, a token, a record or a plan speaks against the set.
pub fn judge(set: &KeyChangeSet, claims: &[Claim], searcher: &Searcher) -> Result<Proof, Contradiction> {
    if let Some((section, last4)) = set.two_of_one_section() {
        return Err(Contradiction::TwoOfOneSection { section, last4 });
    }
    let carried = Carried::of(set);
    carried.is_in_range()?;
    let mut claims = claims.to_vec();
    claims.push(Claim { source: ClaimSource::Token, target: carried.told() });
    let origins = set.from.and_then(|from| from.drn).map_or_else(Vec::new, |drn| carried.origins(drn, searcher));
    // Halves that are exactly those of a key at hand make that key, whatever the tokens say beside them.
    let made = set.leads_to.or_else(|| origins.iter().find(|origin| origin.is_whole()).map(|origin| origin.key));
    for claim in &claims {
        carried.agrees_with(claim, made.as_ref())?;
    }
    if made.is_some() {
        return Ok(Proof::Proven);
    }
    if let Some(contradiction) = carried.mixed(&origins) {
        return Err(contradiction);
    }
    if let Some(drn) = set.from.and_then(|from| from.drn) {
        for claim in &claims {
            carried.is_made_by_the_named_key(claim, drn, searcher)?;
        }
    }
    let recorded = claims.iter().any(|claim| claim.source == ClaimSource::Record && claim.is_whole());
    Ok(if recorded { Proof::Recorded } else { Proof::Unproven })
}

/// The base dates between which a set moves a meter forward without the roll-over bit, which leaves the old token
/// identifiers in its memory; `None` when it does not, or when either date is not known. `present` is the base date of
/// the meter's key.
pub fn lacks_rollover(set: &KeyChangeSet, present: Option<BaseDate>, claims: &[Claim]) -> Option<(BaseDate, BaseDate)> {
    let rollover = set.tokens.iter().find_map(|token| match token.content {
        Some(TokenContent::KeyChange1 { rollover, .. }) => Some(rollover),
        _ => None,
    })?;
    let from = present.or(set.from.and_then(|from| from.base_date))?;
    let recorded = claims.iter().find_map(|claim| claim.target.base_date);
    let to = set.leads_to.and_then(|target| target.base_date).or(recorded)?;
    (to > from && !rollover).then_some((from, to))
}

/// What the sections at hand carry.
#[derive(Debug, Default)]
struct Carried {
    /// Section number and part of the key.
    parts: Vec<(u8, u32)>,
    krn: Option<u8>,
    kt: Option<KeyType>,
    ti: Option<u8>,
    sgc: Option<SupplyGroupCode>,
}

/// A key at hand of which the sections carry at least one part.
struct Origin {
    key: MeterParameters,
    fits: Vec<u8>,
    differs: Vec<u8>,
}

impl Origin {
    /// Whether the sections are those of this key: half a key alone may fit by accident.
    fn is_whole(&self) -> bool {
        self.fits.len() >= 2 && self.differs.is_empty()
    }
}

impl Carried {
    /// What the tokens say of the key beside its parts.
    fn told(&self) -> MeterParameters {
        MeterParameters {
            sgc: self.sgc,
            krn: self.krn.and_then(|krn| KeyRevisionNumber::new(u32::from(krn)).ok()),
            kt: self.kt,
            ti: self.ti.and_then(|ti| TariffIndex::new(u32::from(ti)).ok()),
            ..MeterParameters::default()
        }
    }

    /// Key revision and tariff index as a key may have them.
    fn is_in_range(&self) -> Result<(), Contradiction> {
        let told = self.told();
        match (self.krn, self.ti) {
            (Some(found), _) if told.krn.is_none() => Err(Contradiction::OutOfRange { field: "KRN", found }),
            (_, Some(found)) if told.ti.is_none() => Err(Contradiction::OutOfRange { field: "TI", found }),
            _ => Ok(()),
        }
    }

    fn of(set: &KeyChangeSet) -> Self {
        let mut carried = Carried { sgc: set.new.as_ref().and_then(|new| new.sgc), ..Carried::default() };
        for SetToken { content, section, .. } in &set.tokens {
            let (Some(content), Some(section)) = (content, section) else { continue };
            let part = match content {
                TokenContent::KeyChange1 { krn, kt, key_part, .. } => {
                    (carried.krn, carried.kt) = (Some(*krn), Some(*kt));
                    key_part
                }
                TokenContent::KeyChange2 { ti, key_part, .. } => {
                    carried.ti = Some(*ti);
                    key_part
                }
                TokenContent::KeyChange3 { key_part, .. } | TokenContent::KeyChange4 { key_part, .. } => key_part,
                TokenContent::KeyChangeSupplyGroup { sgc } => {
                    carried.sgc = Some(*sgc);
                    continue;
                }
                _ => continue,
            };
            carried.parts.push((*section, part.bits()));
        }
        carried
    }

    /// Which sections of `key` these are, and which they are not.
    fn compare(&self, key: &MeterKey) -> Origin {
        let is_part = |(section, part): &&(u8, u32)| {
            let place = usize::from(*section).saturating_sub(1);
            key.parts.get(place).copied().flatten() == Some(*part)
        };
        let (fits, differs): (Vec<_>, Vec<_>) = self.parts.iter().partition(is_part);
        let numbers = |sections: Vec<(u8, u32)>| sections.into_iter().map(|(section, _)| section).collect();
        Origin { key: key.identity, fits: numbers(fits), differs: numbers(differs) }
    }

    /// The keys at hand for this meter, of any tariff index, of which some section carries a part.
    fn origins(&self, drn: Drn, searcher: &Searcher) -> Vec<Origin> {
        let keys = searcher.keys_for(Some(drn));
        keys.map(|candidate| self.compare(&candidate.meter_key())).filter(|origin| !origin.fits.is_empty()).collect()
    }

    fn mixed(&self, origins: &[Origin]) -> Option<Contradiction> {
        origins.iter().find_map(|origin| {
            let (of, not_of) = (*origin.fits.first()?, *origin.differs.first()?);
            Some(Contradiction::MixedSets { of, not_of, key: Box::new(origin.key) })
        })
    }

    /// Compares what is said with what the sections carry, and with the key that they are known to make.
    fn agrees_with(&self, claim: &Claim, made: Option<&MeterParameters>) -> Result<(), Contradiction> {
        fn texts<T: ToString>(says: Option<T>, found: Option<T>) -> (Option<String>, Option<String>) {
            (says.map(|says| says.to_string()), found.map(|found| found.to_string()))
        }
        let says = &claim.target;
        let found = made.copied().unwrap_or_default().or(self.told());
        let number = |krn: KeyRevisionNumber| krn.number();
        let pairs = [
            ("SGC", texts(claim.known_sgc(), found.sgc.filter(|sgc| sgc.number() != 0))),
            ("KRN", texts(says.krn.map(number), found.krn.map(number))),
            ("KT", texts(says.kt, found.kt)),
            ("TI", texts(says.ti.map(|ti| ti.number()), found.ti.map(|ti| ti.number()))),
        ];
        for (field, (says, found)) in pairs {
            if let (Some(says), Some(found)) = (says, found)
                && says != found
            {
                return Err(Contradiction::OtherTarget { source_: claim.source, field, says, found });
            }
        }
        Ok(())
    }

    /// When the vending key of the named group is at hand, it must make these sections.
    fn is_made_by_the_named_key(&self, claim: &Claim, drn: Drn, searcher: &Searcher) -> Result<(), Contradiction> {
        let krn = self.krn.and_then(|krn| KeyRevisionNumber::new(u32::from(krn)).ok()).or(claim.target.krn);
        let ti = self.ti.and_then(|ti| TariffIndex::new(u32::from(ti)).ok()).or(claim.target.ti);
        let kt = self.kt.or(claim.target.kt);
        let (Some(sgc), Some(krn), Some(kt), Some(ti)) = (claim.known_sgc(), krn, kt, ti) else { return Ok(()) };
        let mut named = searcher
            .vending_keys()
            .iter()
            .filter(|vending| {
                let id = vending.id();
                (id.sgc, id.krn, id.kt) == (sgc, krn, kt)
            })
            .peekable();
        let Some(first) = named.peek() else { return Ok(()) };
        let key = derived_identity(first, drn, ti);
        let makes = |candidate: Candidate| self.compare(&candidate.meter_key()).differs.is_empty();
        if self.parts.is_empty() || named.any(|vending| makes(Candidate::derived(vending, drn, ti))) {
            return Ok(());
        }
        Err(Contradiction::NotThatKey { source_: claim.source, key: Box::new(key) })
    }
}
