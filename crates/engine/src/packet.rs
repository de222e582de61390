//! The packet: what the agent reads instead of a raw log.
//!
//! [`build`] extracts it from the turns, the facts and the verdict; nothing here
//! asks a model, so it is there before the agent is. Statements carry the turn they
//! rest on; what the program phrases itself only moves pronouns or fills typed
//! slots, and [`grounding`] guards it. A model's version may stand beside it: [`generated`]. What customers write is data: it is quoted
//! and never obeyed.

mod attempts;
mod concern;
mod cues;
mod entities;
mod first_line;
pub mod generated;
pub mod grounding;
pub mod hint;
mod intent;
mod metadata;
mod questions;
mod reading;
mod retell;
mod summary;
mod text;
mod trigger;

use segue_model::event::Opening;
use segue_model::fact::Facts;
use segue_model::id::{ConversationId, PolicyVersion};
use segue_model::packet::{
    CORE_INTENT_WORDS_MAX, Cited, Entity, Packet, SUMMARY_WORDS_MAX, TriggerNote,
};
use segue_model::signal::Evidence;
use segue_model::turn::{Turn, TurnNumber};
use segue_model::verdict::Verdict;
use sha2::{Digest, Sha256};

use attempts::Tried;
use grounding::Grounds;
use intent::Intent;
use reading::Reading;
pub use trigger::stakes;

/// The longest subject line, in characters.
pub const SUBJECT_CHARS_MAX: usize = 60;

/// How many sentences of the assistant's about the handoff are shown.
const TOLD_SENTENCES_MAX: usize = 8;

/// What a packet is built from.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The conversation.
    pub conversation: ConversationId,
    /// What everybody in it has seen, in order.
    pub turns: &'a [Turn],
    /// What it was opened with.
    pub opening: &'a Opening,
    /// What is known of the customer now.
    pub facts: &'a Facts,
    /// The verdict that escalated, if one did.
    pub verdict: Option<&'a Verdict>,
    /// Why, where no verdict says it: an agent took over, a button was pressed.
    pub reason: &'a str,
    /// What the assistant said of it to staff, if it asked for the handoff.
    pub told: Option<&'a str>,
    /// The policy under which it was decided.
    pub policy: &'a PolicyVersion,
    /// The mood by customer turn, −1 to 1.
    pub moods: &'a [(TurnNumber, f64)],
    /// The name of the agent who will probably answer.
    pub agent_name: Option<&'a str>,
}

/// One line for lists ("402 on my new card"): the customer's own words of what they
/// want, at most [`SUBJECT_CHARS_MAX`] characters, without line breaks. `stakes` are those
/// of the verdict that led to a person, if one did.
pub fn subject_line<'a>(turns: impl IntoIterator<Item = &'a Turn>, stakes: &[Evidence]) -> String {
    let stakes: Vec<&Evidence> = stakes.iter().collect();
    let reading = Reading::new(turns, None, &stakes);
    match intent::find(&reading, &stakes) {
        Intent::Known(_, sentence) | Intent::Unclear(_, sentence) => {
            intent::short(sentence, SUBJECT_CHARS_MAX)
        }
        Intent::PersonOnly(_) => "Asks for a person".to_owned(),
        Intent::Silent => "Nothing written yet".to_owned(),
    }
}

/// Builds the packet. It is total: whatever the turns, the result is a packet, and
/// the same source gives the same one.
pub fn build(source: &Source<'_>) -> Packet {
    let stakes = trigger::stakes(source.verdict);
    let reading = Reading::new(source.turns, source.opening.locale.as_deref(), &stakes);
    let intent = intent::find(&reading, &stakes);
    let entities = entities::extract(&reading, source.facts);
    let tried = attempts::extract(&reading);
    let known = questions::Known {
        vocabulary: questions::vocabulary(&reading),
        reading: &reading,
        intent: &intent,
        entities: &entities,
        opening: source.opening,
        facts: source.facts,
    };
    let mut open_questions = questions::open(&known);
    let line = first_line::Known {
        reading: &reading,
        intent: &intent,
        tried: &tried,
        entities: &entities,
        facts: source.facts,
        verdict: source.verdict,
        agent_name: source.agent_name,
    };
    let suggested_first_line = guarded_line(source, &reading, &line, &mut open_questions);
    let mut core_intent = intent.line();
    let mut summary = summary::write(&reading, &intent, &tried);
    mark_corrections(&entities, &mut core_intent, &mut summary);
    let mut packet = Packet {
        conversation: source.conversation,
        core_intent,
        summary,
        attempted_solutions: tried
            .into_iter()
            .map(|Tried { attempt, .. }| attempt)
            .collect(),
        metadata: metadata::collect(source.opening, source.facts),
        entities,
        trigger: TriggerNote {
            told: told(source, &reading, &mut open_questions),
            ..trigger::note(source.verdict, source.reason, &reading)
        },
        open_questions,
        sentiment_curve: curve(source.moods),
        suggested_first_line,
        through: source
            .turns
            .last()
            .map(|turn| turn.number)
            .unwrap_or_default(),
        policy: source.policy.clone(),
        content_hash: String::new(),
    };
    packet.content_hash = content_hash(&packet);
    packet
}

