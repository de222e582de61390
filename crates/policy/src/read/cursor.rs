//! A node with its path, and the questions a reader asks it. Every refusal is
//! noted with its place, so `None` always means "said why".

use crate::grammar::{Entry, INTERVALS_MAX, NAME_BYTES_MAX, Section, Shape};
use crate::problem::{Place, Problem, ProblemCode, did_you_mean, nearest};
use crate::tree::{Key, Node, Value};
use crate::words::Word;

use segue_model::limits::SHORT_TEXT_BYTES_MAX;

/// So many problems are told; more help nobody.
const PROBLEMS_MAX: usize = 100;

/// What was found wrong so far.
#[derive(Default)]
pub(super) struct Problems(Vec<Problem>);

impl Problems {
    pub fn into_sorted(mut self) -> Vec<Problem> {
        self.0.sort_by_key(|problem| (problem.line, problem.column));
        self.0.truncate(PROBLEMS_MAX);
        self.0
    }

    fn push(
        &mut self,
        place: Place,
        path: String,
        code: ProblemCode,
        message: String,
        hint: String,
    ) -> Noted<'_> {
        self.0.push(Problem {
            line: place.line,
            column: place.column,
            path,
            message,
            hint: Some(hint),
            code,
        });
        Noted(self.0.last_mut())
    }
}

/// A problem just noted with an example of what goes there; a better hint may follow.
pub(super) struct Noted<'p>(Option<&'p mut Problem>);

impl Noted<'_> {
    pub fn hint(self, hint: impl Into<String>) {
        if let Some(problem) = self.0 {
            problem.hint = Some(hint.into());
        }
    }
}

/// A node and the way to it.
#[derive(Clone)]
pub(super) struct Cursor<'a> {
    node: &'a Node,
    key: Option<&'a Key>,
    path: String,
    /// The nearest known key above, for an example.
    entry: Option<&'static Entry>,
    /// What helps where no key above is known.
    help: &'static str,
}

/// A map whose keys are all known, but for those already told.
pub(super) struct Fields<'a> {
    at: Cursor<'a>,
    /// What is known of its keys; nothing in a case file, whose keys depend on each other.
    section: Option<&'static Section>,
    /// The known keys that misspelled ones were probably meant for.
    meant: Vec<String>,
}

