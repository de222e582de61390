//! A policy in sentences, for people.

use std::fmt::Write as _;

use segue_model::verdict::FallBackStep;

use crate::Policy;
use crate::definition::{
    Action, Autonomy, Condition, Handoff, Hours, OverflowTarget, Queue, Rule, RuleStage, Target,
};
use crate::describe;
use crate::words::Word;

impl Policy {
    /// The whole policy as a text: what is settled, the rules in order, the bands, topics
    /// and queues.
    pub fn explain(&self) -> String {
        let definition = self.definition();
        let mut out = String::new();
        // Writing to a string cannot fail, here and below.
        let _ = writeln!(out, "Policy {}", self.version().0);
        let _ = writeln!(out, "\nSettled before every rule");
        let opt_out = escalation(&definition.opt_out);
        let _ = writeln!(
            out,
            "  The customer asks for a person: {opt_out}; where an escalating rule holds too, its \
             way is taken."
        );
        let _ = writeln!(
            out,
            "  Something failed that a verdict needs: {}.",
            escalation(&definition.unavailable)
        );
        let _ = writeln!(out, "\nRules, of which the first that holds decides");
        for (number, rule) in (1..).zip(&definition.rules) {
            let _ = writeln!(out, "  {number:>2}. {}", self.rule_line(rule));
            for part in condition_lines(&rule.when) {
                let _ = writeln!(out, "        {}", describe::condition(definition, part));
            }
        }
        self.explain_autonomy(&mut out);
        self.explain_bands(&mut out);
        self.explain_topics(&mut out);
        let _ = writeln!(out, "\nQueues");
        for queue in &definition.queues {
            let _ = writeln!(out, "  {}: {}.", queue.key, queue_line(queue));
        }
        out
    }

    fn rule_line(&self, rule: &Rule) -> String {
        let stage = match rule.stage {
            None => "",
            Some(RuleStage::Turn) => " (on the customer's turn)",
            Some(RuleStage::Answer) => " (on the answer)",
        };
        let then = consequence(rule);
        let either = if matches!(rule.when, Condition::Any(_)) {
            ", when one of"
        } else {
            ", when"
        };
        format!("{}{stage}: {then}{either}", rule.id.0)
    }

    fn explain_autonomy(&self, out: &mut String) {
        let definition = self.definition();
        let on = |autonomy: Autonomy| {
            let topics = definition.topics.iter();
            let keys = topics.filter(|topic| topic.autonomy == autonomy);
            let keys: Vec<&str> = keys.map(|topic| &*topic.key.0).collect();
            keys.join(", ")
        };
        let (none, draft) = (on(Autonomy::None), on(Autonomy::Draft));
        if none.is_empty() && draft.is_empty() {
            return;
        }
        let _ = writeln!(out, "\nNot the assistant's alone");
        if let Some(handoff) = definition
            .autonomy
            .none
            .as_ref()
            .filter(|_| !none.is_empty())
        {
            let _ = writeln!(out, "  {none}: {}", escalation(handoff));
        }
        if let Some(review) = definition
            .autonomy
            .draft
            .as_ref()
            .filter(|_| !draft.is_empty())
        {
            let _ = writeln!(out, "  {draft}: hold drafts for {}", target(&review.queue));
        }
    }

    fn explain_bands(&self, out: &mut String) {
        let definition = self.definition();
        let bands = &definition.bands;
        let scores: Vec<&str> = bands.signals.iter().map(|kind| kind.name()).collect();
        let _ = writeln!(
            out,
            "\nOtherwise, by the lowest of {}",
            scores.join(" and ")
        );
        let _ = writeln!(out, "  from {}: the answer is said", bands.accept);
        let _ = writeln!(
            out,
            "  from {} to {}: the search is widened once, then one question is asked",
            bands.floor, bands.accept
        );
        let _ = writeln!(out, "  below {}: one question is asked", bands.floor);
        let _ = writeln!(
            out,
            "  fallback number {} in a row: {}",
            definition.fallback.escalate_at,
            escalation(&definition.fallback.handoff)
        );
        for topic in &definition.topics {
            if let Some((floor, accept)) = topic.bands {
                let _ = writeln!(
                    out,
                    "  on topic {}: {floor} and {accept} instead",
                    topic.key
                );
            }
        }
    }

    fn explain_topics(&self, out: &mut String) {
        let definition = self.definition();
        let _ = writeln!(
            out,
            "\nTopics, the leading one first, and where `by_topic` leads"
        );
        for topic in &definition.topics {
            let queue = topic.queue.as_ref().unwrap_or(&definition.default_queue);
            let _ = writeln!(out, "  {}: {queue}", topic.key);
        }
        let _ = writeln!(out, "  no topic: {}", definition.default_queue);
    }
}

/// What follows from a rule, in words.
pub(crate) fn consequence(rule: &Rule) -> String {
    let then = match &rule.then {
        None => "flag for review and go on".to_owned(),
        Some(Action::Continue) => "the assistant goes on".to_owned(),
        Some(Action::FallBack(FallBackStep::Widen)) => "fall back: widen the search".to_owned(),
        Some(Action::FallBack(FallBackStep::Clarify)) => "fall back: ask a question".to_owned(),
        Some(Action::Review(review)) => format!("hold drafts for {}", target(&review.queue)),
        Some(Action::Escalate(handoff)) => escalation(handoff),
    };
    match rule.is_flagging && rule.then.is_some() {
        true => format!("{then}, and flag"),
        false => then,
    }
}

/// The parts of a condition that are shown on lines of their own.
fn condition_lines(condition: &Condition) -> Vec<&Condition> {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().collect(),
        other => vec![other],
    }
}

fn escalation(handoff: &Handoff) -> String {
    let manager = if handoff.is_to_account_manager {
        ", account manager first"
    } else {
        ""
    };
    format!(
        "escalate {} to {}{manager}, priority {}",
        handoff.kind.word(),
        target(&handoff.queue),
        handoff.priority.word()
    )
}

fn target(target: &Target) -> String {
    match target {
        Target::ByTopic => "the topic's queue".to_owned(),
        Target::Queue(key) => key.to_string(),
    }
}

fn queue_line(queue: &Queue) -> String {
    let time = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    let hours = match &queue.hours {
        Hours::Always => "day and night".to_owned(),
        Hours::Weekly(intervals) => {
            let line = |it: &crate::definition::Interval| {
                let days: Vec<&str> = it.days.iter().map(|day| day.word()).collect();
                format!(
                    "{} {}–{}",
                    days.join(" "),
                    time(it.from_min),
                    time(it.to_min)
                )
            };
            let lines: Vec<String> = intervals.iter().map(line).collect();
            format!("{} ({})", lines.join(", "), queue.zone)
        }
    };
    let to = match &queue.overflow.to {
        OverflowTarget::FollowUp => "a follow-up".to_owned(),
        OverflowTarget::Queue(key) => key.to_string(),
    };
    format!(
        "{hours}; accept within {} s, offers stand {} s, after {} s to {to}",
        queue.target_s, queue.offer_s, queue.overflow.after_s
    )
}
