//! The part with people: the wait, the agent's words, the wrap-up, the customer's judgement.

use segue_model::escalation::{Disposition, OfferEnd, RootCause, Trigger};
use segue_model::event::{Actor, Event, Grade, RatedPart};
use segue_model::floor::ClosedOutcome;
use segue_model::id::{AgentId, QueueKey};
use segue_model::time::Span;

use super::Talk;
use crate::words;

/// Of those who are asked how the person's part was, how many answer.
const ANSWERS: f64 = 0.30;
/// How many are content where nothing went wrong; who answers is content more often than not.
const CONTENT: f64 = 0.945;
/// How long people wait on average while the team is there, in seconds.
const WAIT_S: f64 = 85.0;
/// And how long they are patient.
const PATIENCE_S: f64 = 1_300.0;
/// From which wait on it is told that nobody comes.
const EXPIRES_S: f64 = 900.0;
/// Of the withheld answers of a conversation, those that somebody grades at wrap-up.
const GRADED: f64 = 0.35;
/// Of the root causes, those that are chosen wrongly, and those where the customer's wish is
/// all that is said.
const WRONG_TAG: f64 = 0.10;
const WISH_TAG: f64 = 0.07;

impl Talk<'_> {
    pub(super) fn with_people(&mut self) {
        self.is_closed = true;
        let Some(asked) = self.pen.asked.clone() else {
            return;
        };
        let wait_s = self.wait_s();
        let patience_s = self.dice.exponential(PATIENCE_S);
        if wait_s > patience_s && patience_s < EXPIRES_S {
            self.pen.wait(Span((patience_s * 1_000.0) as u64));
            let left = Event::EscalationAbandoned {
                escalation: asked.id,
            };
            let outcome = ClosedOutcome::EndedByCustomer;
            return self.pen.close(Actor::Customer, Some(left), outcome);
        }
        if wait_s > EXPIRES_S {
            self.pen.wait(Span((EXPIRES_S * 1_000.0) as u64));
            let due = self.pen.at + Span::hours(12);
            self.pen.expire(due);
            self.pen.wait(Span(((wait_s - EXPIRES_S) * 1_000.0) as u64));
        } else {
            self.pen.wait(Span((wait_s * 1_000.0) as u64));
        }
        let mut agent = self.agent_of(&asked.queue);
        if self.dice.chance(0.08) {
            let end = match self.dice.chance(0.5) {
                true => OfferEnd::TimedOut,
                false => OfferEnd::Declined,
            };
            self.pen.offered_in_vain(agent, end, 0);
            agent = self.agent_of(&asked.queue);
        }
        self.pen.accept(agent, 0);
        let is_moved = self.dice.chance(0.05);
        if is_moved {
            agent = self.moved(agent);
        }
        let is_asked_again = self.spoken(agent);
        self.wrap_up(agent, is_asked_again || is_moved, wait_s);
    }

    /// Longer at night and when half of the team is on holiday.
    fn wait_s(&mut self) -> f64 {
        let at = self.pen.at;
        let local = jiff::Timestamp::from_millisecond(at.0).unwrap_or_default();
        let hour = self.company.zone.to_datetime(local).hour();
        let is_night = !(7..20).contains(&hour);
        let holiday = self.season.happens("holiday", at).is_some();
        let load = if holiday { 2.5 } else { 1.0 };
        if is_night && self.dice.chance(0.5) {
            return 3_600.0 * self.dice.between(1.0, 9.0);
        }
        load * self.dice.exponential(WAIT_S)
    }

    fn agent_of(&mut self, queue: &QueueKey) -> AgentId {
        let colleagues = &self.company.colleagues;
        let fits: Vec<AgentId> = colleagues
            .iter()
            .filter(|it| it.queues.contains(queue))
            .map(|it| it.id)
            .collect();
        match fits.is_empty() {
            false => {
                let at = self.dice.below(fits.len());
                fits.get(at).copied().unwrap_or(AgentId::nil())
            }
            true => {
                let at = self.dice.below(colleagues.len());
                colleagues.get(at).map_or(AgentId::nil(), |it| it.id)
            }
        }
    }

    fn moved(&mut self, agent: AgentId) -> AgentId {
        let colleagues = &self.company.colleagues;
        let at = self.dice.below(colleagues.len());
        let queue = colleagues.get(at).and_then(|it| it.queues.first()).cloned();
        let Some(queue) = queue else {
            return agent;
        };
        self.pause(20.0, 60.0);
        self.pen
            .agent(agent, "One moment, a colleague knows this better.");
        self.pen.pass_on(agent, queue.clone());
        self.pause(20.0, 200.0);
        let next = self.agent_of(&queue);
        self.pen.accept(next, 1);
        next
    }

    /// The agent's words and the customer's; whether the customer was asked again.
    fn spoken(&mut self, agent: AgentId) -> bool {
        let has_read = self.dice.chance(0.88);
        if has_read {
            let dwell = 2_500.0 + self.dice.exponential(9_000.0);
            self.pen.wait(Span(dwell as u64));
            self.pen.read_packet(agent, dwell as u64);
        }
        let is_asked_again = self.dice.chance(if has_read { 0.04 } else { 0.4 });
        self.pause(4.0, 25.0);
        let about = self.case.concern.about.clone();
        let greeting = match is_asked_again {
            true => self.dice.pick(words::REASKS).to_owned(),
            false => self.dice.pick(words::GREETINGS).replace("{}", &about),
        };
        self.pen.agent(agent, &greeting);
        self.pause(20.0, 120.0);
        let reply = match is_asked_again {
            true => self.question(),
            false => "Yes, exactly.".to_owned(),
        };
        self.pen.customer_unjudged(&reply);
        self.pause(40.0, 300.0);
        let solution = self.case.concern.answer.clone();
        self.pen.agent(agent, &solution);
        self.pause(20.0, 180.0);
        if self.dice.chance(0.6) {
            let thanks = self.dice.pick(words::THANKS);
            self.pen.customer_unjudged(thanks);
            self.pen.agent(agent, self.dice.pick(words::SOLVED));
        }
        is_asked_again
    }

    fn wrap_up(&mut self, agent: AgentId, is_clumsy: bool, wait_s: f64) {
        self.pause(10.0, 90.0);
        let Some(asked) = self.pen.asked.clone() else {
            return;
        };
        self.grade(agent);
        let root_cause = self.tag(asked.trigger, asked.suggested);
        let active_ms = (1_000.0 * (90.0 + self.dice.exponential(210.0))) as u64;
        if self.dice.chance(0.03) {
            self.pen.hand_back(
                agent,
                root_cause,
                active_ms,
                "Solved; the customer may have more questions.",
            );
            self.pen.wait(super::IDLE);
            self.pen.close(Actor::System, None, ClosedOutcome::Idle);
        } else {
            let disposition = match self.dice.weighted([0.86, 0.1, 0.04].into_iter()) {
                0 => Disposition::Solved,
                1 => Disposition::FollowUp,
                _ => Disposition::NoAction,
            };
            let resolved = Event::EscalationResolved {
                escalation: asked.id,
                agent,
                root_cause,
                disposition,
                active_ms,
            };
            let outcome = ClosedOutcome::ResolvedByAgent;
            self.pen.close(Actor::Agent(agent), Some(resolved), outcome);
        }
        self.judge_people(is_clumsy, wait_s, asked.trigger);
    }

    /// What the agent says of the answers that were held back.
    fn grade(&mut self, agent: AgentId) {
        if !self.dice.chance(GRADED) {
            return;
        }
        // Once for each turn: the wider search found the same.
        let mut graded = None;
        for (turn, text, score) in self.pen.withheld() {
            if graded == Some(turn) {
                continue;
            }
            graded = Some(turn);
            let grade = match (self.dice.chance(0.06), self.is_right) {
                (true, _) => Grade::Unsure,
                (false, true) => Grade::Right,
                (false, false) => Grade::Wrong,
            };
            let event = Event::AnswerGraded {
                turn,
                text,
                by: agent,
                grade,
                was_shown: false,
                score,
                by_chance: GRADED,
            };
            self.pen.note(Actor::Agent(agent), event);
        }
    }

    /// The root cause, as agents choose it.
    fn tag(&mut self, trigger: Trigger, suggested: Option<RootCause>) -> RootCause {
        if self.dice.chance(WISH_TAG) {
            return RootCause::CustomerRequest;
        }
        if self.dice.chance(WRONG_TAG) {
            return self
                .dice
                .pick(&[
                    Tag(RootCause::Policy),
                    Tag(RootCause::ComplexTroubleshooting),
                ])
                .0;
        }
        match (trigger, suggested) {
            _ if self.failed_tool => RootCause::ToolFailure,
            (Trigger::Fallback | Trigger::LowConfidence, _) if self.is_right => {
                // The article was there; a part of the agents sees it.
                self.dice
                    .pick(&[
                        Tag(RootCause::WrongAnswer),
                        Tag(RootCause::MissingKnowledge),
                    ])
                    .0
            }
            (Trigger::OptOut, _) if !self.case.concern.has_article => RootCause::MissingKnowledge,
            (_, suggested) => suggested.unwrap_or(RootCause::CustomerRequest),
        }
    }

    fn judge_people(&mut self, is_clumsy: bool, wait_s: f64, trigger: Trigger) {
        if !self.dice.chance(ANSWERS) {
            return;
        }
        let mut content = CONTENT;
        content -= if wait_s > 300.0 { 0.07 } else { 0.0 };
        content -= if is_clumsy { 0.10 } else { 0.0 };
        // What only people may do is not always what the customer hoped for.
        content -= match trigger {
            Trigger::HighStakes | Trigger::Compliance => 0.06,
            Trigger::Sentiment | Trigger::Repeat => 0.08,
            _ => 0.0,
        };
        // A team that is new to a product.
        content -= if self.case.concern.is_product() {
            0.15
        } else {
            0.0
        };
        // Who had to beg comes in a bad mood, and where people are held back nobody comes gladly.
        content -= if self.held > 0 { 0.35 } else { 0.0 };
        content -= 0.28 * self.hold;
        let score = match self.dice.chance(content) {
            true => 4 + u8::from(self.dice.chance(0.7)),
            false => 1 + u8::try_from(self.dice.below(3)).unwrap_or(0),
        };
        self.pen.wait(Span::minutes(4));
        let rated = Event::Rated {
            part: RatedPart::Agent,
            score,
            text: None,
        };
        self.pen.note(Actor::Customer, rated);
    }
}

/// A root cause to draw.
#[derive(Clone, Copy)]
struct Tag(RootCause);

impl Default for Tag {
    fn default() -> Self {
        Self(RootCause::CustomerRequest)
    }
}
