//! Splits an article into what can be said on its own: sentences, list items,
//! whole numbered lists. Code blocks and headings are not said.

/// Something that can be said in one go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unit {
    /// Plain text without Markdown marks.
    pub(crate) text: String,
    /// What it is part of.
    pub(crate) place: Place,
    /// The heading above it, empty in the lead.
    pub(crate) heading: String,
    /// Whether it merely points to another article.
    pub(crate) pointer: bool,
}

/// Where a unit stands; the number counts blocks from the top.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// A sentence of a paragraph.
    Paragraph(usize),
    /// An item that can stand alone.
    Bullet(usize),
    /// A step of a numbered list: said with all its steps, or not at all.
    Step(usize),
}

impl Place {
    pub(crate) const fn block(self) -> usize {
        match self {
            Self::Paragraph(block) | Self::Bullet(block) | Self::Step(block) => block,
        }
    }
}

/// All units of a Markdown or plain text, in reading order.
pub(crate) fn units(text: &str) -> Vec<Unit> {
    let mut reader = Reader::default();
    for line in text.lines() {
        reader.line(line);
    }
    reader.close();
    reader.units
}

#[derive(Default)]
struct Reader {
    units: Vec<Unit>,
    heading: String,
    open: String,
    kind: Kind,
    block: usize,
    fenced: bool,
}

#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Kind {
    #[default]
    Paragraph,
    Bullet,
    Step,
}

impl Reader {
    fn line(&mut self, raw: &str) {
        let line = raw.trim();
        if line.starts_with("```") {
            self.close();
            self.block += 1;
            self.fenced = !self.fenced;
        } else if self.fenced || is_rule(line) {
            // Code and rules are not said.
        } else if line.is_empty() {
            let list = self.kind != Kind::Paragraph;
            self.close();
            self.block += usize::from(!list);
        } else if let Some(heading) = heading(line) {
            self.close();
            self.block += 1;
            self.kind = Kind::Paragraph;
            self.heading = plain(heading);
        } else if let Some((kind, item)) = item(line) {
            self.close();
            self.block += usize::from(self.kind != kind);
            self.kind = kind;
            self.open = item.to_owned();
        } else {
            let line = line.strip_prefix("> ").unwrap_or(line);
            self.text(line, raw.starts_with(' '));
        }
    }

    /// A line of running text: it continues what is open, or begins a paragraph.
    fn text(&mut self, line: &str, indented: bool) {
        if self.open.is_empty() && self.kind != Kind::Paragraph && !indented {
            self.block += 1;
            self.kind = Kind::Paragraph;
        }
        if !self.open.is_empty() {
            self.open.push(' ');
        }
        self.open.push_str(line);
    }

    fn close(&mut self) {
        let open = std::mem::take(&mut self.open);
        if open.is_empty() {
            return;
        }
        match self.kind {
            Kind::Paragraph => {
                for sentence in split_sentences(&open) {
                    self.push(sentence, Place::Paragraph(self.block));
                }
            }
            Kind::Bullet => self.push(&open, Place::Bullet(self.block)),
            Kind::Step => self.push(&open, Place::Step(self.block)),
        }
    }

    fn push(&mut self, text: &str, place: Place) {
        let pointer = text.contains("](")
            && ["see [", "see also [", "covered in [", "described in ["]
                .iter()
                .any(|words| text.to_lowercase().contains(words));
        let text = plain(text);
        if !text.is_empty() {
            self.units.push(Unit {
                text,
                place,
                heading: self.heading.clone(),
                pointer,
            });
        }
    }
}

fn is_rule(line: &str) -> bool {
    line.len() >= 3 && (line.bytes().all(|b| b == b'-') || line.bytes().all(|b| b == b'*'))
}

fn heading(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches('#');
    (rest.len() < line.len())
        .then(|| rest.strip_prefix(' '))
        .flatten()
}

fn item(line: &str) -> Option<(Kind, &str)> {
    for mark in ["- ", "* ", "+ "] {
        if let Some(rest) = line.strip_prefix(mark) {
            return Some((Kind::Bullet, rest.trim()));
        }
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line.get(digits..)?;
    let rest = rest
        .strip_prefix(". ")
        .or_else(|| rest.strip_prefix(") "))?;
    // A line that begins with a year or an amount is not a list.
    (1..=2).contains(&digits).then(|| (Kind::Step, rest.trim()))
}

/// Abbreviations a sentence does not end with, lower case, without the last dot.
const ABBREVIATIONS: &[&str] = &[
    "e.g", "i.e", "etc", "vs", "cf", "approx", "no", "nr", "mr", "mrs", "ms", "dr", "st", "inc",
    "ltd", "co", "min", "max", "fig", "dept", "est", "incl", "excl", "resp", "a.m", "p.m",
];

/// The sentences of one paragraph. A dot within code, a number, a file name or
/// an abbreviation ends none.
pub(crate) fn split_sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut code = false;
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        if c == '`' {
            code = !code;
        }
        let wide = matches!(c, '。' | '！' | '？');
        if code || !(wide || matches!(c, '.' | '!' | '?')) {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some(&(next, closing)) = characters.peek() {
            if !matches!(closing, '"' | '”' | '’' | ')' | '*' | '_' | '.' | '!' | '?') {
                break;
            }
            end = next + closing.len_utf8();
            characters.next();
        }
        let (before, after) = text.split_at(end);
        let here = before.get(start..).unwrap_or_default();
        if wide || ends_here(here, after, c) {
            sentences.push(here.trim());
            start = end;
        }
    }
    sentences.push(text.get(start..).unwrap_or_default().trim());
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

fn ends_here(sentence: &str, after: &str, mark: char) -> bool {
    if after.is_empty() {
        return true;
    }
    let Some(next) = after.strip_prefix(char::is_whitespace) else {
        return false;
    };
    let opens = next
        .trim_start()
        .chars()
        .next()
        .is_none_or(|c| !c.is_lowercase());
    if mark != '.' {
        return opens;
    }
    let last = sentence.split_whitespace().next_back().unwrap_or_default();
    let last = last
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    // "no" and "min" also end sentences as plain words; before a figure they do not.
    let before_figure = next.starts_with(|c: char| c.is_ascii_digit());
    let abbreviation = match last.as_str() {
        "no" | "nr" | "min" | "max" | "fig" => before_figure,
        "etc" | "a.m" | "p.m" => false,
        other => ABBREVIATIONS.contains(&other),
    };
    let initial = last.chars().count() == 1 && last.chars().all(char::is_alphabetic) && last != "i";
    opens && !abbreviation && !initial
}

/// The text without Markdown marks: links keep their words, code its content.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some((words, after)) = link(rest) {
            out.push_str(&plain(words));
            rest = after;
            continue;
        }
        if let Some((code, after)) = rest.strip_prefix('`').and_then(|r| r.split_once('`')) {
            out.push_str(code);
            rest = after;
            continue;
        }
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        if c != '*' {
            out.push(c);
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn link(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('[').or_else(|| text.strip_prefix("!["))?;
    let (words, rest) = inner.split_once("](")?;
    if words.contains('[') {
        return None;
    }
    let (_, after) = rest.split_once(')')?;
    Some((words, after))
}
