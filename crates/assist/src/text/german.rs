//! German: stop words, stems, and a few groups of words for the same thing.

/// Words that say nothing about the subject, sorted.
#[rustfmt::skip]
const STOP_WORDS: &[&str] = &[
    "aber", "alle", "allem", "allen", "aller", "alles", "als", "also", "am", "an", "auch", "auf",
    "aus", "bei", "beim", "bekomme", "bin", "bis", "bist", "bitte", "da", "damit", "dann", "darf",
    "das", "dass", "dein", "deine", "deinem", "deinen", "dem", "den", "denn", "der", "deren", "des",
    "dich", "die", "dies", "diese", "diesem", "diesen", "dieser", "dieses", "dir", "doch", "du",
    "durch", "ein", "eine", "einem", "einen", "einer", "eines", "er", "erklär", "erzähl", "erzähle",
    "es", "etwas", "euch", "euer", "eure", "eurem", "euren", "eurer", "für", "gerne", "gib", "gibt",
    "habe", "haben", "habt", "hallo", "hast", "hat", "ich", "ihm", "ihn", "ihnen", "ihr", "ihre",
    "ihrem", "ihren", "ihrer", "im", "in", "ins", "ist", "ja", "kann", "kannst", "kein", "keine",
    "können", "könnt", "könnte", "könnten", "man", "mehr", "mein", "meine", "meinem", "meinen",
    "meiner", "mich", "mir", "mit", "muss", "möchte", "möchten", "müssen", "nach", "nicht", "noch",
    "nur", "ob", "oder", "ohne", "sag", "sage", "schon", "sein", "seine", "sich", "sie", "sind",
    "so", "soll", "sollte", "um", "und", "uns", "unser", "unsere", "unserem", "unseren", "unter",
    "vom", "von", "vor", "war", "was", "welche", "welchem", "welchen", "welcher", "welches", "wenn",
    "wer", "werde", "werden", "wie", "will", "wir", "wird", "wirst", "wo", "wollen", "worum",
    "würde", "zu", "zum", "zur", "über",
];

/// Words that stand for the same thing.
pub(super) const SAME: &[&[&str]] = &[
    &["vorteil", "nutzen", "plus", "stärke"],
    &[
        "nutzung",
        "verwendung",
        "einsatz",
        "anwendung",
        "nutzen",
        "benutzen",
        "verwenden",
        "einsetzen",
    ],
    &["bot", "chatbot", "robo", "roboter", "assistent"],
    &["unternehmen", "firma", "betrieb", "business"],
    &[
        "auto",
        "automobil",
        "automotive",
        "fahrzeug",
        "kfz",
        "wagen",
    ],
    &["bank", "banking", "bankwesen", "geldinstitut"],
    &["versicherung", "insurance"],
    &["telekommunikation", "telco", "telekom"],
    &[
        "kontakt",
        "kontaktieren",
        "erreichen",
        "contact",
        "contacts",
    ],
    &["adresse", "anschrift", "standort", "address", "sitz"],
    &[
        "telefon",
        "anrufen",
        "anruf",
        "telefonnummer",
        "phone",
        "call",
    ],
    &["preis", "kosten", "gebühr", "price", "costs", "tarif"],
    &["rechnung", "beleg", "faktura"],
    &["lösung", "solution", "solutions", "angebot"],
    &["entwickler", "programmierer", "developer", "developers"],
    &["datenschutz", "privacy", "dsgvo", "gdpr", "privatsphäre"],
    &["daten", "data", "information"],
    &[
        "speichern",
        "speicherung",
        "storage",
        "ablegen",
        "aufbewahren",
    ],
    &["nachricht", "message", "mitteilung"],
    &["gruppe", "group", "groups"],
    &["nummer", "number", "rufnummer"],
    &["kunde", "klient", "customer", "client", "clients"],
    &[
        "anmelden",
        "registrieren",
        "registrierung",
        "anmeldung",
        "registration",
        "login",
    ],
    &["genehmigung", "zulassung", "approval", "freigabe"],
    &["einwilligung", "zustimmung", "consent"],
    &["kanal", "channel", "channels"],
    &["plattform", "platform"],
    &["klein", "small"],
    &["option", "options", "möglichkeit", "variante"],
    &["kündigen", "kündigung", "beenden", "abbestellen"],
    &["löschen", "entfernen"],
    &["ändern", "aktualisieren", "anpassen"],
    &["senden", "schicken", "verschicken", "versenden", "teilen"],
    &[
        "inhalt", "content", "medien", "datei", "bild", "video", "dokument", "foto",
    ],
    &["mensch", "mitarbeiter", "agent", "person"],
    &["branche", "industrie", "industry"],
    &["lieferung", "paket", "sendung"],
    &["passwort", "kennwort"],
];

/// Whether a lower-case word is a stop word.
pub(super) fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.binary_search(&word).is_ok()
}

/// The stem of a lower-case word: umlauts folded, endings cut, after CISTEM (Weißweiler and
/// Fraser 2017) without its prefix rule.
pub(super) fn stem(word: &str) -> String {
    let mut stem = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            'ä' => stem.push('a'),
            'ö' => stem.push('o'),
            'ü' => stem.push('u'),
            'ß' => stem.push_str("ss"),
            other => stem.push(other),
        }
    }
    loop {
        let length = stem.chars().count();
        let two = ["em", "er", "nd"].iter().any(|end| stem.ends_with(end));
        let one = stem.ends_with(['e', 's', 'n', 't']);
        match (length > 5 && two, length > 3 && one) {
            (true, _) => stem.truncate(stem.len() - 2),
            (false, true) => stem.truncate(stem.len() - 1),
            _ => return stem,
        }
    }
}
