//! A policy with the detector that looks for its topics: immutable, named by a
//! version, so that every decision can say under what it was made.

use segue_detect::{
    Backing, Detector, PATTERN_CHARS_MAX, PATTERN_COMPILED_BYTES_MAX, PATTERNS_MAX, PHRASES_MAX,
    TopicError,
};
use segue_model::id::QueueKey;
use segue_model::time::Span;
use segue_policy::definition::{Hours, OverflowTarget, Queue};
use segue_policy::{Policy, Problem};
use segue_routing::hours::{self, MinuteOfDay, Schedule, Weekly};
use segue_routing::world::QueueRules;

/// How long work is held for a named agent who is there but full, as a share of the target.
const AFFINITY_PER_TARGET: u32 = 3;
/// When skills relax: to any one of them, then to anybody in the queue, as multiples of the target.
const RELAX_PER_TARGET: [u32; 2] = [2, 4];

/// Why a policy cannot be put in force.
#[derive(Debug, thiserror::Error)]
pub enum RulesetError {
    /// The text is no policy.
    #[error("the policy has {} problem(s)", .0.len())]
    Policy(Vec<Problem>),
    /// A queue's hours cannot be read.
    #[error("the hours of queue `{queue}` cannot be read")]
    Hours {
        /// Which queue.
        queue: QueueKey,
        /// Why.
        #[source]
        source: hours::Error,
    },
}

/// A policy in force.
pub struct Ruleset {
    policy: Policy,
    detector: Detector,
    queues: Vec<QueueRules>,
}

impl std::fmt::Debug for Ruleset {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ruleset")
            .field("version", self.policy.version())
            .finish_non_exhaustive()
    }
}

impl Ruleset {
    /// Puts a policy together with its detector.
    ///
    /// # Errors
    /// When a topic's patterns cannot be compiled, at their place in the text, or a
    /// queue's hours not be read.
    pub fn new(policy: Policy) -> Result<Self, RulesetError> {
        let detector = Detector::new(policy.topics())
            .map_err(|error| RulesetError::Policy(vec![refused(&policy, &error)]))?
            .backed_by(backing(&policy));
        let queues = policy
            .queues()
            .iter()
            .map(|queue| rules(&policy, queue))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            policy,
            detector,
            queues,
        })
    }

    /// Reads a policy and puts it together with its detector.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(yaml: &str) -> Result<Self, RulesetError> {
        Self::new(Policy::parse(yaml).map_err(RulesetError::Policy)?)
    }

    /// The policy.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The detector.
    pub fn detector(&self) -> &Detector {
        &self.detector
    }

    /// The queues as routing needs them.
    pub fn queues(&self) -> &[QueueRules] {
        &self.queues
    }

    /// One queue as routing needs it.
    pub fn queue(&self, key: &QueueKey) -> Option<&QueueRules> {
        self.queues.iter().find(|queue| queue.key == *key)
    }

    /// The queue that work overflows to, if it overflows to one.
    pub fn overflow_of(&self, key: &QueueKey) -> Option<QueueKey> {
        match &self.policy.queue(key)?.overflow.to {
            OverflowTarget::Queue(queue) => Some(queue.clone()),
            OverflowTarget::FollowUp => None,
        }
    }

    /// The zone in which days are cut: that of the default queue.
    pub fn zone(&self) -> jiff::tz::TimeZone {
        let queue = self.policy.queue(&self.policy.definition().default_queue);
        let zone = queue.and_then(|queue| jiff::tz::TimeZone::get(&queue.zone).ok());
        zone.unwrap_or(jiff::tz::TimeZone::UTC)
    }

    /// The floor's spans.
    pub fn settings(&self) -> segue_floor::Settings {
        let minutes = u64::from(self.policy.timers().idle_close_min);
        segue_floor::Settings {
            idle_close: Span::minutes(minutes),
        }
    }

    /// How long the assistant may take.
    pub fn assistant_deadline(&self) -> Span {
        Span::seconds(u64::from(self.policy.timers().assistant_deadline_s))
    }
}

