//! Every map of the file with its keys.

use std::sync::LazyLock;

use segue_model::escalation::{Priority, RootCause, Trigger};
use segue_model::limits::HAND_BACKS_MAX;
use segue_model::turn::NoticeKind;
use segue_model::verdict::{FallBackStep, HandoffKind};

use super::{
    Entry, LEAVES_MAX, LIST_MAX, PATTERNS_MAX, PHRASES_MAX, QUEUES_MAX, RULES_MAX, Section, Shape,
    TOPICS_MAX,
};
use crate::definition::{Autonomy, CustomerDisclosure, RuleStage, StaffDisclosure};
use crate::wording::{
    Places, REASON_PLACES, ReplyKind, WHO_PLACES, notice_kinds, places, reply_places,
};
use crate::words::{VerdictWord, Word, meanings};

/// The longest deadline of an answer, in seconds.
const ASSISTANT_DEADLINE_S_MAX: u32 = 300;
/// The longest idle time, in minutes: a week.
const IDLE_CLOSE_MIN_MAX: u32 = 7 * 24 * 60;
/// The greatest number of fallbacks in a row before a person.
const FALLBACKS_MAX: u32 = 10;
/// The bounds of a wait's target and of an overflow, in seconds: up to a day.
const WAIT_S_MAX: u32 = 24 * 60 * 60;
/// The shortest and longest offer, in seconds.
const OFFER_S: (u32, u32) = (5, 300);

const fn need(
    key: &'static str,
    shape: Shape,
    example: &'static str,
    about: &'static str,
) -> Entry {
    Entry {
        key,
        is_needed: true,
        otherwise: None,
        shape,
        about,
        example,
    }
}

const fn may(key: &'static str, shape: Shape, example: &'static str, about: &'static str) -> Entry {
    Entry {
        is_needed: false,
        ..need(key, shape, example, about)
    }
}

impl Entry {
    const fn or(self, otherwise: &'static str) -> Self {
        Self {
            otherwise: Some(otherwise),
            ..self
        }
    }
}

