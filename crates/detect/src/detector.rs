//! The detector: folds turns into a memory.

mod feeling;
mod heads;
mod readings;

use std::sync::Arc;

use segue_model::limits::TURN_TEXT_BYTES_MAX;
use segue_model::signal::{Evidence, Signals};
use segue_model::time::Timestamp;
use segue_model::topic::{TopicDefinition, TopicKey};
use segue_model::turn::{AnswerScores, Role, TurnNumber};

use crate::builtin::{ASKED_ABOUT, BUILTIN, Builtin, TARGETS, Target};
use crate::complexity::Complexity;
use crate::features::Features;
use crate::fold::Folded;
use crate::heads::SHIPPED;
use crate::memory::{ANSWERS_MAX, Answer, Latest, Memory};
use crate::mood::{NEUTRAL_MAX, Phrase};
use crate::promises::{self, Backing};
use crate::risk::{Manner, Said};
use crate::rules::Hit;
use crate::sketch::Sketch;
use crate::token::{Token, Tokens};
use crate::topics::{TopicError, Topics};
use crate::{risk, shape};

/// How many places are kept as evidence of one signal.
const EVIDENCE_MAX: usize = 3;
/// A turn of fewer words answers a question or greets; it puts no concern.
const ASK_WORDS_MIN: usize = 3;
/// A turn of fewer words puts a concern if so many of them are content.
const ASK_STEMS_MIN: usize = 2;
/// Mood from which a turn takes the answer before it well.
const PLEASED_MIN: f64 = 0.3;
/// Gram cosine from which an answer is the same answer again (`science.md` §5 B).
const SAME_ANSWER_MIN: f32 = 0.8;

/// Everything needed to observe conversations of one workspace: the built-in
/// rules, shared by all, and the topics of its policy. Immutable, cheap to share.
pub struct Detector {
    builtin: Arc<Builtin>,
    topics: Topics,
    backing: Backing,
}

/// One turn, as the detector wants it.
#[derive(Debug, Clone, Copy)]
pub struct Observed<'a> {
    /// Its place in the conversation.
    pub number: TurnNumber,
    /// Who wrote it.
    pub role: Role,
    /// What was written; empty if it has been erased.
    pub text: &'a str,
    /// When.
    pub at: Timestamp,
    /// The assistant's scores; the default for other roles.
    pub scores: &'a AnswerScores,
    /// Whether the assistant asked a clarifying question instead of answering,
    /// which counts as a fallback.
    pub is_clarifying: bool,
}

/// What the detector cannot see in the turns.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Flow {
    /// How often the conversation was handed back to the assistant.
    pub hand_backs: u32,
    /// Whether the assistant did not answer the latest customer turn in time.
    pub is_assistant_timed_out: bool,
}

impl Detector {
    /// Compiles the topics of a policy.
    ///
    /// Errors: a pattern that is too long, too large, not linear, or matches
    /// the empty text; each names topic and pattern.
    pub fn new(topics: &[(TopicKey, TopicDefinition)]) -> Result<Self, TopicError> {
        Ok(Self {
            builtin: Arc::clone(&BUILTIN),
            topics: Topics::new(topics)?,
            backing: Backing::default(),
        })
    }

    /// A detector with all built-in topics and no others.
    pub fn builtin() -> Self {
        Self {
            builtin: Arc::clone(&BUILTIN),
            topics: Topics::builtin(),
            backing: Backing::default(),
        }
    }

    /// The same, where other tools do what an assistant promises.
    #[must_use]
    pub fn backed_by(mut self, backing: Backing) -> Self {
        self.backing = backing;
        self
    }

    /// Folds one turn into the memory. Turns come in order; the cost depends
    /// on the turn alone, not on the length of the conversation.
    pub fn observe(&self, memory: &mut Memory, turn: &Observed<'_>) {
        match turn.role {
            Role::Customer => self.observe_customer(memory, turn),
            Role::Assistant => self.observe_assistant(memory, turn),
            Role::Agent => memory.begin_anew(),
            Role::System => {}
        }
    }

    /// The signals of the latest customer turn, with the scores of the
    /// assistant turn after it if one was observed. All absent before the
    /// first customer turn.
    ///
    /// Units are those of `SignalKind::unit`; `score` is always 0–1 and grows
    /// with the evidence. `retrieval_confidence` is the best score of the
    /// retrieval list, or the answer's confidence where there is no list. The
    /// assistant's scores, `tool_failure`, `implied_promise` and `implied_action` are absent
    /// without an answer that supplies them, the moods where no lexicon knows
    /// the script. `fallback_streak` counts clarifying questions, but never the
    /// answer that is being judged; it, the repeats and the negative streak begin
    /// anew after an agent's turn.
    pub fn signals(&self, memory: &Memory, flow: &Flow) -> Signals {
        readings::signals(&self.topics, &self.backing, memory, flow)
    }

