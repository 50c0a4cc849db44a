//! Load profiles and event logs: class 7, read by range, row and column where the meter can, else whole.

use time::{OffsetDateTime, UtcOffset};

use super::objects::ListedObject;
use super::{DlmsMeter, convert, refusal_word};
use crate::meter::MeterError;
use crate::meter::log::{Column, Extract, Log, Period, Rows};
use crate::meter::profile::Role;
use crate::meter::time::MeterTime;
use crate::meter::value::{Value, scaled};
use crate::protocol::dlms::{AttributeDescriptor, ClassId, Data, DateTime, ObisCode, SelectiveAccess};

/// How a buffer is sorted: the oldest row first, or the newest.
const FIRST_IN_FIRST_OUT: u64 = 1;
const LAST_IN_FIRST_OUT: u64 = 2;
/// Rows asked for at once where the whole does not come through.
const ROWS_OF_A_PART: u32 = 100;

/// What came of a buffer: rows that have a cell for each of these columns.
struct Buffer {
    rows: Vec<Data>,
    /// Which captured attribute stands in each cell.
    columns: Vec<usize>,
    /// Whether the rows are those asked for, not all of the period.
    is_narrowed: bool,
}

/// One captured attribute.
struct Captured {
    attribute: AttributeDescriptor,
    /// Which element of the attribute, 0 for the whole.
    index: u16,
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
    /// The log asked for by its name, if any is.
    ///
    /// # Errors
    /// [`MeterError::BadValue`] for a name that is no OBIS code; [`MeterError::NotOffered`] where no log goes by it.
    pub(super) fn named_log(&mut self, extract: &Extract) -> Result<Option<ListedObject>, MeterError> {
        let Some(text) = &extract.object else { return Ok(None) };
        let name: ObisCode = text.parse().map_err(|error| MeterError::BadValue(format!("{error}")))?;
        let found = self.objects()?.named(name.0).find(|object| object.class == ClassId::PROFILE_GENERIC.0).cloned();
        found.map(Some).ok_or_else(|| MeterError::NotOffered(format!("log {name}")))
    }

    /// Reads a log. `role` names the codes its plain columns hold, where the profile knows them.
    ///
    /// # Errors
    /// [`MeterError`].
    pub(super) fn log(
        &mut self,
        object: &ListedObject,
        extract: &Extract,
        role: Option<Role>,
    ) -> Result<Log, MeterError> {
        let shape = self.session.get_list(&[object.attribute(3), object.attribute(4)])?;
        let [columns, interval] = shape.as_slice() else {
            return Err(MeterError::Unexpected("two attributes were asked for".to_owned()));
        };
        let columns = columns.as_ref().map_err(|reason| refused(object, reason))?;
        let captured = self.captured(columns)?;
        let period_s = interval.as_ref().ok().and_then(Data::as_u64).unwrap_or(0);
        let mut log = Log {
            object: ObisCode(object.name).to_string(),
            period_s,
            columns: captured.iter().map(Captured::column).collect(),
            rows: Vec::new(),
        };
        // A column that is not there is said before a long profile is read.
        extract.check_columns(&log)?;
        let wanted: Vec<usize> = (0..captured.len())
            .filter(|index| log.columns.get(*index).is_some_and(|column| column.is_time || extract.wants(column)))
            .collect();
        let Buffer { rows, columns, is_narrowed } = self.rows(object, extract, &captured, &wanted)?;
        let mut above: Vec<Value> = Vec::new();
        for row in &rows {
            let cells = row.as_elements().unwrap_or_default();
            let row: Vec<Value> = captured
                .iter()
                .enumerate()
                .map(|(index, column)| {
                    let place = columns.iter().position(|captured| *captured == index);
                    let data = place.and_then(|place| cells.get(place)).unwrap_or(&Data::Null);
                    cell(column, data, above.get(index), period_s)
                })
                .collect();
            above.clone_from(&row);
            log.rows.push(row);
        }
        if let Some(role) = role {
            self.name_codes(role, &mut log);
        }
        let clock = captured.iter().position(Captured::is_time);
        log.rows.retain(|row| clock.is_none_or(|clock| extract.period.contains_row(row.get(clock), UtcOffset::UTC)));
        match extract.rows {
            _ if is_narrowed => {}
            // The newest rows stand at the front.
            Rows::Last(most) if self.is_newest_first(object)? => log.rows.truncate(most as usize),
            _ => extract.narrow_rows(&mut log),
        }
        extract.narrow_columns(&mut log)?;
        Ok(log)
    }

