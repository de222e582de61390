//! The built-in assistant: retrieval from a help centre and an extractive answer.
