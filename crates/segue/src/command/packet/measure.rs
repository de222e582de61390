//! How well the words of both versions are grounded: the share of the numbers, codes,
//! addresses and names in them that occur in the conversation or the facts.

use segue_engine::packet::generated::Known;
use segue_engine::packet::grounding::{Grounds, count};
use segue_model::packet::{Generated, Packet};
use serde_json::{Value, json};

/// What was counted over all conversations of a file.
#[derive(Debug, Default)]
pub struct Measured {
    extracted: Counts,
    generated: Counts,
    failed: usize,
    withheld: usize,
    dropped: usize,
}

#[derive(Debug, Default)]
struct Counts {
    packets: usize,
    words: usize,
    named: usize,
    grounded: usize,
}

impl Counts {
    fn add<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>, grounds: &Grounds) {
        self.packets += 1;
        for text in texts {
            let (named, grounded) = count(text, grounds);
            self.named += named;
            self.grounded += grounded;
            self.words += text.split_whitespace().count();
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "counts of a file are small")]
    fn figures(&self) -> Value {
        let share = (self.named > 0).then(|| self.grounded as f64 / self.named as f64);
        let words = (self.packets > 0).then(|| self.words as f64 / self.packets as f64);
        json!({"packets": self.packets, "words_mean": words, "named": self.named, "grounding": share})
    }
}

impl Measured {
    /// Counts one conversation.
    pub fn add(
        &mut self,
        known: &Known<'_>,
        packet: &Packet,
        generated: Option<&Result<Generated, String>>,
    ) {
        let grounds = Grounds::new(known.turns, known.opening, known.facts);
        let texts = packet.summary.iter().map(|it| it.text.as_str());
        self.extracted
            .add(texts.chain([packet.core_intent.text.as_str()]), &grounds);
        match generated {
            Some(Ok(version)) => {
                self.withheld += usize::from(version.is_withheld);
                self.dropped += version.dropped.len();
                let said = version.core_intent.iter().chain(&version.summary);
                let said = said.chain(&version.open_questions);
                self.generated
                    .add(said.map(|it| it.text.as_str()), &grounds);
            }
            Some(Err(_)) => self.failed += 1,
            None => {}
        }
    }

    /// The figures of all.
    pub fn figures(&self) -> Value {
        let mut figures = json!({"extracted": self.extracted.figures()});
        if let Some(fields) = figures.as_object_mut()
            && self.generated.packets + self.failed > 0
        {
            let mut generated = self.generated.figures();
            if let Some(generated) = generated.as_object_mut() {
                generated.insert("failed".to_owned(), self.failed.into());
                generated.insert("withheld".to_owned(), self.withheld.into());
                generated.insert("statements_dropped".to_owned(), self.dropped.into());
            }
            fields.insert("generated".to_owned(), generated);
        }
        figures
    }
}
