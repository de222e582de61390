//! From what agents said that solved it, a proposed article: their sentences, without
//! greetings, without what is about one customer alone, and with where each comes from.
//! It is a proposal: somebody reads, edits and publishes it.

use segue_detect::asks::Ask;
use segue_detect::redact::{self, Private};
use segue_model::id::ConversationId;
use segue_model::time::Timestamp;
use segue_model::turn::TurnNumber;

use super::Cluster;
use crate::words;

/// How many sentences a proposal has at most.
const SENTENCES_MAX: usize = 8;
/// How many of the customers' questions a proposal lists; the others try it.
const ASKED_MAX: usize = 12;
/// Fewer different questions than this are all listed.
const ASKED_ALL: usize = 5;
/// The longest question that is listed whole, in characters.
const ASKED_CHARS_MAX: usize = 200;
/// The shortest sentence that says something, in words.
const WORDS_MIN: usize = 3;
/// From which likeness on two sentences say the same.
const SAME_MIN: f32 = 0.5;
/// From which likeness on another agent's sentence bears one out.
const BORNE_OUT_MIN: f32 = 0.4;
/// What the customer's thanks count in the choice of a resolution, against another agent
/// who says the same.
const THANKS: f32 = 0.5;
/// So many digits in a row are somebody's number, not a step.
const DIGITS_MAX: usize = 4;

/// How sentences begin that are about this one case: what the agent does or did, which no
/// article can do.
const OF_ONE_CASE: &[&str] = &[
    "i've ",
    "i have ",
    "i just ",
    "i'll ",
    "i will ",
    "i can see",
    "i see ",
    "i am ",
    "i'm ",
    "let me ",
    "we've ",
    "one moment",
    "thank",
    "thanks",
    "you're welcome",
    "sorry",
    "my name",
    "ich habe ",
    "ich werde ",
    "ich sehe",
    "ich schaue",
    "ich bin ",
    "einen moment",
    "moment ",
    "danke",
    "gern ",
    "gerne",
    "mein name",
    "es tut mir",
    "tut mir",
];

/// A conversation of a cluster that an agent dealt with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolution {
    /// The conversation.
    pub conversation: ConversationId,
    /// When it was dealt with.
    pub at: Timestamp,
    /// Whether the customer thanked or said that it helped.
    pub is_thanked: bool,
    /// What the agents said to the customer.
    pub said: Vec<(TurnNumber, String)>,
    /// Names that must not stand in an article: the customer's and the agents'.
    pub names: Vec<String>,
}

/// A sentence of a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// The agent's words.
    pub text: String,
    /// Where they stand; the first is where they are taken from.
    pub sources: Vec<(ConversationId, TurnNumber)>,
}

/// A proposed article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The title: the cluster's name.
    pub title: String,
    /// What agents said, in reading order; empty where nothing can be taken over.
    pub sentences: Vec<Sentence>,
    /// How customers ask for it, in their words.
    pub asked: Vec<String>,
    /// How many resolutions were read.
    pub resolutions: usize,
}

struct Said {
    text: String,
    ask: Ask,
    source: (ConversationId, TurnNumber),
}

/// A proposed article for a cluster, from what agents said in its conversations.
pub fn propose(cluster: &Cluster, resolutions: &[Resolution]) -> Proposal {
    let read: Vec<Vec<Said>> = resolutions.iter().map(useful).collect();
    let near = |said: &Said, others: &[Said]| {
        let all = others.iter().map(|other| other.ask.likeness(&said.ask));
        all.fold(0.0_f32, f32::max)
    };
    // The resolution that the others say, too: what several agents say is not about one case.
    let score = |at: usize| {
        let Some((own, resolution)) = read.get(at).zip(resolutions.get(at)) else {
            return f32::MIN;
        };
        if own.is_empty() {
            return f32::MIN;
        }
        let others = read.iter().enumerate().filter(|(other, _)| *other != at);
        let borne_out: f32 = others
            .map(|(_, said)| own.iter().map(|it| near(it, said)).sum::<f32>() / own.len() as f32)
            .sum();
        borne_out + if resolution.is_thanked { THANKS } else { 0.0 }
    };
    let best = (0..read.len()).max_by(|a, b| {
        let at = |place: &usize| resolutions.get(*place).map(|it| it.at);
        score(*a).total_cmp(&score(*b)).then(at(a).cmp(&at(b)))
    });
    let mut chosen: Vec<(Sentence, &Ask)> = Vec::new();
    let is_new = |said: &Said, chosen: &[(Sentence, &Ask)]| {
        chosen
            .iter()
            .all(|(_, ask)| ask.likeness(&said.ask) < SAME_MIN)
    };
    let sentence = |said: &Said| Sentence {
        text: said.text.clone(),
        sources: vec![said.source],
    };
    for said in best.and_then(|at| read.get(at)).into_iter().flatten() {
        // Sentences of one agent speak of the same and say different things of it.
        let is_said = chosen.iter().any(|(it, _)| it.text == said.text);
        if chosen.len() < SENTENCES_MAX && !is_said {
            chosen.push((sentence(said), &said.ask));
        }
    }
    // What it leaves out and two others say belongs there, too.
    for (at, said) in read
        .iter()
        .enumerate()
        .flat_map(|(at, list)| list.iter().map(move |it| (at, it)))
    {
        let others = read.iter().enumerate().filter(|(other, _)| *other != at);
        let is_borne_out = others
            .into_iter()
            .any(|(_, list)| near(said, list) >= BORNE_OUT_MIN);
        if chosen.len() < SENTENCES_MAX && is_borne_out && is_new(said, &chosen) {
            chosen.push((sentence(said), &said.ask));
        }
    }
    for said in read.iter().flatten() {
        let likest = chosen
            .iter_mut()
            .map(|(it, ask)| (ask.likeness(&said.ask), it))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let same = likest
            .filter(|(likeness, it)| *likeness >= SAME_MIN && !it.sources.contains(&said.source));
        if let Some((_, sentence)) = same {
            sentence.sources.push(said.source);
        }
    }
    Proposal {
        title: title_of(&cluster.name),
        sentences: chosen.into_iter().map(|(sentence, _)| sentence).collect(),
        asked: asked(cluster),
        resolutions: resolutions.len(),
    }
}

