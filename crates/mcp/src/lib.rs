//! The tools with which an assistant asks for a person, by the Model Context Protocol.
//!
//! It is a client of the API like any other and holds nothing: each tool is one call,
//! answers at once, and never waits for a person.