macro_rules! section {
    ($(#[$doc:meta])* $name:ident, $title:literal, $place:literal, $about:literal, $keys:expr) => {
        $(#[$doc])*
        pub(crate) fn $name() -> &'static Section {
            static SECTION: LazyLock<Section> = LazyLock::new(|| Section {
                name: $title,
                place: $place,
                about: $about,
                keys: $keys,
            });
            &SECTION
        }
    };
}

fn root_causes() -> Shape {
    Shape::Word(meanings::<RootCause>)
}

fn texts() -> Shape {
    Shape::Text
}

fn names() -> Shape {
    Shape::Name
}

fn maps<const WHICH: u8>() -> Shape {
    Shape::Map(match WHICH {
        TOPIC => topic,
        QUEUE => queue,
        _ => rule,
    })
}
const TOPIC: u8 = 0;
const QUEUE: u8 = 1;
const RULE: u8 = 2;

section!(
    /// The whole file.
    policy, "policy", "the whole file", "A policy is one map with these keys.",
    vec![
        need("policy", Shape::Name, "my_policy", "the short name, the first half of every version"),
        need("language", Shape::Language, "en", "the language of plain texts, whose wording must be complete"),
        need("bands", Shape::Map(bands), "{floor: 0.65, accept: 0.7, signals: [retrieval_confidence]}", "the confidence an answer needs"),
        need("fallback", Shape::Map(fallback), "{escalate_at: 2, queue: by_topic, root_cause: AI_Missing_Knowledge, reason: I found no answer}", "what repeated fallbacks lead to"),
        need("always", Shape::Map(always), "see `policies/default.yaml`", "the handoffs that no policy switches off"),
        may("autonomy", Shape::Map(autonomy), "{none: {queue: by_topic, root_cause: Policy, reason: a person decides on this}}", "how topics go to people that are not the assistant's alone").or("no topic has less than `full`"),
        need("timers", Shape::Map(timers), "{assistant_deadline_s: 15, idle_close_min: 30}", "deadlines of a conversation"),
        need("hand_backs_max", Shape::Whole(0, HAND_BACKS_MAX), "5", "how often one conversation may be handed back to the assistant"),
        need("disclosure", Shape::Map(disclosure), "{customer: team, staff: full}", "what is told to whom about a handoff"),
        need("root_causes", Shape::List(root_causes, LIST_MAX), "[Policy, AI_Wrong_Answer]", "the root causes that wrap-up offers, in order"),
        may("tiers", Shape::List(names, LIST_MAX), "[standard, business]", "the names of the customers' tiers").or("none"),
        may("promises", Shape::Map(promises), "{action: [issue_refund]}", "which tools of an assistant do what it promises").or("tools whose names say so"),
        need("topics", Shape::Named(maps::<TOPIC>, TOPICS_MAX), "{billing: {builtin: true, queue: customer_care}}", "what the detector looks for, the leading one first"),
        need("default_queue", Shape::Queue, "customer_care", "where `by_topic` leads when no topic says otherwise"),
        need("queues", Shape::Named(maps::<QUEUE>, QUEUES_MAX), "see `policies/default.yaml`", "where conversations wait"),
        need("rules", Shape::List(maps::<RULE>, RULES_MAX), "see `policies/default.yaml`", "the matrix: the first rule that holds decides"),
        need("wording", Shape::ByLanguage(language), "see `policies/default.yaml`", "what customers read"),
    ]
);

section!(
    /// The confidence an answer needs.
    bands, "bands", "bands", "The lowest of the scores that was supplied decides.",
    vec![
        need("floor", Shape::Number(0.0, 1.0), "0.65", "below it there is no answer"),
        need("accept", Shape::Number(0.0, 1.0), "0.7", "from it on the answer is said; not below `floor`"),
        need("signals", Shape::List(|| Shape::Score, LIST_MAX), "[retrieval_confidence, answer_confidence]", "the scores that count"),
    ]
);

/// The keys of a handoff, without its trigger.
fn handoff_keys() -> Vec<Entry> {
    vec![
        may(
            "kind",
            Shape::Word(meanings::<HandoffKind>),
            "warm",
            "in what manner",
        )
        .or("warm"),
        need(
            "queue",
            Shape::QueueOr("by_topic"),
            "by_topic",
            "where to; `by_topic` is the queue of the topic that was found",
        ),
        may(
            "to_account_manager",
            Shape::Flag,
            "true",
            "whether the customer's account manager is tried first, else the deputy",
        )
        .or("false"),
        may(
            "priority",
            Shape::Word(meanings::<Priority>),
            "high",
            "the head start in the queue",
        )
        .or("normal"),
        need(
            "root_cause",
            Shape::Word(meanings::<RootCause>),
            "Policy",
            "pre-selected at wrap-up",
        ),
        need(
            "reason",
            Shape::Localized,
            "you asked for a person",
            "why, as a clause that customers read after `because`",
        ),
        may(
            "subject",
            Shape::Localized,
            "billing error",
            "what it is about, where the topic does not say it better",
        )
        .or("the topic's"),
    ]
}

section!(
    /// A handoff that is no rule's.
    handoff, "handoff", "always.opt_out, always.unavailable, autonomy.none", "How a conversation goes to people where no rule says so.",
    handoff_keys()
);

section!(
    /// What a second fallback in a row leads to.
    fallback, "fallback", "fallback", "The handoff that follows when the assistant has no answer again and again.",
    {
        let mut keys = vec![need("escalate_at", Shape::Whole(1, FALLBACKS_MAX), "2", "the fallback in a row that goes to a person")];
        keys.extend(handoff_keys());
        keys
    }
);

section!(
    /// What no policy switches off.
    always, "always", "always", "Only the way to people and the words are yours; that it is gone is not a choice.",
    vec![
        need("opt_out", Shape::Map(handoff), "{queue: by_topic, root_cause: Customer_Request, reason: you asked for a person}", "the customer asks for a person"),
        need("unavailable", Shape::Map(handoff), "{queue: by_topic, root_cause: Tool_Failure, reason: one of our systems did not answer}", "something failed that a verdict needs"),
    ]
);

section!(
    /// How topics go to people that are not the assistant's alone.
    autonomy, "autonomy", "autonomy", "Each is needed where a topic says so.",
    vec![
        may("none", Shape::Map(handoff), "{queue: by_topic, root_cause: Policy, reason: a person decides on this}", "the handoff of topics with `autonomy: none`"),
        may("draft", Shape::Map(draft), "{queue: by_topic, reason: a person checks answers on this}", "who releases answers on topics with `autonomy: draft`"),
    ]
);

section!(
    /// Who releases drafts.
    draft, "draft", "autonomy.draft", "The assistant drafts, a person releases.",
    review_keys()
);

fn review_keys() -> Vec<Entry> {
    vec![
        need(
            "queue",
            Shape::QueueOr("by_topic"),
            "by_topic",
            "who sees the drafts",
        ),
        need(
            "reason",
            Shape::Localized,
            "a person checks answers on this",
            "why, as a clause that customers read after `because`",
        ),
    ]
}

section!(
    /// Deadlines.
    timers, "timers", "timers", "Deadlines of a conversation.",
    vec![
        need("assistant_deadline_s", Shape::Whole(1, ASSISTANT_DEADLINE_S_MAX), "15", "how long the assistant may take for an answer, in seconds"),
        need("idle_close_min", Shape::Whole(1, IDLE_CLOSE_MIN_MAX), "30", "after how many minutes without a turn a conversation with the assistant closes"),
    ]
);

section!(
    /// The two axes of disclosure.
    disclosure, "disclosure", "disclosure", "Two axes: what the customer is told, and what staff read.",
    vec![
        need("customer", Shape::Word(meanings::<CustomerDisclosure>), "team", "whom the customer is told to expect"),
        need("staff", Shape::Word(meanings::<StaffDisclosure>), "full", "what staff read about how a verdict came about"),
    ]
);

section!(
    /// What backs a promise.
    promises, "promises", "promises", "Which tools of an assistant do what it promises. What nobody does raises `implied_promise` or `implied_action`; that a person comes is done by handing over, and by no tool. `*` stands for any letters.",
    vec![
        may("follow_up", Shape::List(texts, LIST_MAX), "[create_ticket, '*callback*']", "tools that see to it that somebody calls or writes").or("`*ticket*`, `*callback*`, `*call_back*`, `*follow_up*`, `*case*`"),
        may("action", Shape::List(texts, LIST_MAX), "[issue_refund, '*cancel*']", "tools that move money, orders or accounts").or("`*refund*`, `*reimburse*`, `*credit*`, `*cancel*`, `*waive*`, `*replace*`, `*delete*`, `*close*`"),
    ]
);

section!(
    /// One topic.
    topic, "topic", "topics.NAME", "What the detector looks for, and where it leads: the signal `topic.NAME`. It needs phrases, patterns or `builtin: true`.",
    vec![
        may("builtin", Shape::Flag, "true", "whether the built-in patterns of a topic of this name take part").or("false"),
        may("phrases", Shape::List(texts, PHRASES_MAX), "[under warranty]", "found at word boundaries, in any case").or("none"),
        may("patterns", Shape::List(|| Shape::Pattern, PATTERNS_MAX), "['\\bguarant(?:y|ee)\\b']", "found in any case; neither look-around nor back-references").or("none"),
        may("except", Shape::List(texts, PHRASES_MAX), "[extended warranty offer]", "phrases that take a match back when they stand in the same turn").or("none"),
        may("subject", Shape::Localized, "warranty claim", "the subject in a word or two, for notices").or("none"),
        may("queue", Shape::Queue, "customer_care", "where `by_topic` leads").or("`default_queue`"),
        may("bands", Shape::Map(topic_bands), "{floor: 0.7, accept: 0.8}", "bands of its own").or("the policy's"),
        may("autonomy", Shape::Word(meanings::<Autonomy>), "none", "how much the assistant may do on its own here").or("full"),
    ]
);

section!(
    /// A topic's own bands.
    topic_bands, "topic_bands", "topics.NAME.bands", "Instead of the policy's, where the topic was found.",
    vec![
        need("floor", Shape::Number(0.0, 1.0), "0.7", "below it there is no answer"),
        need("accept", Shape::Number(0.0, 1.0), "0.8", "from it on the answer is said; not below `floor`"),
    ]
);

section!(
    /// One queue.
    queue, "queue", "queues.NAME", "Where conversations wait.",
    vec![
        need("name", Shape::Localized, "Finance operations", "its name for staff and on the widget"),
        need("team", Shape::Localized, "our finance operations team", "its name in a sentence to customers"),
        may("skills", Shape::List(names, LIST_MAX), "[billing]", "what an agent must be able to handle").or("none"),
        need("zone", Shape::Zone, "Europe/Berlin", "the time zone of its hours"),
        need("hours", Shape::Hours, "[{days: mon-fri, from: \"08:00\", to: \"20:00\"}]", "when somebody is there"),
        may("holidays", Shape::List(|| Shape::Date, LIST_MAX), "[\"2026-12-25\"]", "days without anybody, in the queue's zone").or("none"),
        need("target_s", Shape::Whole(1, WAIT_S_MAX), "120", "the wait it aims for, in seconds"),
        may("offer_s", Shape::Whole(OFFER_S.0, OFFER_S.1), "20", "how long an offer to one agent stands, in seconds").or("20"),
        need("overflow", Shape::Map(overflow), "{after_s: 600, to: follow_up}", "what happens when nobody accepts"),
    ]
);

section!(
    /// The same hours on some days.
    interval, "interval", "queues.NAME.hours[]", "The same hours on some days of the week; a night is split at midnight.",
    vec![
        need("days", Shape::Days, "mon-fri", "the days"),
        need("from", Shape::Time, "\"08:00\"", "opening"),
        need("to", Shape::Time, "\"20:00\"", "closing, after `from`"),
    ]
);

section!(
    /// The rule when nobody accepts in time.
    overflow, "overflow", "queues.NAME.overflow", "What happens when nobody accepts in time.",
    vec![
        need("after_s", Shape::Whole(1, WAIT_S_MAX), "600", "after how long, in seconds"),
        need("to", Shape::QueueOr("follow_up"), "follow_up", "where to; `follow_up` takes a contact and promises an answer later"),
    ]
);

section!(
    /// One rule.
    rule, "rule", "rules[]", "A condition and what follows.",
    vec![
        need("id", Shape::Name, "third_repeat", "its stable name, in traces and reports"),
        may("stage", Shape::Word(meanings::<RuleStage>), "turn", "when it is tried").or("both; on answers only, where it reads nothing but scores of the answer"),
        need("when", Shape::Condition, "{signal: repeat_count, at_least: 3}", "its condition"),
        need("then", Shape::Consequence, "{verdict: continue}", "what follows"),
    ]
);

fn conditions() -> Shape {
    Shape::Condition
}

section!(
    /// A condition.
    condition, "condition", "rules[].when", "One of `all`, `any`, `not`, `count`; or one `signal` or `fact` with one comparison that goes with its unit.",
    vec![
        may("all", Shape::List(conditions, LEAVES_MAX), "[{signal: anger, is: true}, {signal: threat, is: true}]", "every part holds"),
        may("any", Shape::List(conditions, LEAVES_MAX), "[{signal: anger, is: true}, {signal: threat, is: true}]", "at least one part holds"),
        may("not", Shape::Condition, "{fact: authenticated, is: true}", "the part was judged and does not hold"),
        may("count", Shape::Map(count), "{at_least: 2, of: [{signal: anger, is: true}, {signal: threat, is: true}]}", "at least so many parts hold"),
        may("signal", Shape::Signal, "repeat_count", "what is read"),
        may("fact", Shape::Fact, "vip", "what is read"),
        may("is", Shape::Flag, "true", "the flag is so"),
        may("at_least", Shape::Threshold, "3", "not less than"),
        may("at_most", Shape::Threshold, "-0.6", "not more than"),
        may("above", Shape::Threshold, "0.7", "more than"),
        may("below", Shape::Threshold, "accept", "less than"),
        may("equals", Shape::Values(false), "2", "exactly this"),
        may("one_of", Shape::Values(true), "[business, enterprise]", "among these"),
    ]
);

section!(
    /// At least so many of several conditions.
    count, "count", "rules[].when…count", "At least so many of several conditions.",
    vec![
        need("at_least", Shape::Whole(1, u32::MAX), "2", "how many; at most as many as there are"),
        need("of", Shape::List(conditions, LEAVES_MAX), "[{signal: anger, is: true}, {signal: threat, is: true}]", "of which"),
    ]
);

/// The keys that every consequence may have.
fn then_keys() -> Vec<Entry> {
    vec![
        need(
            "verdict",
            Shape::Word(meanings::<VerdictWord>),
            "escalate",
            "what follows",
        ),
        may(
            "flag",
            Shape::Flag,
            "true",
            "puts the conversation on the supervisors' list",
        )
        .or("false"),
    ]
}

fn then(more: Vec<Entry>) -> Vec<Entry> {
    let mut keys = then_keys();
    keys.extend(more);
    keys
}

section!(
    /// A rule that escalates.
    then_escalate, "escalate", "rules[].then, `verdict: escalate`", "A person deals with it.",
    {
        let mut keys = then(handoff_keys());
        keys.insert(5, need("trigger", Shape::Word(meanings::<Trigger>), "rule", "the class in reports"));
        keys
    }
);

section!(
    /// A rule that has drafts released.
    then_review, "review", "rules[].then, `verdict: review`", "The assistant drafts, a person releases.",
    then(review_keys())
);

section!(
    /// A rule that falls back.
    then_fall_back, "fall_back", "rules[].then, `verdict: fall_back`", "Passes through the chain of the bands: widen once, ask once, then a person.",
    then(vec![may("step", Shape::Word(meanings::<FallBackStep>), "widen", "where the chain is entered").or("clarify")])
);

section!(
    /// A rule that lets the assistant go on.
    then_continue, "continue", "rules[].then, `verdict: continue`", "The assistant goes on; later rules and the bands are not asked.",
    then(Vec::new())
);

section!(
    /// A rule that only flags.
    then_flag, "flag_only", "rules[].then, without a verdict", "Only flags; the next rules are tried.",
    vec![need("flag", Shape::Flag, "true", "puts the conversation on the supervisors' list; must be `true` here")]
);

section!(
    /// What is said in one language.
    language, "wording", "wording.LANGUAGE", "The policy's own language must have every notice; others fall back to it. What the assistant says in its own words is read in the policy that ships with the program where it is left out.",
    {
        let mut keys = vec![
            need("who_unnamed", Shape::Text, "a colleague", "who comes, when neither name nor team is to be told"),
            need("who_named", Shape::Template(WHO_PLACES), "\"{name} from {team}\"", "who comes, when the agent is known"),
            may("reason_alone", Shape::Template(REASON_PLACES), "\"{reason}.\"", "a reason as a sentence of its own").or("the reason as it stands"),
        ];
        keys.extend(notice_kinds().zip(about::<NoticeKind>()).map(|(kind, about)| {
            let (shape, example) = (Shape::Notice(places(kind)), notice_example(kind));
            may(kind.word(), shape, example, about).or("the policy's language")
        }));
        keys.extend(ReplyKind::ALL.into_iter().zip(about::<ReplyKind>()).map(|(kind, about)| {
            let (shape, example) = (Shape::Template(reply_places(kind)), reply_example(kind));
            may(kind.word(), shape, example, about).or("the built-in text")
        }));
        keys
    }
);

fn about<W: Word>() -> impl Iterator<Item = &'static str> {
    W::ABOUT.iter().copied()
}

