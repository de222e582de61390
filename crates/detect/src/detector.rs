//! The detector: folds turns into a memory.

mod readings;

use std::sync::Arc;

use segue_model::limits::TURN_TEXT_BYTES_MAX;
use segue_model::signal::{Evidence, Signals};
use segue_model::time::Timestamp;
use segue_model::topic::{TopicDefinition, TopicKey};
use segue_model::turn::{AnswerScores, Role, TurnNumber};

use crate::builtin::{ASKED_ABOUT, BUILTIN, Builtin, NEGATED_IS_NOT_MEANT, TARGETS, Target};
use crate::complexity::Complexity;
use crate::features::Features;
use crate::fold::Folded;
use crate::heads::{AGAINST_MIN, Heads, SHIPPED, SURE_MIN};
use crate::memory::{ANSWERS_MAX, Answer, FOUND_MIN, Latest, Memory};
use crate::mood::{self, NEUTRAL_MAX};
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
/// Gram cosine from which an answer is the same answer again (`science.md` §5 B).
const SAME_ANSWER_MIN: f32 = 0.8;

/// From which score on the rules stand beside a head.
const RULES_BESIDE_MIN: f64 = 0.2;
/// In a turn with fewer words that say something of a subject a head alone must be sure.
const CONTENT_ALONE_MIN: usize = 2;
/// A turn of fewer words that negates what it is about asks for nothing else.
const SHORT_WORDS: usize = 6;
/// What one word often says: "useless".
const OFTEN_ONE_WORD: &[Target] = &[Target::Frustration, Target::Anger];
/// What heads have learned from few lines, and what weighs much: alone they must be sure.
const WEIGHTY: &[Target] = &[Target::Distress, Target::LegalThreat, Target::PrivacyData];