/// The tools that do what an assistant promises: those that the policy names, else those
/// whose names say so.
fn backing(policy: &Policy) -> Backing {
    let named = &policy.definition().promises;
    let usual = Backing::default();
    let or_usual = |named: &Vec<String>, usual| match named.as_slice() {
        [] => usual,
        named => named.to_vec(),
    };
    Backing {
        follow_up: or_usual(&named.follow_up, usual.follow_up),
        action: or_usual(&named.action, usual.action),
    }
}

/// What the detector refuses, at its place in the policy.
fn refused(policy: &Policy, error: &TopicError) -> Problem {
    let (topic, pattern, message, hint) = match error {
        TopicError::TooLong {
            topic,
            pattern,
            chars,
        } => (
            topic,
            pattern,
            format!("{chars} characters, and at most {PATTERN_CHARS_MAX} are allowed"),
            "make two patterns of it",
        ),
        TopicError::TooLarge { topic, pattern } => (
            topic,
            pattern,
            format!("larger than {PATTERN_COMPILED_BYTES_MAX} bytes when compiled"),
            "repeat less: `{1,20}` instead of `{1,2000}`",
        ),
        TopicError::Unreadable {
            topic,
            pattern,
            source,
        } => (
            topic,
            pattern,
            // The engine draws its reason over several lines, the last of which says it.
            match source.to_string().lines().last() {
                Some(reason) => format!(
                    "the pattern cannot be read: {}",
                    reason.trim().trim_start_matches("error: ")
                ),
                None => "the pattern cannot be read".to_owned(),
            },
            "no look-around, no back-references; a sign with a meaning of its own is written \
             with a backslash, as `\\.`",
        ),
        TopicError::Empty { topic, pattern } => (
            topic,
            pattern,
            "it matches the empty text and would fire on every turn".to_owned(),
            "`+` instead of `*`, or a word that must be there",
        ),
        TopicError::TooMany { topic, pattern } => (
            topic,
            pattern,
            format!("at most {PATTERNS_MAX} patterns and {PHRASES_MAX} phrases are allowed"),
            "put alternatives into one pattern as `a|b`",
        ),
    };
    policy.problem_in_topic(topic, pattern, (message, hint))
}

fn rules(policy: &Policy, queue: &Queue) -> Result<QueueRules, RulesetError> {
    let target = Span::seconds(u64::from(queue.target_s));
    let hours = schedule(queue).map_err(|source| RulesetError::Hours {
        queue: queue.key.clone(),
        source,
    })?;
    Ok(QueueRules {
        key: queue.key.clone(),
        name: policy.localized(&queue.name, None).to_string(),
        skills: queue.skills.clone(),
        skill_level_min: 1,
        hours,
        target,
        offer: Span::seconds(u64::from(queue.offer_s)),
        affinity: Span(target.millis() / u64::from(AFFINITY_PER_TARGET)),
        relax_after: RELAX_PER_TARGET
            .iter()
            .map(|times| Span(target.millis() * u64::from(*times)))
            .collect(),
        overflow: Span::seconds(u64::from(queue.overflow.after_s)),
    })
}

fn schedule(queue: &Queue) -> Result<Schedule, hours::Error> {
    let Hours::Weekly(intervals) = &queue.hours else {
        return Ok(Schedule::always());
    };
    let mut weekly = Weekly::default();
    for interval in intervals {
        for day in &interval.days {
            let index = usize::try_from(day.to_monday_zero_offset()).unwrap_or_default();
            let range = (
                MinuteOfDay::new(interval.from_min),
                MinuteOfDay::new(interval.to_min),
            );
            if let (Some(ranges), (Some(from), Some(to))) = (weekly.get_mut(index), range) {
                ranges.push((from, to));
            }
        }
    }
    Schedule::new(&queue.zone, weekly, queue.holidays.clone())
}
