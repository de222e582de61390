//! A checked policy: read, written, asked and edited.

use std::sync::{Arc, LazyLock};

use segue_model::escalation::Trigger;
use segue_model::id::{PolicyVersion, QueueKey};
use segue_model::signal::SignalKind;
use segue_model::topic::{TopicDefinition, TopicKey};
use segue_model::turn::NoticeKind;
use sha2::{Digest, Sha256};

use crate::definition::{
    Action, Autonomy, Condition, CustomerDisclosure, Definition, Disclosure, Localized, Queue,
    RuleStage, Source, Test, Timers,
};
use crate::diff::{self, Change};
use crate::print;
use crate::problem::{Place, Problem, ProblemCode};
use crate::read::{self, Places};
use crate::trace::each_leaf;
use crate::wording::{Because, LanguageWording, ReplyKind, Template, Wording};

/// The policy that ships: the matrix of the design.
const BUILTIN: &str = include_str!("../../../policies/default.yaml");

/// How many bytes of the text's hash a version shows.
const VERSION_HASH_BYTES: usize = 4;

/// A checked policy, immutable. Two are equal when they say the same; comments and
/// layout of their texts may differ, and so may their versions.
#[derive(Debug, Clone)]
pub struct Policy {
    definition: Definition,
    version: PolicyVersion,
    text: Arc<str>,
    topics: Vec<(TopicKey, TopicDefinition)>,
    /// For each rule, whether it is tried on the turn and on the answer.
    stages: Vec<(bool, bool)>,
    places: Places,
}

impl PartialEq for Policy {
    fn eq(&self, other: &Self) -> bool {
        self.definition == other.definition
    }
}

impl Policy {
    /// Reads a policy.
    ///
    /// # Errors
    /// Everything that is wrong with the text, by line and column; never empty.
    pub fn parse(yaml: &str) -> Result<Self, Vec<Problem>> {
        let (definition, places) = read::definition(yaml)?;
        let topics = definition
            .topics
            .iter()
            .map(|topic| (topic.key.clone(), topic.definition.clone()))
            .collect();
        let stages = definition
            .rules
            .iter()
            .map(|rule| stages(rule.stage, &rule.when))
            .collect();
        let version = version(&definition.name, yaml);
        Ok(Self {
            definition,
            version,
            text: yaml.into(),
            topics,
            stages,
            places,
        })
    }

