//! From the definition back to text: `parse(print(policy)) == policy`.

use jiff::civil::Weekday;
use segue_model::turn::NoticeKind;
use segue_model::verdict::FallBackStep;

use crate::definition::{
    Action, Autonomy, Condition, Definition, Handoff, Hours, Interval, Leaf, Localized,
    OverflowTarget, Promises, Queue, Review, Rule, Source, Target, Test, Threshold, Topic,
};
use crate::describe;
use crate::tree::{Key, Node, Value};
use crate::wording::{LanguageWording, Notice, ReplyKind};
use crate::words::Word;

/// Writes a definition in the order of the documentation.
pub(crate) fn print(definition: &Definition) -> String {
    let options = serde_saphyr::ser_options! { compact_list_indent: false };
    // Writing a tree of texts, numbers and flags to a string cannot fail; were it to,
    // the empty text would be refused as a policy.
    serde_saphyr::to_string_with_options(&tree(definition), options).unwrap_or_default()
}

/// The definition as a tree in canonical order.
pub(crate) fn tree(definition: &Definition) -> Node {
    Writer { definition }.root()
}

struct Writer<'a> {
    definition: &'a Definition,
}

/// The entries of a map that is written key by key.
#[derive(Default)]
struct Map(Vec<(Key, Node)>);

impl Map {
    fn put(mut self, key: &str, node: impl Into<Option<Node>>) -> Self {
        if let Some(node) = node.into() {
            self.0.push((
                Key {
                    place: Default::default(),
                    text: key.to_owned(),
                },
                node,
            ));
        }
        self
    }

    fn node(self) -> Node {
        Value::Map(self.0).into()
    }
}

fn word<W: Word>(value: W) -> Node {
    Node::text(value.word())
}

fn texts<T: AsRef<str>>(items: &[T]) -> Node {
    Node::list(items.iter().map(|item| Node::text(item.as_ref())))
}

/// A list, left out when it is empty.
fn some_texts<T: AsRef<str>>(items: &[T]) -> Option<Node> {
    (!items.is_empty()).then(|| texts(items))
}

