//! A light stemmer for English, after the idea of Porter (1980) but shorter:
//! plurals, tenses and the few derivations support questions are made of.
//! Stems are keys, not words; what counts is that relatives meet.
//!
//! Our own because it joins what a help centre needs joined (cancelled,
//! cancellation; paid, payment) in one pass, where the Snowball stemmers
//! keep those apart.

/// Forms no rule finds.
const IRREGULAR: &[(&str, &str)] = &[
    ("bought", "buy"),
    ("broke", "break"),
    ("broken", "break"),
    ("chose", "choose"),
    ("chosen", "choose"),
    ("forgot", "forget"),
    ("forgotten", "forget"),
    ("gave", "give"),
    ("given", "give"),
    ("gone", "go"),
    ("held", "hold"),
    ("kept", "keep"),
    ("lost", "lose"),
    ("made", "make"),
    ("paid", "pay"),
    ("said", "say"),
    ("saw", "see"),
    ("seen", "see"),
    ("sent", "send"),
    ("sold", "sell"),
    ("spent", "spend"),
    ("stole", "steal"),
    ("stolen", "steal"),
    ("thrown", "throw"),
    ("told", "tell"),
    ("took", "take"),
    ("taken", "take"),
    ("went", "go"),
    ("wrote", "write"),
    ("written", "write"),
];

/// The stem of a lower-case word; words that are short or not ASCII stay as they are.
pub(crate) fn stem(word: &str) -> String {
    if word.len() < 3 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return word.to_owned();
    }
    if let Ok(at) = IRREGULAR.binary_search_by_key(&word, |(form, _)| form)
        && let Some((_, base)) = IRREGULAR.get(at)
    {
        return finish(base);
    }
    let word = singular(word);
    let word = tense(&word);
    finish(&derivation(&word))
}

fn singular(word: &str) -> String {
    if let Some(base) = cut(word, "ies", 2) {
        return format!("{base}y");
    }
    for ending in ["sses", "ches", "shes", "xes", "zes"] {
        if word.ends_with(ending) {
            return word.strip_suffix("es").unwrap_or(word).to_owned();
        }
    }
    let plural = word.ends_with('s') && !["ss", "us", "is"].iter().any(|e| word.ends_with(e));
    match word.strip_suffix('s') {
        Some(base) if plural && base.len() >= 3 => base.to_owned(),
        _ => word.to_owned(),
    }
}

fn tense(word: &str) -> String {
    if let Some(base) = cut(word, "ied", 2) {
        return format!("{base}y");
    }
    for ending in ["ing", "ed"] {
        if let Some(base) = cut(word, ending, 3).filter(|base| has_vowel(base)) {
            return base.to_owned();
        }
    }
    word.to_owned()
}

/// Endings that make another kind of word of the same thing; the number is
/// how long the rest must be, in bytes.
const DERIVED: &[(&str, &str, usize)] = &[
    ("ification", "ify", 2),
    ("ization", "ize", 3),
    ("isation", "ize", 3),
    ("ation", "", 4),
    ("ition", "", 4),
    ("ssion", "ss", 3),
    ("tion", "t", 3),
    ("ment", "", 3),
    ("ness", "", 4),
    ("ery", "er", 3),
    ("ally", "al", 4),
    ("ly", "", 4),
    ("ise", "ize", 3),
    ("ate", "", 4),
    ("at", "", 5),
    ("al", "", 5),
];

fn derivation(word: &str) -> String {
    for (ending, replacement, rest_min) in DERIVED {
        if let Some(base) = cut(word, ending, *rest_min) {
            return format!("{base}{replacement}");
        }
    }
    word.to_owned()
}

/// The same last touch for every word: no final `e`, no doubled last consonant, `y` as `i`.
fn finish(word: &str) -> String {
    let mut stem = word.to_owned();
    if stem.len() > 3 && stem.ends_with('e') {
        stem.pop();
    }
    let mut ending = stem.bytes().rev();
    let doubled = matches!((ending.next(), ending.next()), (Some(a), Some(b)) if a == b);
    if stem.len() > 3 && doubled && !stem.ends_with(['a', 'e', 'i', 'o', 'u']) {
        stem.pop();
    }
    if stem.len() > 2 && stem.ends_with('y') {
        stem.pop();
        stem.push('i');
    }
    stem
}

fn cut<'a>(word: &'a str, ending: &str, rest_min: usize) -> Option<&'a str> {
    word.strip_suffix(ending)
        .filter(|rest| rest.len() >= rest_min)
}

fn has_vowel(word: &str) -> bool {
    word.bytes().any(|b| b"aeiouy".contains(&b))
}
