//! The built-in assistant: retrieval from a help centre and an extractive answer.
//!
//! It answers only with sentences that stand in an article, and says with
//! which probability the article is the right one. It writes no text of its
//! own, calls no model, and reads no file, clock,
//! socket or random source: callers hand over the texts.
//!
//! Begin with [`KnowledgeBase`] (search, answer, clarify), then
//! [`Calibration`] (from features to a probability) and [`calibrate`] (how
//! the calibration is fitted and judged). `docs/ASSISTANT.md` says what the
//! figures mean.

pub mod article;
pub mod calibrate;
pub mod calibration;
mod chitchat;
pub mod courtesy;
pub mod knowledge;
pub mod library;
mod sentences;
mod text;

pub use article::{Article, ArticleError, Document, parse_article};
pub use calibration::{Calibration, CalibrationError};
pub use chitchat::chitchat;
pub use knowledge::{Answer, Found, Hit, KnowledgeBase, Width};
pub use library::{Rehearsal, Tried, overlaid, rehearse};
