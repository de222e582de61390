//! The wordings by which agents ask again, on lower-case text, in English, German,
//! French, Spanish, Italian and Portuguese.

use std::sync::LazyLock;

use regex::{Regex, RegexSet};

use super::slots::Slot;

pub(super) fn regex(pattern: &str) -> Regex {
    #[expect(
        clippy::expect_used,
        reason = "every pattern is a literal of this crate and is compiled by its tests"
    )]
    Regex::new(pattern).expect("a sound pattern")
}

/// Several patterns that are looked for in one pass.
pub(super) fn regex_set(patterns: &[&str]) -> RegexSet {
    #[expect(
        clippy::expect_used,
        reason = "every pattern is a literal of this crate and is compiled by its tests"
    )]
    RegexSet::new(patterns).expect("sound patterns")
}

macro_rules! pattern {
    ($name:ident, $($part:literal)|+ $(,)?) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| regex(&[$($part),+].join("|")));
    };
}
pub(super) use pattern;

// The set G of science §1.2, with its German counterparts.
pattern!(
    GENERIC,
    r"\bhow (?:can|may|could) (?:i|we) (?:help|assist|be of (?:help|assistance))"
        | r"\bwhat can (?:i|we) (?:do|help you with|assist you with)\b"
        | r"\bwhat(?:'s| is| was| seems to be| appears to be) (?:the|your) (?:problem|issue|question|concern|trouble|matter)\b"
        | r"\b(?:can|could|would) you (?:please )?(?:describe|explain|tell (?:me|us)(?: more)? about) (?:the|your|this) (?:issue|problem|question|concern|situation)"
        | r"^(?:please )?(?:describe|explain|tell (?:me|us)(?: more)? about) (?:the|your|this) (?:issue|problem|question|concern|situation)"
        | r"\bplease (?:describe|explain|tell (?:me|us)(?: more)? about) (?:the|your|this) (?:issue|problem|question|concern|situation)"
        | r"\bwhat (?:is this|are you (?:writing|calling|contacting us)) about\b"
        | r"\bwhat brings you (?:here|to us)\b"
        | r"\bhow (?:can|may|could) (?:i|we) be of\b"
        | r"\b(?:can|could|would) you (?:please )?(?:tell (?:me|us) what(?:'s| is| has)? (?:happened|happening|going on|wrong)|walk (?:me|us) through (?:the|your|this) (?:issue|problem|situation))"
        | r"\bwhat(?:'s| is) (?:going on|wrong)\b"
        | r"^tell (?:me|us) (?:more about|what happened)"
        | r"\bcomment (?:puis-je|pouvons-nous|je peux) (?:vous |t')?(?:aider|être utile)|\bque (?:puis-je|pouvons-nous) faire pour\b"
        | r"\bquel (?:est|semble être) (?:le|votre|ton) (?:problème|souci)|\bpouvez-vous (?:me |nous )?(?:décrire|expliquer) (?:le|votre)"
        | r"\ben qué (?:puedo|podemos|le puedo|te puedo) (?:ayudar|servir)|\bqué puedo hacer por (?:usted|ti)\b|\bcuál es (?:el|su|tu) problema\b"
        | r"\b(?:puede|podría|puedes) (?:describir|explicar)(?:me|nos)? (?:el|su|tu) problema"
        | r"\bcome (?:posso|possiamo) (?:aiutar|esserle)|\b(?:cosa|che cosa) posso fare per (?:lei|te)\b|\bqual è il (?:suo |tuo )?problema\b|\bpuò (?:descriver|spiegar)(?:e|mi) il (?:suo )?problema"
        | r"\bcomo (?:posso|podemos) (?:ajudar|ajudá)|\bo que (?:posso|podemos) fazer por\b|\bqual é o (?:seu |teu )?problema\b|\bpode (?:descrever|explicar) o (?:seu )?problema"
        | r"\b(?:wie|womit) (?:kann|darf|können|könnte) (?:ich|wir) (?:ihnen |dir |euch )?(?:heute |denn )?(?:weiter)?(?:helfen|behilflich)"
        | r"\bwas (?:kann|können|darf) (?:ich|wir) für (?:sie|dich|euch) tun\b"
        | r"\bworum (?:geht|handelt) (?:es|sich)"
        | r"\bwas ist (?:denn )?(?:das|ihr|dein|euer) (?:problem|anliegen|frage)\b"
        | r"\bwas ist (?:denn )?(?:genau )?(?:passiert|los)\b"
        | r"\b(?:beschreiben|schildern|erklären|erläutern) sie (?:mir |uns )?(?:bitte )?(?:kurz )?(?:das|ihr|den|die) (?:problem|anliegen|fehler|situation)"
        | r"\b(?:beschreib|schilder|erklär)e? (?:mir |uns )?(?:bitte )?(?:kurz )?(?:das|dein|den) (?:problem|anliegen|fehler)"
        | r"\b(?:ihr|das|dein|den) (?:problem|anliegen|fehler) (?:bitte )?(?:noch ?mal |noch einmal |kurz |genauer )?(?:beschreiben|schildern|erklären)\b"
);

