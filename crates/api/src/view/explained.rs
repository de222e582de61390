//! Why a turn was decided so, for whoever may read traces.

use segue_engine::explain;
use segue_model::event::Event;
use segue_model::turn::TurnNumber;
use segue_ports::log::StoredEntry;

use super::{REDACTED, View};
use crate::wire::explained::{ExplainAnswer, ExplainItem, explanation};

impl View<'_> {
    /// Everything that was decided on a turn, in order.
    pub fn explain(&self, entries: &[StoredEntry], wanted: TurnNumber) -> ExplainAnswer {
        let events = entries.iter().flat_map(|stored| &stored.entry.events);
        let items = events.filter_map(|event| match event {
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
                })
            }
            _ => None,
        });
        ExplainAnswer {
            items: items.collect(),
        }
    }
}
