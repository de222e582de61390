//! Where the present concern begins: a conversation may have several, and the packet
//! speaks of the one that led to the handoff.

use std::collections::HashSet;

use segue_model::packet::EntityKind;
use segue_model::signal::Evidence;
use segue_model::turn::{Author, NoticeKind, Role, Turn};

use super::intent::stems;
use super::reading::{Kind, Said, Sentence};
use super::{attempts, cues, text};

/// The fewest content words of a sentence that names a concern: "yes, I want" names none.
const SUBJECT_WORDS_MIN: usize = 2;

/// The first customer turn, by place in `said`, of the present concern: after the last
/// thing that was solved, after the last hand-back to the assistant if something was said
/// since, and from the last turn on that brings up something else.
pub(super) fn start(turns: &[&Turn], said: &[Said], evidence: &[&Evidence]) -> usize {
    let after_solved = after_solved(said);
    let after_hand_back = after_hand_back(turns, said);
    let has_content = |start: &usize| said.iter().skip(*start).any(Said::has_content);
    let begin = [
        after_solved.max(after_hand_back),
        after_solved,
        after_hand_back,
    ]
    .into_iter()
    .find(has_content)
    .unwrap_or(0);
    turned(turns, said, begin, evidence)
}

fn after_hand_back(turns: &[&Turn], said: &[Said]) -> usize {
    let is_hand_back = |turn: &&&Turn| {
        matches!(
            turn.author,
            Author::System {
                notice: NoticeKind::HandBack
            }
        )
    };
    let handed_back = turns.iter().rfind(is_hand_back).map(|turn| turn.number);
    handed_back.map_or(0, |number| said.partition_point(|said| said.turn < number))
}

fn after_solved(said: &[Said]) -> usize {
    let solved = said.iter().rposition(|said| cues::is_solved(&said.flat));
    solved.map_or(0, |at| {
        let rest = said.get(at).map_or(0, |said| {
            said.sentences
                .iter()
                .filter(|it| it.kind == Kind::Content && !cues::is_solved(&it.flat))
                .count()
        });
        if rest > 0 { at } else { at + 1 }
    })
}

/// The last turn after `begin` with which the customer turned to something else.
fn turned(turns: &[&Turn], said: &[Said], begin: usize, evidence: &[&Evidence]) -> usize {
    // What was spoken of since the concern began, by both.
    let mut spoken: HashSet<&str> = HashSet::new();
    let mut concern = begin;
    for (at, now) in said.iter().enumerate().skip(begin) {
        let has_begun = said
            .get(concern..at)
            .is_some_and(|earlier| earlier.iter().any(Said::has_content));
        if has_begun && is_turn(now, &spoken, answered_before(turns, now), evidence) {
            concern = at;
            spoken.clear();
        }
        spoken.extend(stems(&now.flat));
    }
    concern
}

/// What the assistant said last before a customer turn.
fn answered_before<'t>(turns: &[&'t Turn], said: &Said) -> Option<&'t Turn> {
    let before = turns.get(..said.place)?.iter().rev();
    let mut before = before.take_while(|turn| turn.author.role() != Role::Customer);
    before
        .find(|turn| turn.author.role() == Role::Assistant)
        .copied()
}

fn is_turn(
    said: &Said,
    spoken: &HashSet<&str>,
    answer: Option<&Turn>,
    evidence: &[&Evidence],
) -> bool {
    let is_said_so = cues::is_another(&said.flat) || cues::is_given_up(&said.flat);
    // Whoever is asked something answers it, also in other words than before.
    let is_asked = answer.is_some_and(asks);
    let mut sentences = said
        .sentences
        .iter()
        .filter(|it| stands_alone(said, it, evidence));
    sentences.any(|sentence| {
        // What the policy acted on is no answer to a question of the assistant's.
        let is_asked = is_asked && !said.is_evident(sentence, evidence);
        is_said_so || (!is_asked && !stems(&sentence.flat).any(|stem| spoken.contains(stem)))
    })
}

/// Whether the assistant asked something about the concern.
fn asks(turn: &Turn) -> bool {
    let last = text::pieces(&turn.text)
        .last()
        .and_then(|piece| turn.text.get(piece.start..piece.end));
    let is_question =
        last.is_some_and(|last| last.ends_with('?') && !cues::is_offer_of_more(&text::flat(last)));
    turn.scores.is_fallback || is_question
}

/// Whether a sentence names a concern by itself, rather than going on with one: it wants
/// something, or something of theirs is wrong, or the policy acted on it, and nothing in it
/// points back.
fn stands_alone(said: &Said, sentence: &Sentence, evidence: &[&Evidence]) -> bool {
    let flat = sentence.flat.as_str();
    let names_code = said.found.iter().any(|it| {
        it.kind == EntityKind::ErrorCode && it.start >= sentence.start && it.end <= sentence.end
    });
    sentence.kind == Kind::Content
        && stems(flat).count() >= SUBJECT_WORDS_MIN
        && !cues::is_thanks(flat)
        && !cues::is_rejection(flat)
        && !cues::is_solved(flat)
        && !cues::points_back(flat)
        && !cues::is_remedy(flat)
        && !attempts::is_own_step(flat)
        // A code without a thing that it belongs to is what came of the step before.
        && (cues::is_request(flat) && !names_code
            || cues::is_problem(flat) && cues::is_of_theirs(flat)
            // What the policy acted on says a concern only where it says what is wanted or wrong.
            || said.is_evident(sentence, evidence) && (cues::is_request(flat) || cues::is_problem(flat)))
}