    /// What the columns hold, with scalers of those that are registers.
    fn captured(&mut self, columns: &Data) -> Result<Vec<Captured>, MeterError> {
        let garbled = || MeterError::Garbled("the list of captured objects".to_owned());
        let mut captured = Vec::new();
        for column in columns.as_elements().ok_or_else(garbled)? {
            let Some([class, name, attribute, more @ ..]) = column.as_elements() else { return Err(garbled()) };
            let index = more.first().and_then(Data::as_u64).and_then(|index| u16::try_from(index).ok()).unwrap_or(0);
            let class = class.as_u64().and_then(|class| u16::try_from(class).ok()).ok_or_else(garbled)?;
            let name = ObisCode::from_data(name).ok_or_else(garbled)?;
            let number = attribute.as_i128().and_then(|number| i8::try_from(number).ok()).ok_or_else(garbled)?;
            captured.push(Captured {
                attribute: AttributeDescriptor::new(ClassId(class), name, number),
                index,
                scaling: None,
            });
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

    /// The buffer, as far as the meter selects from it; else the whole.
    fn rows(
        &mut self,
        object: &ListedObject,
        extract: &Extract,
        captured: &[Captured],
        wanted: &[usize],
    ) -> Result<Buffer, MeterError> {
        let all: Vec<usize> = (0..captured.len()).collect();
        if extract.period != Period::default() {
            let attributes: Vec<(AttributeDescriptor, u16)> = wanted
                .iter()
                .filter_map(|index| captured.get(*index))
                .map(|column| (column.attribute, column.index))
                .collect();
            let tries = [(attributes.as_slice(), wanted), (&[], &all)];
            // All columns are named by none.
            for (attributes, columns) in tries.into_iter().skip(usize::from(wanted.len() == all.len())) {
                let range = self.range(extract.period, attributes)?;
                if let Some(rows) = self.selected(object, range)?
                    && let Some(columns) = shape(&rows, columns, captured)
                {
                    return Ok(Buffer { rows, columns, is_narrowed: false });
                }
            }
        } else if extract.rows != Rows::All || wanted.len() < all.len() {
            let rows = match extract.rows {
                Rows::All => Some((1, 0)),
                Rows::Span(first, last) => Some((first, last)),
                Rows::Last(most) => self.newest(object, most)?,
            };
            if let Some(rows) = rows
                && let Some(buffer) = self.by_entry(object, rows, (wanted, captured))?
            {
                return Ok(buffer);
            }
        }
        match self.session.get(object.attribute(2), None) {
            Ok(data) => {
                let rows = elements(data.map_err(|reason| refused(object, &reason))?);
                Ok(Buffer { rows, columns: all, is_narrowed: false })
            }
            // A long answer that does not come through whole may come in parts.
            Err(error @ (MeterError::NoReply { .. } | MeterError::Garbled(_) | MeterError::Lost(_))) => {
                match self.in_parts(object)? {
                    Some(rows) => Ok(Buffer { rows, columns: all, is_narrowed: false }),
                    None => Err(error),
                }
            }
            Err(error) => Err(error),
        }
    }

    /// A selection by the clock of these columns, all when there are none, in the meter's own time.
    fn range(&mut self, period: Period, columns: &[(AttributeDescriptor, u16)]) -> Result<SelectiveAccess, MeterError> {
        let offset = self.meter_offset()?;
        let local = |moment: Option<OffsetDateTime>, open: DateTime| {
            moment.map_or(open, |moment| {
                let moment = moment.to_offset(offset.unwrap_or(UtcOffset::UTC));
                DateTime::from_local(time::PrimitiveDateTime::new(moment.date(), moment.time()))
            })
        };
        let first = DateTime::from_local(time::macros::datetime!(2000-01-01 00:00));
        let last = DateTime::from_local(time::macros::datetime!(2099-12-31 23:59:59));
        Ok(SelectiveAccess::by_clock(local(period.from, first), local(period.to, last), columns))
    }

    /// A selection from the buffer; `None` where the meter does not select.
    fn selected(&mut self, object: &ListedObject, access: SelectiveAccess) -> Result<Option<Vec<Data>>, MeterError> {
        match self.session.get(object.attribute(2), Some(access)) {
            Ok(Ok(data)) => Ok(Some(elements(data))),
            Ok(Err(_)) | Err(MeterError::Refused { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Rows by their place, of the columns wanted out of so many and those between them; of all columns where the meter
    /// selects rows alone.
    fn by_entry(
        &mut self,
        object: &ListedObject,
        rows: (u32, u32),
        (wanted, captured): (&[usize], &[Captured]),
    ) -> Result<Option<Buffer>, MeterError> {
        let all = captured.len();
        let (first, last) = (wanted.first().copied().unwrap_or(0), wanted.last().copied().unwrap_or(0));
        let place = |index: usize| u16::try_from(index.saturating_add(1)).unwrap_or(u16::MAX);
        let narrow = ((place(first), place(last)), first..last.saturating_add(1));
        let whole = ((1, 0), 0..all);
        for (places, columns) in [narrow, whole].into_iter().skip(usize::from(wanted.len() == all)) {
            let columns: Vec<usize> = columns.collect();
            if let Some(rows) = self.selected(object, SelectiveAccess::by_entry(rows, places))?
                && let Some(columns) = shape(&rows, &columns, captured)
            {
                return Ok(Some(Buffer { rows, columns, is_narrowed: true }));
            }
        }
        Ok(None)
    }

    /// Whether the newest row comes first.
    fn is_newest_first(&mut self, object: &ListedObject) -> Result<bool, MeterError> {
        let sorted = self.session.get(object.attribute(5), None)?;
        Ok(sorted.ok().and_then(|data| data.as_u64()) == Some(LAST_IN_FIRST_OUT))
    }

    /// Where the newest rows stand; `None` for a buffer that is sorted otherwise, or does not tell how many it has.
    fn newest(&mut self, object: &ListedObject, most: u32) -> Result<Option<(u32, u32)>, MeterError> {
        let told = self.session.get_list(&[object.attribute(5), object.attribute(7)])?;
        let mut told = told.into_iter().map(|result| result.ok().and_then(|data| data.as_u64()));
        let (sorted, in_use) = (told.next().flatten(), told.next().flatten());
        let in_use = in_use.and_then(|count| u32::try_from(count).ok());
        Ok(match (sorted, in_use) {
            (Some(FIRST_IN_FIRST_OUT), Some(count)) if count > 0 => {
                Some((count.saturating_sub(most).saturating_add(1), count))
            }
            (Some(LAST_IN_FIRST_OUT), _) => Some((1, most)),
            _ => None,
        })
    }

    /// All rows, a few at a time, each part asked for twice at most; `None` where the meter does not select by place.
    fn in_parts(&mut self, object: &ListedObject) -> Result<Option<Vec<Data>>, MeterError> {
        let in_use = self.session.get(object.attribute(7), None)?.ok().and_then(|count| count.as_u64());
        let Some(in_use) = in_use.and_then(|count| u32::try_from(count).ok()) else { return Ok(None) };
        let mut rows = Vec::new();
        let mut first = 1u32;
        while first <= in_use {
            let last = first.saturating_add(ROWS_OF_A_PART.saturating_sub(1)).min(in_use);
            let part = SelectiveAccess::by_entry((first, last), (1, 0));
            let got = match self.selected(object, part.clone()) {
                Err(MeterError::NoReply { .. } | MeterError::Garbled(_) | MeterError::Lost(_)) => {
                    self.selected(object, part)?
                }
                other => other?,
            };
            // A meter may give fewer than were asked for; one that gives none before the end has lost its place.
            let count = got.as_ref().map_or(0, |got| u32::try_from(got.len()).unwrap_or(0));
            let Some(got) = got.filter(|_| count > 0) else { return Ok(None) };
            rows.extend(got);
            first = first.saturating_add(count);
        }
        Ok(Some(rows))
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

/// Which columns the rows have: those asked for, or all where the meter selects no columns. `None` where a row has another
/// number of cells, or no time where one should be: what stands in it is not known then.
fn shape(rows: &[Data], asked: &[usize], captured: &[Captured]) -> Option<Vec<usize>> {
    let all: Vec<usize> = (0..captured.len()).collect();
    let fits = |columns: &[usize]| {
        rows.iter().all(|row| {
            let cells = row.as_elements().unwrap_or_default();
            let is_time = |(index, cell): (&usize, &Data)| {
                let holds_time = captured.get(*index).is_some_and(Captured::is_time);
                !holds_time || *cell == Data::Null || DateTime::from_data(cell).is_some()
            };
            cells.len() == columns.len() && columns.iter().zip(cells).all(is_time)
        })
    };
    if fits(asked) { Some(asked.to_vec()) } else { fits(&all).then_some(all) }
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

fn refused(object: &ListedObject, reason: &impl std::fmt::Display) -> MeterError {
    MeterError::Refused { what: object.label(), reason: refusal_word(reason) }
}