impl Writer<'_> {
    fn root(&self) -> Node {
        let it = self.definition;
        let bands = Map::default()
            .put("floor", Node::number(it.bands.floor))
            .put("accept", Node::number(it.bands.accept))
            .put(
                "signals",
                Node::list(it.bands.signals.iter().map(|kind| Node::text(kind.name()))),
            );
        let fallback = Map::default().put("escalate_at", Node::number(it.fallback.escalate_at));
        let always = Map::default()
            .put(
                "opt_out",
                self.handoff(Map::default(), &it.opt_out, false).node(),
            )
            .put(
                "unavailable",
                self.handoff(Map::default(), &it.unavailable, false).node(),
            );
        let timers = Map::default()
            .put(
                "assistant_deadline_s",
                Node::number(it.timers.assistant_deadline_s),
            )
            .put("idle_close_min", Node::number(it.timers.idle_close_min));
        let disclosure = Map::default()
            .put("customer", word(it.disclosure.customer))
            .put("staff", word(it.disclosure.staff));
        let is_told = it.promises != Promises::default();
        let promises = is_told.then(|| {
            Map::default()
                .put("follow_up", some_texts(&it.promises.follow_up))
                .put("action", some_texts(&it.promises.action))
                .node()
        });
        Map::default()
            .put("policy", Node::text(&*it.name))
            .put("language", Node::text(&*it.language))
            .put("bands", bands.node())
            .put(
                "fallback",
                self.handoff(fallback, &it.fallback.handoff, false).node(),
            )
            .put("always", always.node())
            .put("autonomy", self.autonomy())
            .put("timers", timers.node())
            .put("hand_backs_max", Node::number(it.hand_backs_max))
            .put("disclosure", disclosure.node())
            .put(
                "root_causes",
                Node::list(it.root_causes.iter().map(|cause| word(*cause))),
            )
            .put("tiers", some_texts(&it.tiers))
            .put("promises", promises)
            .put(
                "topics",
                Node::map(
                    it.topics
                        .iter()
                        .map(|topic| (&*topic.key.0, self.topic(topic))),
                ),
            )
            .put("default_queue", Node::text(it.default_queue.as_str()))
            .put(
                "queues",
                Node::map(
                    it.queues
                        .iter()
                        .map(|queue| (queue.key.as_str(), self.queue(queue))),
                ),
            )
            .put(
                "rules",
                Node::list(it.rules.iter().map(|rule| self.rule(rule))),
            )
            .put(
                "wording",
                Node::map(
                    it.wording
                        .languages
                        .iter()
                        .map(|(code, it)| (&**code, language(it))),
                ),
            )
            .node()
    }

    fn localized(&self, text: &Localized) -> Node {
        match text.0.get(&self.definition.language) {
            Some(own) if text.0.len() == 1 => Node::text(&**own),
            _ => Node::map(
                text.0
                    .iter()
                    .map(|(code, text)| (&**code, Node::text(&**text))),
            ),
        }
    }

    fn topic(&self, topic: &Topic) -> Node {
        let definition = &topic.definition;
        let bands = topic.bands.map(|(floor, accept)| {
            Node::map([
                ("floor", Node::number(floor)),
                ("accept", Node::number(accept)),
            ])
        });
        Map::default()
            .put(
                "builtin",
                definition.is_builtin_included.then(|| Node::flag(true)),
            )
            .put("phrases", some_texts(&definition.phrases))
            .put("patterns", some_texts(&definition.patterns))
            .put("except", some_texts(&definition.except))
            .put(
                "subject",
                topic.subject.as_ref().map(|text| self.localized(text)),
            )
            .put(
                "queue",
                topic.queue.as_ref().map(|queue| Node::text(queue.as_str())),
            )
            .put("bands", bands)
            .put(
                "autonomy",
                (topic.autonomy != Autonomy::Full).then(|| word(topic.autonomy)),
            )
            .node()
    }

    /// Left out when it says nothing.
    fn autonomy(&self) -> Option<Node> {
        let ways = &self.definition.autonomy;
        let none = ways.none.as_ref();
        let draft = ways.draft.as_ref();
        let map = Map::default()
            .put(
                "none",
                none.map(|it| self.handoff(Map::default(), it, false).node()),
            )
            .put(
                "draft",
                draft.map(|it| self.review(Map::default(), it).node()),
            );
        (!map.0.is_empty()).then(|| map.node())
    }

    fn review(&self, map: Map, review: &Review) -> Map {
        map.put("queue", target(&review.queue))
            .put("reason", self.localized(&review.reason))
    }

    fn queue(&self, queue: &Queue) -> Node {
        let skills: Vec<&str> = queue.skills.iter().map(|skill| skill.0.as_str()).collect();
        let holidays: Vec<String> = queue.holidays.iter().map(ToString::to_string).collect();
        let hours = match &queue.hours {
            Hours::Always => Node::text("always"),
            Hours::Weekly(intervals) => Node::list(intervals.iter().map(interval)),
        };
        let to = match &queue.overflow.to {
            OverflowTarget::FollowUp => Node::text("follow_up"),
            OverflowTarget::Queue(key) => Node::text(key.as_str()),
        };
        let overflow = [
            ("after_s", Node::number(queue.overflow.after_s)),
            ("to", to),
        ];
        Map::default()
            .put("name", self.localized(&queue.name))
            .put("team", self.localized(&queue.team))
            .put("skills", some_texts(&skills))
            .put("zone", Node::text(&*queue.zone))
            .put("hours", hours)
            .put("holidays", some_texts(&holidays))
            .put("target_s", Node::number(queue.target_s))
            .put("offer_s", Node::number(queue.offer_s))
            .put("overflow", Node::map(overflow))
            .node()
    }

    fn rule(&self, rule: &Rule) -> Node {
        Map::default()
            .put("id", Node::text(&*rule.id.0))
            .put("stage", rule.stage.map(word))
            .put("when", self.condition(&rule.when))
            .put("then", self.consequence(rule))
            .node()
    }

    fn consequence(&self, rule: &Rule) -> Node {
        let verdict = |word: &str| Map::default().put("verdict", Node::text(word));
        let map = match &rule.then {
            None => Map::default(),
            Some(Action::Continue) => verdict("continue"),
            Some(Action::FallBack(step)) => {
                verdict("fall_back").put("step", word::<FallBackStep>(*step))
            }
            Some(Action::Review(review)) => self.review(verdict("review"), review),
            Some(Action::Escalate(handoff)) => self.handoff(verdict("escalate"), handoff, true),
        };
        map.put("flag", rule.is_flagging.then(|| Node::flag(true)))
            .node()
    }

    fn handoff(&self, map: Map, handoff: &Handoff, has_trigger: bool) -> Map {
        map.put("kind", word(handoff.kind))
            .put("queue", target(&handoff.queue))
            .put(
                "to_account_manager",
                handoff.is_to_account_manager.then(|| Node::flag(true)),
            )
            .put("trigger", has_trigger.then(|| word(handoff.trigger)))
            .put("priority", word(handoff.priority))
            .put("root_cause", word(handoff.root_cause))
            .put("reason", self.localized(&handoff.reason))
            .put(
                "subject",
                handoff.subject.as_ref().map(|text| self.localized(text)),
            )
    }

    fn condition(&self, condition: &Condition) -> Node {
        let parts = |parts: &[Condition]| Node::list(parts.iter().map(|part| self.condition(part)));
        match condition {
            Condition::All(of) => Node::map([("all", parts(of))]),
            Condition::Any(of) => Node::map([("any", parts(of))]),
            Condition::Not(part) => Node::map([("not", self.condition(part))]),
            Condition::Count { at_least, of } => Node::map([(
                "count",
                Node::map([("at_least", Node::number(*at_least)), ("of", parts(of))]),
            )]),
            Condition::Leaf(leaf) => self.leaf(leaf),
        }
    }

    fn leaf(&self, leaf: &Leaf) -> Node {
        let key = if matches!(leaf.source, Source::Fact(_)) {
            "fact"
        } else {
            "signal"
        };
        let source = Node::text(describe::source(self.definition, leaf.source));
        let (test, value) = match &leaf.test {
            Test::Is(flag) => ("is", Node::flag(*flag)),
            Test::AtLeast(it) => ("at_least", threshold(*it)),
            Test::AtMost(it) => ("at_most", threshold(*it)),
            Test::Above(it) => ("above", threshold(*it)),
            Test::Below(it) => ("below", threshold(*it)),
            Test::Equals(number) => ("equals", Node::number(*number)),
            Test::OneOf(numbers) => (
                "one_of",
                Node::list(numbers.iter().map(|number| Node::number(*number))),
            ),
            Test::Words(words) => ("one_of", texts(words)),
        };
        Node::map([(key, source), (test, value)])
    }
}

