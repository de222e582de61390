//! What the policy saw in a customer's turns before a person was asked for: when they first
//! asked or grew unhappy, how often they asked, how often they said the same.

use std::num::NonZeroU16;

use segue_model::signal::SignalKind;
use segue_model::time::Timestamp;
use segue_model::turn::TurnNumber;
use segue_model::verdict::Trace;

/// From which of several turns with the same concern on a person should have come (science §1.4).
const REPEATS_MIN: f64 = 3.0;
/// From which "no answer" in a row on a person should have come (science §1.4).
const FALLBACKS_MIN: f64 = 2.0;

/// Signals that alone say that the customer is not content or wants a person.
const UNHAPPY: &[SignalKind] = &[
    SignalKind::OptOut,
    SignalKind::NegativeStreak,
    SignalKind::NegativeFeedback,
    SignalKind::Frustration,
    SignalKind::Anger,
    SignalKind::Threat,
    SignalKind::Distress,
];
/// Signals after which a person should come (science §1.4).
const DUE: &[SignalKind] = &[
    SignalKind::OptOut,
    SignalKind::ToolFailure,
    SignalKind::AssistantTimeout,
    SignalKind::ComplianceFraud,
    SignalKind::ComplianceLegalThreat,
    SignalKind::ComplianceAccountCancellation,
    SignalKind::ComplianceDataDeletion,
];

/// When something first showed: in which of the customer's turns, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sign {
    /// The customer's turns, that one included.
    turns: NonZeroU16,
    /// Seconds after the beginning of the conversation.
    after_s: u32,
}

/// What has shown since the conversation began or the last person was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Signs {
    unhappy: Option<Sign>,
    due: Option<Sign>,
    /// The last turn that asked, so that several verdicts on one count once.
    asked: Option<TurnNumber>,
    requests: u8,
    repeats: u8,
    /// Whether the customer's last turn was negative.
    pub is_negative: bool,
}

/// What came before a handoff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Lead {
    /// How many customer turns asked for a person, the one that led to it included.
    pub requests: u8,
    /// How many customer turns put the same concern at most.
    pub repeats: u8,
    /// From the first negative sign or request: customer turns and seconds.
    pub unhappy: Option<(u16, u32)>,
    /// From the first sign after which a person should come: customer turns and seconds.
    pub due: Option<(u16, u32)>,
}

impl Signs {
    /// Takes note of what one verdict rests on. `turns` are the customer's so far,
    /// `after_s` the seconds since the beginning.
    pub fn see(&mut self, turn: TurnNumber, turns: u32, after_s: u32, trace: &Trace) {
        let value = |kind: SignalKind| {
            let found = trace.signals.iter().find(|it| it.signal == kind.name());
            found.map_or(0.0, |it| it.value)
        };
        let is_any = |kinds: &[SignalKind]| kinds.iter().any(|kind| value(*kind) >= 1.0);
        if value(SignalKind::OptOut) >= 1.0 && self.asked != Some(turn) {
            self.asked = Some(turn);
            self.requests = self.requests.saturating_add(1);
        }
        let repeats = value(SignalKind::RepeatCount);
        self.repeats = self.repeats.max(repeats.clamp(0.0, 255.0) as u8);
        self.is_negative = value(SignalKind::NegativeStreak) >= 1.0;
        let sign = Sign {
            turns: NonZeroU16::new(small(turns)).unwrap_or(NonZeroU16::MIN),
            after_s,
        };
        if is_any(UNHAPPY) {
            self.unhappy.get_or_insert(sign);
        }
        if is_any(DUE)
            || repeats >= REPEATS_MIN
            || value(SignalKind::FallbackStreak) >= FALLBACKS_MIN
        {
            self.due.get_or_insert(sign);
        }
    }

    /// What led to a handoff; what comes after it begins anew.
    pub fn lead(&mut self, is_asked: bool, turns: u32, at_s: u32) -> Lead {
        let since = |sign: Sign| {
            let turns = small(turns).saturating_sub(sign.turns.get());
            (turns, at_s.saturating_sub(sign.after_s))
        };
        let lead = Lead {
            // A press on the button asks, too.
            requests: self.requests.max(u8::from(is_asked)),
            repeats: self.repeats,
            unhappy: self.unhappy.map(since).or(is_asked.then_some((0, 0))),
            due: self.due.map(since),
        };
        *self = Self::default();
        lead
    }
}

fn small(n: u32) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}

/// The whole seconds from one instant to another, 0 where the other is earlier.
pub(super) fn seconds(from: Timestamp, to: Timestamp) -> u32 {
    u32::try_from(to.since(from).millis() / 1_000).unwrap_or(u32::MAX)
}
