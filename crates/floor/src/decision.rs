//! What comes of a command: events, their texts, effects, and what was said.

use segue_model::event::{Event, TextRef};
use segue_model::id::{AgentId, DraftId, EscalationId};
use segue_model::turn::TurnNumber;

/// The outcome of a command that was not refused.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Decision {
    /// What becomes true, in order, in one append.
    pub events: Vec<Event>,
    /// The texts the events refer to.
    pub texts: Vec<(TextRef, String)>,
    /// What is to be done to the world.
    pub effects: Vec<Effect>,
    /// What came of the speaker's words.
    pub said: Said,
}

/// What came of the speaker's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Said {
    /// The command was not about words.
    #[default]
    Nothing,
    /// The turn that everybody sees.
    Turn(TurnNumber),
    /// Kept from the customer because the floor had passed.
    FloorLost,
    /// Kept from the customer because its scores were below the band.
    BelowBand,
    /// Waits for a person.
    Draft(DraftId),
}

/// Everything the floor can ask of the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Ask the assistant to answer a turn: the built-in one, or the conversation's bot.
    AskAssistant {
        /// The customer turn.
        turn: TurnNumber,
        /// Whether to search wider.
        is_widened: bool,
    },
    /// Stop what the assistant is saying.
    CancelStream,
    /// Look for an agent.
    Route,
    /// Take one unit of an agent's capacity; the append is refused without it.
    ClaimSlot {
        /// Whose.
        agent: AgentId,
        /// For what.
        escalation: EscalationId,
        /// Whether they must be available.
        must_be_available: bool,
    },
    /// Free what an escalation holds of an agent's capacity.
    ReleaseSlot {
        /// Whose.
        agent: AgentId,
        /// For what.
        escalation: EscalationId,
    },
}
