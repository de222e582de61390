//! (being written)
use segue_model::turn::Turn;
/// One line for lists.
pub fn subject_line<'a>(_turns: impl IntoIterator<Item = &'a Turn>) -> String { String::new() }