    /// Looks for this detector's topics in the latest customer turn, of which this is the
    /// text, and puts them in place of those that another detector found in it. Whatever
    /// else a memory holds is the same for every policy, so one memory serves several.
    /// Nothing happens before the first customer turn.
    pub fn find_topics_again(&self, memory: &mut Memory, text: &str) {
        let Some(latest) = &mut memory.latest else {
            return;
        };
        let original = cut(text);
        // Most turns have no phrase of a policy in them: what says whether one counts is
        // read only where there is one.
        let is_found = self.topics.finds(&Folded::new(original));
        let topics = if is_found {
            self.find_topics(&Reader::new(original, latest.number, &self.builtin))
        } else {
            Vec::new()
        };
        if topics != latest.topics {
            Arc::make_mut(latest).topics = topics;
        }
    }

    fn observe_customer(&self, memory: &mut Memory, turn: &Observed<'_>) {
        memory.risk_before = risk::measure(memory);
        memory.turns = memory.turns.saturating_add(1);
        memory.answer = None;
        let original = cut(turn.text);
        let read = Reader::new(original, turn.number, &self.builtin);
        let (mut latest, phrases) = read.findings();
        let features = read.marked_features(&latest);
        if let Some(heads) = SHIPPED.as_ref() {
            read.add_heads(heads, &features, &mut latest);
        }
        read.add_mood(&features, &phrases, &mut latest);
        if !memory.is_answered {
            // Nothing was said that it could be about.
            latest.clear(Target::Feedback);
        }
        latest.topics = self.find_topics(&read);
        latest.complexity.is_ask = read.is_ask(&latest, memory.is_asked);
        let text = risk::read(&features, &mut latest.complexity);
        if let Some(mood) = latest.mood {
            memory.push_mood(mood, turn.at, mood <= -NEUTRAL_MAX);
        }
        let is_progress = latest.has(Target::Thanks) && !latest.has(Target::Feedback);
        if memory.is_answered && read.is_content(&latest) {
            // What went before is settled; what comes now is asked for the first time.
            memory.asks.clear();
        }
        if is_progress {
            memory.asks.clear();
            memory.answer_repeats = 0;
        } else if latest.complexity.is_ask {
            let sketch = Sketch::of_ask(&read.tokens, &read.folded, &self.builtin, &features);
            if sketch.stems() > 0 {
                let (count, earlier, likeness) = memory.link_ask(turn.number, turn.at, sketch);
                (latest.repeats, latest.repeat_of, latest.likeness) = (count, earlier, likeness);
            }
        }
        let manner = Manner::of(&read.tokens, &self.builtin);
        memory.course.add_customer(manner, &latest, text);
        memory.is_rejected = !is_progress
            && (memory.is_rejected || latest.has(Target::Feedback) || latest.repeats > 1);
        memory.latest = Some(Arc::new(latest));
    }

    fn observe_assistant(&self, memory: &mut Memory, turn: &Observed<'_>) {
        let original = cut(turn.text);
        let read = Reader::new(original, turn.number, &self.builtin);
        memory.is_answered = true;
        let is_fallback = turn.scores.is_fallback || turn.is_clarifying;
        memory.is_asked = !is_fallback && original.trim_end().ends_with(['?', '？']);
        // An answer is judged by the streak before it; its own part counts from
        // the next customer turn on.
        memory.fallback_before = memory.fallback_streak;
        memory.fallback_streak = if is_fallback {
            memory.fallback_streak.saturating_add(1)
        } else {
            0
        };
        let mut said = Said::of(&read.tokens, &self.builtin);
        if read.tokens.list.len() >= ASK_WORDS_MIN {
            let sketch = Sketch::of_answer(&read.tokens, &read.folded);
            let is_same = memory
                .answers
                .iter()
                .any(|known| known.gram_cosine(&sketch) >= SAME_ANSWER_MIN);
            said.is_same = is_same;
            if is_same && memory.is_rejected {
                memory.answer_repeats = memory.answer_repeats.saturating_add(1);
            }
            if memory.answers.len() == ANSWERS_MAX {
                memory.answers.pop_front();
            }
            memory.answers.push_back(sketch);
        }
        let promised = promises::find(&read.folded, turn.number);
        let answer = Answer::new(turn.number, turn.scores, promised);
        said.has_failed = answer.failed_tool.is_some();
        said.confidence = answer.confidence.or(answer.retrieval);
        memory.course.add_answer(said);
        memory.answer = Some(answer);
    }

