//! What it costs, and what it saves.

use super::outcomes::Outcome;
use super::{BEGAN, Definition};
use crate::cohort::Case;
use crate::dashboard::Cost;
use crate::interval::mean;
use crate::slice::Terms;

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "cost",
    name: "Cost and return",
    formula: "cost = agents' active minutes × the rate of a minute + model tokens × the rate of a token; saved = conversations resolved by the assistant × mean active minutes of a handoff that was dealt with × the rate of a minute; return = saved − cost of the tokens",
    unit: "minutes, tokens, and the currency of the rates",
    population: "live conversations; tokens are guessed from the text at four bytes each, and for every answer the model is taken to read the conversation so far; minutes saved suppose that a resolved conversation would have taken a person as long as others did",
    window: BEGAN,
    small_sample: super::SMALL_DURATION,
    target: None,
    shown: "none",
    source: "issue: cost per episode and return; rates are arguments, 0.60 a minute and 2.00 a million tokens where nobody says otherwise",
};

/// Milliseconds of a minute.
const MINUTE_MS: f64 = 60_000.0;
/// Tokens that are paid for together.
const MILLION: f64 = 1_000_000.0;

/// Costs, being counted. Sums of whole numbers, so that no order of the conversations
/// changes the last digit.
#[derive(Debug, Default)]
pub(crate) struct Costs {
    agent_ms: u64,
    handled: u32,
    tokens: u64,
    conversations: u32,
    resolved: u32,
    escalated: u32,
    tokens_of_escalated: u64,
}

impl Costs {
    pub fn see(&mut self, case: &Case<'_>) {
        let tokens = u64::from(case.episode.tokens);
        self.conversations += 1;
        self.tokens += tokens;
        self.resolved += u32::from(case.outcome == Some(Outcome::Resolved));
        if case.episode.is_escalated() {
            self.escalated += 1;
            self.tokens_of_escalated += tokens;
        }
        for handoff in case.handoffs() {
            if let Some(ms) = handoff.active_ms.filter(|_| handoff.is_dealt_with()) {
                self.agent_ms += ms;
                self.handled += 1;
            }
        }
    }

    pub fn finish(self, terms: &Terms) -> Cost {
        let of_tokens = |tokens: u64| tokens as f64 / MILLION * terms.tokens_million_cost;
        let agent_minutes = self.agent_ms as f64 / MINUTE_MS;
        let agents = agent_minutes * terms.agent_minute_cost;
        let model = of_tokens(self.tokens);
        let minutes_per_handoff = mean(agent_minutes, self.handled);
        let minutes_saved = minutes_per_handoff.map(|it| it * f64::from(self.resolved));
        let saved = minutes_saved.map(|it| it * terms.agent_minute_cost);
        Cost {
            agent_minutes,
            tokens: self.tokens,
            agent_minute_cost: terms.agent_minute_cost,
            tokens_million_cost: terms.tokens_million_cost,
            agents,
            model,
            per_conversation: mean(agents + model, self.conversations),
            per_escalated: mean(agents + of_tokens(self.tokens_of_escalated), self.escalated),
            per_assistant_only: mean(
                of_tokens(self.tokens - self.tokens_of_escalated),
                self.conversations - self.escalated,
            ),
            minutes_saved,
            saved,
            net: saved.map(|saved| saved - model),
        }
    }
}
