//! Getting the object list with as little asking as possible, and reading by role.

use super::answers::{Answered, Answers};
use super::cache::Kept;
use super::objects::{ListedObject, ObjectList};
use super::plan::{self, Plan, Want};
use super::{DlmsMeter, convert, refusal_word};
use crate::meter::MeterError;
use crate::meter::profile::{ObjectPlace, Role};
use crate::protocol::dlms::{AttributeDescriptor, ClassId, ObisCode};

/// Attribute 2 of the association in use.
const OBJECT_LIST: AttributeDescriptor =
    AttributeDescriptor::new(ClassId::ASSOCIATION_LN, ObisCode::CURRENT_ASSOCIATION, 2);

/// Objects of a list that are taken; real meters have some hundred.
const MOST_OBJECTS: usize = 4_000;

/// Roles that tell model and firmware.
const KIND: [Role; 2] = [Role::Model, Role::Firmware];

impl DlmsMeter {
    /// The object list: from the cache when model and firmware are known there, else from the meter.
    ///
    /// # Errors
    /// [`MeterError`]; [`MeterError::Refused`] when the meter does not give it.
    pub(super) fn objects(&mut self) -> Result<ObjectList, MeterError> {
        if let Some(objects) = &self.objects {
            return Ok(objects.clone());
        }
        let keys = self.cache_keys()?;
        let kept = keys.iter().find_map(|key| self.cache.as_ref()?.find(key));
        let objects = match kept {
            Some(kept) if self.is_still(&kept)? => {
                if let Some(longest) = kept.longest_list {
                    self.session.set_longest_list(longest);
                }
                kept.objects
            }
            _ => self.fetch_objects(&keys)?,
        };
        self.objects = Some(objects.clone());
        self.kept_as = keys;
        Ok(objects)
    }

    /// Keeps for meters of this kind how long lists may be, when that was found out.
    pub(super) fn keep_list_limit(&mut self) {
        let (Some(longest), Some(cache)) = (self.session.longest_list(), &self.cache) else { return };
        for key in &self.kept_as {
            if let Some(kept) = cache.find(key).filter(|kept| kept.longest_list != Some(longest)) {
                cache.store(key, &Kept { longest_list: Some(longest), ..kept });
            }
        }
    }

    /// Reads the device name, which every meter lets anybody read; with it the identity objects of the profile.
    fn cache_keys(&mut self) -> Result<Vec<String>, MeterError> {
        let mut wanted = Vec::new();
        if let Some(place) = self.profile.objects.get(&Role::DeviceName).and_then(|role| role.at.first())
            && let ObjectPlace::Cosem(pattern) = place
            && let Some(name) = pattern.exact()
        {
            wanted.push(AttributeDescriptor::new(ClassId(pattern.class), ObisCode(name), 2));
        }
        let fixed = self.profile.dlms.identity.iter().filter_map(|pattern| {
            Some(AttributeDescriptor::new(ClassId(pattern.class), ObisCode(pattern.exact()?), 2))
        });
        wanted.extend(fixed);
        let results = self.session.get_list(&wanted)?;
        let mut told = results.into_iter().map(|result| result.ok().and_then(|data| convert::value(&data).as_text()));
        let Some(device_name) = told.next().flatten() else { return Ok(Vec::new()) };
        self.meet(&device_name);
        let client = self.session.client().number();
        let mut keys = vec![format!("{}/{client}/{device_name}", self.profile.name)];
        let identity: Option<Vec<String>> = told.collect();
        if let Some(identity) = identity.filter(|identity| !identity.is_empty()) {
            let maker = device_name.get(..3).unwrap_or_default();
            keys.push(format!("{}/{client}/{maker}/{}", self.profile.name, identity.join("/")));
        }
        Ok(keys)
    }

    /// Remembers the name, and takes the profile made for it unless the user chose one.
    fn meet(&mut self, device_name: &str) {
        self.device_name = Some(device_name.to_owned());
        if let Some(profile) = self.library.take().and_then(|library| library.for_device_name(device_name)) {
            self.profile = profile;
        }
    }

    /// Whether a kept list belongs to the firmware the meter has now.
    fn is_still(&mut self, kept: &Kept) -> Result<bool, MeterError> {
        let attributes: Vec<AttributeDescriptor> =
            kept.identity.iter().map(|(object, _)| object.attribute(2)).collect();
        let results = self.session.get_list(&attributes)?;
        let same = |((_, told), result): (&(ListedObject, String), Result<_, _>)| {
            result.ok().and_then(|data| convert::value(&data).as_text()).as_ref() == Some(told)
        };
        Ok(!kept.identity.is_empty() && kept.identity.iter().zip(results).all(same))
    }