    /// Matches of the topics' own phrases and patterns that stand: not quoted,
    /// not negated, not in a question about policy.
    fn find_topics(&self, read: &Reader<'_>) -> Vec<(TopicKey, Evidence)> {
        let mut found: Vec<(TopicKey, Evidence)> = Vec::new();
        for hit in self.topics.scan(&read.folded) {
            let Some(topic) = self.topics.list.get(hit.topic) else {
                continue;
            };
            let known = found.iter().filter(|(key, _)| *key == topic.key).count();
            if known < EVIDENCE_MAX && !read.is_mere_mention(hit.start, hit.end) {
                let what = read
                    .folded
                    .text
                    .get(hit.start..hit.end)
                    .unwrap_or("")
                    .into();
                found.push((topic.key.clone(), read.evidence(hit.start, hit.end, what)));
            }
        }
        found
    }
}

pub(crate) use feeling::{clues_of, mood_parts};
pub(crate) use heads::{RuleFindings, ask_of, features_of, rule_findings, scores_by};

/// The part of a text that is looked at (F26: a window of 16 KiB).
pub(crate) fn cut(text: &str) -> &str {
    let mut end = text.len().min(TURN_TEXT_BYTES_MAX);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or(text)
}

/// One turn, folded, cut into words and scanned.
struct Reader<'b> {
    number: TurnNumber,
    folded: Folded,
    tokens: Tokens,
    hits: Vec<Hit<'b>>,
    vetoes: Vec<Hit<'b>>,
    builtin: &'b Builtin,
    length: usize,
    is_latin: bool,
    shouting: f64,
}

impl<'b> Reader<'b> {
    fn new(original: &str, number: TurnNumber, builtin: &'b Builtin) -> Self {
        let folded = Folded::new(original);
        let tokens = Tokens::new(&folded, original, &builtin.vocabulary);
        let mut hits = Vec::new();
        let vetoes = builtin.rules.scan(&tokens, &mut hits);
        let shouting = shape::shouting(&tokens, builtin);
        let letters = folded.text.bytes().filter(u8::is_ascii_alphabetic).count();
        let is_latin = letters * 2
            >= folded
                .text
                .len()
                .saturating_sub(folded.text.matches(' ').count());
        Self {
            number,
            folded,
            tokens,
            hits,
            vetoes,
            builtin,
            length: original.len(),
            is_latin,
            shouting,
        }
    }

    /// What the rules say of the turn alone, and its phrases and emoticons with a mood.
    fn findings(&self) -> (Latest, Vec<Phrase>) {
        let mut latest = Latest {
            number: self.number,
            scores: [0.0; TARGETS],
            evidence: Vec::new(),
            topics: Vec::new(),
            mood: None,
            mood_evidence: None,
            repeats: 1,
            repeat_of: Vec::new(),
            likeness: 0.0,
            shouting: self.shouting,
            complexity: Complexity::of(&self.tokens, self.builtin),
            length: self.length,
        };
        let mut phrases = Vec::new();
        for hit in &self.hits {
            for target in hit
                .rule
                .targets
                .iter()
                .filter_map(|id| Target::ALL.get(usize::from(*id)))
            {
                match target {
                    Target::Mood => phrases.push((hit.first, hit.rule.weight)),
                    _ if self.is_asked_about(*target, hit) => {}
                    _ => self.support(&mut latest, *target, hit.rule.weight, || {
                        self.hit_evidence(hit)
                    }),
                }
            }
        }
        self.add_substrings(&mut latest, &mut phrases);
        (latest, phrases)
    }

    /// Adds evidence for a target. Independent rules add up like independent
    /// witnesses: the score is the chance that not all of them are wrong.
    fn support(
        &self,
        latest: &mut Latest,
        target: Target,
        weight: f32,
        evidence: impl Fn() -> Evidence,
    ) {
        if let Some(score) = latest.scores.get_mut(target as usize) {
            *score = 1.0 - (1.0 - *score) * (1.0 - weight.clamp(0.0, 1.0));
        }
        let known = latest
            .evidence
            .iter()
            .filter(|(other, _)| *other == target)
            .count();
        if known < EVIDENCE_MAX && !matches!(target, Target::Info | Target::Slot) {
            latest.evidence.push((target, evidence()));
        }
    }

    /// What trained models look at.
    fn features(&self) -> Features {
        Features::new(&self.tokens, &self.folded, &self.builtin.rules)
    }

    /// The same, and what the rules found.
    fn marked_features(&self, found: &Latest) -> Features {
        let mut features = self.features();
        features.mark(&self.tokens, found);
        features
    }

    fn add_substrings(&self, latest: &mut Latest, phrases: &mut Vec<Phrase>) {
        let Some(automaton) = &self.builtin.substrings else {
            return;
        };
        for found in automaton.find_iter(&self.folded.text) {
            let Some(meaning) = self
                .builtin
                .substring_meanings
                .get(found.pattern().as_usize())
            else {
                continue;
            };
            for target in meaning
                .targets
                .iter()
                .filter_map(|id| Target::ALL.get(usize::from(*id)))
            {
                if *target == Target::Mood {
                    // An emoticon counts at the end of what it comments on.
                    phrases.push((
                        self.word_at(found.start()).unwrap_or(usize::MAX),
                        meaning.weight,
                    ));
                } else {
                    self.support(latest, *target, meaning.weight, || {
                        self.evidence(found.start(), found.end(), Arc::clone(&meaning.text))
                    });
                }
            }
        }
    }

