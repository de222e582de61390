//! How an entry changes a conversation's record.

use segue_model::escalation::{DeclineReason, EscalationRequest, Trigger};
use segue_model::event::{Entry, Event, Opening, RatedPart, SuppressedReason, TextRef};
use segue_model::fact::{Facts, name};
use segue_model::floor::{FloorCause, Holder};
use segue_model::id::EscalationId;
use segue_model::time::Timestamp;
use segue_model::turn::{Author, TurnNumber};
use segue_model::verdict::Verdict;

use super::handoff::{End, Handoff, Routing};
use super::signs::seconds;
use super::{Class, Episode, Judged, Names, Who};
use crate::words::{Sketch, hash, is_thanks, states_concern};
use segue_detect::reask::Slot;

/// The most labels of concern that one conversation keeps.
const TOPICS_MAX: usize = 8;
/// The most handoffs that one conversation keeps; hand-backs are limited, too.
const HANDOFFS_MAX: usize = 64;
/// The most recorded outcomes that one imported conversation keeps.
const LABELS_MAX: usize = 32;
/// How a signal of a topic is named in a trace.
const TOPIC_PREFIX: &str = "topic.";

/// How many bytes of text make a token, for want of a count by the model. English has about
/// four, other languages fewer.
const BYTES_PER_TOKEN: u32 = 4;
/// The longest name of a time zone.
const ZONE_BYTES_MAX: usize = 64;
/// The longest name of a language.
const LANGUAGE_BYTES_MAX: usize = 8;

/// What an entry brings besides its events.
pub(crate) struct Context<'a> {
    /// The texts that are still there.
    pub texts: &'a [(TextRef, String)],
    pub names: &'a mut Names,
}

impl Context<'_> {
    /// The text, unless it has been erased.
    pub(super) fn text(&self, wanted: TextRef) -> Option<&str> {
        let found = self.texts.iter().find(|(at, _)| *at == wanted);
        found
            .map(|(_, text)| text.as_str())
            .filter(|text| !text.is_empty())
    }
}

impl Episode {
    /// Folds one entry in; the caller sees to the order.
    pub fn fold(&mut self, entry: &Entry, context: &mut Context<'_>) {
        self.version = entry.version;
        self.keep_wishes(entry, context);
        self.keep_answers(entry, context.names);
        for event in &entry.events {
            match event {
                Event::ConversationOpened(opening) => self.open(opening, entry.at, context.names),
                Event::TurnAdded {
                    author,
                    text,
                    scores,
                    ..
                } => {
                    self.turns = self.turns.saturating_add(1);
                    let text = context.text(*text);
                    self.weigh(author, text);
                    self.is_last_word_assistant =
                        matches!(author, Author::Assistant) && !scores.is_fallback;
                    match author {
                        Author::Customer => self.hear_customer(text, entry.at),
                        Author::Assistant => {
                            self.is_involved = true;
                            self.is_unanswered = scores.is_fallback;
                            self.hear_assistant(text.filter(|_| !scores.is_fallback));
                        }
                        Author::Draft { .. } => self.is_involved = true,
                        Author::Agent { .. } => self.hear_agent(text, entry.at),
                        Author::System { .. } => {}
                    }
                }
                Event::FloorChanged { to, .. } => {
                    self.closed = match to {
                        Holder::Closed { outcome } => Some(*outcome),
                        _ => None,
                    };
                    self.has_ended |= self.closed.is_some();
                }
                Event::VerdictReached { turn, verdict, .. } => {
                    self.judge(*turn, verdict, entry.at, context.names);
                }
                Event::AnswerAwaited { .. }
                | Event::DraftStaged { .. }
                | Event::TurnSuppressed {
                    reason: SuppressedReason::BelowBand,
                    ..
                } => {
                    self.is_involved = true;
                }
                Event::Rated {
                    part: RatedPart::Assistant,
                    score,
                    ..
                } => {
                    self.rated_assistant = Some(*score);
                }
                Event::Rated {
                    part: RatedPart::Agent,
                    score,
                    ..
                } => {
                    self.rated_agent = Some(*score);
                }
                Event::AnswerConfirmed { helped, .. } => self.helped = Some(*helped),
                Event::FactsLearned { facts } => self.learn(facts, context.names),
                Event::OutcomeRecorded { labels } => {
                    let known = &mut self.labels.get_or_insert_default().0;
                    let left = LABELS_MAX - known.len().min(LABELS_MAX);
                    for (label, value) in labels.iter().take(left) {
                        known.push((context.names.intern(label), context.names.intern(value)));
                    }
                }
                _ => self.fold_handoff(event, entry, context.names),
            }
        }
    }

