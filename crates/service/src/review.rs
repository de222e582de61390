//! Answers that people are asked to judge, and what they say of them.
//!
//! What a threshold is chosen from must be drawn by chance: who judges what caught the
//! eye judges the worst. So the draw is a hash of the answer, with the same chance for
//! every answer of its kind, and the chance is kept with the judgement
//! (`science.md` §2.2, §2.4).

use segue_floor::Command;
use segue_insight::Query;
use segue_insight::answers::AnswerRow;
use segue_insight::tune::{Costs, TuneReport, TuneRequest, tune};
use segue_model::event::{Event, Grade, TextRef};
use segue_model::id::{AgentId, ConversationId, WorkspaceId};
use segue_model::signal::SignalKind;
use segue_model::time::{Span, Timestamp};
use segue_model::turn::{AnswerScores, Author, Retrieved, TurnNumber};
use segue_ports::log::StoredEntry;
use sha2::{Digest, Sha256};

use crate::append::Done;
use crate::caller::Caller;
use crate::cell::text_of;
use crate::desk::Desk;
use crate::failure::Failure;
use crate::service::Service;

/// How far back answers are judged: the window that a threshold is certified on.
pub const DAYS: u32 = 28;
/// About so many shown answers of a window are drawn; more would not be judged.
const SHOWN_WANTED: usize = 400;
/// The same of answers that were held back, which are fewer.
const WITHHELD_WANTED: usize = 200;
/// The rarest draw: one of so many.
const RAREST: u32 = 1 << 10;

/// What a threshold is to promise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wish {
    /// The greatest share of wrong answers among those that are said, 0.01–0.5.
    pub alpha: f64,
    /// The greatest chance that the promise is broken, 0.01–0.5.
    pub delta: f64,
    /// How far back answers count, in days.
    pub days: u32,
    /// What answers cost, if that is to count.
    pub costs: Option<Costs>,
}

/// An answer to be judged.
#[derive(Debug, Clone, PartialEq)]
pub struct ToJudge {
    /// Where it stands, with what is known of it.
    pub row: AnswerRow,
    /// What the customer asked.
    pub asked: String,
    /// What the assistant answered, or would have.
    pub answer: String,
    /// The article it rests on most, if it rests on one.
    pub article: Option<Retrieved>,
    /// What the bands held against it, 0–1.
    pub score: f64,
    /// With what probability it was drawn.
    pub by_chance: f64,
}

/// What waits for a judgement.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReviewQueue {
    /// The next ones, in the order of their lots.
    pub items: Vec<ToJudge>,
    /// How many wait, these included.
    pub waiting: usize,
    /// How many were judged in the last 24 hours.
    pub judged_today: usize,
}

/// With what probability answers of a kind are drawn: a power of one half, so that a
/// smaller draw is part of a larger one and nothing is judged in vain.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Draw {
    shown: f64,
    withheld: f64,
}

impl Draw {
    fn of(rows: &[AnswerRow]) -> Self {
        let shown = rows.iter().filter(|row| row.was_shown).count();
        Self {
            shown: chance(shown, SHOWN_WANTED),
            withheld: chance(rows.len() - shown, WITHHELD_WANTED),
        }
    }

    /// Whether an answer with this lot is among those to be judged.
    fn has_drawn(self, lot: f64, row: &AnswerRow) -> bool {
        lot < self.for_row(row)
    }

    const fn for_row(self, row: &AnswerRow) -> f64 {
        if row.was_shown {
            self.shown
        } else {
            self.withheld
        }
    }
}

fn chance(there_are: usize, wanted: usize) -> f64 {
    let mut one_in = 1_u32;
    while one_in < RAREST && there_are > wanted * one_in as usize {
        one_in *= 2;
    }
    1.0 / f64::from(one_in)
}

/// Where an answer falls in 0–1, the same always and unlike its neighbors.
fn lot(workspace: WorkspaceId, row: &AnswerRow) -> f64 {
    let mut hash = Sha256::new();
    hash.update(b"review");
    hash.update(workspace.uuid().as_bytes());
    hash.update(row.conversation.uuid().as_bytes());
    hash.update(row.text.0.to_be_bytes());
    let hash: [u8; 32] = hash.finalize().into();
    let [a, b, c, d, ..] = hash;
    f64::from(u32::from_be_bytes([a, b, c, d])) / (f64::from(u32::MAX) + 1.0)
}

