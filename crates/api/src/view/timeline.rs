//! Entries as items.

use std::collections::BTreeMap;

use segue_model::event::{Event, TextRef};
use segue_model::floor::FloorCause;
use segue_model::turn::{AnswerScores, Author as By, TurnNumber};
use segue_model::verdict::{HandoffKind, Outcome, Verdict};
use segue_ports::log::StoredEntry;

use super::{ASSISTANT_NAME, Eyes, View};
use crate::wire::conversation::Brief;
use crate::wire::timeline::{
    Article, Author, ConfirmedItem, ContactItem, DraftItem, EscalationItem, ExplainedItem,
    FlagItem, FloorItem, Item, NoteItem, OfferItem, OutcomeItem, PacketReadItem, RatedItem,
    SummaryItem, SuppressedItem, Turn, VerdictItem,
};
use crate::wire::words::{AuthorKind, DraftState, EscalationState, FlagState, OfferState};

/// The texts of turns that are at hand, for quotes.
pub(super) type Quotable<'e> = BTreeMap<TurnNumber, &'e str>;

impl View<'_> {
    /// What happened in these entries, in order, as these eyes may see it.
    pub fn items<'e>(
        &self,
        entries: impl IntoIterator<Item = &'e StoredEntry> + Clone,
    ) -> Vec<Item> {
        let quotable = quotable(entries.clone());
        let mut items = Vec::new();
        for stored in entries {
            for event in &stored.entry.events {
                items.extend(self.item(stored, event, &quotable));
            }
        }
        items
    }

    fn item(&self, stored: &StoredEntry, event: &Event, quotable: &Quotable<'_>) -> Option<Item> {
        match event {
            Event::TurnAdded { .. } => self.turn(stored, event).map(Item::Turn),
            Event::FloorChanged { to, epoch, cause } => {
                let version = stored.entry.version.0;
                let floor = self.floor_of(to, *epoch);
                let reason = self.floor_reason(stored, *cause);
                let at = stored.entry.at.into();
                let cause = (*cause).into();
                Some(Item::Floor(FloorItem {
                    version,
                    at,
                    floor,
                    cause,
                    reason,
                }))
            }
            _ if !self.is_staff() => None,
            Event::VerdictReached {
                turn,
                on_answer,
                verdict,
            } => Some(Item::Verdict(self.verdict_item(
                stored,
                (*turn, *on_answer),
                verdict,
                quotable,
            ))),
            _ => self
                .escalation_item(stored, event)
                .or_else(|| self.staff_item(stored, event)),
        }
    }

    /// What the agent who handed it back told the assistant, while that is what it goes by.
    pub fn brief(&self, entries: &[StoredEntry]) -> Option<Brief> {
        let is_its_floor = |event: &Event| match event {
            Event::FloorChanged { epoch, cause, .. } => {
                *cause == FloorCause::HandedBack && *epoch == self.state.epoch
            }
            _ => false,
        };
        let stored = entries
            .iter()
            .rfind(|stored| stored.entry.events.iter().any(is_its_floor))?;
        let brief = stored.entry.events.iter().find_map(|event| match event {
            Event::HandedBack { brief, .. } => Some(*brief),
            _ => None,
        })?;
        Some(Brief {
            version: stored.entry.version.0,
            at: stored.entry.at.into(),
            brief: self.text(stored, brief),
            awaited_turn: self.state.awaited.map(|awaited| awaited.turn.0),
        })
    }

    /// A turn, if the event is one.
    pub fn turn(&self, stored: &StoredEntry, event: &Event) -> Option<Turn> {
        let Event::TurnAdded {
            turn,
            author,
            text,
            epoch,
            is_cut,
            scores,
            source_at,
            ..
        } = event
        else {
            return None;
        };
        let is_assistants = matches!(author, By::Assistant);
        Some(Turn {
            version: stored.entry.version.0,
            turn: turn.0,
            author: self.author(author),
            text: self.text(stored, *text),
            at: stored.entry.at.into(),
            source_at: source_at.map(Into::into),
            epoch: epoch.0,
            is_cut: *is_cut,
            article: if is_assistants {
                self.article(scores)
            } else {
                None
            },
            confidence: scores
                .confidence
                .filter(|_| is_assistants && self.is_staff()),
            is_fallback: scores.is_fallback.then_some(true),
        })
    }

    fn author(&self, author: &By) -> Author {
        let (kind, name) = match author {
            By::Customer => (AuthorKind::Customer, self.customer_name()),
            By::Assistant => (AuthorKind::Assistant, ASSISTANT_NAME.to_owned()),
            By::Agent { agent } => (AuthorKind::Agent, self.agent_name(*agent)),
            By::Draft { agent, .. } => (AuthorKind::AgentDraft, self.agent_name(*agent)),
            By::System { .. } => (AuthorKind::System, self.desk.workspace.name.clone()),
        };
        let agent_id = match author {
            By::Agent { agent } | By::Draft { agent, .. } => Some(*agent),
            _ => None,
        };
        let is_edited = match author {
            By::Draft { is_edited, .. } => Some(*is_edited),
            _ => None,
        };
        let notice = match author {
            By::System { notice } => Some((*notice).into()),
            _ => None,
        };
        let agent_id = agent_id.filter(|_| self.is_staff());
        Author {
            kind,
            name,
            agent_id,
            is_edited,
            notice,
        }
    }

    /// The article that the built-in assistant's answer rests on.
    fn article(&self, scores: &AnswerScores) -> Option<Article> {
        if !self.state.is_builtin() || scores.is_fallback || scores.confidence.is_none() {
            return None;
        }
        let best = scores.retrieval.first()?;
        Some(Article {
            slug: best.id.clone(),
            title: best.title.clone().unwrap_or_else(|| best.id.clone()),
            url: article_url(&best.id),
            version: best.version,
        })
    }

    /// The words of the verdict that moved the floor. A cold handoff gives the customer none.
    fn floor_reason(&self, stored: &StoredEntry, cause: FloorCause) -> Option<String> {
        if cause != FloorCause::Verdict {
            return None;
        }
        let verdict = stored.entry.events.iter().find_map(|event| match event {
            Event::VerdictReached { verdict, .. } => Some(verdict),
            _ => None,
        })?;
        let is_cold = matches!(
            verdict.outcome,
            Outcome::Escalate {
                kind: HandoffKind::Cold,
                ..
            }
        );
        if (is_cold && !self.is_staff()) || verdict.reason.is_empty() {
            return None;
        }
        Some(
            self.rules
                .policy()
                .in_language(&verdict.reason, self.locale())
                .to_string(),
        )
    }

    fn verdict_item(
        &self,
        stored: &StoredEntry,
        (turn, on_answer): (TurnNumber, bool),
        verdict: &Verdict,
        quotable: &Quotable<'_>,
    ) -> VerdictItem {
        let (kind, queue) = match &verdict.outcome {
            Outcome::Escalate { kind, queue } => (Some((*kind).into()), Some(queue.to_string())),
            Outcome::Review { queue } => (None, Some(queue.to_string())),
            Outcome::Continue | Outcome::FallBack { .. } => (None, None),
        };
        VerdictItem {
            version: stored.entry.version.0,
            at: stored.entry.at.into(),
            turn: turn.0,
            on_answer,
            verdict: (&verdict.outcome).into(),
            rule: verdict.rule.0.to_string(),
            reason: verdict.reason.to_string(),
            kind,
            queue,
            is_flagged: verdict.is_flagged,
            trace: self.trace(&verdict.trace, quotable),
        }
    }

    fn escalation_item(&self, stored: &StoredEntry, event: &Event) -> Option<Item> {
        let step = |escalation_id, state| EscalationItem {
            version: stored.entry.version.0,
            at: stored.entry.at.into(),
            escalation_id,
            state,
            queue: None,
            trigger: None,
            root_cause: None,
            disposition: None,
            brief: None,
        };
        let item = match event {
            Event::EscalationRequested(request) => EscalationItem {
                queue: Some(request.queue.to_string()),
                trigger: Some(request.trigger.into()),
                root_cause: request.suggested_root_cause.map(Into::into),
                ..step(request.id, EscalationState::Requested)
            },
            Event::EscalationQueued {
                escalation, queue, ..
            } => EscalationItem {
                queue: Some(queue.to_string()),
                ..step(*escalation, EscalationState::Queued)
            },
            Event::EscalationRaised {
                escalation,
                trigger,
                ..
            } => EscalationItem {
                trigger: Some((*trigger).into()),
                ..step(*escalation, EscalationState::Raised)
            },
            Event::EscalationAccepted { escalation, .. } => {
                step(*escalation, EscalationState::Accepted)
            }
            Event::EscalationExpired { escalation, .. } => {
                step(*escalation, EscalationState::Expired)
            }
            Event::EscalationAbandoned { escalation } => {
                step(*escalation, EscalationState::Abandoned)
            }
            Event::EscalationWithdrawn { escalation } => {
                step(*escalation, EscalationState::Withdrawn)
            }
            Event::EscalationResolved {
                escalation,
                root_cause,
                disposition,
                ..
            } => EscalationItem {
                root_cause: Some((*root_cause).into()),
                disposition: Some((*disposition).into()),
                ..step(*escalation, EscalationState::Resolved)
            },
            Event::HandedBack {
                escalation,
                root_cause,
                brief,
                ..
            } => EscalationItem {
                brief: Some(self.text(stored, *brief)),
                root_cause: Some((*root_cause).into()),
                ..step(*escalation, EscalationState::HandedBack)
            },
            _ => return None,
        };
        Some(Item::Escalation(item))
    }

    fn staff_item(&self, stored: &StoredEntry, event: &Event) -> Option<Item> {
        let (version, at) = (stored.entry.version.0, stored.entry.at.into());
        let draft = |draft_id, state, agent: Option<_>| DraftItem {
            version,
            at,
            draft_id,
            state,
            agent: agent.map(|agent| self.person(agent)),
            text: None,
        };
        Some(match event {
            Event::NoteAdded { agent, text } => Item::Note(NoteItem {
                version,
                at,
                agent: self.person(*agent),
                text: self.text(stored, *text),
            }),
            Event::HandoffExplained { text, .. } => Item::HandoffExplained(ExplainedItem {
                version,
                at,
                text: self.text(stored, *text),
            }),
            Event::TurnSuppressed {
                text,
                reason,
                scores,
                ..
            } => {
                let reason = (*reason).into();
                let (text, confidence) = (self.text(stored, *text), scores.confidence);
                Item::Suppressed(SuppressedItem {
                    version,
                    at,
                    text,
                    reason,
                    confidence,
                })
            }
            Event::OfferMade { offer, .. } => Item::Offer(OfferItem {
                version,
                at,
                offer_id: offer.id,
                agent: self.person(offer.agent),
                state: OfferState::Pending,
                reason: None,
            }),
            Event::OfferEnded {
                offer,
                agent,
                end,
                reason,
            } => Item::Offer(OfferItem {
                version,
                at,
                offer_id: *offer,
                agent: self.person(*agent),
                state: (*end).into(),
                reason: reason.map(Into::into),
            }),
            Event::DraftStaged {
                draft: id, text, ..
            } => Item::Draft(DraftItem {
                text: Some(self.text(stored, *text)),
                ..draft(*id, DraftState::Staged, None)
            }),
            Event::DraftReleased {
                draft: id,
                agent,
                is_edited,
            } => {
                let state = if *is_edited {
                    DraftState::Edited
                } else {
                    DraftState::Released
                };
                Item::Draft(draft(*id, state, Some(*agent)))
            }
            Event::DraftRejected { draft: id, agent } => {
                Item::Draft(draft(*id, DraftState::Rejected, Some(*agent)))
            }
            Event::DraftOutdated { draft: id } => {
                Item::Draft(draft(*id, DraftState::Outdated, None))
            }
            Event::PacketRead {
                agent, dwell_ms, ..
            } => {
                let agent = self.person(*agent);
                Item::PacketRead(PacketReadItem {
                    version,
                    at,
                    agent,
                    dwell_ms: *dwell_ms,
                })
            }
            Event::SummaryAttached { model, through, .. } => Item::Summary(SummaryItem {
                version,
                at,
                model: model.clone(),
                through: through.0,
            }),
            Event::ContactLeft { text } => Item::Contact(ContactItem {
                version,
                at,
                text: self.text(stored, *text),
            }),
            Event::Rated { part, score, text } => {
                let text = text.map(|text| self.text(stored, text));
                Item::Rated(RatedItem {
                    version,
                    at,
                    part: (*part).into(),
                    score: *score,
                    text,
                })
            }
            Event::AnswerConfirmed { turn, helped } => Item::Confirmed(ConfirmedItem {
                version,
                at,
                turn: turn.0,
                helped: *helped,
            }),
            Event::FlaggedForReview { .. } => Item::Flag(FlagItem {
                version,
                at,
                state: FlagState::Raised,
            }),
            Event::FlagCleared { .. } => Item::Flag(FlagItem {
                version,
                at,
                state: FlagState::Cleared,
            }),
            Event::OutcomeRecorded { labels } => Item::Outcome(OutcomeItem {
                version,
                at,
                labels: labels.clone(),
            }),
            _ => return None,
        })
    }

    fn text(&self, stored: &StoredEntry, reference: TextRef) -> String {
        let text = segue_service::cell::text_of(stored, reference).unwrap_or_default();
        match self.eyes {
            Eyes::Staff(_) => self.words(text),
            Eyes::Program | Eyes::Customer => text.to_owned(),
        }
    }
}

/// Where an article stands, from the root of the site.
pub(super) fn article_url(slug: &str) -> String {
    format!("/help/{slug}")
}

fn quotable<'e>(entries: impl IntoIterator<Item = &'e StoredEntry>) -> Quotable<'e> {
    let mut texts = Quotable::new();
    for stored in entries {
        for event in &stored.entry.events {
            if let Event::TurnAdded { turn, text, .. } = event
                && let Some(words) = segue_service::cell::text_of(stored, *text)
            {
                texts.insert(*turn, words);
            }
        }
    }
    texts
}
