//! A fault on purpose, for the test of the kill test: with
//! `SEGUE_FAULT=skip_epoch` nobody asks under which epoch an assistant's words
//! were made, nor whether it still has the floor. Compiled into debug builds
//! only; no release binary has it.

use std::sync::LazyLock;

use segue_floor::{Command, State};
use segue_model::floor::Holder;

static SKIPS_EPOCH: LazyLock<bool> =
    LazyLock::new(|| std::env::var("SEGUE_FAULT").is_ok_and(|fault| fault == "skip_epoch"));

/// What must never be done: a state and a command as if the assistant spoke in time.
pub(crate) fn without_fence(state: &State, command: &Command) -> Option<(State, Command)> {
    let Command::AssistantTurn(answer) = command else {
        return None;
    };
    if !*SKIPS_EPOCH {
        return None;
    }
    let (mut state, mut answer) = (state.clone(), answer.clone());
    state.holder = Holder::Assistant;
    answer.epoch = state.epoch;
    Some((state, Command::AssistantTurn(answer)))
}