// What sounds like it and is an offer at the end, or says that it is known.
pattern!(
    NOT_GENERIC,
    r"\b(?:anything|something|what|how) else\b"
        | r"\belse (?:i|we) can\b"
        | r"\bfurther\b"
        | r"\b(?:i|we) (?:already )?(?:see|know|understand|have seen|read) (?:what|how)\b"
        | r"\bsonst noch\b"
        | r"\bautre chose\b|\balgo más\b|\baltro\b|\bmais alguma\b|\balguma outra\b"
        | r"\bnoch etwas\b"
        | r"\baußerdem\b"
);

// How a question or an order begins, where no question mark says so.
pattern!(
    REQUEST,
    r"^(?:can|could|may|might|please|what|which|when|where|do|did|have|has|would|will|are|is|how|send|share|give|tell|provide|enter|confirm)\b"
        | r"^(?:¿|quel|quelle|quels|pouvez|pourriez|puis|avez|de quel|combien|qu'|est-ce|merci de|donnez|cuál|cuánto|qué|de qué|puede|podría|me puede|ha |han |necesito|qual|quale|quanto|cosa|può|potrebbe|mi può|ha |que |pode|poderia|já |preciso)"
        | r"\b(?:i|we)(?:'ll|'d| will| would)? (?:also |just |still )?(?:need|require) (?:your|the|you to)\b"
        | r"\b(?:brauche|benötige|bräuchte|brauchen|benötigen) (?:ich|wir)\b"
        | r"^(?:können|könnten|könntest|kannst|bitte|was|welche[nrsm]?|wann|wo|wie|haben|hast|darf|dürfte|geben|nennen|schicken|senden|teilen|sagen|verraten|ich (?:brauche|benötige|bräuchte)|wir (?:brauchen|benötigen))\b"
        | r"[,;:–-] ?(?:can|could|may|please|what|which|do|did|have|would) (?:you|i|we|is|are|was|your|send|tell|share|give|provide|confirm)\b"
        | r"[,;:–-] ?(?:können|könnten|könntest|kannst|haben|hast|bitte|welche[nrsm]?)\b"
);

pattern!(
    VERIFICATION,
    r"\bverif(?:y|ication|ying)\b"
        | r"\bfor (?:your )?(?:security|safety|protection|data protection)\b"
        | r"\bsecurity (?:check|reasons?|question)\b"
        | r"\b(?:confirm|check|establish) (?:your identity|that it(?:'s| is) (?:really )?you|who you are)\b"
        | r"\bvérifier|\bvérification|\bsécurité|\bidentité|\bverificar|\bseguridad|\bidentidad|\bsegurança|\bverificare|\bsicurezza|\bidentità"
        | r"\bdatenschutzgründen\b"
        | r"\bverifizier|\bverifikation\b|\bidentität\b|\bidentifizier"
        | r"\bzur sicherheit\b|\bsicherheitsgründen\b|\bsicherheitsabfrage\b|\baus datenschutz"
);

