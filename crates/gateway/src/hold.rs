//! What of a stream is held back: a sentence that may become a promise, until it is
//! whole and was judged. Everything else goes through as it comes. Pure.

use std::collections::VecDeque;

use bytes::Bytes;
use segue_service::speech::could_promise;

/// An event on its way to the client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// As it came.
    pub raw: Bytes,
    /// What it says.
    pub text: String,
}

/// What is held back, oldest first.
#[derive(Debug)]
pub(crate) struct Hold {
    tokens_max: usize,
    held: VecDeque<Piece>,
    /// The sentence that is not at its end, with what of it was let through.
    sentence: String,
}

/// What is to be done next.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// These go on.
    Pass(Vec<Piece>),
    /// The words so far are to be judged; then [`Hold::settle`].
    Judge,
}

impl Hold {
    /// Holds back at most so many pieces.
    pub fn new(tokens_max: usize) -> Self {
        Self {
            tokens_max,
            held: VecDeque::new(),
            sentence: String::new(),
        }
    }

    /// Takes a piece.
    pub fn push(&mut self, piece: Piece) -> Next {
        self.sentence.push_str(&piece.text);
        self.held.push_back(piece);
        while let Some(end) = end_of_sentence(&self.sentence) {
            if could_promise(self.sentence.get(..end).unwrap_or_default()) {
                return Next::Judge;
            }
            self.sentence.drain(..end);
        }
        let is_open = could_promise(&self.sentence);
        if is_open && self.held.len() > self.tokens_max {
            return Next::Judge;
        }
        Next::Pass(if is_open { Vec::new() } else { self.all() })
    }

    /// The words so far were judged and may be shown: what goes on now. Of what follows
    /// the last sentence that is whole, only what is no beginning of a promise.
    pub fn settle(&mut self) -> Vec<Piece> {
        let mut is_whole = false;
        while let Some(end) = end_of_sentence(&self.sentence) {
            self.sentence.drain(..end);
            is_whole = true;
        }
        if !is_whole || !could_promise(&self.sentence) {
            return self.all();
        }
        let mut open = 0;
        let kept = self.held.iter().rev().take_while(|piece| {
            let is_needed = open < self.sentence.len();
            open += piece.text.len();
            is_needed
        });
        let kept = kept.count();
        self.held.drain(..self.held.len() - kept).collect()
    }

    /// Everything that is held back.
    pub fn all(&mut self) -> Vec<Piece> {
        self.held.drain(..).collect()
    }

    /// Whether anything is held back.
    pub fn is_empty(&self) -> bool {
        self.held.is_empty()
    }
}

/// Where the first sentence ends, with the space after it.
fn end_of_sentence(text: &str) -> Option<usize> {
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        let ends = match character {
            '\n' | '。' | '！' | '？' => true,
            '.' | '!' | '?' | '…' => next.is_some_and(char::is_whitespace),
            _ => false,
        };
        if ends {
            return Some(at + character.len_utf8());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn piece(text: &str) -> Piece {
        Piece {
            raw: Bytes::copy_from_slice(text.as_bytes()),
            text: text.to_owned(),
        }
    }

    /// What is shown after each word; judging always lets it pass.
    fn shown(hold: &mut Hold, text: &str) -> Vec<String> {
        let mut all = String::new();
        let words = text.split_inclusive(' ').map(|word| {
            let passed = match hold.push(piece(word)) {
                Next::Pass(passed) => passed,
                Next::Judge => hold.settle(),
            };
            passed.iter().for_each(|piece| all.push_str(&piece.text));
            all.clone()
        });
        words.collect()
    }

    #[test]
    fn what_promises_nothing_goes_through_at_once() {
        let mut hold = Hold::new(40);
        let text = "Open the settings page and choose a new password there. Press save. ";
        let shown = shown(&mut hold, text);
        let words: Vec<_> = text.split_inclusive(' ').collect();
        let at_once: Vec<_> = (1..=words.len()).map(|n| words[..n].concat()).collect();
        assert_eq!(shown, at_once);
    }

    #[test]
    fn a_promise_is_shown_whole_or_not_at_all() {
        let mut hold = Hold::new(40);
        let shown = shown(
            &mut hold,
            "Sure. I have refunded your order now. Press save. ",
        );
        let longest_before_its_end = shown.iter().rfind(|it| !it.contains("now."));
        assert_eq!(longest_before_its_end.unwrap(), "Sure. ");
        assert!(shown.last().unwrap().ends_with("Press save. "));
        let mut all = String::new();
        hold.all()
            .iter()
            .for_each(|piece| all.push_str(&piece.text));
        assert_eq!(all, "");
    }

    #[test]
    fn not_more_is_held_back_than_may_be() {
        let mut hold = Hold::new(4);
        let text = "I will now refund and then look at it and at that and at this too and so on";
        let shown = shown(&mut hold, text);
        for (at, shown) in shown.iter().enumerate() {
            let came: usize = text.split_inclusive(' ').take(at + 1).map(str::len).sum();
            let held = text.get(shown.len()..came).unwrap();
            assert!(held.split_inclusive(' ').count() <= 5, "{held}");
        }
    }
}
