//! A meter that describes itself: the chain of SunSpec models is walked once, then its meter model is read whole.

use std::collections::BTreeMap;

use super::Exchange;
use super::plan::Span;
use super::values::ask;
use crate::meter::MeterError;
use crate::meter::profile::Role;
use crate::meter::status::Identity;
use crate::protocol::modbus::sunspec::{
    BASES, COMMON_MODEL, COMMON_TEXTS, MARK, MAXIMUM_MODELS, Model, Quantity, Step, points, step, value,
};
use crate::protocol::modbus::{MAXIMUM_READ, text};

/// What the chain of one unit holds.
#[derive(Debug, Clone)]
pub struct Chain {
    /// The models in order.
    pub models: Vec<Model>,
}

/// Looks for the mark and walks the chain; `None` when the unit has no SunSpec.
///
/// # Errors
/// Those of the line; [`MeterError::Unexpected`] for a chain that is damaged.
pub fn walk(exchange: &mut Exchange, unit: u8) -> Result<Option<Chain>, MeterError> {
    for base in BASES {
        let mark = Span { function: 3, first: base, count: 2 };
        if ask(exchange, unit, mark)?.is_ok_and(|found| found == MARK) {
            return follow(exchange, unit, base.saturating_add(2)).map(Some);
        }
    }
    Ok(None)
}

fn follow(exchange: &mut Exchange, unit: u8, mut at: u16) -> Result<Chain, MeterError> {
    let mut models = Vec::new();
    let damaged = |why: &str| MeterError::Unexpected(format!("the SunSpec chain of unit {unit} is damaged: {why}"));
    while models.len() <= MAXIMUM_MODELS {
        let head = ask(exchange, unit, Span { function: 3, first: at, count: 2 })?;
        let head = head.map_err(|code| damaged(&format!("register {at}: {code}")))?;
        let head: [u16; 2] = head.try_into().map_err(|_| damaged("a head of another length"))?;
        match step(at, head) {
            Step::Model(model, next) => {
                models.push(model);
                at = next;
            }
            Step::End => return Ok(Chain { models }),
            Step::Damaged => return Err(damaged("it runs past register 65535")),
        }
    }
    Err(damaged("it does not end"))
}

impl Chain {
    /// The first meter model.
    ///
    /// # Errors
    /// [`MeterError::NotOffered`] when the unit is an inverter or another device.
    pub fn meter_model(&self) -> Result<Model, MeterError> {
        self.models.iter().copied().find(|model| points(model.id).is_some()).ok_or_else(|| {
            let ids: Vec<String> = self.models.iter().map(|model| model.id.to_string()).collect();
            MeterError::NotOffered(format!("SunSpec meter model: its models are {}", ids.join(", ")))
        })
    }

    /// Who made it, from the common model.
    ///
    /// # Errors
    /// Those of the line.
    pub fn identity(&self, exchange: &mut Exchange, unit: u8) -> Result<Identity, MeterError> {
        let Some(common) = self.models.iter().find(|model| model.id == COMMON_MODEL) else {
            return Ok(Identity::default());
        };
        let registers = read_model(exchange, unit, *common)?;
        let [manufacturer, model, firmware, serial] = COMMON_TEXTS.map(|(offset, count)| {
            let from = registers.get(usize::from(offset)..)?;
            text(from.get(..usize::from(count).min(from.len()))?)
        });
        Ok(Identity { serial, manufacturer, model, firmware, device_name: None })
    }

    /// Everything the meter model measures: V, A, W, Hz and kWh.
    ///
    /// # Errors
    /// Those of the line; [`MeterError::NotOffered`].
    pub fn values(&self, exchange: &mut Exchange, unit: u8) -> Result<BTreeMap<Role, f64>, MeterError> {
        let model = self.meter_model()?;
        let registers = read_model(exchange, unit, model)?;
        let points = points(model.id).unwrap_or_default();
        let found = points.iter().filter_map(|point| {
            let value = value(*point, &registers)?;
            let (role, value) = match point.quantity {
                Quantity::EnergyExported => (Role::EnergyExport, value / 1_000.0),
                Quantity::EnergyImported => (Role::EnergyImport, value / 1_000.0),
                Quantity::Frequency => (Role::Frequency, value),
                Quantity::Power => (Role::Power, value),
                Quantity::TotalPowerFactor => (Role::PowerFactor, value),
                Quantity::Current(phase) => {
                    (of_phase([Role::CurrentL1, Role::CurrentL2, Role::CurrentL3], phase)?, value)
                }
                Quantity::Voltage(phase) => {
                    (of_phase([Role::VoltageL1, Role::VoltageL2, Role::VoltageL3], phase)?, value)
                }
                Quantity::PhasePower(phase) => (of_phase([Role::PowerL1, Role::PowerL2, Role::PowerL3], phase)?, value),
                Quantity::PowerFactor(phase) => {
                    (of_phase([Role::PowerFactorL1, Role::PowerFactorL2, Role::PowerFactorL3], phase)?, value)
                }
            };
            Some((role, value))
        });
        Ok(found.collect())
    }
}

fn of_phase(roles: [Role; 3], phase: u8) -> Option<Role> {
    roles.get(usize::from(phase)).copied()
}

fn read_model(exchange: &mut Exchange, unit: u8, model: Model) -> Result<Vec<u16>, MeterError> {
    let mut registers = Vec::new();
    let mut first = model.first;
    let mut left = model.length;
    while left > 0 {
        let count = left.min(MAXIMUM_READ);
        let part = ask(exchange, unit, Span { function: 3, first, count })?;
        registers.extend(part.map_err(|code| MeterError::Refused {
            what: format!("the read of SunSpec model {}", model.id),
            reason: code.to_string(),
        })?);
        first = first.saturating_add(count);
        left = left.saturating_sub(count);
    }
    Ok(registers)
}
