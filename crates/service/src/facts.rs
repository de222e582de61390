//! What the company's own systems know of a customer, asked when a conversation begins
//! and again before each of the customer's turns; a source that answered lately answers
//! from what it keeps. A source that fails makes its facts unavailable, and the policy
//! says what follows: by default a person. No turn waits longer than a source's deadline.

use std::sync::Arc;

use segue_floor::Command;
use segue_model::fact::{Facts, name};
use segue_model::id::ConversationId;
use segue_ports::facts::{Unavailable, Who};
use tokio::task::JoinSet;

use crate::caller::Caller;
use crate::failure::Failure;
use crate::service::Service;

impl Service {
    /// These facts with what the sources know of whom they name.
    pub(crate) async fn with_sources(&self, facts: &Facts) -> Facts {
        let who = Who {
            email: facts.text(name::EMAIL).map(str::to_lowercase),
            account_id: facts.text(name::ACCOUNT_ID).map(str::to_owned),
        };
        let mut facts = facts.clone();
        if who == Who::default() || self.outside().facts.is_empty() {
            return facts;
        }
        let mut asked = JoinSet::new();
        for (place, source) in self.outside().facts.iter().enumerate() {
            let (source, who) = (Arc::clone(source), who.clone());
            asked.spawn(async move { (place, source.lookup(who).await) });
        }
        // A look-up that broke off is a source that failed, not one that knows nothing.
        let broken = || Err(Unavailable("a look-up broke off".to_owned()));
        let mut answers: Vec<_> = self.outside().facts.iter().map(|_| broken()).collect();
        while let Some(done) = asked.join_next().await {
            if let Ok((place, answer)) = done
                && let Some(slot) = answers.get_mut(place)
            {
                *slot = answer;
            }
        }
        let mut failed = Vec::new();
        for answer in answers {
            match answer {
                Ok(found) => facts.known.extend(found),
                Err(Unavailable(why)) => failed.push(why),
            }
        }
        facts.lookup_failed = (!failed.is_empty()).then(|| failed.join("; "));
        facts
    }

    /// Asks the sources again, and keeps what has changed before the turn is judged.
    pub(crate) async fn refresh_facts(
        &self,
        caller: &Caller,
        id: ConversationId,
    ) -> Result<(), Failure> {
        if self.outside().facts.is_empty() {
            return Ok(());
        }
        let state = self.state(caller.workspace, id).await?;
        let facts = self.with_sources(&state.facts).await;
        if facts == *state.facts {
            return Ok(());
        }
        let caller = Caller::system(caller.workspace);
        self.change(&caller, id, None, |_| {
            Ok(Command::LearnFacts(facts.clone()))
        })
        .await
        .map(drop)
    }
}
