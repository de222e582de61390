//! A policy with its detector: what cannot be compiled is told at its place, and what can
//! be written can be put in force.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use segue_engine::{Ruleset, RulesetError};
use segue_testkit::policies::{self, Dice};

const BUILTIN: &str = include_str!("../../../policies/default.yaml");

/// The built-in policy with another pattern in place of one, and what is said of it.
#[track_caller]
fn check(pattern: &str, says: &str) {
    let old = r"'\b(?:price|rate)\s+(?:guarantee|lock|freeze)\b'";
    assert!(BUILTIN.contains(old), "the pattern is gone");
    let text = BUILTIN.replacen(old, &format!("'{pattern}'"), 1);
    let Err(RulesetError::Policy(problems)) = Ruleset::parse(&text) else {
        panic!("`{pattern}` was taken");
    };
    let [problem] = problems.as_slice() else {
        panic!("{problems:?}");
    };
    let line = BUILTIN.split(old).next().unwrap().lines().count();
    assert_eq!(problem.line as usize, line, "{problem}");
    assert_eq!(problem.path, "topics.contract_terms.patterns[5]");
    assert_eq!(problem.code.as_str(), "policy_pattern");
    assert!(problem.to_string().contains(says), "{problem}");
}

#[test]
fn a_pattern_that_cannot_be_compiled_is_told_at_its_place() {
    check(
        "(?<=x)price",
        "look-around, including look-ahead and look-behind, is not supported",
    );
    check(r"(price) \1", "backreferences are not supported");
    check("price)", "unopened group");
    check("(?:price)*", "matches the empty text");
    check(r"(?:\w{1,900}\s){1,900}", "larger than 1048576 bytes");
}

/// The sound half of the ten thousand random files of `crates/policy/tests/random.rs`.
#[test]
fn what_can_be_written_can_be_put_in_force() {
    std::thread::scope(|scope| {
        for part in 0..4 {
            scope.spawn(move || (part..5_000).step_by(4).for_each(put_in_force));
        }
    });
}

fn put_in_force(seed: u64) {
    let mut dice = Dice::new(seed);
    let value = policies::sound(&mut dice);
    let text = policies::text(&mut dice, &value);
    if let Err(error) = Ruleset::parse(&text) {
        panic!("seed {seed}: {error:?}\n{text}");
    }
}
