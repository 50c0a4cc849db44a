//! `wattkey token generate`: tokens under bench keys.

mod credit;
mod issue;
mod key_change;
mod management;
mod result;

use clap::Subcommand;

use crate::cli::options::meter_parameters::MeterParameterOptions;
use crate::cli::{CommandError, CommandResult, Context};
use wattkey::error::Code;
use wattkey::keys::KeyFile;
use wattkey::sts::{DecoderKey, KeyExpiryNumber, Keyring, MeterParameters, Pan, VendingKey};

/// Make tokens under bench keys
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../../data/help/token/generate.txt"))]
pub struct Arguments {
    /// What to make.
    #[command(subcommand)]
    pub action: Action,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// Make credit tokens
    Credit(credit::Arguments),
    /// Make a token that sets or clears something in the meter
    Management(management::Arguments),
    /// Make the whole set of tokens that bring a meter to another key
    KeyChange(key_change::Arguments),
}

/// Runs the subcommand.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    match &arguments.action {
        Action::Credit(arguments) => credit::run(arguments, context),
        Action::Management(arguments) => management::run(arguments, context),
        Action::KeyChange(arguments) => key_change::run(arguments, context),
    }
}

/// Bench keys, and the meter's present key among them.
struct Bench {
    keyring: Keyring,
    pan: Pan,
    key: DecoderKey,
    /// What is known of the key; all of it for a vending key.
    known: MeterParameters,
    ken: Option<KeyExpiryNumber>,
}

impl Bench {
    /// Opens the key file and finds the one key that the options name.
    fn open(options: &MeterParameterOptions, context: &Context) -> Result<Self, CommandError> {
        let file = context.required_key_file()?;
        require_lab(&file)?;
        let known = options.resolve(context)?;
        let keyring = Keyring::from(&file);
        let Some(drn) = known.drn else {
            return Err(CommandError::new(Code::Usage, "the meter is not named").hint("Give --drn or --meter-card."));
        };
        let pan = Pan::of(drn);
        if !known.names_vending_key()
            && let Some(key) = only_decoder_key(&keyring, &known)
        {
            let ea = Some(key.algorithm());
            return Ok(Bench { pan, known: MeterParameters { ea, ..known }, key, ken: None, keyring });
        }
        let Some(ti) = known.ti else {
            return Err(CommandError::new(Code::Usage, "the tariff index is not given").hint("Give --ti."));
        };
        let vending_key = only_vending_key(&keyring, &known, "--sgc, --krn, --kt, --ea, --dkga and --base-date")?;
        let id = *vending_key.id();
        let key = vending_key.decoder_key(pan, ti);
        let known = MeterParameters { iin: Some(drn.iin()), drn: Some(drn), ..MeterParameters::of_key(&id, ti) };
        Ok(Bench { pan, key, known, ken: Some(id.ken), keyring })
    }
}

fn require_lab(file: &KeyFile) -> Result<(), CommandError> {
    if file.is_lab() {
        return Ok(());
    }
    Err(CommandError::new(
        Code::LabOnly,
        format!("{} is not marked \"lab\": true, and tokens are made under bench keys only", file.path().display()),
    )
    .hint("Tokens for meters in use come from the vending system. Mark a file of bench keys with \"lab\": true."))
}

/// The decoder key of the meter, if there is exactly one that fits.
fn only_decoder_key(keyring: &Keyring, known: &MeterParameters) -> Option<DecoderKey> {
    let fits = |key: &&DecoderKey| known.ea.is_none_or(|ea| ea == key.algorithm());
    let mut keys = keyring.decoder_keys(known.drn?).iter().filter(fits);
    keys.next().filter(|_| keys.next().is_none()).cloned()
}

/// The one vending key that fits.
fn only_vending_key<'a>(
    keyring: &'a Keyring,
    wanted: &MeterParameters,
    options: &str,
) -> Result<&'a VendingKey, CommandError> {
    let mut keys = keyring.matching(wanted);
    match (keys.next(), keys.next()) {
        (Some(key), None) => Ok(key),
        (None, _) => Err(CommandError::new(Code::KeyMissing, "no vending key of the key file fits")
            .hint(format!("Correct {options}; `wattkey keys list` shows what there is."))),
        (Some(_), Some(_)) => Err(CommandError::new(Code::Usage, "several vending keys of the key file fit")
            .hint(format!("Give more of {options}; `wattkey keys list` shows what there is."))),
    }
}
