//! Who somebody is, and what they may do. One place for every entry: HTTP,
//! live sockets, the widget (D9).

pub mod access;
pub mod keys;
pub mod password;
pub mod people;
pub mod secret;
pub mod sessions;
pub mod settings;
mod tries;
pub mod visitors;
