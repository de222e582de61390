//! Development tasks of this repository: build, run, test, tidy.
//!
//! `cargo xtask TASK` is what the Makefile and CI call, so that both do the
//! same thing on every machine. This crate is never part of the product. Begin
//! with [`tidy`] (the walls and manners that are under test), then [`test`]
//! (what a full test run is) and [`run`] (the demo on a fresh clone).

pub mod examples;
pub mod python;
pub mod lint;
pub mod repo;
pub mod run;
pub mod sdk;
pub mod stages;
pub mod test;
pub mod tidy;
pub mod tools;
pub mod web;