/// The suggested line, checked. A sentence without ground is dropped, and the agent
/// sees that it was.
fn guarded_line(
    source: &Source<'_>,
    reading: &Reading<'_>,
    known: &first_line::Known<'_>,
    open_questions: &mut Vec<String>,
) -> String {
    let mut grounds =
        Grounds::without_turns(source.opening, source.facts).in_language(reading.language);
    grounds.add(source.agent_name.unwrap_or_default());
    // SAFETY NET: the templates take their values from the conversation alone.
    let sentences = first_line::sentences(known);
    let checked = grounding::filter_by_turns(sentences, grounds, source.turns);
    open_questions.extend(
        checked
            .dropped
            .iter()
            .map(|(_, reason)| format!("A sentence was left out of the first line: {reason}.")),
    );
    let line = checked.kept.join(" ");
    let is_known = known.intent.is_known();
    if checked.kept.is_empty() || (is_known && first_line::is_generic_question(&line)) {
        return first_line::plain(known);
    }
    line
}

/// What the assistant said of the handoff, checked: a program may have made it up.
fn told(
    source: &Source<'_>,
    reading: &Reading<'_>,
    open_questions: &mut Vec<String>,
) -> Vec<String> {
    let Some(told) = source.told else {
        return Vec::new();
    };
    let sentences: Vec<String> = text::pieces(told)
        .iter()
        .map(|piece| text::clean(told.get(piece.start..piece.end).unwrap_or_default()))
        .take(TOLD_SENTENCES_MAX)
        .collect();
    let grounds =
        Grounds::without_turns(source.opening, source.facts).in_language(reading.language);
    let checked = grounding::filter_by_turns(sentences, grounds, source.turns);
    open_questions.extend(checked.dropped.iter().map(|(_, reason)| {
        format!("A sentence of the assistant's about the handoff was left out: {reason}.")
    }));
    checked.kept
}

/// Says behind a value that the customer took back what stands in its place: nobody should
/// act on a sentence that was right only when it was written.
fn mark_corrections(entities: &[Entity], core_intent: &mut Cited, summary: &mut [Cited]) {
    let count =
        |texts: &[Cited]| -> usize { texts.iter().map(|it| text::word_count(&it.text)).sum() };
    let replaced = |entity: &Entity| Some((entity.value.clone(), entity.replaced_by.clone()?));
    for (wrong, right) in entities.iter().filter_map(replaced) {
        let marked = format!("{wrong} (corrected: {right})");
        let added = text::word_count(&marked) - text::word_count(&wrong);
        let has_room = count(std::slice::from_ref(core_intent)) + added <= CORE_INTENT_WORDS_MAX;
        if has_room && !core_intent.text.contains(&right) {
            core_intent.text = core_intent.text.replacen(&wrong, &marked, 1);
        }
        if count(summary) + added > SUMMARY_WORDS_MAX {
            continue;
        }
        let told = summary.iter_mut().find(|it| it.text.contains(&wrong));
        if let Some(told) = told.filter(|it| !it.text.contains(&right)) {
            told.text = told.text.replacen(&wrong, &marked, 1);
        }
    }
}

/// The curve in the range that it is read in; a mood that is no number is left out.
fn curve(moods: &[(TurnNumber, f64)]) -> Vec<(TurnNumber, f64)> {
    let measured = moods.iter().filter(|(_, mood)| mood.is_finite());
    measured
        .map(|(turn, mood)| (*turn, mood.clamp(-1.0, 1.0)))
        .collect()
}

/// The SHA-256, in hexadecimal, of the packet's JSON with an empty hash. Two packets
/// have the same hash if an agent reads the same in them.
pub fn content_hash(packet: &Packet) -> String {
    let bare = Packet {
        content_hash: String::new(),
        ..packet.clone()
    };
    // A packet holds no map with keys other than text and no number that is not
    // finite, so it always has a JSON form.
    let json = serde_json::to_vec(&bare).unwrap_or_default();
    Sha256::digest(&json)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
