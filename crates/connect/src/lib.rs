//! Other people's programs: bots that Segue calls, desks that it works beside, sources
//! of facts, and where reports and alarms go.
//!
//! Each adapter speaks its vendor's protocol on one side and the service's commands on
//! the other. It decides nothing, and no vendor's word leaves its folder. What an
//! operator may write about one is its section; `docs/CONNECT.md` says it in words.

pub mod bot;
mod call;
pub mod desk;
pub mod facts;
pub mod hook;
pub mod mail;
mod error;
mod sign;

pub use error::ConnectError;
