//! What stands before every source: a deadline, answers that are kept for a while, one
//! look-up for all who ask for the same at once, and a circuit that stays open for a
//! moment when the source has failed in a row, so that a dead source costs nobody time.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use segue_model::fact::FactValue;
use segue_model::time::Span;
use segue_ports::facts::{FactSource, Found, Unavailable, Who};
use tokio::sync::watch;

use super::Lookup;

/// How many customers' facts are kept.
const KEPT_MAX: usize = 10_000;
/// After so many failures in a row nobody is asked for a while.
const FAILURES_MAX: u32 = 5;
/// For how long.
const REST: Duration = Duration::from_secs(10);

/// What a source may cost.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// How long a look-up may take.
    pub timeout: Span,
    /// How long an answer is good.
    pub ttl: Span,
}

type Answer = Result<BTreeMap<String, FactValue>, Unavailable>;

/// A source behind its guard.
pub(super) struct Guarded {
    name: String,
    inner: Arc<dyn Lookup>,
    bounds: Bounds,
    shared: Arc<Mutex<Shared>>,
}

#[derive(Default)]
struct Shared {
    kept: HashMap<Who, (BTreeMap<String, FactValue>, Instant)>,
    asked: HashMap<Who, watch::Receiver<Option<Answer>>>,
    failures: u32,
    rests_until: Option<Instant>,
}

impl Guarded {
    pub(super) fn new(name: &str, inner: Arc<dyn Lookup>, bounds: Bounds) -> Self {
        Self {
            name: name.to_owned(),
            inner,
            bounds,
            shared: Arc::default(),
        }
    }

    fn shared(&self) -> MutexGuard<'_, Shared> {
        lock(&self.shared)
    }

    /// Who answers: what is kept, a look-up that runs, or one that begins now.
    fn begin(&self, who: Who) -> Result<watch::Receiver<Option<Answer>>, Answer> {
        let now = Instant::now();
        let mut shared = self.shared();
        if let Some((facts, _)) = shared.kept.get(&who).filter(|(_, until)| *until > now) {
            return Err(Ok(facts.clone()));
        }
        if let Some(running) = shared.asked.get(&who) {
            return Ok(running.clone());
        }
        if shared.rests_until.is_some_and(|until| until > now) {
            return Err(Err(self.unavailable("it failed several times in a row")));
        }
        let (sender, receiver) = watch::channel(None);
        shared.asked.insert(who.clone(), receiver.clone());
        drop(shared);
        let (inner, bounds) = (Arc::clone(&self.inner), self.bounds);
        let (shared, name) = (Arc::clone(&self.shared), self.name.clone());
        // A task of its own: whoever asked may go away, and others wait for the same.
        tokio::spawn(async move {
            let limit = Duration::from_millis(bounds.timeout.millis());
            let answer = match tokio::time::timeout(limit, inner.lookup(who.clone())).await {
                Ok(answer) => answer,
                Err(_) => Err(Unavailable("it was too slow".to_owned())),
            };
            let answer = answer.map_err(|Unavailable(why)| {
                tracing::warn!(source = name, why, "facts could not be looked up");
                Unavailable(format!("`{name}`: {why}"))
            });
            lock(&shared).end(who, &answer, bounds.ttl);
            sender.send_replace(Some(answer));
        });
        Ok(receiver)
    }

    fn unavailable(&self, why: &str) -> Unavailable {
        Unavailable(format!("`{}`: {why}", self.name))
    }
}

fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    // A poisoned lock holds what was kept, which is as good as before.
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    fn end(&mut self, who: Who, answer: &Answer, ttl: Span) {
        self.asked.remove(&who);
        let now = Instant::now();
        match answer {
            Ok(facts) => {
                self.failures = 0;
                self.rests_until = None;
                self.make_room(now);
                let until = now + Duration::from_millis(ttl.millis());
                self.kept.insert(who, (facts.clone(), until));
            }
            Err(_) => {
                self.failures += 1;
                // One more try after each rest, and one failure to rest again.
                self.rests_until = (self.failures >= FAILURES_MAX).then(|| now + REST);
            }
        }
    }

    fn make_room(&mut self, now: Instant) {
        if self.kept.len() < KEPT_MAX {
            return;
        }
        self.kept.retain(|_, (_, until)| *until > now);
        if self.kept.len() >= KEPT_MAX {
            // Everybody's answer is fresh: half of them go, whichever they are.
            let mut is_kept = false;
            self.kept.retain(|_, _| {
                is_kept = !is_kept;
                is_kept
            });
        }
    }
}

