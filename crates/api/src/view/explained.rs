//! Why a turn was decided so, for whoever may read traces.

use segue_engine::explain;
use segue_model::event::Event;
use segue_model::turn::TurnNumber;
use segue_ports::log::StoredEntry;

use super::{REDACTED, View};
use crate::wire::explained::{ExplainAnswer, ExplainItem, ShadowSaid, explanation};

impl View<'_> {
    /// Everything that was decided on a turn, in order.
    pub fn explain(&self, entries: &[StoredEntry], wanted: TurnNumber) -> ExplainAnswer {
        let mut items: Vec<ExplainItem> = Vec::new();
        for event in entries.iter().flat_map(|stored| &stored.entry.events) {
            if let Some(item) = self.explain_verdict(event, wanted) {
                items.push(item);
            }
            // It stands behind the verdict that it was said beside.
            let beside = shadow(event, wanted);
            if let (Some(item), Some(beside)) = (items.last_mut(), beside) {
                item.shadow = Some(beside);
            }
        }
        ExplainAnswer { items }
    }

    fn explain_verdict(&self, event: &Event, wanted: TurnNumber) -> Option<ExplainItem> {
        match event {
            Event::VerdictReached {
                turn,
                on_answer,
                verdict,
            } if *turn == wanted => {
                let policy = self.rules.policy();
                let explained = explain::of(verdict, Some(policy));
                let mut explanation = explanation((&verdict.outcome).into(), explained);
                if self.is_redacted() {
                    // What fired is said in the words that were found: the customer's own.
                    let found = explanation.signals.iter_mut();
                    for evidence in found.flat_map(|signal| &mut signal.evidence) {
                        REDACTED.clone_into(&mut evidence.what);
                    }
                }
                Some(ExplainItem {
                    on_answer: *on_answer,
                    explanation,
                    shadow: None,
                })
            }
            _ => None,
        }
    }
}

fn shadow(event: &Event, wanted: TurnNumber) -> Option<ShadowSaid> {
    match event {
        Event::ShadowDecided {
            turn,
            policy,
            outcome,
            rule,
            ..
        } if *turn == wanted => Some(ShadowSaid {
            policy: policy.0.to_string(),
            verdict: outcome.into(),
            rule: rule.0.to_string(),
        }),
        _ => None,
    }
}