pattern!(
    RECALLS,
    r"\b(?:i|we) (?:can )?(?:see|understand|know|read|noticed)\b"
        | r"\byou(?:'ve| have)? (?:already|said|mentioned|told|wrote)\b"
        | r"\bas you (?:said|mentioned|wrote)\b"
        | r"\bich (?:sehe|lese|weiß|verstehe)\b"
        | r"\b(?:sie haben|du hast|sie hatten|du hattest) (?:ja )?(?:schon|bereits|geschrieben|gesagt|erwähnt)\b"
);

pattern!(
    REFERENCE,
    r"\b(?:order|invoice|ticket|booking|tracking|reference|case|confirmation|transaction)(?:'s)? ?(?:number|no\b|nr\b|id\b|#|reference|code)"
        | r"\b(?:which|what) (?:order|invoice|ticket|booking|case|transaction)\b"
        | r"\b(?:number|id) of (?:the|your) (?:order|invoice|ticket|booking|case|transaction)\b"
        | r"\b(?:bestell|auftrags|rechnungs|ticket|buchungs|vorgangs|sendungs|kunden|transaktions)-?(?:nummer|nr\b|id\b)"
        | r"\bwelche[nrsm]? (?:bestellung|rechnung|buchung|auftrag|vorgang|sendung)\b"
        | r"\bnummer (?:der|ihrer|deiner) (?:bestellung|rechnung|buchung|sendung)\b"
        | r"\bnumber of (?:the|your) \w+\b|\b(?:order|invoice|booking) are we talking about\b"
        | r"\bnuméro (?:de|de la|de votre) (?:commande|facture|dossier|réservation|suivi|client)|\bquelle (?:commande|facture|réservation)\b"
        | r"\bnúmero (?:de|del|de su|da|do|de la) (?:pedido|factura|reserva|seguimiento|cliente|encomenda|fatura)|\bqué (?:pedido|factura|reserva)\b|\bqual (?:pedido|encomenda)\b"
        | r"\bnumero (?:d'|di |dell'|della |del suo )(?:ordine|fattura|prenotazione|spedizione|cliente)|\bquale (?:ordine|fattura)\b"
);
pattern!(
    EMAIL,
    r"\be-?mail(?:[- ]?(?:address|adresse))?\b"
        | r"\bmail-? ?adress?e?\b"
        | r"\bcorreo(?: electrónico)?\b|\badresse (?:e-?)?mail\b|\bcourriel\b"
);
pattern!(
    ERROR_CODE,
    r"\berror(?:'s)? ?(?:code|message|text|number)\b"
        | r"\b(?:what|which) (?:exact )?(?:error|code|message)\b"
        | r"\bwhat does (?:it|the (?:error|message|screen)) say\b"
        | r"\bfehler(?:code|meldung|nummer|text)\b"
        | r"\bwas für ein fehler\b|\berror (?:are|do) you\b"
        | r"\b(?:code|message) d'erreur\b|\bquelle erreur\b|\b(?:código|mensaje|mensagem) de erro(?:r)?\b|\bqué error\b|\b(?:codice|messaggio) (?:di )?errore\b|\bquale errore\b|\bqual erro\b"
        | r"\bwelche[nrsm]? (?:fehler|meldung|code)\b"
);
pattern!(
    AMOUNT,
    r"\bhow much\b"
        | r"\b(?:what|which)(?: is| was|'s)?(?: the)? (?:exact )?(?:amount|sum|charge|price)\b"
        | r"\b(?:the|exact) amount\b"
        | r"\bwhat was the (?:sum|amount)\b|\bwhat amount\b"
        | r"\bcombien\b|\bquel (?:est le )?montant\b|\bmontant exact\b|\bcuánto (?:le|te|se|fue)\b|\b(?:cuál|qué) (?:fue |es )?(?:el )?(?:importe|monto)\b|\bquanto (?:le|ti|foi|è|lhe)\b|\bqual (?:foi |é )?(?:o )?valor\b|\bquale importo\b"
        | r"\bwie ?viel\b|\bwelche[nrsm]? (?:betrag|summe|preis)\b|\bwie hoch\b"
);
pattern!(
    DEVICE,
    r"\b(?:what|which)(?: kind of| type of| version of(?: the)?)? (?:web )?(?:browser|device|phone|computer|operating system|os|system|version|app version|model)\b"
        | r"\b(?:browser|device|operating system|app version|version|phone) (?:are you|do you|you(?:'re| are)|is it|did you)\b"
        | r"\b(?:your|the) (?:browser|device|operating system|app version)\b"
        | r"\bare you on \w+\b|\b(?:quel|quelle) (?:navigateur|appareil|version)|\bqué (?:navegador|dispositivo|versión)|\b(?:quale|che) (?:browser|dispositivo|versione)|\b(?:qual|que) (?:navegador|dispositivo|versão)"
        | r"\bwelche[nrsm]? (?:browser|gerät|version|betriebssystem|system|handy|modell)"
);
pattern!(
    TRIED,
    r"\b(?:have|did|had) you (?:already |ever |also )?(?:tried|try|attempted|done|do|restart|reboot|clear|reinstall|reset|log)"
        | r"\b(?:what|which steps|anything) (?:have you|did you|you(?:'ve| have)) (?:already )?(?:tried|try|done|do|taken)\b"
        | r"\balready tried\b|\btried so far\b"
        | r"\b(?:haben sie|hast du|habt ihr) (?:es )?(?:denn )?(?:schon|bereits|auch|mal|einmal)?\b.*(?:versucht|probiert|gemacht|unternommen|neu ?gestartet|gelöscht|geleert|installiert)"
        | r"\bwas (?:haben sie|hast du) (?:schon |bereits |bisher )"
        | r"\b(?:have|did) you .{0,20}(?:clear|empt|delet|restart|reboot|reinstall|troubleshoot)"
        | r"\b(?:could|can|would) you (?:please )?(?:first )?(?:clear|empty|delete|restart|reboot|reinstall)|^please (?:first )?(?:clear|empty|restart|reboot|reinstall)"
        | r"\bbitte (?:leeren|löschen|starten|installieren) sie"
        | r"\b(?:qu')?avez-vous (?:déjà )?(?:essayé|tenté|vidé|redémarré|fait)|\bha (?:borrado|vaciado|limpiado|reiniciado|probado|intentado)|\bqué ha (?:intentado|probado|hecho)"
        | r"\b(?:cosa )?ha (?:già )?(?:provato|svuotato|riavviato|fatto)|\b(?:já )?(?:limpou|reiniciou|tentou|experimentou)\b|\bque já tentou\b"
);