/// A short text with every place that the notice must have.
fn notice_example(kind: NoticeKind) -> &'static str {
    match *places(kind).required {
        ["who", "reason", "wait"] => {
            "\"{who} takes over[, because {reason}].[ Expected wait: {wait}.]\""
        }
        ["reference"] => "\"A specialist continues here; your reference is {reference}.\"",
        ["opens"] => "\"The team is back[ {opens}].\"",
        ["wait"] => "\"It takes longer.[ Expected wait now: {wait}.]\"",
        ["who"] => "\"{who} continues from here.\"",
        ["next"] => "\"Nobody could join in time. {next}\"",
        _ => "\"This conversation is closed.\"",
    }
}

/// A short text with every place that the reply must have.
fn reply_example(kind: ReplyKind) -> &'static str {
    match *reply_places(kind).required {
        ["first"] => "\"Is this about “{first}”?\"",
        ["first", "second"] => "\"Do you mean “{first}”, or “{second}”?\"",
        _ => "\"You're welcome!\"",
    }
}

section!(
    /// A notice with other texts for some triggers or rules.
    notice, "notice", "wording.LANGUAGE.NOTICE", "A rule's own text goes before its trigger's, and that before `text`.",
    vec![
        need("text", Shape::Template(Places { allowed: &[], required: &[] }), "\"{who} takes over.\"", "the text"),
        may("on", Shape::On(Places { allowed: &[], required: &[] }), "{opt_out: \"Of course. {who} takes over.\"}", "other texts, for some triggers or rules").or("none"),
    ]
);

/// Every section, in the order of the reference.
pub(crate) fn sections() -> Vec<&'static Section> {
    vec![
        policy(),
        bands(),
        fallback(),
        handoff(),
        always(),
        autonomy(),
        draft(),
        timers(),
        disclosure(),
        promises(),
        topic(),
        topic_bands(),
        queue(),
        interval(),
        overflow(),
        rule(),
        condition(),
        count(),
        then_escalate(),
        then_review(),
        then_fall_back(),
        then_continue(),
        then_flag(),
        language(),
        notice(),
    ]
}