/// The answers of the window, and the scores that the policy in force reads.
pub fn answers(desk: &Desk, now: Timestamp, days: u32) -> (Vec<AnswerRow>, Vec<SignalKind>) {
    let query = Query::window(now, days, true);
    let signals = desk.ruleset().policy().definition().bands.signals.clone();
    let rows = desk.ledger().answers(&query);
    (rows, signals)
}

impl Service {
    /// The answers that wait for a judgement.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn review_queue(&self, desk: &Desk, limit: usize) -> Result<ReviewQueue, Failure> {
        let now = self.now();
        let workspace = desk.workspace.id;
        let (rows, signals) = answers(desk, now, DAYS);
        let draw = Draw::of(&rows);
        let since = now - Span::hours(24);
        let judged = |row: &&AnswerRow| row.graded.is_some_and(|grade| grade.at > since);
        let judged_today = rows.iter().filter(judged).count();
        let mut drawn: Vec<(f64, &AnswerRow)> = rows
            .iter()
            .filter(|row| row.graded.is_none() && row.score(&signals).is_some())
            .map(|row| (lot(workspace, row), row))
            .filter(|(lot, row)| draw.has_drawn(*lot, row))
            .collect();
        // In the order of the lots: whoever stops halfway has still judged by chance.
        drawn.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        let mut items = Vec::with_capacity(limit);
        let mut waiting = drawn.len();
        for (_, row) in drawn {
            if items.len() == limit {
                break;
            }
            let by_chance = draw.for_row(row);
            match self.to_judge(workspace, row, &signals, by_chance).await? {
                Some(item) => items.push(item),
                // Its words were erased since: there is nothing to judge.
                None => waiting -= 1,
            }
        }
        Ok(ReviewQueue {
            items,
            waiting,
            judged_today,
        })
    }

    async fn to_judge(
        &self,
        workspace: WorkspaceId,
        row: &AnswerRow,
        signals: &[SignalKind],
        by_chance: f64,
    ) -> Result<Option<ToJudge>, Failure> {
        let entries = self.whole_log(workspace, row.conversation).await?;
        let Some(score) = row.score(signals) else {
            return Ok(None);
        };
        let (asked, answer) = (question(&entries, row.turn), answer(&entries, row.text));
        Ok(asked.zip(answer).map(|(asked, (answer, scores))| ToJudge {
            row: row.clone(),
            asked,
            answer,
            article: scores.retrieval.first().cloned(),
            score,
            by_chance,
        }))
    }

    /// Keeps what somebody says of an answer. Said again, the later judgement stands.
    ///
    /// # Errors
    /// [`Failure::Unknown`] if there is no such answer among those that were drawn, or when the store fails.
    pub async fn grade_answer(
        &self,
        caller: &Caller,
        conversation: ConversationId,
        agent: AgentId,
        (text, grade): (TextRef, Grade),
    ) -> Result<Done, Failure> {
        let desk = self.desk(caller.workspace)?;
        let (rows, signals) = answers(&desk, self.now(), DAYS);
        let draw = Draw::of(&rows);
        let found = rows
            .iter()
            .find(|row| row.conversation == conversation && row.text == text);
        let row = found.ok_or(Failure::Unknown("answer"))?;
        let score = row.score(&signals).ok_or(Failure::Unknown("answer"))?;
        // Picked by hand, it would spoil the sample.
        if row.graded.is_none() && !draw.has_drawn(lot(caller.workspace, row), row) {
            return Err(Failure::Unknown("answer"));
        }
        // Whoever judges it again corrects themselves; it was drawn once.
        let by_chance = row
            .graded
            .map_or_else(|| draw.for_row(row), |known| known.by_chance);
        let (turn, was_shown) = (row.turn, row.was_shown);
        self.change(caller, conversation, None, |_| {
            Ok(Command::GradeAnswer {
                agent,
                turn,
                text,
                grade,
                was_shown,
                score,
                by_chance,
            })
        })
        .await
    }
}

