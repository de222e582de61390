//! What an agent is about to ask and the packet already says: read from a draft while
//! it is written, by the detector that judges sent messages afterwards.

use segue_detect::reask::{self, Slot, Slots};
use segue_model::fact::FactValue;
use segue_model::packet::{EntityKind, Packet};
use segue_model::turn::TurnNumber;

use super::intent::PERSON_ONLY;

/// What is asked for again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// What it is about at all.
    Concern,
    /// An order, invoice, ticket or tracking reference.
    Reference,
    /// An e-mail address.
    Email,
    /// An error code.
    ErrorCode,
    /// A sum of money.
    Amount,
    /// A browser or device.
    Device,
    /// What was tried.
    Tried,
}

/// One thing that need not be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// What the draft asks for.
    pub asked: Asked,
    /// What the packet says of it.
    pub value: String,
    /// The turn it stands in; 0 where it is known from outside.
    pub turn: TurnNumber,
}

/// The hints for a draft, at most one for each thing asked. Nothing is kept of the draft.
pub fn hints(draft: &str, packet: &Packet) -> Vec<Hint> {
    let known = known(packet);
    let has_concern =
        packet.core_intent.turn > TurnNumber(0) && packet.core_intent.text != PERSON_ONLY;
    let heard = reask::hear(draft, &known, has_concern);
    let concern = heard.is_generic.then(|| Hint {
        asked: Asked::Concern,
        value: packet.core_intent.text.clone(),
        turn: packet.core_intent.turn,
    });
    let slots = Slot::ALL.into_iter();
    let suspected = slots.filter(|slot| heard.suspected.contains(*slot));
    concern
        .into_iter()
        .chain(suspected.filter_map(|slot| answer(slot, packet)))
        .collect()
}

/// What the packet says of a slot: of several values the one that was named last.
fn answer(slot: Slot, packet: &Packet) -> Option<Hint> {
    let (asked, kind) = match slot {
        Slot::Reference => (Asked::Reference, EntityKind::Reference),
        Slot::Email => (Asked::Email, EntityKind::Email),
        Slot::ErrorCode => (Asked::ErrorCode, EntityKind::ErrorCode),
        Slot::Amount => (Asked::Amount, EntityKind::Amount),
        Slot::Device => (Asked::Device, EntityKind::Product),
        Slot::Tried => {
            let tried = packet.attempted_solutions.last()?;
            return Some(Hint {
                asked: Asked::Tried,
                value: tried.what.clone(),
                turn: tried.turn,
            });
        }
    };
    let mut entities = packet.entities.iter();
    let named = entities
        .rfind(|it| it.kind == kind && it.replaced_by.is_none())
        .map(|it| (it.value.clone(), it.turn));
    let outside = || {
        let label = match slot {
            Slot::Email => "E-mail",
            Slot::Device => "Browser",
            _ => return None,
        };
        Some((metadata(packet, label)?.to_owned(), TurnNumber(0)))
    };
    let (value, turn) = named.or_else(outside)?;
    Some(Hint { asked, value, turn })
}

fn metadata<'p>(packet: &'p Packet, label: &str) -> Option<&'p str> {
    let mut known = packet.metadata.iter();
    let (_, value) = known.find(|(known, _)| known == label)?;
    match value {
        FactValue::Text(text) => Some(text),
        FactValue::Number(_) | FactValue::Flag(_) => None,
    }
}

/// The packet's facts in the form in which the detector compares them.
fn known(packet: &Packet) -> Slots {
    let mut known = Slots::default();
    // What was taken back is not known, so asking for it is no fault.
    let certain = packet.entities.iter().filter(|it| it.replaced_by.is_none());
    for entity in certain {
        match entity.kind {
            EntityKind::Reference => known.learn_fact(Slot::Reference, &entity.value),
            EntityKind::Email => known.learn_fact(Slot::Email, &entity.value),
            EntityKind::ErrorCode => known.learn_fact(Slot::ErrorCode, &entity.value),
            EntityKind::Amount => known.learn(&entity.value),
            EntityKind::Product => known.learn_device(&entity.value),
            EntityKind::Date | EntityKind::Url => {}
        }
    }
    for tried in &packet.attempted_solutions {
        known.learn_proposal(&tried.what);
    }
    if let Some(email) = metadata(packet, "E-mail") {
        known.learn_fact(Slot::Email, email);
    }
    if let Some(browser) = metadata(packet, "Browser") {
        known.learn_device(browser);
    }
    known
}
