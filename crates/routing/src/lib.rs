//! Which queue and which agent: hours, ranking, picking, honest waits.
//!
//! A pure room: it is handed a [`World`] (what waits, who is there, the rules
//! of the queues, what was measured, and the time) and answers with values.
//! It never reads a clock, offers nothing by itself and keeps no state; the
//! shell calls [`plan()`] whenever capacity, presence or the queue changes, and
//! again at [`next_wake`]. Whether a proposal is still right is checked a
//! second time by the append, where slots are rows (I7).
//!
//! Begin with [`world`] (the input), then [`plan`](mod@plan) (who gets what), and
//! [`wait`] (what the customer is told about the time). [`hours`] is the
//! calendar that both use.

pub mod hours;
mod pick;
pub mod plan;
pub mod rank;
mod view;
pub mod wait;
pub mod world;

pub use hours::Schedule;
pub use pick::{DECLINE_COOL_DOWN, Reason, Relaxation, rests_until};
pub use plan::{Proposal, next_wake, overflow_at, plan, unroutable};
pub use rank::{in_order, position};
pub use wait::announce::{Announcement, Update};
pub use wait::display::Display;
pub use wait::stats::Stats;
pub use wait::{Asker, Estimate, Interval, estimate};
pub use world::{AgentState, Presence, QueueRules, Waiting, World};
