//! A fault on purpose, for the test of the kill test: with
//! `SEGUE_FAULT=ack_early` writes are answered before their commit. Compiled
//! into debug builds only; no release binary has it.

use std::sync::LazyLock;
use std::time::Duration;

use crate::fault::Fault;
use crate::writer::{Desk, Write};

/// Long enough for an answer to reach its client, and for a kill to come between.
const HEAD_START: Duration = Duration::from_millis(10);

static ANSWERS_EARLY: LazyLock<bool> =
    LazyLock::new(|| std::env::var("SEGUE_FAULT").is_ok_and(|fault| fault == "ack_early"));

/// Whether the fault is on.
pub(crate) fn answers_early() -> bool {
    *ANSWERS_EARLY
}

impl Desk {
    /// What must never be done: answers the group, then makes it durable.
    pub(crate) fn answer_then_commit(
        &mut self,
        group: &mut Vec<Box<dyn Write>>,
    ) -> Result<(), Fault> {
        self.begin()?;
        for write in group.iter_mut() {
            write.run(self)?;
        }
        group.drain(..).for_each(|write| write.answer(Ok(())));
        std::thread::sleep(HEAD_START);
        self.connection.execute_batch("COMMIT")?;
        Ok(())
    }
}