impl Proposal {
    /// The article's text: the answer in one sentence, then what else there is to say.
    pub fn body(&self) -> String {
        let mut texts = self.sentences.iter().map(|it| it.text.as_str());
        let Some(first) = texts.next() else {
            return String::new();
        };
        let rest: Vec<&str> = texts.collect();
        match rest.is_empty() {
            true => first.to_owned(),
            false => format!("{first}\n\n{}", rest.join(" ")),
        }
    }

    /// Where its words come from, each place once, in the order of its sentences.
    pub fn sources(&self) -> Vec<(ConversationId, TurnNumber)> {
        let mut sources = Vec::new();
        for source in self.sentences.iter().flat_map(|it| &it.sources) {
            if !sources.contains(source) {
                sources.push(*source);
            }
        }
        sources
    }
}

/// The sentences of a resolution that may stand in an article.
fn useful(resolution: &Resolution) -> Vec<Said> {
    let names = resolution.names.iter().map(String::as_str);
    let private = Private::new(names, []);
    let mut found = Vec::new();
    for (turn, text) in &resolution.said {
        for sentence in sentences(text) {
            let ask = Ask::of(sentence);
            if is_useful(sentence, &ask, &private) {
                found.push(Said {
                    text: finished(sentence),
                    ask,
                    source: (resolution.conversation, *turn),
                });
            }
        }
    }
    found
}

fn is_useful(sentence: &str, ask: &Ask, private: &Private) -> bool {
    let low = sentence.to_lowercase().replace('’', "'");
    let digits = low.split(|c: char| !c.is_ascii_digit()).map(str::len).max();
    !sentence.ends_with('?')
        && ask.words().len() >= WORDS_MIN
        && ask.has_content()
        && words::states_concern(sentence)
        && !OF_ONE_CASE.iter().any(|start| low.starts_with(start))
        && digits.unwrap_or(0) <= DIGITS_MAX
        && redact::find(sentence, private).is_empty()
}

/// The sentences of a text, as they stand there.
fn sentences(text: &str) -> Vec<&str> {
    let ask = Ask::of(text);
    let starts: Vec<usize> = ask
        .words()
        .chunk_by(|a, b| a.sentence == b.sentence)
        .filter_map(|words| words.first())
        .map(|word| word.start as usize)
        .collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let spans = starts.iter().copied().zip(ends);
    spans
        .filter_map(|(start, end)| text.get(start..end))
        .map(|sentence| {
            sentence.trim_end_matches(|c: char| c.is_whitespace() || "-*•([\"'“„".contains(c))
        })
        .filter(|sentence| !sentence.is_empty())
        .collect()
}

/// A sentence with its capital and its stop.
fn finished(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let mut text: String = letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    });
    if !text.ends_with(['.', '!', ':', '…', ')', '"']) {
        text.push('.');
    }
    text
}

fn title_of(name: &str) -> String {
    name.trim_end_matches('…').trim().to_owned()
}

/// Of the different questions of a cluster every second one, the likest to all others
/// first; all of few. What is private stands in none.
fn asked(cluster: &Cluster) -> Vec<String> {
    let questions = questions(cluster);
    let is_few = questions.len() <= ASKED_ALL;
    let listed = questions.into_iter().enumerate();
    let listed = listed.filter(|(at, _)| is_few || at % 2 == 0);
    listed.map(|(_, text)| text).take(ASKED_MAX).collect()
}

/// The different questions of a cluster, the likest to all others first, without those
/// that hold something private.
pub fn questions(cluster: &Cluster) -> Vec<String> {
    let mut members: Vec<_> = cluster.members.iter().collect();
    members.sort_by_key(|member| member.rank);
    let mut seen = std::collections::BTreeSet::new();
    let texts = members.into_iter().map(|member| {
        let text = member.failure.text.split_whitespace();
        text.collect::<Vec<_>>().join(" ")
    });
    texts
        .filter(|text| text.chars().count() <= ASKED_CHARS_MAX)
        .filter(|text| redact::find(text, &Private::default()).is_empty())
        .filter(|text| seen.insert(text.to_lowercase()))
        .collect()
}