    /// The policy that ships with the program.
    pub fn builtin() -> &'static Self {
        #[expect(
            clippy::expect_used,
            reason = "the text is part of the program and a test reads it"
        )]
        static POLICY: LazyLock<Policy> =
            LazyLock::new(|| Policy::parse(BUILTIN).expect("the built-in policy is sound"));
        &POLICY
    }

    /// The policy as a text in canonical order, without comments:
    /// `parse(print(p)) == p`.
    pub fn print(&self) -> String {
        print::print(&self.definition)
    }

    /// What another policy says otherwise, in the order of the file; `self` is before,
    /// `other` after. Comments, layout and the order of queues say nothing.
    pub fn diff(&self, other: &Self) -> Vec<Change> {
        diff::diff(&self.definition, &other.definition)
    }

    /// The text it was read from.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// `name@` and the first eight hexadecimal digits of the text's SHA-256.
    pub fn version(&self) -> &PolicyVersion {
        &self.version
    }

    /// Everything it says.
    pub fn definition(&self) -> &Definition {
        &self.definition
    }

    /// What the detector is to look for, the leading topic first.
    pub fn topics(&self) -> &[(TopicKey, TopicDefinition)] {
        &self.topics
    }

    /// The topics that are not meant for the assistant alone: those without its autonomy,
    /// and those that a rule for compliance or high stakes looks for.
    pub fn kept_from_assistant(&self) -> Vec<&TopicKey> {
        let topics = &self.definition.topics;
        let mut kept: Vec<&TopicKey> = topics
            .iter()
            .filter(|topic| topic.autonomy != Autonomy::Full)
            .map(|topic| &topic.key)
            .collect();
        for rule in &self.definition.rules {
            let Some(Action::Escalate(handoff)) = &rule.then else {
                continue;
            };
            if !matches!(handoff.trigger, Trigger::Compliance | Trigger::HighStakes) {
                continue;
            }
            each_leaf(&rule.when, &mut |leaf| {
                let topic = match leaf.source {
                    Source::Topic(at) if leaf.test == Test::Is(true) => topics.get(at),
                    _ => None,
                };
                kept.extend(topic.map(|topic| &topic.key));
            });
        }
        kept.sort_unstable();
        kept.dedup();
        kept
    }

    /// All queues, in the order of the file.
    pub fn queues(&self) -> &[Queue] {
        &self.definition.queues
    }

    /// The queue of this name.
    pub fn queue(&self, key: &QueueKey) -> Option<&Queue> {
        self.definition
            .queues
            .iter()
            .find(|queue| queue.key == *key)
    }

    /// The deadlines.
    pub fn timers(&self) -> Timers {
        self.definition.timers
    }

    /// How many hand-backs one conversation may have.
    pub fn hand_backs_max(&self) -> u32 {
        self.definition.hand_backs_max
    }

    /// Who is told how much.
    pub fn disclosure(&self) -> Disclosure {
        self.definition.disclosure
    }

    /// The text of a notice, in the language of `locale` (`de-AT` reads `de`) where
    /// there is one, else in the policy's own; for the rule or the trigger where it has
    /// its own.
    pub fn wording(
        &self,
        kind: NoticeKind,
        locale: Option<&str>,
        because: Option<Because<'_>>,
    ) -> &Template {
        static EMPTY: LazyLock<Template> = LazyLock::new(Template::default);
        let own = || {
            self.definition
                .wording
                .languages
                .get(&self.definition.language)
        };
        self.language_wording(locale)
            .and_then(|wording| wording.notice(kind))
            .or_else(|| own().and_then(|wording| wording.notice(kind)))
            .map_or(&EMPTY, |notice| notice.text_for(because))
    }

    /// What the built-in assistant says in its own words, in the language of `locale`: the
    /// policy's text, or the one that ships with the program where it has none.
    pub fn reply(&self, kind: ReplyKind, locale: Option<&str>) -> &Template {
        static EMPTY: LazyLock<Template> = LazyLock::new(Template::default);
        let in_language = |policy: &'static Self| {
            let languages = &policy.definition.wording.languages;
            languages
                .get(language_of(locale))
                .and_then(|it| it.reply(kind))
        };
        self.definition
            .wording
            .languages
            .get(language_of(locale))
            .and_then(|wording| wording.reply(kind))
            .or_else(|| in_language(Self::builtin()))
            .or_else(|| self.language_wording(None)?.reply(kind))
            .or_else(|| Self::builtin().language_wording(None)?.reply(kind))
            .unwrap_or(&EMPTY)
    }

    /// Who comes, where the team must stay unsaid: "Sarah" or "a colleague".
    pub fn who_without_team(&self, agent_name: Option<&str>, locale: Option<&str>) -> String {
        let is_named = self.definition.disclosure.customer == CustomerDisclosure::Name;
        let unnamed = || {
            self.language_wording(locale)
                .map_or("", |wording| &wording.who_unnamed)
        };
        agent_name
            .filter(|_| is_named)
            .unwrap_or_else(unnamed)
            .to_owned()
    }

    /// Who comes, in the words of a sentence: the value of `{who}`. As much as the
    /// policy discloses: "Sarah from our finance operations team", "our finance
    /// operations team" or "a colleague".
    pub fn who(&self, queue: &QueueKey, agent_name: Option<&str>, locale: Option<&str>) -> String {
        let Some(wording) = self.language_wording(locale) else {
            return String::new();
        };
        let unnamed = || wording.who_unnamed.to_string();
        let disclosure = self.definition.disclosure.customer;
        let (Some(queue), true) = (self.queue(queue), disclosure != CustomerDisclosure::None)
        else {
            return unnamed();
        };
        let team = self.localized(&queue.team, locale);
        match agent_name.filter(|_| disclosure == CustomerDisclosure::Name) {
            Some(name) => wording.who_named.fill(&[
                ("name", name),
                ("team", &team),
                ("queue", &self.localized(&queue.name, locale)),
            ]),
            None => team.to_string(),
        }
    }

    /// A text in the language of `locale`, else in the policy's own.
    pub fn localized(&self, text: &Localized, locale: Option<&str>) -> Arc<str> {
        text.get(language_of(locale), &self.definition.language)
    }

    /// A reason as a sentence of its own, for where no notice stands around it.
    pub fn reason_alone(&self, reason: &Localized, locale: Option<&str>) -> String {
        let reason = self.localized(reason, locale);
        let frame = self
            .language_wording(locale)
            .and_then(|wording| wording.reason_alone.as_ref());
        match frame.filter(|_| !reason.is_empty()) {
            Some(frame) => frame.render(&[("reason", &reason)]),
            None => reason.to_string(),
        }
    }

    /// A verdict's reason or subject, which stand in the policy's own language, in the
    /// language of `locale`; unchanged where there is no such text.
    pub fn in_language(&self, text: &str, locale: Option<&str>) -> Arc<str> {
        let own = &self.definition.language;
        let found = self
            .definition
            .texts()
            .find(|known| known.get(own, own).as_ref() == text);
        found.map_or_else(|| text.into(), |known| self.localized(known, locale))
    }

    /// The policy with other queues, checked again, under a new version.
    ///
    /// # Errors
    /// What is wrong with the new whole, at places of [`Policy::print`]'s text.
    pub fn with_queues(mut self, queues: Vec<Queue>) -> Result<Self, Vec<Problem>> {
        self.definition.queues = queues;
        Self::parse(&self.print())
    }

    /// The policy with another wording, checked again, under a new version.
    ///
    /// # Errors
    /// What is wrong with the new whole, at places of [`Policy::print`]'s text.
    pub fn with_wording(mut self, wording: Wording) -> Result<Self, Vec<Problem>> {
        self.definition.wording = wording;
        Self::parse(&self.print())
    }

    /// What the detector refuses about a phrase or pattern of a topic, at the place where
    /// it stands.
    pub fn problem_in_topic(
        &self,
        topic: &TopicKey,
        text: &str,
        (message, hint): (String, &str),
    ) -> Problem {
        let definition = self.topics.iter().find(|(key, _)| key == topic);
        let find = |list: &str, items: &[String]| {
            // What is too long is named by its beginning.
            let at = items.iter().position(|item| item.starts_with(text))?;
            Some(format!("topics.{topic}.{list}[{at}]"))
        };
        let path = definition
            .and_then(|(_, it)| {
                find("patterns", &it.patterns)
                    .or_else(|| find("phrases", &it.phrases))
                    .or_else(|| find("except", &it.except))
            })
            .unwrap_or_else(|| format!("topics.{topic}"));
        let place = self.place(&path);
        Problem {
            line: place.line,
            column: place.column,
            path,
            message,
            hint: Some(hint.to_owned()),
            code: ProblemCode::Pattern,
        }
    }

    /// Whether a rule is tried on the turn and on the answer.
    pub(crate) fn stages(&self) -> &[(bool, bool)] {
        &self.stages
    }

    /// Where a rule, queue or topic stands in the text.
    pub(crate) fn place(&self, path: &str) -> Place {
        self.places
            .iter()
            .find(|(known, _)| known == path)
            .map(|(_, place)| *place)
            .unwrap_or_default()
    }

    fn language_wording(&self, locale: Option<&str>) -> Option<&LanguageWording> {
        let languages = &self.definition.wording.languages;
        languages
            .get(language_of(locale))
            .or_else(|| languages.get(&self.definition.language))
    }
}

