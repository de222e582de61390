//! The cases that policies of a workspace are tried on.

use segue_policy::{BUILTIN_CASES, CaseFile};
use segue_ports::rollout::CasesRow;
use segue_ports::settings::SettingChange;
use sha2::{Digest, Sha256};

use crate::caller::Caller;
use crate::desk::Desk;
use crate::failure::Failure;
use crate::identity::settings::{Act, Settled};
use crate::service::Service;

/// How many bytes of the text's hash a version shows.
const VERSION_BYTES: usize = 4;

/// A file of cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cases {
    /// The file.
    pub text: String,
    /// A name of just this text, so that nobody's change is overwritten unseen.
    pub version: String,
    /// Whether they are those that ship.
    pub is_default: bool,
}

impl Cases {
    /// A text with its name.
    pub fn of(text: String) -> Self {
        use std::fmt::Write as _;
        let mut version = String::from("cases@");
        for byte in Sha256::digest(text.as_bytes()).iter().take(VERSION_BYTES) {
            // Writing to a string cannot fail.
            let _ = write!(version, "{byte:02x}");
        }
        Self {
            is_default: text == BUILTIN_CASES,
            text,
            version,
        }
    }
}

impl Service {
    /// The workspace's cases; those that ship where it has none of its own.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn cases(&self, desk: &Desk) -> Result<Cases, Failure> {
        let own = self.store().cases(desk.workspace.id).await?;
        let text = own.map_or_else(|| BUILTIN_CASES.to_owned(), |row| row.text);
        Ok(Cases::of(text))
    }

    /// Keeps other cases. They must be well formed; whether they pass is another question.
    ///
    /// # Errors
    /// [`Failure::Policy`] with what is wrong with the text, or when the store fails.
    pub async fn put_cases(
        &self,
        caller: &Caller,
        row: CasesRow,
        answer: String,
    ) -> Result<Settled<()>, Failure> {
        CaseFile::parse(&row.text).map_err(Failure::Policy)?;
        let act = Act {
            subject: Cases::of(row.text.clone()).version,
            change: SettingChange::PutCases(row),
            action: "policy.cases_changed",
        };
        Ok(self.settle_act(caller, act, answer).await?.map(|_| ()))
    }
}
