//! Image transfer (class 18, Blue Book 4.4.6).

use super::objects::ListedObject;
use super::{DlmsMeter, call_answer, convert, refusal_word};
use crate::hex;
use crate::meter::firmware::{FirmwareMeter, HeldImage, ImageState, ImageStatus};
use crate::meter::{Answer, MeterError};
use crate::protocol::dlms::{AttributeDescriptor, ClassId, Data, MethodDescriptor, ObisCode};

const INITIATE: i8 = 1;
const BLOCK: i8 = 2;
const VERIFY: i8 = 3;
const ACTIVATE: i8 = 4;

/// Longest block that is taken for meant, in octets.
const LONGEST_BLOCK: u32 = 64 * 1024;

impl FirmwareMeter for DlmsMeter {
    fn image(&mut self) -> Result<ImageState, MeterError> {
        let object = self.image_object()?;
        let wanted: Vec<_> = (2..=7).map(|attribute| object.attribute(attribute)).collect();
        let mut values = self.session.get_list(&wanted)?.into_iter();
        let mut next = |what: &str| -> Result<Data, MeterError> {
            let refused = |reason| MeterError::Refused { what: what.to_owned(), reason: refusal_word(&reason) };
            values.next().ok_or_else(|| MeterError::Unexpected(format!("{what} is missing")))?.map_err(refused)
        };
        let block_size = next("the size of its blocks")?.as_u64().and_then(|size| u32::try_from(size).ok());
        let block_size = block_size.filter(|size| (1..=LONGEST_BLOCK).contains(size)).ok_or_else(|| {
            MeterError::Unexpected(format!("its image blocks do not have 1 to {LONGEST_BLOCK} octets"))
        })?;
        let held = bits(&next("the blocks it holds").unwrap_or(Data::Null));
        let first_missing = next("its first missing block")?.as_u64().and_then(|number| u32::try_from(number).ok());
        // A meter that does not say whether it takes images is asked by sending one.
        let is_enabled = next("whether it takes images").map_or(true, |data| !matches!(data, Data::Boolean(false)));
        let status = status(&next("the state of the transfer")?)?;
        let images = next("its images").map(|data| images(&data)).unwrap_or_default();
        Ok(ImageState {
            object: ObisCode(object.name).to_string(),
            block_size,
            blocks: held.len(),
            blocks_held: held.iter().filter(|held| **held).count(),
            first_missing: first_missing.unwrap_or(0),
            is_enabled,
            status,
            images,
        })
    }

    fn image_status(&mut self) -> Result<ImageStatus, MeterError> {
        status(&self.image_attribute(6, "the state of the transfer")?)
    }

    fn held_blocks(&mut self) -> Result<Vec<bool>, MeterError> {
        self.image_attribute(3, "the blocks it holds").map(|data| bits(&data))
    }

    fn begin_image(&mut self, identifier: &[u8], size: u32) -> Result<Answer, MeterError> {
        self.image_call(INITIATE, Data::Structure(vec![Data::OctetString(identifier.to_vec()), Data::UInt32(size)]))
    }

    fn send_block(&mut self, number: u32, octets: &[u8]) -> Result<Answer, MeterError> {
        self.image_call(BLOCK, Data::Structure(vec![Data::UInt32(number), Data::OctetString(octets.to_vec())]))
    }

    fn verify_image(&mut self) -> Result<Answer, MeterError> {
        self.image_call(VERIFY, Data::Int8(0))
    }

    fn activate_image(&mut self) -> Result<Answer, MeterError> {
        self.image_call(ACTIVATE, Data::Int8(0))
    }
}

impl DlmsMeter {
    fn image_object(&mut self) -> Result<ListedObject, MeterError> {
        let objects = self.objects()?;
        let found = objects.0.iter().find(|object| ClassId(object.class) == ClassId::IMAGE_TRANSFER).cloned();
        found.ok_or_else(|| MeterError::NotOffered("image transfer to this client".to_owned()))
    }

    fn image_attribute(&mut self, attribute: u8, what: &str) -> Result<Data, MeterError> {
        let object = self.image_object()?;
        let refused = |reason| MeterError::Refused { what: what.to_owned(), reason: refusal_word(&reason) };
        self.session.get(object.attribute(attribute), None)?.map_err(refused)
    }

    fn image_call(&mut self, method: i8, argument: Data) -> Result<Answer, MeterError> {
        let object = self.image_object()?;
        let AttributeDescriptor { class, instance, .. } = object.attribute(0);
        let outcome = self.session.action(MethodDescriptor::new(class, instance, method), argument)?;
        Ok(call_answer(outcome.result))
    }
}

fn status(data: &Data) -> Result<ImageStatus, MeterError> {
    let number = data.as_u64().and_then(|number| u8::try_from(number).ok());
    number
        .map(ImageStatus::from_number)
        .ok_or_else(|| MeterError::Unexpected("the state of the image transfer is no number".to_owned()))
}

fn bits(data: &Data) -> Vec<bool> {
    match data {
        Data::BitString(bits) => (0..bits.len()).map(|index| bits.get(index).unwrap_or(false)).collect(),
        _ => Vec::new(),
    }
}

fn images(data: &Data) -> Vec<HeldImage> {
    let one = |element: &Data| match element.as_elements()? {
        [size, identifier, signature, ..] => Some(HeldImage {
            size: size.as_u64()?,
            identifier: convert::value(identifier)
                .as_text()
                .unwrap_or_else(|| hex::encode(identifier.as_octets().unwrap_or_default())),
            signature: hex::encode(signature.as_octets().unwrap_or_default()),
        }),
        _ => None,
    };
    data.as_elements().unwrap_or(&[]).iter().filter_map(one).collect()
}
