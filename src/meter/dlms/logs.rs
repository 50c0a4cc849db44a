//! Load profiles and event logs: class 7, read by range where the meter can, else whole.

use time::{OffsetDateTime, UtcOffset};

use super::objects::ListedObject;
use super::{DlmsMeter, convert, refusal_word};
use crate::meter::MeterError;
use crate::meter::driver::{Column, Log, Period};
use crate::meter::profile::Role;
use crate::meter::time::MeterTime;
use crate::meter::value::{Value, scaled};
use crate::protocol::dlms::{AttributeDescriptor, ClassId, Data, DateTime, ObisCode, SelectiveAccess};

/// One captured attribute.
struct Captured {
    attribute: AttributeDescriptor,
    scaling: Option<(i8, &'static str)>,
}

impl Captured {
    fn is_time(&self) -> bool {
        self.attribute.class == ClassId::CLOCK && self.attribute.attribute == 2
    }

    fn column(&self) -> Column {
        let unit = self.scaling.map(|(_, unit)| unit.to_owned()).filter(|unit| !unit.is_empty());
        let object = format!("{}:{}", self.attribute.instance, self.attribute.attribute);
        Column::new(object, unit, self.is_time())
    }
}

impl DlmsMeter {
    /// Reads a log. `role` names the codes its plain columns hold, where the profile knows them.
    ///
    /// # Errors
    /// [`MeterError`].
    pub(super) fn log(&mut self, object: &ListedObject, period: Period, role: Option<Role>) -> Result<Log, MeterError> {
        let shape = self.session.get_list(&[object.attribute(3), object.attribute(4)])?;
        let [columns, interval] = shape.as_slice() else {
            return Err(MeterError::Unexpected("two attributes were asked for".to_owned()));
        };
        let columns = columns.as_ref().map_err(|reason| refused(object, reason))?;
        let captured = self.captured(columns)?;
        let period_s = interval.as_ref().ok().and_then(Data::as_u64).unwrap_or(0);
        let rows = self.rows(object, period)?;
        let mut log = Log {
            object: ObisCode(object.name).to_string(),
            period_s,
            columns: captured.iter().map(Captured::column).collect(),
            rows: Vec::new(),
        };
        let mut above: Vec<Value> = Vec::new();
        for row in &rows {
            let cells = row.as_elements().unwrap_or_default();
            let row: Vec<Value> = captured
                .iter()
                .enumerate()
                .map(|(index, column)| {
                    cell(column, cells.get(index).unwrap_or(&Data::Null), above.get(index), period_s)
                })
                .collect();
            above.clone_from(&row);
            log.rows.push(row);
        }
        if let Some(role) = role {
            self.name_codes(role, &mut log);
        }
        let clock = captured.iter().position(Captured::is_time);
        log.rows.retain(|row| clock.is_none_or(|clock| is_within(row.get(clock), period)));
        Ok(log)
    }

    /// What the columns hold, with scalers of those that are registers.
    fn captured(&mut self, columns: &Data) -> Result<Vec<Captured>, MeterError> {
        let garbled = || MeterError::Garbled("the list of captured objects".to_owned());
        let mut captured = Vec::new();
        for column in columns.as_elements().ok_or_else(garbled)? {
            let Some([class, name, attribute, ..]) = column.as_elements() else { return Err(garbled()) };
            let class = class.as_u64().and_then(|class| u16::try_from(class).ok()).ok_or_else(garbled)?;
            let name = ObisCode::from_data(name).ok_or_else(garbled)?;
            let number = attribute.as_i128().and_then(|number| i8::try_from(number).ok()).ok_or_else(garbled)?;
            captured
                .push(Captured { attribute: AttributeDescriptor::new(ClassId(class), name, number), scaling: None });
        }
        let objects = self.objects()?;
        let scaler_of = |column: &Captured| {
            let class = column.attribute.class;
            let holds_number = column.attribute.attribute == 2
                || (class == ClassId::DEMAND_REGISTER && column.attribute.attribute == 3);
            let attribute = match class {
                ClassId::REGISTER | ClassId::EXTENDED_REGISTER => 3,
                ClassId::DEMAND_REGISTER => 4,
                _ => return None,
            };
            let listed = objects.named(column.attribute.instance.0).any(|object| object.class == class.0);
            (holds_number && listed).then(|| AttributeDescriptor::new(class, column.attribute.instance, attribute))
        };
        let wanted: Vec<Option<AttributeDescriptor>> = captured.iter().map(scaler_of).collect();
        let scalers: Vec<AttributeDescriptor> = wanted.iter().flatten().copied().collect();
        let mut results = self.session.get_list(&scalers)?.into_iter();
        for (column, wanted) in captured.iter_mut().zip(wanted) {
            if wanted.is_some() {
                column.scaling = results.next().and_then(Result::ok).as_ref().and_then(convert::scaler_unit);
            }
        }
        Ok(captured)
    }

