//! One conversation in memory: its state, what was observed in it, and what is
//! being said. A cache of the log: dropping a cell loses nothing.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use segue_detect::{Detector, Memory};
use segue_engine::packet::stakes;
use segue_engine::retrace::{Logged, observed};
use segue_floor::{Answer, State, evolve};
use segue_model::event::{Event, TextRef};
use segue_model::floor::{Epoch, FloorCause};
use segue_model::id::{ConversationId, WorkspaceId};
use segue_model::signal::Evidence;
use segue_model::time::Timestamp;
use segue_model::turn::{AnswerScores, Role, Turn, TurnNumber};
use segue_model::verdict::Outcome;
use segue_ports::log::StoredEntry;
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

use crate::hub::{FRAMES_BUFFERED_MAX, Frame};

/// How many of the latest turns are kept at hand, for retrieval in context.
const TURNS_AT_HAND_MAX: usize = 12;

/// What is loaded of a conversation.
#[derive(Debug)]
pub struct Loaded {
    /// Which.
    pub conversation: ConversationId,
    /// The state after the last entry.
    pub state: Arc<State>,
    /// What was observed in its visible turns.
    pub memory: Memory,
    /// The latest visible turns.
    pub recent: VecDeque<Turn>,
    /// Texts of open drafts.
    pub drafts: Vec<DraftWords>,
    /// What the agent who handed it back told the assistant, until it is with people again.
    pub brief: Option<String>,
    /// What the verdict that led to a person rests on, until it is handed back.
    pub stakes: Vec<Evidence>,
}

/// What is kept of an open draft besides its state.
#[derive(Debug, Clone)]
pub struct DraftWords {
    /// Where its words stand.
    pub text: TextRef,
    /// The words.
    pub words: String,
    /// The assistant's confidence, 0–1.
    pub confidence: Option<f64>,
}

/// What the detectors made of a turn before it was added, so that it is not
/// read a second time when it has been.
#[derive(Debug)]
pub struct Heard {
    /// The number it will have.
    pub turn: TurnNumber,
    /// Its words.
    pub text: String,
    /// What is remembered with it.
    pub memory: Memory,
}

impl Loaded {
    /// A conversation without entries.
    pub fn empty(conversation: ConversationId) -> Self {
        Self {
            conversation,
            state: Arc::default(),
            memory: Memory::default(),
            recent: VecDeque::new(),
            drafts: Vec::new(),
            brief: None,
            stakes: Vec::new(),
        }
    }

    /// When it began; one that is not there yet begins now.
    pub fn began_at(&self, now: Timestamp) -> Timestamp {
        match self.state.opening {
            Some(_) => self.state.opened_at,
            None => now,
        }
    }

    /// Folds one entry in.
    pub fn apply(&mut self, stored: &StoredEntry, detector: &Detector) {
        let mut after = State::clone(&self.state);
        evolve(&mut after, &stored.entry);
        self.take(Arc::new(after), stored, detector, None);
    }

    /// Takes in an entry whose state after it is known, with what was heard of its
    /// turn when it was prepared.
    pub fn take(
        &mut self,
        after: Arc<State>,
        stored: &StoredEntry,
        detector: &Detector,
        mut heard: Option<Heard>,
    ) {
        self.state = after;
        for event in &stored.entry.events {
            self.observe(event, stored, detector, &mut heard);
        }
        let state = &self.state;
        self.drafts
            .retain(|draft| state.drafts.iter().any(|open| open.text == draft.text));
    }

    fn observe(
        &mut self,
        event: &Event,
        stored: &StoredEntry,
        detector: &Detector,
        heard: &mut Option<Heard>,
    ) {
        match event {
            Event::TurnAdded {
                turn,
                author,
                text,
                epoch,
                scores,
                ..
            } => {
                let words = text_of(stored, *text).unwrap_or_default();
                self.remember(event, stored, detector, heard);
                self.keep(Turn {
                    number: *turn,
                    author: *author,
                    text: words.to_owned(),
                    at: stored.entry.at,
                    epoch: *epoch,
                    scores: scores.clone(),
                });
            }
            Event::VerdictReached { verdict, .. }
                if matches!(verdict.outcome, Outcome::Escalate { .. }) =>
            {
                self.stakes = stakes(Some(verdict)).into_iter().cloned().collect();
            }
            Event::DraftStaged { text, scores, .. } => self.drafts.push(DraftWords {
                text: *text,
                words: text_of(stored, *text).unwrap_or_default().to_owned(),
                confidence: scores.confidence,
            }),
            Event::HandedBack { brief, .. } => {
                self.brief = text_of(stored, *brief).map(str::to_owned);
                self.stakes.clear();
            }
            // It is about the floor that came with it, and ends with that.
            Event::FloorChanged { cause, .. } if *cause != FloorCause::HandedBack => {
                self.brief = None;
            }
            _ => {}
        }
    }

    /// Folds a turn into what the detectors remember, as every replay of the log does.
    fn remember(
        &mut self,
        event: &Event,
        stored: &StoredEntry,
        detector: &Detector,
        heard: &mut Option<Heard>,
    ) {
        let logged = Logged {
            entry: &stored.entry,
            texts: &stored.texts,
        };
        let Some(seen) = observed(event, logged) else {
            return;
        };
        match heard.take_if(|heard| heard.turn == seen.number && heard.text == seen.text) {
            Some(heard) => self.memory = heard.memory,
            None => {
                detector.observe(&mut self.memory, &seen);
                // Whatever was heard was heard without this turn.
                if seen.role != Role::System {
                    *heard = None;
                }
            }
        }
    }

