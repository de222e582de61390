//! What was aimed at, beside what came out.

use serde_json::Value;

/// A figure of a bench, by its place in the bench's object, and where it should lie.
struct Goal {
    bench: &'static str,
    figure: &'static str,
    wanted: Wanted,
}

#[derive(Clone, Copy)]
enum Wanted {
    AtLeast(f64),
    AtMost(f64),
}

const fn goal(bench: &'static str, figure: &'static str, wanted: Wanted) -> Goal {
    Goal {
        bench,
        figure,
        wanted,
    }
}

/// The goals of `docs/PERFORMANCE.md`.
const GOALS: [Goal; 18] = [
    goal("decide", "/turn_median_us", Wanted::AtMost(20.0)),
    goal("decide", "/hostile_message_worst_ms", Wanted::AtMost(5.0)),
    goal("decide", "/longest_to_shortest", Wanted::AtMost(1.25)),
    goal("decide", "/first_turn_median_us", Wanted::AtMost(10.0)),
    goal("replay", "/ratio", Wanted::AtMost(3.0)),
    goal("packet", "/at_length/2/median_ms", Wanted::AtMost(5.0)),
    goal(
        "turns",
        "/ordinary_messages/ratio_to_echo",
        Wanted::AtLeast(0.30),
    ),
    goal(
        "turns",
        "/long_messages/ratio_to_echo",
        Wanted::AtLeast(0.30),
    ),
    goal(
        "turns",
        "/ordinary_messages/turns_per_fsync",
        Wanted::AtLeast(16.0),
    ),
    goal(
        "turns",
        "/one_connection/p50_less_1ms_per_fdatasync",
        Wanted::AtMost(2.5),
    ),
    goal("push", "/frame_p50_ms", Wanted::AtMost(1.5)),
    goal("push", "/frame_p99_ms", Wanted::AtMost(10.0)),
    goal("gateway", "/added_median_us", Wanted::AtMost(1_000.0)),
    goal("gateway", "/cut_p99_ms", Wanted::AtMost(100.0)),
    goal(
        "insight",
        "/dashboard_ms/28_days/p95",
        Wanted::AtMost(200.0),
    ),
    goal(
        "insight",
        "/dashboard_ms/365_days/p95",
        Wanted::AtMost(200.0),
    ),
    goal("insight", "/fold/seconds", Wanted::AtMost(60.0)),
    goal("idle", "/bytes_per_idle_socket", Wanted::AtMost(8192.0)),
];

/// A line for each goal of the benches that ran.
pub fn lines(benches: &[Value]) -> Vec<String> {
    let of = |name| benches.iter().find(move |bench| bench["bench"] == name);
    let line = |goal: &Goal| {
        let measured = of(goal.bench)?.pointer(goal.figure)?.as_f64()?;
        let (sign, wanted, is_met) = match goal.wanted {
            Wanted::AtLeast(wanted) => ("≥", wanted, measured >= wanted),
            Wanted::AtMost(wanted) => ("≤", wanted, measured <= wanted),
        };
        let word = if is_met { "met  " } else { "short" };
        let (bench, figure) = (goal.bench, goal.figure);
        Some(format!(
            "{word} {bench}{figure}: {measured} ({sign} {wanted})"
        ))
    };
    GOALS.iter().filter_map(line).collect()
}