    /// Whether a match is part of a question about policy, terms or fees.
    fn is_asked_about(&self, target: Target, hit: &Hit<'_>) -> bool {
        ASKED_ABOUT.contains(&target)
            && self
                .tokens
                .list
                .get(hit.first)
                .is_some_and(|token| self.is_informational(token.sentence))
    }

    fn is_informational(&self, sentence: u16) -> bool {
        self.info_hits().any(|hit| {
            self.tokens
                .list
                .get(hit.first)
                .is_some_and(|token| token.sentence == sentence)
        })
    }

    fn info_hits(&self) -> impl Iterator<Item = &Hit<'b>> {
        self.hits
            .iter()
            .filter(|hit| hit.rule.targets.contains(&(Target::Info as u8)))
    }

    /// Whether a span of the folded text only mentions its subject.
    fn is_mere_mention(&self, start: usize, end: usize) -> bool {
        let Some(at) = self.word_at(start) else {
            return false;
        };
        let Some(token) = self.tokens.list.get(at) else {
            return false;
        };
        if token.is_quoted || self.builtin.rules.is_negated(&self.tokens.list, at) {
            return true;
        }
        // A phrase that itself names the policy is meant so.
        let names_it = |hit: &Hit<'_>| {
            hit.first != hit.last
                || self.tokens.list.get(hit.first).is_some_and(|info| {
                    (info.start as usize) >= start && (info.end as usize) <= end
                })
        };
        let mut hits = self
            .info_hits()
            .filter(|hit| {
                self.tokens
                    .list
                    .get(hit.first)
                    .is_some_and(|info| info.sentence == token.sentence)
            })
            .peekable();
        let is_word = end <= token.end as usize;
        hits.peek().is_some() && (is_word || !hits.any(names_it))
    }

    /// Whether the turn puts a concern, rather than giving what was asked for.
    fn is_ask(&self, latest: &Latest, is_asked: bool) -> bool {
        if self.goes_along(latest, is_asked) {
            return false;
        }
        let words = self
            .tokens
            .list
            .iter()
            .filter(|token| !token.is_quoted)
            .count();
        let content = self.tokens.list.iter().filter(|token| {
            !token.is_quoted
                && token.word != crate::vocabulary::NUMBER
                && !self.builtin.classes.function.contains(token.word)
        });
        !latest.has(Target::Slot) && (words >= ASK_WORDS_MIN || content.count() >= ASK_STEMS_MIN)
    }

    /// Whether it only answers the assistant's question, or agrees: neither puts a concern
    /// again, even if it names what this is about.
    fn goes_along(&self, latest: &Latest, is_asked: bool) -> bool {
        let wants = |token: &Token| {
            let is_framed = self.builtin.classes.frame.contains(token.word);
            is_framed || self.tokens.is_question(token.sentence)
        };
        (is_asked || self.agrees())
            && !latest.has(Target::Feedback)
            && !self.tokens.list.iter().any(wants)
    }

    /// Whether it begins with a word of consent.
    fn agrees(&self) -> bool {
        let consents = &self.builtin.classes.consents;
        let first = self.tokens.list.first();
        first.is_some_and(|token| consents.contains(token.word))
    }

    /// Whether it takes what was answered well.
    fn is_content(&self, latest: &Latest) -> bool {
        let mood = latest.mood.unwrap_or(0.0);
        let is_pleased = mood >= PLEASED_MIN || self.agrees() && mood > -NEUTRAL_MAX;
        is_pleased && !latest.has(Target::Feedback) && !latest.has(Target::Sarcasm)
    }

    fn hit_evidence(&self, hit: &Hit<'_>) -> Evidence {
        let start = self
            .tokens
            .list
            .get(hit.first)
            .map_or(0, |token| token.start as usize);
        let end = self
            .tokens
            .list
            .get(hit.last)
            .map_or(start, |token| token.end as usize);
        self.evidence(start, end, Arc::clone(&hit.rule.name))
    }

    fn evidence(&self, start: usize, end: usize, what: Arc<str>) -> Evidence {
        let (start, end) = self.folded.original_span(start, end);
        Evidence {
            turn: self.number,
            start,
            end,
            what,
        }
    }

    fn word_at(&self, byte: usize) -> Option<usize> {
        let before = |token: &Token| token.end as usize <= byte;
        let at = self.tokens.list.partition_point(before);
        (at < self.tokens.list.len()).then_some(at)
    }
}
