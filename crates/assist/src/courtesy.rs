//! Words that ask for nothing: thanks, greetings, farewells, and the question
//! whether one speaks with a machine. What is said in return stands in the policy. A search would find an article for them
//! all the same, and asking what was meant by "thanks" is worse than no answer.

use crate::text::words;

/// The longest courtesy, in words; whoever writes more also says something.
const WORDS_MAX: usize = 8;

/// What was said out of courtesy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Courtesy {
    /// "Are you a bot?"
    IsItAMachine,
    /// "Thanks a lot!"
    Thanks,
    /// "Bye"
    Farewell,
    /// "Hi there"
    Greeting,
    /// "Ok"
    Understood,
}

/// A courtesy with the language it was said in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// What was said.
    pub courtesy: Courtesy,
    /// Whether in German; else in English.
    pub is_german: bool,
}

/// Words by what they say; in German and in English.
const WORDS: [(Courtesy, [&str; 2]); 4] = [
    (
        Courtesy::Thanks,
        [
            "thanks thank thx ty tysm cheers appreciated appreciate",
            "danke dankeschön dankeschoen dank merci",
        ],
    ),
    (
        Courtesy::Farewell,
        [
            "bye goodbye cya farewell",
            "tschüss tschuess tschüß ciao wiedersehen",
        ],
    ),
    (
        Courtesy::Greeting,
        [
            "hi hello hey hiya howdy greetings morning afternoon evening",
            "hallo moin servus guten grüezi",
        ],
    ),
    (
        Courtesy::Understood,
        [
            "ok okay okey k alright great perfect cool nice awesome excellent understood brilliant super",
            "gut prima verstanden alles klar passt toll",
        ],
    ),
];

/// Words that may stand beside them and change nothing.
const BESIDE: [&str; 2] = [
    "you so much very a lot for your the help and again there good day have nice that is thats all i got it to all everyone team helpful was that great",
    "vielen herzlichen besten schönen schoenen tag abend morgen mittag auf ihnen dir ihre deine die für fuer hilfe sehr und nochmal nochmals",
];

/// How people ask whether one is a machine, as whole messages.
const MACHINE: [&[&str]; 2] = [
    &[
        "are you a bot",
        "are you a robot",
        "are you human",
        "are you a human",
        "are you a real person",
        "are you real",
        "are you an ai",
        "is this a bot",
        "is this an ai",
        "is this a real person",
        "am i talking to a bot",
        "am i chatting with a bot",
        "am i talking to a human",
    ],
    &[
        "bist du ein bot",
        "sind sie ein bot",
        "sind sie ein mensch",
        "bist du ein mensch",
        "ist das ein bot",
        "bin ich mit einem bot verbunden",
        "spreche ich mit einem bot",
        "spreche ich mit einem menschen",
    ],
];

/// Reads a message that is nothing but a courtesy; `None` if it says anything else.
pub fn read(message: &str) -> Option<Said> {
    let words = words(message);
    if words.is_empty() || words.len() > WORDS_MAX {
        return None;
    }
    let whole = words.join(" ");
    for (language, questions) in MACHINE.iter().enumerate() {
        if questions.contains(&whole.as_str()) {
            return Some(Said {
                courtesy: Courtesy::IsItAMachine,
                is_german: language == 1,
            });
        }
    }
    let stands_in = |list: &str, word: &str| list.split(' ').any(|known| known == word);
    let mut found = None;
    let mut is_german = false;
    for word in words {
        let kind = WORDS.iter().find_map(|(kind, lists)| {
            let language = lists.iter().position(|list| stands_in(list, &word))?;
            Some((*kind, language == 1))
        });
        match kind {
            Some((kind, german)) => {
                is_german |= german;
                found = found.map_or(Some(kind), |before| Some(weightier(before, kind)));
            }
            None => {
                let language = BESIDE.iter().position(|list| stands_in(list, &word))?;
                is_german |= language == 1;
            }
        }
    }
    found.map(|courtesy| Said {
        courtesy,
        is_german,
    })
}

/// "Hello, thanks, bye" is answered as thanks.
fn weightier(one: Courtesy, other: Courtesy) -> Courtesy {
    let place = |courtesy| WORDS.iter().position(|(kind, _)| *kind == courtesy);
    if place(other) < place(one) {
        other
    } else {
        one
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn courtesies_are_told_from_concerns() {
        use Courtesy::{Farewell, Greeting, IsItAMachine, Thanks, Understood};
        let cases = [
            ("thanks", Some((Thanks, false))),
            (
                "Ok, thank you so much for your help!!",
                Some((Thanks, false)),
            ),
            ("Vielen Dank!", Some((Thanks, true))),
            ("Guten Morgen", Some((Greeting, true))),
            ("hi there", Some((Greeting, false))),
            ("Bye 👋", Some((Farewell, false))),
            ("ok", Some((Understood, false))),
            ("That's all, bye", Some((Farewell, false))),
            ("is this a bot?", Some((IsItAMachine, false))),
            ("Sind Sie ein Mensch?", Some((IsItAMachine, true))),
            ("thanks, but where is my parcel", None),
            ("hi, I was charged twice", None),
            ("ok and how do I cancel", None),
            ("not ok", None),
            ("are you a bot that can refund me", None),
            ("a", None),
            ("", None),
            ("👍", None),
        ];
        for (text, expected) in cases {
            let found = read(text).map(|said| (said.courtesy, said.is_german));
            assert_eq!(found, expected, "{text}");
        }
    }
}
