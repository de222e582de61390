//! Promises about the wait and how they change.

use segue_model::escalation::Priority;
use segue_model::time::Span;
use segue_routing::{Announcement, Display, Estimate, Interval, Update};

use crate::build::at;

/// An estimate made `minute` minutes after the first.
fn estimate(minute: i64, lo_min: f64, hi_min: f64) -> Estimate {
    let interval = Interval {
        point_min: f64::midpoint(lo_min, hi_min),
        lo_min,
        hi_min,
    };
    Estimate {
        queue: "general".into(),
        priority: Priority::Normal,
        at: at(minute),
        position: 1,
        interval: Some(interval),
        display: Some(Display::of(lo_min, hi_min)),
        likely_agent: None,
        is_open: true,
        opens_at: None,
        is_staffed: true,
        offers_callback: false,
    }
}

fn between(lo_min: u32, hi_min: u32) -> Display {
    Display::Between { lo_min, hi_min }
}

/// "About 3–5 minutes", told at minute 0.
fn told() -> Announcement {
    Announcement::first(&estimate(0, 3.2, 4.8)).unwrap()
}

fn check_shorter(told: Announcement, estimate: &Estimate, display: Display) -> Announcement {
    match told.update(estimate) {
        Some(Update::Shorter(new)) => {
            assert_eq!(new.display, display);
            assert!(new.until <= told.until || told.until.is_none());
            new
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_same_is_not_said_twice() {
    assert_eq!((told().display, told().until), (between(3, 5), Some(at(5))));
    assert_eq!(told().update(&estimate(0, 3.1, 4.9)), None);
}

#[test]
fn shorter_is_said_freely() {
    let next = check_shorter(told(), &estimate(1, 1.5, 2.6), between(1, 3));
    assert_eq!(next.until, Some(at(4)));
    check_shorter(next, &estimate(2, 0.2, 0.9), Display::Under { hi_min: 1 });
}

#[test]
fn rounding_does_not_push_a_promise_away() {
    // A minute later the rest is 2.2–4.1, outward 2–5, but four minutes were promised.
    let next = check_shorter(told(), &estimate(1, 2.2, 4.1), between(2, 4));
    assert_eq!(next.until, Some(at(5)));
    check_shorter(next, &estimate(4, 0.4, 1.4), Display::Under { hi_min: 1 });
}

#[test]
fn longer_is_said_once() {
    assert!(told().may_announce_growth());
    let Some(Update::Longer(longer)) = told().update(&estimate(2, 5.0, 7.5)) else {
        panic!()
    };
    assert_eq!(
        (longer.display, longer.until),
        (between(5, 8), Some(at(10)))
    );
    assert!(!longer.may_announce_growth());
    assert_eq!(longer.update(&estimate(4, 8.0, 9.5)), None);
    // Less than a minute past the promise is noise.
    assert_eq!(told().update(&estimate(0, 3.2, 5.9)), None);
}

#[test]
fn a_broken_promise_is_said_at_once_and_once() {
    let Some(Update::Overdue(overdue)) = told().update(&estimate(5, 1.0, 2.0)) else {
        panic!()
    };
    assert_eq!(overdue.update(&estimate(6, 1.0, 2.0)), None);
    // Also when there is nothing to tell any more.
    let silent = Estimate {
        interval: None,
        display: None,
        ..estimate(5, 1.0, 2.0)
    };
    assert!(matches!(told().update(&silent), Some(Update::Overdue(_))));
}

#[test]
fn more_than_has_no_end() {
    let vague = Announcement::first(&estimate(0, 12.0, 45.0)).unwrap();
    assert_eq!(
        (vague.display, vague.until),
        (Display::MoreThan { lo_min: 12 }, None)
    );
    let near = check_shorter(vague, &estimate(9, 6.0, 12.0), between(6, 12));
    assert_eq!(near.until, Some(at(9) + Span::minutes(12)));
    let grown = vague.update(&estimate(3, 20.0, 60.0));
    assert!(matches!(grown, Some(Update::Longer(new)) if new.has_grown));
    // A promise is not taken back without the apology: less is known, but the
    // end still lies within it.
    let promised = Announcement::first(&estimate(0, 8.0, 12.0)).unwrap();
    assert_eq!(promised.update(&estimate(0, 2.5, 11.0)), None);
}