/// Everything needed to observe conversations of one workspace: the built-in
/// rules, shared by all, and the topics of its policy. Immutable, cheap to share.
pub struct Detector {
    builtin: Arc<Builtin>,
    topics: Topics,
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
        })
    }

    /// A detector with all built-in topics and no others.
    pub fn builtin() -> Self {
        Self {
            builtin: Arc::clone(&BUILTIN),
            topics: Topics::builtin(),
        }
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
    /// assistant's scores, `tool_failure` and `implied_promise` are absent
    /// without an answer that supplies them, the moods where no lexicon knows
    /// the script. `fallback_streak` counts clarifying questions, but never the
    /// answer that is being judged; it, the repeats and the negative streak begin
    /// anew after an agent's turn.
    pub fn signals(&self, memory: &Memory, flow: &Flow) -> Signals {
        readings::signals(&self.topics, memory, flow)
    }

    fn observe_customer(&self, memory: &mut Memory, turn: &Observed<'_>) {
        memory.risk_before = risk::measure(memory);
        memory.turns = memory.turns.saturating_add(1);
        memory.answer = None;
        let original = cut(turn.text);
        let read = Reader::new(original, turn.number, &self.builtin);
        let mut latest = read.findings();
        let features = read.features(&latest);
        if let Some(heads) = SHIPPED.as_ref() {
            read.add_heads(heads, &features, &mut latest);
        }
        if !memory.is_answered {
            // Nothing was said that it could be about.
            latest.clear(Target::Feedback);
        }
        latest.topics = self.find_topics(&read);
        latest.complexity.is_ask = read.is_ask(&latest);
        let text = risk::read(&features, &mut latest.complexity);
        if let Some(mood) = latest.mood {
            memory.push_mood(mood, turn.at, mood <= -NEUTRAL_MAX);
        }
        let is_progress = latest.has(Target::Thanks) && !latest.has(Target::Feedback);
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
        let answer = Answer::new(turn.number, turn.scores, read.promise());
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

/// What the rules say of a text alone, for learning what to add to them.
#[derive(Debug, Clone)]
pub(crate) struct RuleFindings {
    /// Strength of each target, 0–1.
    pub scores: [f32; TARGETS],
    /// Whether it asks for information.
    pub is_info: bool,
}

/// A text as the heads see it: its features, and what the rules say of it.
pub(crate) fn rule_findings(text: &str) -> (Features, RuleFindings) {
    let read = Reader::new(cut(text), TurnNumber(1), &BUILTIN);
    let latest = read.findings();
    let features = read.features(&latest);
    let findings = RuleFindings {
        scores: latest.scores,
        is_info: read.info_hits().next().is_some(),
    };
    (features, findings)
}

/// The strength of each target in a text, as heads that do not ship would find it.
pub(crate) fn scores_by(heads: &Heads, text: &str) -> [f32; TARGETS] {
    let read = Reader::new(cut(text), TurnNumber(1), &BUILTIN);
    let mut latest = read.findings();
    read.add_heads(heads, &read.features(&latest), &mut latest);
    latest.scores
}

/// The part of a text that is looked at (F26: a window of 16 KiB).
fn cut(text: &str) -> &str {
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

    /// All that can be said of the turn alone.
    fn findings(&self) -> Latest {
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
        self.add_mood(&mut latest, &phrases);
        latest
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

    /// What trained models look at; what the rules found is part of it.
    fn features(&self, found: &Latest) -> Features {
        let mut features = Features::new(&self.tokens, &self.folded, &self.builtin.rules);
        features.mark(&self.tokens, found);
        features
    }

    /// Joins what the rules found with the trained heads.
    fn add_heads(&self, heads: &Heads, features: &Features, latest: &mut Latest) {
        if self.tokens.list.is_empty() {
            return;
        }
        let margins = heads.margins(features);
        let is_info = self.info_hits().next().is_some();
        for (column, (head, margin)) in heads.list.iter().zip(margins).enumerate() {
            let target = head.target;
            let Some(score) = latest.scores.get_mut(target as usize) else {
                continue;
            };
            let is_asked = is_info && ASKED_ABOUT.contains(&target);
            let rules = *score;
            *score = head.score(margin, features, rules, is_asked);
            if f64::from(*score) < FOUND_MIN {
                continue;
            }
            let words = heads.carriers(features, column, self.tokens.list.len());
            let (of_rules, joined) = (f64::from(rules), f64::from(*score));
            if of_rules < FOUND_MIN && !self.is_believed(target, (of_rules, joined), words) {
                *score = rules;
            } else if latest.evidence.iter().all(|(other, _)| *other != target)
                && let Some(evidence) = words.and_then(|words| self.words_evidence(words))
            {
                latest.evidence.push((target, evidence));
            }
        }
    }

    /// Whether a head may find what the rules do not.
    fn is_believed(
        &self,
        target: Target,
        (of_rules, joined): (f64, f64),
        words: Option<(usize, usize)>,
    ) -> bool {
        let Some(words) = words else {
            return false;
        };
        let is_alone = of_rules < RULES_BESIDE_MIN;
        let says_little =
            || !OFTEN_ONE_WORD.contains(&target) && self.content_words() < CONTENT_ALONE_MIN;
        let is_doubted = (is_alone && (WEIGHTY.contains(&target) || says_little()))
            || self.is_taken_back(target, words.0);
        // "I don't want a refund" says no more; "I don't know how to cancel" may.
        let is_short = self.tokens.list.len() < SHORT_WORDS;
        if is_short && self.is_negated(target, (words.1, words.1)) {
            return false;
        }
        let needed = if self.is_negated(target, words) {
            f64::from(AGAINST_MIN)
        } else if is_doubted {
            f64::from(SURE_MIN)
        } else {
            FOUND_MIN
        };
        joined >= needed
    }

    /// How many words of the turn say something of a subject.
    fn content_words(&self) -> usize {
        let classes = &self.builtin.classes;
        let is_content =
            |token: &&Token| token.end - token.start > 1 && !classes.function.contains(token.word);
        self.tokens.list.iter().filter(is_content).count()
    }

    /// Whether a rule knows that something else is meant where a head's words begin.
    fn is_taken_back(&self, target: Target, first: usize) -> bool {
        let takes_back = |veto: &Hit<'_>| veto.takes_back(target as u8, first, &self.tokens);
        self.vetoes.iter().any(takes_back)
    }

    /// Whether what a head goes by is negated, and so likely not meant.
    fn is_negated(&self, target: Target, (first, last): (usize, usize)) -> bool {
        let is_negated = |at| self.builtin.rules.is_under_negation(&self.tokens.list, at);
        NEGATED_IS_NOT_MEANT.contains(&target) && (first..=last).any(is_negated)
    }

    /// A run of words as evidence, named by its first and last.
    fn words_evidence(&self, (first, last): (usize, usize)) -> Option<Evidence> {
        let (first, last) = (self.tokens.list.get(first)?, self.tokens.list.get(last)?);
        let word = |token: &Token| {
            self.folded
                .text
                .get(token.start as usize..token.end as usize)
        };
        let what = if first.start == last.start {
            word(first)?.to_owned()
        } else {
            format!("{} … {}", word(first)?, word(last)?)
        };
        Some(self.evidence(first.start as usize, last.end as usize, what.into()))
    }

    fn add_substrings(&self, latest: &mut Latest, phrases: &mut Vec<mood::Phrase>) {
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

    fn add_mood(&self, latest: &mut Latest, phrases: &[mood::Phrase]) {
        // In a script the lexicon does not know, no finding is no mood.
        if !self.is_latin && phrases.is_empty() {
            return;
        }
        let mood = mood::measure(&self.tokens, phrases, self.builtin);
        latest.mood = Some(mood.value);
        latest.mood_evidence =
            mood.strongest
                .and_then(|at| self.tokens.list.get(at))
                .map(|token| {
                    let (start, end) = (token.start as usize, token.end as usize);
                    self.evidence(
                        start,
                        end,
                        self.folded.text.get(start..end).unwrap_or("").into(),
                    )
                });
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
    fn is_ask(&self, latest: &Latest) -> bool {
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

    /// How strongly, and where, an assistant's text promises a person.
    fn promise(&self) -> Option<(f64, Evidence)> {
        let id = Target::Promise as u8;
        let hit = self
            .hits
            .iter()
            .find(|hit| hit.rule.targets.contains(&id))?;
        Some((f64::from(hit.rule.weight), self.hit_evidence(hit)))
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