pub(super) fn is_generic(sentence: &str) -> bool {
    GENERIC.is_match(sentence) && !NOT_GENERIC.is_match(sentence)
}

pub(super) fn is_request(sentence: &str) -> bool {
    sentence.ends_with('?') || REQUEST.is_match(sentence)
}

pub(super) fn is_verification(text: &str) -> bool {
    VERIFICATION.is_match(text)
}

pub(super) fn recalls(sentence: &str) -> bool {
    RECALLS.is_match(sentence)
}

pub(super) fn asks_for(slot: Slot, sentence: &str) -> bool {
    let pattern = match slot {
        Slot::Reference => &REFERENCE,
        Slot::Email => &EMAIL,
        Slot::ErrorCode => &ERROR_CODE,
        Slot::Amount => &AMOUNT,
        Slot::Device => &DEVICE,
        Slot::Tried => &TRIED,
    };
    pattern.is_match(sentence)
}

/// The sentences of a text, each with its closing mark. A full stop within a
/// number, an address or a name of a file does not end one.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            rest = rest.trim_start();
            if rest.is_empty() {
                return None;
            }
            let end = end_of_sentence(rest);
            let (sentence, after) = rest.split_at_checked(end)?;
            rest = after;
            let sentence = sentence.trim_end();
            if !sentence.is_empty() {
                return Some(sentence);
            }
        }
    })
}

fn end_of_sentence(text: &str) -> usize {
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        let is_end = match c {
            '\n' => true,
            '.' | '!' | '?' | ';' => next.is_none_or(char::is_whitespace),
            _ => false,
        };
        if is_end {
            return at + c.len_utf8();
        }
    }
    text.len()
}