/// What stands at a key.
enum Found<'a> {
    /// This.
    Here(Cursor<'a>),
    /// Nothing; what holds then.
    Left(&'static str),
    /// Nothing, and why is told.
    Told,
}

impl<'a> Fields<'a> {
    /// The map itself.
    pub fn cursor(&self) -> &Cursor<'a> {
        &self.at
    }

    fn entry(&self, key: &str) -> Option<&'static Entry> {
        self.section?.entry(key)
    }

    pub fn get(&self, key: &str) -> Option<Cursor<'a>> {
        let mut found = self.at.child(key)?;
        found.entry = self.entry(key).or(found.entry);
        Some(found)
    }

    pub fn need(&self, key: &str, problems: &mut Problems) -> Option<Cursor<'a>> {
        let found = self.get(key);
        if found.is_none() && !self.meant.iter().any(|meant| meant == key) {
            let message = format!("the key `{key}` is missing");
            let noted = self.at.problem(problems, ProblemCode::MissingKey, message);
            if let Some(entry) = self.entry(key) {
                noted.hint(example_of(entry));
            }
        }
        found
    }

    fn find(&self, key: &str, problems: &mut Problems) -> Found<'a> {
        let entry = self.entry(key);
        if entry.is_none_or(|entry| entry.is_needed) {
            return match self.need(key, problems) {
                Some(cursor) => Found::Here(cursor),
                None => Found::Told,
            };
        }
        match self.get(key) {
            Some(cursor) => Found::Here(cursor),
            None => Found::Left(entry.and_then(|entry| entry.otherwise).unwrap_or_default()),
        }
    }

    /// A flag; where it is left out, what the grammar says.
    pub fn flag(&self, key: &str, problems: &mut Problems) -> Option<bool> {
        match self.find(key, problems) {
            Found::Here(cursor) => cursor.flag(problems),
            Found::Left(otherwise) => Some(otherwise == "true"),
            Found::Told => None,
        }
    }

    /// A number in the range that the grammar says.
    pub fn number(&self, key: &str, problems: &mut Problems) -> Option<f64> {
        let (min, max) = match self.entry(key).map(|entry| entry.shape) {
            Some(Shape::Number(min, max)) => (min, max),
            _ => (f64::NEG_INFINITY, f64::INFINITY),
        };
        match self.find(key, problems) {
            Found::Here(cursor) => cursor.number(min, max, problems),
            Found::Left(otherwise) => otherwise.parse().ok(),
            Found::Told => None,
        }
    }

    /// A whole number in the range that the grammar says.
    pub fn whole(&self, key: &str, problems: &mut Problems) -> Option<u32> {
        let (min, max) = match self.entry(key).map(|entry| entry.shape) {
            Some(Shape::Whole(min, max)) => (min, max),
            _ => (0, u32::MAX),
        };
        match self.find(key, problems) {
            Found::Here(cursor) => cursor.whole(min, max, problems),
            Found::Left(otherwise) => otherwise.parse().ok(),
            Found::Told => None,
        }
    }

    /// One of a type's words; where it is left out, what the grammar says.
    pub fn word<W: Word>(&self, key: &str, problems: &mut Problems) -> Option<W> {
        match self.find(key, problems) {
            Found::Here(cursor) => cursor.word(problems),
            Found::Left(otherwise) => W::ALL
                .iter()
                .find(|(_, word)| *word == otherwise)
                .map(|(value, _)| *value),
            Found::Told => None,
        }
    }

    /// The most entries that a list or map may have, told where it has more.
    pub fn bounded(&self, key: &str, problems: &mut Problems) -> Option<Cursor<'a>> {
        let Found::Here(cursor) = self.find(key, problems) else {
            return None;
        };
        let most = match cursor.entry.map(|entry| entry.shape) {
            Some(Shape::List(_, most) | Shape::Named(_, most)) => most,
            Some(Shape::Hours) => INTERVALS_MAX,
            _ => usize::MAX,
        };
        let has = match &cursor.node.value {
            Value::List(items) => items.len(),
            Value::Map(entries) => entries.len(),
            _ => 0,
        };
        if has > most {
            let message = format!("`{key}` has at most {most} entries, this has {has}");
            cursor
                .problem(problems, ProblemCode::TooLarge, message)
                .hint(format!("leave out {}", has - most));
            return None;
        }
        Some(cursor)
    }
}

/// An example of what goes at a key.
fn example_of(entry: &Entry) -> String {
    match entry.example.strip_prefix("see ") {
        Some(_) => format!("`{}:` {}; {}", entry.key, entry.about, entry.example),
        None => format!("for example `{}: {}`", entry.key, entry.example),
    }
}

impl<'a> Cursor<'a> {
    pub fn root(node: &'a Node) -> Self {
        Self::beginning(node, "begin with a copy of `policies/default.yaml`")
    }

    /// The root of a text of another kind, with what helps where nothing better is known.
    pub fn beginning(node: &'a Node, help: &'static str) -> Self {
        Self {
            node,
            key: None,
            path: String::new(),
            entry: None,
            help,
        }
    }

    pub fn place(&self) -> Place {
        self.node.place
    }

    fn step(&self, key: &'a Key, node: &'a Node) -> Self {
        let dot = if self.path.is_empty() { "" } else { "." };
        Self {
            node,
            key: Some(key),
            path: format!("{}{dot}{}", self.path, key.text),
            entry: self.entry,
            help: self.help,
        }
    }

    /// Names the way to this node by something that lasts longer than its number.
    pub fn renamed(mut self, path: String) -> Self {
        self.path = path;
        self
    }