    /// The buffer, by range when a period is asked for and the meter can; whole otherwise.
    fn rows(&mut self, object: &ListedObject, period: Period) -> Result<Vec<Data>, MeterError> {
        let buffer = object.attribute(2);
        if period != Period::default() {
            let offset = self.meter_offset()?;
            let local = |moment: Option<OffsetDateTime>, open: DateTime| {
                moment.map_or(open, |moment| {
                    let moment = moment.to_offset(offset.unwrap_or(UtcOffset::UTC));
                    DateTime::from_local(time::PrimitiveDateTime::new(moment.date(), moment.time()))
                })
            };
            let first = DateTime::from_local(time::macros::datetime!(2000-01-01 00:00));
            let last = DateTime::from_local(time::macros::datetime!(2099-12-31 23:59:59));
            let range = SelectiveAccess::by_clock(local(period.from, first), local(period.to, last));
            match self.session.get(buffer, Some(range)) {
                Ok(Ok(data)) => return Ok(elements(data)),
                // This meter does not select: read all and choose here.
                Ok(Err(_)) | Err(MeterError::Refused { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        let data = self.session.get(buffer, None)?.map_err(|reason| refused(object, &reason))?;
        Ok(elements(data))
    }

    fn meter_offset(&mut self) -> Result<Option<UtcOffset>, MeterError> {
        let objects = self.objects()?;
        let Some(clock) = objects.find(&self.profile, Role::Clock).cloned() else { return Ok(None) };
        let data = self.session.get(clock.attribute(2), None)?.ok();
        let time = data.as_ref().and_then(DateTime::from_data).and_then(convert::meter_time);
        Ok(time.and_then(|time| time.offset))
    }

    /// Puts the profile's names in place of event codes.
    fn name_codes(&self, role: Role, log: &mut Log) {
        let Some(codes) = self.profile.objects.get(&role).map(|role| &role.codes).filter(|codes| !codes.is_empty())
        else {
            return;
        };
        for (index, _) in log.columns.iter().enumerate().filter(|(_, column)| !column.is_time && column.unit.is_none())
        {
            for cell in log.rows.iter_mut().filter_map(|row| row.get_mut(index)) {
                if let Some(name) = cell.as_integer().and_then(|code| codes.get(&code.to_string())) {
                    *cell = Value::Text(name.clone());
                }
            }
        }
    }
}

fn elements(data: Data) -> Vec<Data> {
    match data {
        Data::Array(rows) | Data::CompactArray { rows, .. } => rows,
        _ => Vec::new(),
    }
}

/// One cell. Null stands for the value of the row above; for a time, one period later.
fn cell(column: &Captured, data: &Data, above: Option<&Value>, period_s: u64) -> Value {
    match (data, above) {
        (Data::Null, Some(Value::Time(time))) if period_s > 0 => {
            let step = time::Duration::seconds(i64::try_from(period_s).unwrap_or(0));
            Value::Time(MeterTime { local: time.local.checked_add(step).unwrap_or(time.local), ..*time })
        }
        (Data::Null, Some(above)) => above.clone(),
        _ if column.is_time() => convert::value_of_time(data),
        _ => {
            let value = convert::value(data);
            match (column.scaling, value.as_number()) {
                (Some((exponent, _)), Some(raw)) => Value::Real(scaled(raw, exponent)),
                _ => value,
            }
        }
    }
}

/// Whether a row's time lies in the period. A time without offset is compared as UTC; a row without time belongs to it.
fn is_within(time: Option<&Value>, period: Period) -> bool {
    let Some(Value::Time(time)) = time else { return true };
    let moment = time.local.assume_offset(time.offset.unwrap_or(UtcOffset::UTC));
    period.from.is_none_or(|from| moment >= from) && period.to.is_none_or(|to| moment <= to)
}

fn refused(object: &ListedObject, reason: &impl std::fmt::Display) -> MeterError {
    MeterError::Refused { what: object.label(), reason: refusal_word(reason) }
}