/// Everything that can be said of the threshold in force, from what people said of the
/// answers of a workspace.
///
/// The other outcomes that go with it are those that somebody complained of; that nobody
/// complained does not make an answer right, so they are shown and prove nothing.
pub fn tuning(desk: &Desk, now: Timestamp, wish: Wish) -> TuneReport {
    // The same span before the window says where to begin.
    let (rows, signals) = answers(desk, now, wish.days * 2);
    let graded = rows.iter().filter_map(|row| row.for_tuning(&signals));
    let rules = desk.ruleset();
    let request = TuneRequest {
        accept: rules.policy().definition().bands.accept,
        now,
        days: wish.days,
        costs: wish.costs,
        outcomes: desk
            .ledger()
            .outcome_counts(&Query::window(now, wish.days, true)),
        zone: rules.zone(),
        ..TuneRequest::new(wish.alpha, wish.delta)
    };
    tune(&graded.collect::<Vec<_>>(), &request)
}

fn question(entries: &[StoredEntry], wanted: TurnNumber) -> Option<String> {
    entries.iter().find_map(|stored| {
        stored.entry.events.iter().find_map(|event| match event {
            Event::TurnAdded { turn, text, .. } if *turn == wanted => {
                text_of(stored, *text).map(str::to_owned)
            }
            _ => None,
        })
    })
}

fn answer(entries: &[StoredEntry], wanted: TextRef) -> Option<(String, AnswerScores)> {
    entries.iter().find_map(|stored| {
        stored.entry.events.iter().find_map(|event| match event {
            Event::TurnAdded {
                author: Author::Assistant,
                text,
                scores,
                ..
            }
            | Event::TurnSuppressed { text, scores, .. }
                if *text == wanted =>
            {
                Some((text_of(stored, *text)?.to_owned(), scores.clone()))
            }
            _ => None,
        })
    })
}

#[cfg(test)]
mod tests {
    use segue_insight::answers::AnswerRow;
    use segue_model::event::TextRef;
    use segue_model::id::{ConversationId, WorkspaceId};
    use segue_model::time::Timestamp;
    use segue_model::turn::TurnNumber;
    use uuid::Uuid;

    use super::{Draw, SHOWN_WANTED, chance, lot};

    /// Whoever judges, and whatever: the share that is drawn is that of the chance, and a
    /// rarer draw is part of a commoner one.
    #[test]
    fn what_is_drawn_is_a_share_of_all_by_chance() {
        let workspace = WorkspaceId::new(Uuid::from_u128(1));
        let row = |number: u128| AnswerRow {
            conversation: ConversationId::new(Uuid::from_u128(number)),
            turn: TurnNumber(1),
            text: TextRef(2),
            at: Timestamp(0),
            retrieval: Some(0.9),
            confidence: None,
            topic: None,
            was_shown: true,
            graded: None,
        };
        let drawn = |shown: f64| -> Vec<u128> {
            let draw = Draw {
                shown,
                withheld: 1.0,
            };
            let is_drawn = |number: &u128| {
                let row = row(*number);
                draw.has_drawn(lot(workspace, &row), &row)
            };
            (0..4_000).filter(is_drawn).collect()
        };
        let (half, quarter) = (drawn(0.5), drawn(0.25));
        assert!((1_900..2_100).contains(&half.len()), "{}", half.len());
        assert!((900..1_100).contains(&quarter.len()), "{}", quarter.len());
        assert!(quarter.iter().all(|number| half.contains(number)));
        assert_eq!(drawn(1.0).len(), 4_000);
    }

    #[test]
    fn so_many_are_drawn_that_people_can_judge_them() {
        for there_are in [1, SHOWN_WANTED, SHOWN_WANTED + 1, 10_000, 100_000] {
            let expected = there_are as f64 * chance(there_are, SHOWN_WANTED);
            assert!(expected <= SHOWN_WANTED as f64, "{there_are}: {expected}");
            assert!(
                expected >= (SHOWN_WANTED.min(there_are) / 2) as f64,
                "{there_are}: {expected}"
            );
        }
    }
}