    fn fold_handoff(&mut self, event: &Event, entry: &Entry, names: &mut Names) {
        let at = entry.at;
        match event {
            Event::EscalationRequested(request) => self.request(request, at, names),
            Event::EscalationQueued {
                escalation, queue, ..
            } => {
                let queue = names.intern(queue.as_str());
                let is_passed = entry.events.iter().any(is_passed_on);
                self.with(*escalation, |it| it.wait_in(queue, is_passed));
            }
            Event::EscalationAccepted { escalation, agent } => {
                let agent = names.intern(&agent.to_string());
                self.with(*escalation, |it| it.accept(agent, at));
            }
            Event::OfferEnded {
                reason: Some(DeclineReason::NotMine),
                ..
            } => {
                if let Some(open) = self.handoffs.last_mut() {
                    open.is_misrouted = true;
                }
            }
            Event::PacketRead {
                escalation,
                dwell_ms,
                ..
            } => {
                self.with(*escalation, |it| it.read_packet(*dwell_ms));
            }
            Event::EscalationExpired { escalation, .. } => {
                self.with(*escalation, |it| {
                    it.expired_at.get_or_insert(at);
                });
            }
            Event::EscalationAbandoned { escalation } => {
                self.with(*escalation, |it| it.finish(End::Abandoned, at));
            }
            Event::EscalationWithdrawn { escalation } => {
                self.with(*escalation, |it| it.finish(End::Withdrawn, at));
            }
            Event::EscalationResolved {
                escalation,
                root_cause,
                disposition,
                active_ms,
                ..
            } => {
                self.with(*escalation, |it| {
                    it.root_cause = Some(*root_cause);
                    it.active_ms = Some(*active_ms);
                    it.finish(End::Resolved(*disposition), at);
                });
            }
            Event::HandoffJudged {
                escalation,
                assistant_could,
                ..
            } => {
                self.with(*escalation, |it| {
                    it.assistant_could = Some(*assistant_could)
                });
            }
            Event::HandedBack {
                escalation,
                root_cause,
                active_ms,
                ..
            } => {
                self.with(*escalation, |it| {
                    it.root_cause = Some(*root_cause);
                    it.active_ms = Some(*active_ms);
                    it.finish(End::HandedBack, at);
                });
            }
            _ => {}
        }
    }

    fn request(&mut self, request: &EscalationRequest, at: Timestamp, names: &mut Names) {
        if self.handoffs.len() >= HANDOFFS_MAX {
            return;
        }
        let is_asked = request.trigger == Trigger::OptOut;
        let at_s = seconds(self.started_at, at);
        let routing = Routing {
            queue: names.intern(request.queue.as_str()),
            rule: names.intern(&request.rule.0),
            lead: self.signs.lead(is_asked, self.customer_turns, at_s),
            has_packet: self.customer_turns > 0,
        };
        // Most have one; a list grows by four.
        self.handoffs.reserve_exact(1);
        self.handoffs.push(Handoff::new(request, routing, at));
    }

    fn with(&mut self, escalation: EscalationId, change: impl FnOnce(&mut Handoff)) {
        if let Some(handoff) = self
            .handoffs
            .iter_mut()
            .rev()
            .find(|it| it.id == escalation)
        {
            change(handoff);
        }
    }

    fn open(&mut self, opening: &Opening, at: Timestamp, names: &mut Names) {
        self.started_at = at;
        self.class = Class::of(&opening.origin, names);
        self.follows = opening.follows;
        self.who = match (&opening.customer, &opening.visitor) {
            (Some(customer), _) => Some(Who::Customer(*customer)),
            (None, Some(visitor)) => Some(Who::Visitor(hash(visitor))),
            (None, None) => None,
        };
        if let Some(browser) = &opening.browser {
            self.known.learn_device(browser);
        }
        self.traits.channel = Some(names.intern(&opening.channel));
        let language = opening.locale.as_deref().and_then(language_of);
        self.traits.language = language.map(|language| names.intern(&language));
        self.learn(&opening.facts, names);
    }

    /// Counts what is said: a model reads the conversation so far for each of its answers.
    fn weigh(&mut self, author: &Author, text: Option<&str>) {
        let bytes = text.map_or(0, |text| u32::try_from(text.len()).unwrap_or(u32::MAX));
        self.bytes = self.bytes.saturating_add(bytes);
        if matches!(author, Author::Assistant | Author::Draft { .. }) {
            self.tokens = self
                .tokens
                .saturating_add(self.bytes.div_ceil(BYTES_PER_TOKEN));
        }
    }