fn target(target: &Target) -> Node {
    match target {
        Target::ByTopic => Node::text("by_topic"),
        Target::Queue(key) => Node::text(key.as_str()),
    }
}

fn threshold(threshold: Threshold) -> Node {
    match threshold {
        Threshold::Number(number) => Node::number(number),
        Threshold::Floor => Node::text("floor"),
        Threshold::Accept => Node::text("accept"),
    }
}

fn interval(interval: &Interval) -> Node {
    let time = |minutes: u16| Node::text(format!("{:02}:{:02}", minutes / 60, minutes % 60));
    Node::map([
        ("days", days(&interval.days)),
        ("from", time(interval.from_min)),
        ("to", time(interval.to_min)),
    ])
}

/// `mon-fri` where the days follow one another, else a list.
fn days(days: &[Weekday]) -> Node {
    let week: Vec<Weekday> = Weekday::ALL.iter().map(|(day, _)| *day).collect();
    match days {
        [first, .., last] if week.windows(days.len()).any(|part| part == days) => {
            Node::text(format!("{}-{}", first.word(), last.word()))
        }
        [only] => word(*only),
        _ => Node::list(days.iter().map(|day| word(*day))),
    }
}

fn language(wording: &LanguageWording) -> Node {
    let mut map = Map::default()
        .put("who_unnamed", Node::text(&*wording.who_unnamed))
        .put("who_named", Node::text(wording.who_named.source()));
    if let Some(template) = &wording.reason_alone {
        map = map.put("reason_alone", Node::text(template.source()));
    }
    for (kind, it) in &wording.notices {
        map = map.put(NoticeKind::word(*kind), notice(it));
    }
    for (kind, it) in &wording.replies {
        map = map.put(ReplyKind::word(*kind), Node::text(it.source()));
    }
    map.node()
}

fn notice(notice: &Notice) -> Node {
    let text = Node::text(notice.text.source());
    if notice.on.is_empty() {
        return text;
    }
    let on = notice.on.iter().fold(Map::default(), |map, (on, it)| {
        map.put(&on.to_string(), Node::text(it.source()))
    });
    Node::map([("text", text), ("on", on.node())])
}
