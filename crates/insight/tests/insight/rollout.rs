//! What is counted while a policy is tried, and when it is halted.

use segue_insight::rollout::{
    Band, CONVERSATIONS_MIN, CONVERSATIONS_WATCHED, Changes, Counted, Fresh, Mode, Trial, band,
    is_chosen,
};
use segue_model::id::{PolicyVersion, TrialId};
use segue_model::time::Span;
use serde_json::{Value, json};
use uuid::Uuid;

use super::log::{Log, NOON, conversation, ledger};

fn trial_id(n: u128) -> TrialId {
    TrialId::new(Uuid::from_u128(n))
}

/// A small generator with a seed, so that a failure can be seen again.
struct Dice(u64);

impl Dice {
    /// 0 to 1.
    fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ (bits >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Conversations one after the other, looked at after each: how many of the candidate's
/// there were when it left the band, if it did.
fn halted_after(dice: &mut Dice, rates: (f64, f64), share: f64, most: u32) -> Option<u32> {
    let (mut active, mut candidate) = (Counted::default(), Counted::default());
    for _ in 0..most {
        let (side, rate) = if dice.roll() < share {
            (&mut candidate, rates.1)
        } else {
            (&mut active, rates.0)
        };
        side.conversations += 1;
        side.escalated += u32::from(dice.roll() < rate);
        if matches!(band(active, candidate), Band::Above | Band::Below) {
            return Some(candidate.conversations);
        }
    }
    None
}

/// The rate of false halts that docs/decisions/0006 states: of trials of 1,000
/// conversations of two versions that decide alike, each looked at 1,000 times.
#[test]
fn a_version_that_behaves_alike_is_hardly_ever_halted() {
    const TRIALS: u32 = 250;
    let mut dice = Dice(1);
    let mut worst = 0.0_f64;
    let mut all = 0;
    for rate in [0.1, 0.25, 0.5] {
        for share in [0.1, 0.5] {
            let halted = (0..TRIALS)
                .filter(|_| halted_after(&mut dice, (rate, rate), share, 1_000).is_some())
                .count();
            all += halted;
            worst = worst.max(halted as f64 / f64::from(TRIALS));
            println!("rate {rate}, share {share}: {halted} of {TRIALS} halted");
        }
    }
    let mean = all as f64 / f64::from(TRIALS * 6);
    println!("mean {mean:.4}, worst {worst:.4}");
    assert!(mean < 0.015 && worst < 0.03, "mean {mean}, worst {worst}");
}

#[test]
fn a_version_that_escalates_everything_is_halted_within_forty() {
    let mut dice = Dice(2);
    for rate in [0.0, 0.1, 0.3] {
        for share in [0.1, 0.5] {
            for _ in 0..200 {
                let after = halted_after(&mut dice, (rate, 1.0), share, 5_000).unwrap();
                assert!(
                    (CONVERSATIONS_MIN..=40).contains(&after),
                    "{rate} {share} {after}"
                );
            }
        }
    }
}

#[test]
fn a_version_that_escalates_nothing_is_halted_within_eighty() {
    let mut dice = Dice(3);
    for share in [0.1, 0.5] {
        for _ in 0..200 {
            let after = halted_after(&mut dice, (0.4, 0.0), share, 5_000).unwrap();
            assert!((CONVERSATIONS_MIN..=80).contains(&after), "{share} {after}");
        }
    }
}

/// Which conversations a canary decides must not change with a new program: a
/// conversation would change its version in its midst.
#[test]
fn the_choice_is_stable_and_as_large_as_asked_for() {
    let chosen = |trial: u128, permille: u16| -> Vec<u32> {
        let all = 1..=4_000;
        all.filter(|n| is_chosen(trial_id(trial), conversation(*n), permille))
            .collect()
    };
    assert_eq!(chosen(7, 100)[..5], [3, 8, 10, 13, 21]);
    for (permille, expected) in [(10, 40), (100, 400), (500, 2_000)] {
        let count = chosen(7, permille).len() as i64;
        assert!((count - expected).abs() < 100, "{permille}: {count}");
    }
    assert!(chosen(7, 0).is_empty());
    assert_ne!(chosen(7, 100), chosen(8, 100));
    // A greater share keeps whom a smaller one has chosen.
    let many = chosen(7, 500);
    assert!(chosen(7, 100).iter().all(|n| many.contains(n)));
}

fn escalate(queue: &str) -> Value {
    json!({ "verdict": "escalate", "kind": "warm", "queue": queue })
}

fn goes_on() -> Value {
    json!({ "verdict": "continue" })
}

/// A customer's turn with what both versions say.
fn turn(log: Log, turn: u32, active: &Value, shadow: &Value) -> Log {
    let log = log.customer("hello");
    let verdict = json!({
        "type": "verdict_reached", "turn": turn,
        "verdict": {
            "outcome": active, "rule": "r", "reason": "",
            "trace": { "policy": "p@1", "rules": [], "signals": [] },
        },
    });
    let beside = json!({
        "type": "shadow_decided", "trial": trial_id(1), "turn": turn, "policy": "p@2",
        "outcome": shadow, "rule": "s",
    });
    log.entry(vec![verdict, beside], Vec::new())
}

#[test]
fn a_shadow_is_counted_by_what_both_said_first() {
    let (on, a, b) = (goes_on(), escalate("a"), escalate("b"));
    let late = NOON + Span::minutes(1);
    let log = |n| Log::live(n, late).opened();
    let logs = [
        turn(turn(log(1), 1, &on, &on), 2, &on, &on),
        turn(log(2), 1, &a, &a),
        turn(turn(log(3), 1, &on, &a), 2, &on, &on),
        turn(log(4), 1, &a, &on),
        turn(log(5), 1, &a, &b),
        turn(turn(log(6), 1, &on, &a), 2, &a, &on),
        // Opened and nothing said; begun before; the demo's.
        log(7),
        turn(Log::live(8, NOON).opened(), 1, &on, &a),
        turn(Log::demo(9, late).opened(), 1, &on, &a),
    ];
    let mut trial = Trial::new(trial_id(1), Mode::Shadow, late);
    for _ in 0..2 {
        // Seen twice, counted once.
        for (conversation, entry, _) in logs.iter().flat_map(|log| &log.entries) {
            trial.observe(*conversation, entry);
        }
    }
    let figures = trial.figures();
    assert_eq!((figures.conversations, figures.turns), (6, 9));
    let changes = Changes {
        agree: 2,
        newly: 1,
        no_longer: 1,
        elsewhere: 2,
    };
    assert_eq!(figures.changes, Some(changes));
    assert_eq!(
        (figures.active.escalated, figures.candidate.escalated),
        (4, 4)
    );
    let examples: Vec<_> = figures.examples.iter().map(|it| it.conversation).collect();
    assert_eq!(examples, [3, 4, 5, 6].map(conversation));
    assert!(!figures.leaves_band);
    let kept = serde_json::to_string(&figures).unwrap();
    assert_eq!(figures, serde_json::from_str(&kept).unwrap());
}

/// A conversation of one turn, under this version, at this minute.
fn judged(n: u32, minute: u64, is_escalated: bool) -> Log {
    let log = Log::live(n, NOON + Span::minutes(minute)).opened();
    let log = log.customer("hello");
    let outcome = if is_escalated {
        escalate("a")
    } else {
        goes_on()
    };
    let log = log.judged(outcome, "none");
    if is_escalated {
        log.ask("rule", "a")
    } else {
        log
    }
}

fn fresh(logs: &[Log], before: (u32, u32)) -> Fresh {
    let before = Counted {
        escalated: before.0,
        conversations: before.1,
    };
    let mut fresh = Fresh::new(PolicyVersion("p@1".into()), NOON).against(before);
    for (conversation, entry, _) in logs.iter().flat_map(|log| &log.entries) {
        fresh.observe(*conversation, entry);
    }
    fresh
}

#[test]
fn what_is_still_going_on_is_not_held_against_a_version() {
    // Nobody was asked for yet, in 60 conversations of which each has just begun.
    let logs: Vec<_> = (1..=60).map(|n| judged(n, 1, false)).collect();
    let fresh_one = fresh(&logs, (80, 200));
    let soon = NOON + Span::minutes(5);
    assert_eq!(fresh_one.band(soon), Band::Within);
    // Fifteen quiet minutes later nobody will be.
    assert_eq!(fresh_one.band(NOON + Span::minutes(30)), Band::Below);
    // That everybody was asked for is known at once.
    let logs: Vec<_> = (1..=20).map(|n| judged(n, 1, true)).collect();
    let fresh_one = fresh(&logs, (40, 200));
    assert_eq!(fresh_one.band(soon), Band::Above);
    assert_eq!(fresh(&logs[..19], (40, 200)).band(soon), Band::TooFew);
}

#[test]
fn the_first_two_hundred_are_looked_at() {
    let most = u32::try_from(CONVERSATIONS_WATCHED).unwrap();
    let logs: Vec<_> = (1..=most + 50)
        .map(|n| judged(n, u64::from(n), n % 4 == 0))
        .collect();
    let fresh_one = fresh(&logs, (50, 200));
    let now = NOON + Span::hours(24);
    let (least, at_most) = fresh_one.counted(now);
    assert_eq!(
        (least, at_most),
        (
            Counted {
                escalated: 50,
                conversations: most
            },
            least
        )
    );
    assert!(fresh_one.is_over(now));
    assert!(!fresh(&logs[..100], (50, 200)).is_over(now));
    // What another version decides says nothing of this one.
    let mut other = Fresh::new(PolicyVersion("p@2".into()), NOON);
    for (conversation, entry, _) in logs.iter().flat_map(|log| &log.entries) {
        other.observe(*conversation, entry);
    }
    assert_eq!(other.counted(now).0, Counted::default());
}

#[test]
fn the_last_conversations_before_a_time_are_counted() {
    let logs: Vec<_> = (1..=10)
        .map(|n| judged(n, u64::from(n), n > 7))
        .chain([Log::live(20, NOON + Span::minutes(9)).opened()])
        .collect();
    let ledger = ledger(&logs);
    let counted = |minute, most| ledger.counted_before(NOON + Span::minutes(minute), most);
    let of = |escalated, conversations| Counted {
        escalated,
        conversations,
    };
    assert_eq!(counted(60, 200), of(3, 10));
    assert_eq!(counted(60, 4), of(3, 4));
    assert_eq!(counted(9, 200), of(1, 8));
    assert_eq!(counted(0, 200), of(0, 0));
}