    fn learn(&mut self, facts: &Facts, names: &mut Names) {
        if let Some(zone) = facts
            .text(name::TIME_ZONE)
            .filter(|it| it.len() <= ZONE_BYTES_MAX)
        {
            self.traits.zone = Some(names.intern(zone));
        }
        if let Some(email) = facts.text(name::EMAIL) {
            self.known.learn_fact(Slot::Email, email);
        }
        if let Some(account) = facts.text(name::ACCOUNT_ID) {
            self.known.learn_fact(Slot::Reference, account);
        }
    }

    fn hear_customer(&mut self, text: Option<&str>, at: Timestamp) {
        self.customer_turns = self.customer_turns.saturating_add(1);
        let text = text.unwrap_or_default();
        if matches!(self.class, Class::Imported(_)) {
            return;
        }
        if !is_thanks(text) {
            // They go on: what they said of an earlier answer is not their last word.
            self.helped = None;
            self.is_unanswered = false;
            if self.has_ended && self.reopened_at.get().is_none() {
                self.reopened_at.set(Some(at));
            }
        }
        if let Some(open) = self.handoffs.last_mut().filter(|it| it.is_open()) {
            open.hear_customer(text, &self.known);
        }
        if states_concern(text) {
            if !self.has_concern {
                self.has_concern = true;
                self.sketch = Sketch::new(text);
            }
            self.known.learn(text);
        }
    }

    fn hear_assistant(&mut self, text: Option<&str>) {
        if let (Some(text), false) = (text, matches!(self.class, Class::Imported(_))) {
            self.known.learn_proposal(text);
        }
    }

    fn hear_agent(&mut self, text: Option<&str>, at: Timestamp) {
        let has_concern = self.has_concern;
        let open = self
            .handoffs
            .last_mut()
            .filter(|it| it.is_open() && it.accepted_at.is_some());
        if let Some(open) = open {
            open.hear_agent(text, at, &self.known, has_concern);
        }
    }

    fn judge(&mut self, turn: TurnNumber, verdict: &Verdict, at: Timestamp, names: &mut Names) {
        let trace = &verdict.trace;
        let policy = names.intern(&trace.policy.0);
        self.traits.policy.get_or_insert(policy);
        let near = trace.near_misses.first();
        self.traits.near = near.map(|near| names.intern(&near.rule.0));
        let after_s = seconds(self.started_at, at);
        self.signs.see(turn, self.customer_turns, after_s, trace);
        let (count, severity) = self.verdicts.slot(&verdict.outcome);
        match self.judged {
            Some(judged) if judged.turn == turn && judged.severity >= severity => {}
            Some(judged) if judged.turn == turn => {
                *count += 1;
                let milder = self.verdicts.of_severity(judged.severity);
                *milder = milder.saturating_sub(1);
                self.judged = Some(Judged { turn, severity });
            }
            _ => {
                *count += 1;
                self.judged = Some(Judged { turn, severity });
            }
        }
        let found = verdict.trace.signals.iter().filter(|it| it.value >= 1.0);
        let topics = found.filter_map(|it| it.signal.strip_prefix(TOPIC_PREFIX));
        if self.traits.topic.is_none() {
            self.traits.topic = topics.clone().next().map(|topic| names.intern(topic));
        }
        for label in topics.chain(verdict.subject.as_deref()) {
            let label = hash(label);
            if self.topics.len() < TOPICS_MAX && !self.topics.contains(&label) {
                // Most have one or two; a list grows by four.
                self.topics.reserve_exact(1);
                self.topics.push(label);
            }
        }
    }
}

/// Whether the events of an entry say that an agent passed the conversation on.
const fn is_passed_on(event: &Event) -> bool {
    matches!(
        event,
        Event::FloorChanged {
            cause: FloorCause::Passed | FloorCause::Requeued,
            ..
        }
    )
}

/// The language of a locale, without its region.
fn language_of(locale: &str) -> Option<String> {
    let language = locale.split(['-', '_']).next().unwrap_or_default();
    let is_language = !language.is_empty()
        && language.len() <= LANGUAGE_BYTES_MAX
        && language.chars().all(|it| it.is_ascii_alphabetic());
    is_language.then(|| language.to_ascii_lowercase())
}