    fn fetch_objects(&mut self, keys: &[String]) -> Result<ObjectList, MeterError> {
        let (data, whole) = match self.session.get_front(OBJECT_LIST, MOST_OBJECTS) {
            Ok((Ok(data), whole)) => (data, whole),
            Ok((Err(reason), _)) => return Ok(self.objects_of_profile(&refusal_word(&reason))),
            Err(MeterError::Refused { reason, .. }) => return Ok(self.objects_of_profile(&reason)),
            Err(error) => return Err(error),
        };
        let (objects, misread) = ObjectList::from_data(&data)?;
        let kept = objects.0.len();
        self.list_problem = match (whole, misread) {
            (true, 0) => None,
            (true, misread) => Some(format!("{misread} of its entries are no objects and are left out")),
            (false, _) => {
                Some(format!("it is longer than is taken, or breaks off: only {kept} objects of it are known"))
            }
        };
        // A list with a problem is not kept: what is missing from it would then be missing without a word.
        let cache = self.cache.clone().filter(|_| !keys.is_empty() && self.list_problem.is_none());
        if let Some(cache) = cache {
            let tellers: Vec<ListedObject> = KIND
                .iter()
                .filter_map(|role| objects.find(&self.profile, *role))
                .filter(|object| object.is_readable(2))
                .cloned()
                .collect();
            let attributes: Vec<AttributeDescriptor> = tellers.iter().map(|object| object.attribute(2)).collect();
            let told = self.session.get_list(&attributes)?;
            let identity: Vec<(ListedObject, String)> = tellers
                .into_iter()
                .zip(told)
                .filter_map(|(object, result)| Some((object, convert::value(&result.ok()?).as_text()?)))
                .collect();
            if !identity.is_empty() {
                let kept = Kept { identity, objects: objects.clone(), longest_list: None };
                keys.iter().for_each(|key| cache.store(key, &kept));
            }
        }
        Ok(objects)
    }

    /// What the profile names, for a meter that does not give its list: each is then asked for as if it were listed.
    fn objects_of_profile(&mut self, reason: &str) -> ObjectList {
        self.list_is_guessed = true;
        self.list_problem =
            Some(format!("the meter does not give it ({reason}): the objects of the profile are asked for"));
        let mut objects: Vec<ListedObject> = Vec::new();
        for place in self.profile.objects.values().flat_map(|role| &role.at) {
            let ObjectPlace::Cosem(pattern) = place else { continue };
            let Some(name) = pattern.exact() else { continue };
            if !objects.iter().any(|object| object.name == name && object.class == pattern.class) {
                objects.push(ListedObject { class: pattern.class, version: 0, name, unreadable: Vec::new() });
            }
        }
        ObjectList(objects)
    }

    /// Reads the attributes of these roles that the meter lists.
    ///
    /// # Errors
    /// [`MeterError`].
    pub(super) fn answers_of(&mut self, roles: &[Role]) -> Result<Answers, MeterError> {
        let objects = self.objects()?;
        let plan = plan::of_roles(&self.profile, &objects, roles);
        self.carry_out(&plan)
    }

    /// Reads what a plan asks for, in as few requests as the meter allows.
    ///
    /// # Errors
    /// [`MeterError`].
    pub(super) fn carry_out(&mut self, plan: &Plan) -> Result<Answers, MeterError> {
        // The token identifiers may be longer than all the rest: alone they come in plain blocks.
        let (long, short): (Vec<&Want>, Vec<&Want>) = plan.wants.iter().partition(|want| want.role == Role::StsTids);
        let attributes: Vec<AttributeDescriptor> =
            short.iter().map(|want| want.object.attribute(want.attribute)).collect();
        let mut results = self.session.get_list(&attributes)?;
        let at = self.session.now();
        for want in &long {
            results.push(self.session.get(want.object.attribute(want.attribute), None)?);
        }
        let mut answers = Answers::default();
        for (want, result) in short.into_iter().chain(long).zip(results) {
            let answer = Answered {
                object: want.label(),
                name: want.object.name,
                result: result.map_err(|reason| refusal_word(&reason)),
                at,
            };
            answers.insert(want.role, want.attribute, answer);
        }
        Ok(answers)
    }

    /// The object of a role.
    ///
    /// # Errors
    /// [`MeterError::NotOffered`] when the meter lists none.
    pub(super) fn required(&mut self, role: Role, what: &str) -> Result<ListedObject, MeterError> {
        let objects = self.objects()?;
        objects.find(&self.profile, role).cloned().ok_or_else(|| MeterError::NotOffered(what.to_owned()))
    }
}