impl FactSource for Guarded {
    fn name(&self) -> &str {
        &self.name
    }

    fn lookup(&self, who: Who) -> Found<'_> {
        Box::pin(async move {
            if !self.inner.can_ask(&who) {
                return Ok(BTreeMap::new());
            }
            let mut running = match self.begin(who) {
                Ok(running) => running,
                Err(answer) => return answer,
            };
            let answer = running.wait_for(Option::is_some).await;
            answer
                .ok()
                .and_then(|answer| answer.clone())
                .unwrap_or_else(|| Err(self.unavailable("its look-up broke off")))
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    /// Answers or fails as it is told, and counts.
    struct Counting {
        calls: AtomicU32,
        fails: std::sync::atomic::AtomicBool,
        never: bool,
    }

    impl Lookup for Counting {
        fn can_ask(&self, who: &Who) -> bool {
            who.email.is_some()
        }

        fn lookup(&self, _who: Who) -> Found<'_> {
            let call = self.calls.fetch_add(1, Ordering::SeqCst);
            Box::pin(async move {
                if self.never {
                    std::future::pending::<()>().await;
                }
                tokio::task::yield_now().await;
                if self.fails.load(Ordering::SeqCst) {
                    return Err(Unavailable("no".to_owned()));
                }
                let calls = FactValue::Number(f64::from(call));
                Ok([("calls".to_owned(), calls)].into())
            })
        }
    }

    fn guarded(fails: bool, never: bool, ttl: Span) -> (Guarded, Arc<Counting>) {
        let inner = Arc::new(Counting {
            calls: AtomicU32::new(0),
            fails: fails.into(),
            never,
        });
        let bounds = Bounds {
            timeout: Span(20),
            ttl,
        };
        (Guarded::new("crm", Arc::clone(&inner) as _, bounds), inner)
    }

    fn who(name: &str) -> Who {
        Who {
            email: Some(name.to_owned()),
            account_id: None,
        }
    }

    #[tokio::test]
    async fn those_who_ask_for_the_same_share_one_look_up_and_its_answer_is_kept() {
        let (source, inner) = guarded(false, false, Span::minutes(5));
        let source = Arc::new(source);
        let mut all = tokio::task::JoinSet::new();
        for _ in 0..50 {
            let source = Arc::clone(&source);
            all.spawn(async move { source.lookup(who("a")).await });
        }
        while let Some(answer) = all.join_next().await {
            assert_eq!(answer.unwrap().unwrap()["calls"], FactValue::Number(0.0));
        }
        assert_eq!(inner.calls.load(Ordering::SeqCst), 1);
        source.lookup(who("b")).await.unwrap();
        assert_eq!(inner.calls.load(Ordering::SeqCst), 2);
        let nobody = Who::default();
        assert!(source.lookup(nobody).await.unwrap().is_empty());
        assert_eq!(inner.calls.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn an_answer_is_good_for_its_time_only() {
        let (source, inner) = guarded(false, false, Span(0));
        source.lookup(who("a")).await.unwrap();
        source.lookup(who("a")).await.unwrap();
        assert_eq!(inner.calls.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn a_dead_source_costs_time_a_few_times_only() {
        let (source, inner) = guarded(false, true, Span::minutes(5));
        for _ in 0..FAILURES_MAX {
            let error = source.lookup(who("a")).await.unwrap_err();
            assert_eq!(error.0, "`crm`: it was too slow");
        }
        let error = source.lookup(who("a")).await.unwrap_err();
        assert_eq!(error.0, "`crm`: it failed several times in a row");
        assert_eq!(inner.calls.load(Ordering::SeqCst), FAILURES_MAX);
    }

    #[tokio::test]
    async fn a_source_that_recovers_is_asked_again_after_its_rest() {
        let (source, inner) = guarded(true, false, Span::minutes(5));
        for _ in 0..FAILURES_MAX {
            source.lookup(who("a")).await.unwrap_err();
        }
        inner.fails.store(false, Ordering::SeqCst);
        source.lookup(who("a")).await.unwrap_err();
        source.shared().rests_until = Some(Instant::now());
        source.lookup(who("a")).await.unwrap();
        assert_eq!(source.shared().failures, 0);
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let mut shared = Shared::default();
        for number in 0..KEPT_MAX * 2 {
            shared.end(
                who(&number.to_string()),
                &Ok(BTreeMap::new()),
                Span::minutes(5),
            );
            assert!(shared.kept.len() <= KEPT_MAX);
        }
    }
}
