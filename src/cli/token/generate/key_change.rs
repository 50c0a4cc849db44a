//! `wattkey token generate key-change`.

use super::credit::finish;
use super::result::Generated;
use super::{Bench, only_vending_key};
use crate::cli::options::meter_parameters::MeterParameterOptions;
use crate::cli::{CommandError, CommandResult, Context};
use wattkey::error::Code;
use wattkey::sts::{
    BaseDate, DecoderKeyGenerationAlgorithm, KeyExpiryNumber, KeyRevisionNumber, KeyType, MeterParameters, NewKey,
    SupplyGroupCode, TariffIndex, key_change_tokens,
};

const HEADING: &str = "New key";

/// Make the whole set of tokens that bring a meter to another key
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../../data/help/token/generate/key_change.txt"))]
pub struct Arguments {
    /// New supply group code
    #[arg(long, value_name = "SGC", help_heading = HEADING)]
    pub to_sgc: Option<SupplyGroupCode>,

    /// New key revision number
    #[arg(long, value_name = "KRN", help_heading = HEADING)]
    pub to_krn: Option<KeyRevisionNumber>,

    /// New key type
    #[arg(long, value_name = "KT", help_heading = HEADING)]
    pub to_kt: Option<KeyType>,

    /// New tariff index
    #[arg(long, value_name = "TI", help_heading = HEADING)]
    pub to_ti: Option<TariffIndex>,

    /// Key generation algorithm of the new key
    #[arg(long, value_name = "DKGA", help_heading = HEADING)]
    pub to_dkga: Option<DecoderKeyGenerationAlgorithm>,

    /// Base date of the new key
    #[arg(long, value_name = "YEAR", help_heading = HEADING)]
    pub to_base_date: Option<BaseDate>,

    /// Key expiry number [default: that of the new vending key]
    #[arg(long, value_name = "KEN", help_heading = HEADING)]
    pub to_ken: Option<KeyExpiryNumber>,

    /// Make the meter forget the token identifiers it has taken
    #[arg(long, help_heading = HEADING, conflicts_with = "no_rollover")]
    pub rollover: bool,

    /// Let the meter keep them even when the base date changes
    #[arg(long, help_heading = HEADING)]
    pub no_rollover: bool,

    /// Number of tokens in the set: 2 for EA 07, or 3 with the supply group (layout from a single source), 4 for EA 11
    /// [default: what the key needs]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(2..=4))]
    pub set: Option<u8>,

    /// The meter and its present key.
    #[command(flatten)]
    pub meter: MeterParameterOptions,
}

/// Makes and prints the set.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let bench = Bench::open(&arguments.meter, context)?;
    let sections = check_set(arguments.set, &bench)?;
    let new_id = {
        let wanted = target(arguments, &bench);
        let options = "--to-sgc, --to-krn, --to-kt, --to-dkga and --to-base-date";
        *only_vending_key(&bench.keyring, &wanted, options)?.id()
    };
    let ti = arguments.to_ti.or(bench.known.ti).ok_or_else(|| {
        CommandError::new(Code::Usage, "the tariff index of the new key is not given").hint("Give --to-ti.")
    })?;
    let target = MeterParameters::of_key(&new_id, ti);
    let vending_key = only_vending_key(&bench.keyring, &target, "--to-dkga")?;
    let changes_base = bench.known.base_date.is_some_and(|base| base != new_id.base_date);
    let new = NewKey {
        key: vending_key.decoder_key(bench.pan, ti),
        krn: new_id.krn,
        kt: new_id.kt,
        ti,
        ken: arguments.to_ken.unwrap_or(new_id.ken),
        sgc: (sections != 2).then_some(new_id.sgc),
        rollover: arguments.rollover || (changes_base && !arguments.no_rollover),
    };
    if let Some(kt) = bench.known.kt.filter(|kt| !kt.may_change_to(new.kt)) {
        let (from, to) = (kt.abbreviation(), new.kt.abbreviation());
        context.note(format!("note: {from} may not change to {to}: the meter answers key-type-error"));
    }
    let tokens = key_change_tokens(&bench.key, &new, bench.keyring.tables())?;
    finish(&bench, &[], Generated::of(&bench, tokens).leading_to(&new, target), context)
}

/// The vending key asked for: what is not named is that of the present key.
fn target(arguments: &Arguments, bench: &Bench) -> MeterParameters {
    let now = bench.known;
    // Another group or revision is another vending key, which may have its own algorithm and base date.
    let same_key = arguments.to_sgc.is_none() && arguments.to_krn.is_none() && arguments.to_kt.is_none();
    MeterParameters {
        sgc: arguments.to_sgc.or(now.sgc),
        krn: arguments.to_krn.or(now.krn),
        kt: arguments.to_kt.or(now.kt),
        ea: now.ea,
        dkga: arguments.to_dkga.or(now.dkga.filter(|_| same_key)),
        base_date: arguments.to_base_date.or(now.base_date.filter(|_| same_key)),
        ..MeterParameters::default()
    }
}

/// The number of tokens in the set.
fn check_set(wanted: Option<u8>, bench: &Bench) -> Result<usize, CommandError> {
    let ea = bench.key.algorithm();
    let needed = ea.key_change_tokens();
    match wanted.map(usize::from) {
        Some(3) if needed == 2 => Ok(3),
        Some(number) if number != needed => {
            Err(CommandError::new(Code::BadValue, format!("a set for EA {ea} has {needed} tokens, not {number}"))
                .hint(format!("Leave --set out, or give --set {needed}.")))
        }
        _ => Ok(needed),
    }
}