    fn keep(&mut self, turn: Turn) {
        if self.recent.len() == TURNS_AT_HAND_MAX {
            self.recent.pop_front();
        }
        self.recent.push_back(turn);
    }

    /// A turn that is at hand.
    pub fn turn(&self, number: TurnNumber) -> Option<&Turn> {
        self.recent.iter().find(|turn| turn.number == number)
    }
}

/// The text that an event refers to, unless it was erased.
pub fn text_of(stored: &StoredEntry, reference: TextRef) -> Option<&str> {
    stored
        .texts
        .iter()
        .find(|(text, _)| *text == reference)
        .map(|(_, words)| words.as_str())
}

/// What the assistant is saying right now.
#[derive(Debug)]
struct Streaming {
    epoch: Epoch,
    in_reply_to: TurnNumber,
    scores: AnswerScores,
    said: String,
    /// How many bytes of it whoever listens has been told, with the space after them.
    told: usize,
    seq: u32,
    token: CancellationToken,
}

/// A conversation's place in memory.
#[derive(Debug)]
pub struct Cell {
    /// Whose.
    pub workspace: WorkspaceId,
    /// Which.
    pub conversation: ConversationId,
    /// What is loaded; one writer at a time.
    pub loaded: tokio::sync::Mutex<Option<Loaded>>,
    streaming: Mutex<Option<Streaming>>,
    frames: broadcast::Sender<Frame>,
}

impl Cell {
    /// An empty place.
    pub fn new(workspace: WorkspaceId, conversation: ConversationId) -> Self {
        Self {
            workspace,
            conversation,
            loaded: tokio::sync::Mutex::new(None),
            streaming: Mutex::new(None),
            frames: broadcast::Sender::new(FRAMES_BUFFERED_MAX),
        }
    }

    /// Takes the conversation for one that is not there yet, so that the log need not
    /// be asked. If it is there after all, the append finds out and it is loaded.
    pub async fn expect_new(&self) {
        let mut loaded = self.loaded.lock().await;
        loaded.get_or_insert_with(|| Loaded::empty(self.conversation));
    }

    /// Listens to what happens from now on.
    pub fn listen(&self) -> broadcast::Receiver<Frame> {
        self.frames.subscribe()
    }

    /// Whether anybody listens.
    pub fn is_watched(&self) -> bool {
        self.frames.receiver_count() > 0
    }

    /// Tells everybody who listens; nobody listening is no error.
    pub fn tell(&self, frame: Frame) {
        drop(self.frames.send(frame));
    }

    /// Begins an answer, ending another that was being said.
    pub fn begin_stream(
        &self,
        epoch: Epoch,
        in_reply_to: TurnNumber,
        scores: AnswerScores,
    ) -> CancellationToken {
        let token = CancellationToken::new();
        let streaming = Streaming {
            epoch,
            in_reply_to,
            scores,
            said: String::new(),
            told: 0,
            seq: 0,
            token: token.clone(),
        };
        if let Some(before) = self.stream().replace(streaming) {
            before.token.cancel();
        }
        token
    }

    /// Says one more piece, unless the answer was cut: then nothing is said.
    pub fn say_piece(&self, token: &CancellationToken, piece: &str) -> bool {
        let mut stream = self.stream();
        let Some(streaming) = stream.as_mut().filter(|_| !token.is_cancelled()) else {
            return false;
        };
        if !streaming.said.is_empty() {
            streaming.said.push(' ');
        }
        streaming.said.push_str(piece);
        let frame = Frame::Delta {
            epoch: streaming.epoch,
            in_reply_to: streaming.in_reply_to,
            seq: streaming.seq,
            text: piece.into(),
        };
        streaming.seq += 1;
        // Told under the lock, so that no piece follows the frame that cuts it.
        self.tell(frame);
        true
    }

    /// Says on as the text comes, in parts that need not be words, unless the answer was
    /// cut: then nothing is said. Whoever listens is told whole words; the last of an
    /// answer come with its entry.
    pub fn say_on(&self, token: &CancellationToken, text: &str) -> bool {
        let mut stream = self.stream();
        let Some(streaming) = stream.as_mut().filter(|_| !token.is_cancelled()) else {
            return false;
        };
        streaming.said.push_str(text);
        let untold = streaming.said.get(streaming.told..).unwrap_or_default();
        // Pieces are put together with a space between them.
        let Some((words, _)) = untold.rsplit_once(' ') else {
            return true;
        };
        let frame = Frame::Delta {
            epoch: streaming.epoch,
            in_reply_to: streaming.in_reply_to,
            seq: streaming.seq,
            text: words.into(),
        };
        streaming.told += words.len() + 1;
        streaming.seq += 1;
        self.tell(frame);
        true
    }

    /// Ends this answer, if it is still the one that is being said.
    pub fn end_stream(&self, token: &CancellationToken) {
        let mut stream = self.stream();
        if !token.is_cancelled() {
            token.cancel();
            *stream = None;
        }
    }

    /// Ends the answer that is being said and gives what was shown of it.
    pub fn cut_stream(&self) -> Option<Answer> {
        let streaming = self.stream().take()?;
        streaming.token.cancel();
        Some(Answer {
            text: streaming.said,
            epoch: streaming.epoch,
            in_reply_to: Some(streaming.in_reply_to),
            is_more: false,
            scores: streaming.scores,
            verdict: None,
            handoff: None,
            clarify: None,
            deadline: Timestamp::default(),
            shown: None,
            is_cut: true,
        })
    }

    fn stream(&self) -> std::sync::MutexGuard<'_, Option<Streaming>> {
        // A poisoned lock holds a stream that can still be cut.
        self.streaming
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
