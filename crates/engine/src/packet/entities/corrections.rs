//! What the customer took back: "no, order 4418" after order 4481, "not 20077, mine is
//! 20071". The agent must not act on the value that was wrong.

use segue_model::packet::EntityKind;

use super::Found;
use crate::packet::cues::{self, Phrases};
use std::sync::LazyLock;

static CORRECTING: Phrases = LazyLock::new(|| {
    cues::phrases(
        "mistyped|typo|i meant|i mean|no wait|wait no|sorry its|sorry it is|wrong number|wrong one|\
         not my number|mine is|correction|should be|actually its|actually it is|scratch that|\
         no order|no its|no it is|instead of|vertippt|nein|ich meine|meinte|nicht|falsche nummer|\
         sondern|korrektur|pardon|je voulais dire|non c est|en fait|perdon|quise decir|no es|\
         me equivoque|rather|my mistake|my bad|moment",
    )
});

/// How much of the longer value two writings must share, place by place or shifted, to be
/// one value mistyped.
const ALIKE_MIN: f64 = 0.5;

/// Whether a text takes something back.
pub(super) fn is_correcting(flat: &str) -> bool {
    CORRECTING.is_match(flat)
}

/// Whether a value that comes later stands for an earlier one of its kind.
pub(super) fn replaces(earlier: &str, later: &str, kind: EntityKind) -> bool {
    kind == EntityKind::Reference && earlier != later && is_alike(earlier, later)
}

/// The key that a text names and takes back itself: "not 4481, it is 4418". `None` if the
/// text names one value alone.
pub(super) fn within<'f>(found: &'f [Found]) -> Option<(&'f Found, &'f Found)> {
    let mut references = found.iter().filter(|it| it.kind == EntityKind::Reference);
    let (first, second) = (references.next()?, references.next()?);
    (references.next().is_none() && replaces(&first.key, &second.key, first.kind))
        .then_some((first, second))
}

/// Two writings of about one length that share most of their signs: a slip of the finger,
/// not another thing.
#[expect(clippy::cast_precision_loss, reason = "values are short")]
fn is_alike(a: &str, b: &str) -> bool {
    let count = |text: &str| text.chars().count();
    let longer = count(a).max(count(b));
    let is_long_as = count(a).abs_diff(count(b)) <= 2;
    let same = a.chars().zip(b.chars()).filter(|(a, b)| a == b).count();
    is_long_as && same as f64 / longer.max(1) as f64 >= ALIKE_MIN
}