impl Definition {
    /// Every reason and subject that a verdict may carry.
    fn texts(&self) -> impl Iterator<Item = &Localized> {
        let handoffs = self
            .handoffs()
            .flat_map(|it| it.subject.iter().chain([&it.reason]));
        let reviews = self.reviews().map(|review| &review.reason);
        let topics = self
            .topics
            .iter()
            .filter_map(|topic| topic.subject.as_ref());
        handoffs.chain(reviews).chain(topics)
    }

    /// Every handoff, the built-in ones first.
    pub(crate) fn handoffs(&self) -> impl Iterator<Item = &crate::definition::Handoff> {
        let rules = self.rules.iter().filter_map(|rule| match &rule.then {
            Some(crate::definition::Action::Escalate(handoff)) => Some(handoff),
            _ => None,
        });
        [&self.opt_out, &self.unavailable, &self.fallback.handoff]
            .into_iter()
            .chain(&self.autonomy.none)
            .chain(rules)
    }

    /// Everything that has drafts released.
    pub(crate) fn reviews(&self) -> impl Iterator<Item = &crate::definition::Review> {
        let rules = self.rules.iter().filter_map(|rule| match &rule.then {
            Some(crate::definition::Action::Review(review)) => Some(review),
            _ => None,
        });
        self.autonomy.draft.iter().chain(rules)
    }
}

/// The language of a locale: `de` of `de-AT`.
fn language_of(locale: Option<&str>) -> &str {
    locale
        .and_then(|locale| locale.split(['-', '_']).next())
        .unwrap_or_default()
}

fn version(name: &str, text: &str) -> PolicyVersion {
    use std::fmt::Write as _;
    let mut version = format!("{name}@");
    for byte in Sha256::digest(text.as_bytes())
        .iter()
        .take(VERSION_HASH_BYTES)
    {
        // Writing to a string cannot fail.
        let _ = write!(version, "{byte:02x}");
    }
    PolicyVersion(version.into())
}

/// A rule that only reads scores of an answer has nothing to say before there is one.
fn stages(stage: Option<RuleStage>, when: &Condition) -> (bool, bool) {
    match stage {
        Some(RuleStage::Turn) => (true, false),
        Some(RuleStage::Answer) => (false, true),
        None => (!reads_answers_only(when), true),
    }
}

pub(crate) fn reads_answers_only(condition: &Condition) -> bool {
    match condition {
        Condition::All(parts) | Condition::Any(parts) | Condition::Count { of: parts, .. } => {
            parts.iter().all(reads_answers_only)
        }
        Condition::Not(part) => reads_answers_only(part),
        Condition::Leaf(leaf) => matches!(
            leaf.source,
            Source::Signal(
                SignalKind::RetrievalConfidence
                    | SignalKind::AnswerConfidence
                    | SignalKind::QueryDistance
                    | SignalKind::OutOfScope
            )
        ),
    }
}
