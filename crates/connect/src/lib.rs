//! Other people's programs: bots that Segue calls, desks that it works beside, and
//! sources of facts.
//!
//! Each adapter speaks its vendor's protocol on one side and the service's commands on
//! the other. It decides nothing, and no vendor's word leaves its folder.