    pub fn problem<'p>(
        &self,
        problems: &'p mut Problems,
        code: ProblemCode,
        message: String,
    ) -> Noted<'p> {
        let hint = self.entry.map_or_else(|| self.help.to_owned(), example_of);
        problems.push(self.node.place, self.path.clone(), code, message, hint)
    }

    /// The word that may stand here instead of a queue, by the grammar.
    pub fn instead(&self) -> Option<&'static str> {
        match self.entry?.shape {
            Shape::QueueOr(word) => Some(word),
            _ => None,
        }
    }

    /// A name that must be one of `known` and is not.
    pub fn unknown<'k>(
        &self,
        problems: &mut Problems,
        what: &str,
        name: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) {
        let known: Vec<&str> = known.into_iter().collect();
        let hint = did_you_mean(name, known.iter().copied()).unwrap_or_else(|| match known.len() {
            0 => format!("this policy has no {what} yet"),
            _ => format!("there are: {}", known.join(", ")),
        });
        self.problem(
            problems,
            ProblemCode::UnknownName,
            format!("there is no {what} `{name}`"),
        )
        .hint(hint);
    }

    fn wrong_type(&self, problems: &mut Problems, expected: &str) {
        let message = format!(
            "{expected} was expected, here is {}",
            self.node.value.type_name()
        );
        let noted = self.problem(problems, ProblemCode::WrongType, message);
        if expected == "text" && matches!(self.node.value, Value::Number(_) | Value::Flag(_)) {
            noted.hint("put it in quotes");
        }
    }

    pub fn child(&self, key: &str) -> Option<Cursor<'a>> {
        let Value::Map(entries) = &self.node.value else {
            return None;
        };
        entries
            .iter()
            .find(|(other, _)| other.text == key)
            .map(|(key, node)| self.step(key, node))
    }

    pub fn keys(&self) -> Vec<&'a str> {
        match &self.node.value {
            Value::Map(entries) => entries.iter().map(|(key, _)| key.text.as_str()).collect(),
            _ => Vec::new(),
        }
    }

    /// The node as a map with no other keys than a section has.
    pub fn fields(&self, problems: &mut Problems, section: &'static Section) -> Option<Fields<'a>> {
        let known: Vec<&str> = section.keys.iter().map(|entry| entry.key).collect();
        let meant = self.known_keys(problems, &known)?;
        Some(Fields {
            at: self.clone(),
            section: Some(section),
            meant,
        })
    }

    /// The node as a map with no other keys than these.
    pub fn keyed(&self, problems: &mut Problems, known: &[&str]) -> Option<Fields<'a>> {
        Some(Fields {
            at: self.clone(),
            section: None,
            meant: self.known_keys(problems, known)?,
        })
    }

    /// Tells of every key that is none of `known`; returns those they were probably
    /// meant for. `None` where the node is no map.
    pub fn known_keys(&self, problems: &mut Problems, known: &[&str]) -> Option<Vec<String>> {
        let Value::Map(entries) = &self.node.value else {
            self.wrong_type(problems, "a map");
            return None;
        };
        let mut meant = Vec::new();
        for (key, _) in entries {
            if known.contains(&key.text.as_str()) {
                continue;
            }
            let guess = nearest(&key.text, known.iter().copied());
            meant.extend(guess.map(str::to_owned));
            let hint = match guess {
                Some(guess) => format!("did you mean `{guess}`?"),
                None => format!("known here: {}", known.join(", ")),
            };
            let message = format!("the key `{}` does not exist here", key.text);
            let path = self.path.clone();
            problems.push(key.place, path, ProblemCode::UnknownKey, message, hint);
        }
        Some(meant)
    }

    /// The entries of a map with free keys.
    pub fn entries(&self, problems: &mut Problems) -> Vec<(&'a str, Place, Cursor<'a>)> {
        let Value::Map(entries) = &self.node.value else {
            self.wrong_type(problems, "a map");
            return Vec::new();
        };
        entries
            .iter()
            .map(|(key, node)| (key.text.as_str(), key.place, self.step(key, node)))
            .collect()
    }

    pub fn items(&self, problems: &mut Problems) -> Vec<Cursor<'a>> {
        let Value::List(items) = &self.node.value else {
            self.wrong_type(problems, "a list");
            return Vec::new();
        };
        let step = |(index, node)| Self {
            node,
            key: None,
            path: format!("{}[{index}]", self.path),
            entry: self.entry,
            help: self.help,
        };
        items.iter().enumerate().map(step).collect()
    }

    pub fn is_text(&self) -> bool {
        matches!(self.node.value, Value::Text(_))
    }

    pub fn is_list(&self) -> bool {
        matches!(self.node.value, Value::List(_))
    }

    pub fn is_map(&self) -> bool {
        matches!(self.node.value, Value::Map(_))
    }

    pub fn raw_text(&self) -> Option<&'a str> {
        match &self.node.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A text that is neither empty nor longer than a short text may be.
    pub fn text(&self, problems: &mut Problems) -> Option<&'a str> {
        self.text_up_to(SHORT_TEXT_BYTES_MAX, problems)
    }

    /// A text that is neither empty nor longer than `bytes_max`.
    pub fn text_up_to(&self, bytes_max: usize, problems: &mut Problems) -> Option<&'a str> {
        let Some(text) = self.raw_text() else {
            self.wrong_type(problems, "text");
            return None;
        };
        if text.trim().is_empty() || text.len() > bytes_max {
            let message = format!("a text has 1 to {bytes_max} bytes, this has {}", text.len());
            self.problem(problems, ProblemCode::OutOfRange, message);
            return None;
        }
        Some(text)
    }

    /// A short name of small letters, digits and underscores.
    pub fn name(&self, problems: &mut Problems) -> Option<String> {
        let text = self.text(problems)?;
        self.check_name(text, problems).then(|| text.to_owned())
    }

    /// The key of this entry as a short name.
    pub fn key_name(&self, problems: &mut Problems) -> Option<String> {
        let text = &self.key?.text;
        self.check_name(text, problems).then(|| text.clone())
    }

    /// The key of this entry as a language code.
    pub fn key_language(&self, problems: &mut Problems) -> Option<String> {
        let text = &self.key?.text;
        let is_code = (2..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase());
        if !is_code {
            let message = format!("`{text}` is no language code");
            self.problem(problems, ProblemCode::UnknownKey, message)
                .hint("two or three small letters, as `en` or `de`");
        }
        is_code.then(|| text.clone())
    }

    fn check_name(&self, text: &str, problems: &mut Problems) -> bool {
        let is_name = !text.is_empty()
            && text.len() <= NAME_BYTES_MAX
            && text
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if !is_name {
            let message = format!("`{text}` is no name");
            self.problem(problems, ProblemCode::OutOfRange, message)
                .hint(format!(
                    "small letters, digits and `_`, at most {NAME_BYTES_MAX}"
                ));
        }
        is_name
    }

    /// A list of names, each once.
    pub fn names(&self, problems: &mut Problems) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for item in self.items(problems) {
            let Some(name) = item.name(problems) else {
                continue;
            };
            if names.contains(&name) {
                item.problem(
                    problems,
                    ProblemCode::Duplicate,
                    format!("`{name}` stands twice"),
                )
                .hint("leave one of them out");
                continue;
            }
            names.push(name);
        }
        names
    }

    pub fn flag(&self, problems: &mut Problems) -> Option<bool> {
        match self.node.value {
            Value::Flag(flag) => Some(flag),
            _ => {
                self.wrong_type(problems, "true or false");
                None
            }
        }
    }

    pub fn number(&self, min: f64, max: f64, problems: &mut Problems) -> Option<f64> {
        let Value::Number(number) = self.node.value else {
            self.wrong_type(problems, "a number");
            return None;
        };
        if !(min..=max).contains(&number) {
            let message = format!("a number from {min} to {max} was expected, here is {number}");
            let noted = self.problem(problems, ProblemCode::OutOfRange, message);
            // Thresholds are often thought of in percent.
            if max <= 1.0 && number > 1.0 && number <= 100.0 {
                noted.hint(format!("`{}` for {number} percent", number / 100.0));
            }
            return None;
        }
        Some(number)
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the number is whole and within the range of u32"
    )]
    pub fn whole(&self, min: u32, max: u32, problems: &mut Problems) -> Option<u32> {
        let number = self.number(f64::from(min), f64::from(max), problems)?;
        if number.fract() != 0.0 {
            let message = format!("a whole number was expected, here is {number}");
            self.problem(problems, ProblemCode::WrongType, message)
                .hint(format!("`{}` or `{}`", number.floor(), number.ceil()));
            return None;
        }
        Some(number as u32)
    }

    pub fn word<W: Word>(&self, problems: &mut Problems) -> Option<W> {
        let text = self.text(problems)?;
        let found = W::ALL
            .iter()
            .find(|(_, word)| *word == text)
            .map(|(value, _)| *value);
        if found.is_none() {
            let words = || W::ALL.iter().map(|(_, word)| *word);
            let hint = did_you_mean(text, words()).unwrap_or_else(|| {
                format!("known here: {}", words().collect::<Vec<_>>().join(", "))
            });
            let key = self.key.map(|key| key.text.as_str());
            let message = match key.or(self.entry.map(|entry| entry.key)) {
                Some(key) => format!("`{text}` is no word for `{key}`"),
                None => format!("`{text}` is none of the words"),
            };
            self.problem(problems, ProblemCode::UnknownWord, message)
                .hint(hint);
        }
        found
    }

    pub fn words<W: Word>(&self, problems: &mut Problems) -> Vec<W> {
        self.items(problems)
            .iter()
            .filter_map(|item| item.word(problems))
            .collect()
    }
}
