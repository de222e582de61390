//! The words and phrases that say what a sentence does. All are folded, as
//! [`super::text::flat`] folds; a phrase is looked for between spaces.

use std::collections::HashSet;
use std::sync::LazyLock;

use foldhash::fast::FixedState;
use regex::Regex;

/// Words that stand in the code, so that nobody can choose them to collide.
type WordSet = HashSet<&'static str, FixedState>;

type Words = LazyLock<WordSet>;

/// Any of several phrases, found in one pass.
pub(super) type Phrases = LazyLock<Regex>;

/// Builds a set of phrases from a list with bars between. They hold letters, digits and
/// spaces alone, so they are their own patterns.
#[expect(
    clippy::expect_used,
    reason = "the phrases are literals, and every test compiles all of them"
)]
pub(super) fn phrases(list: &str) -> Regex {
    Regex::new(&format!(" (?:{}) ", list)).expect("literal phrases")
}

fn set(words: &'static str) -> WordSet {
    words.split_whitespace().collect()
}

/// Words that carry no concern by themselves.
static FUNCTION: Words = LazyLock::new(|| {
    set(
        "a an the i im ive id ill me my mine we us our you your u he she it its they them their this \
        that these those is am are was were be been do does did done have has had will would shall \
        should can could may might must to of in on at by for from with about into over under as if \
        or and but so than then there theres here what whats which who whom when where why how not \
        no nope yes yeah yep up out off also too very really just some any again now still please pls \
        dont well oh ok okay one let lets get got go going im \
        der die das ein eine einen einem einer ich du er sie es wir ihr mein meine meinen meinem ist \
        sind war haben hat habe kann konnen mit von zu im auf fur und oder aber wie wo wann warum \
        nicht bitte mir mich man uber bei den dem des aus ob noch mal ja nein doch \
        el la los las un una de que y o en por para con mi se es son si lo al del le les et ou je tu \
        il elle nous vous mon ma mes est sont avec pour dans sur pas ne ce",
    )
});

/// Greetings, thanks, apologies, fillers.
static IDLE: Words = LazyLock::new(|| {
    set(
        "hi hello hey hiya dear good morning afternoon evening day team all everyone sir madam \
        thanks thank thx ty cheers sorry great fine sure hmm ugh welcome bye goodbye appreciate help \
        question quick anyone hallo guten tag moin servus morgen abend danke vielen dank hola buenos \
        dias gracias bonjour salut merci ciao grazie ola",
    )
});

/// Both: what carries no meaning by itself.
static EMPTY: Words = LazyLock::new(|| FUNCTION.union(&IDLE).copied().collect());

/// A person on the other side.
static PERSON: Words = LazyLock::new(|| {
    set(
        "human humans person people agent agents representative rep operator someone somebody \
        anyone anybody advisor adviser manager supervisor colleague being mensch menschen mitarbeiter \
        mitarbeiterin kollege kollegen kundenberater jemand jemanden jemandem humano humana persona \
        agente alguien humain humaine conseiller conseillere personne medewerker operatore umano",
    )
});

/// What one does with a person, or how one wants one.
static WISH: Words = LazyLock::new(|| {
    set(
        "speak talk chat speaking talking connect transfer put pass want wanna need like prefer give \
        real live actual through instead rather escalate bot robot chatbot ai assistant customer \
        service support care call asap immediately right away sprechen reden verbinden mochte will \
        brauche echten echte weiterleiten kundenservice hablar quiero necesito real parler veux \
        voudrais vrai sofort jetzt",
    )
});

static PROBLEM: Phrases = LazyLock::new(|| {
    phrases(
        "error|errors|fail|fails|failed|failing|declined|declines|not working|doesnt work|\
     does not work|didnt work|cant|cannot|can not|couldnt|wont|unable|broken|crash|\
     crashes|crashed|stuck|missing|wrong|problem|problems|issue|issues|never arrived|\
     not arrived|hasnt|havent|not received|never received|lost|blocked|locked|refused|\
     rejected|timeout|timed out|twice|overcharged|stolen|hacked|fraud|unauthorized|\
     unauthorised|invalid|denied|bug|late|delayed|damaged|didnt get|scam|someone changed|\
     is down|are down|offline|nobody came|didnt come|did not come|never came|isnt accepted|not accepted|arent accepted|not loading|doesnt load|keeps|kept|not here|expired|nothing happens|doesnt start|wont start|\
     flickers|leaks|soaked|repeatedly|half of|instead got|got a|declined|pending|still charge|still charged|\
     cancelled|canceled|stopped|rejected|not covered|\
     charged|never agreed|never ordered|never asked for|never signed|didnt order|nie bestellt|\
     nie zugestimmt|nicht bestellt|fehler|fehlermeldung|geht nicht|funktioniert nicht|nicht mehr|abgelehnt|\
     kaputt|doppelt|zweimal|kein internet|keine verbindung|ausgefallen|erhoht|abgebucht|verspatet|\
     komme nicht|nicht da|wo bleibt|falsche|verloren|gesperrt|fehlt|falsch|kann nicht|nicht angekommen|\
     no funciona|erreur|ne marche pas|ne fonctionne pas|probleme|problema|toujours pas|na pas ete|\
     narrive pas|narrive plus|nest toujours pas|a ete supprime|preleve deux fois|deux fois|bloque|\
     falta|cobraron|dos veces|no puedo|no llega|no ha llegado|me cobraron",
    )
});

static REQUEST: Phrases = LazyLock::new(|| {
    phrases(
        "i want|i need|id like|i would like|how do|how can|can you|could you|can i|trying to|\
     want to|help with|refund|cancel|delete|change|update|reset|is there|why|where is|\
     when will|ich mochte|ich will|ich brauche|wie kann|konnen sie|kann ich|quiero|\
     necesito|je voudrais|comment|wo ist",
    )
});

static REJECTED: Phrases = LazyLock::new(|| {
    phrases(
        "didnt help|did not help|doesnt help|does not help|not helpful|no help|didnt work|\
     did not work|doesnt work|does not work|isnt working|not working|didnt fix|\
     did not fix|doesnt fix|didnt solve|did not solve|still|same error|same problem|\
     same issue|same thing|same result|same message|no luck|nothing changed|no change|\
     no difference|no success|already tried|already did|already done|tried that|did that|\
     done that|not what i|isnt what i|useless|wrong answer|thanks for nothing|keeps|\
     to no avail|without success|fails again|failed again|error again|nicht geholfen|\
     hilft nicht|hilft mir nicht|nicht funktioniert|funktioniert nicht|geht nicht|\
     immer noch|weiterhin|gleiche fehler|gleichen fehler|selbe fehler|ohne erfolg|\
     bringt nichts|schon versucht|schon probiert|no funciona|no me sirve|sigue sin|\
     ne marche pas|ne fonctionne pas|toujours pas|nope|already said that|already told|\
     you said that|not true",
    )
});

/// What stands in the way, or that it was done and came to nothing, in an answer to a step
/// that was proposed.
static OBSTACLE: Phrases = LazyLock::new(|| {
    phrases(
        "no|not|nope|never|nothing|none|nobody|cant|cannot|couldnt|wont|wouldnt|dont|doesnt|didnt|isnt|\
         wasnt|arent|havent|hasnt|but|only|still|same|again|already|locked|invalid|refused|declined|it says|\
         says|did that|did it|done|looked|checked|tried|restarted|rebooted|cleared|cleaned|updated|rotated|\
         asked|is in|are in|is up|are all|so thats|thats what i|wrong|crashes|crash|crashed|fails|timeout|\
         timed out|it has been|i get|i got|is the latest|up to date|mine has|mine is|there is one|shows both|its been|is an insult|was my first|\
         nicht|nein|kein|keine|keinen|aber|immer|schon|nur|wieder|gleiche|nichts|leer|leere|bereits|\
         habe ich gemacht|hab ich|probiert|versucht|gepruft|ist fest|weniger|steht da auch|\
         pas|rien|mais|aucun|aucune|toujours|deja|non|plus|refusee|\
         nada|pero|ya|tampoco|mismo|sigue|ningun|ninguno|todavia|pasaron",
    )
});

/// Going along with a step, without a word yet on what came of it.
static UNDERWAY: Phrases = LazyLock::new(|| {
    phrases(
        "ok wait|wait|let me try|let me see|let me check|let me look|one moment|hold on|will try|ill try|trying now|will do|moment|ich versuche|\
         mache ich|un momento|un instant|how|which|where do i|wie geht",
    )
});

static SOLVED: Phrases = LazyLock::new(|| {
    phrases(
        "that worked|it worked|works now|did that works|it works|that works|working now|solved|that helped|\
     fixed it|is fixed|thats fixed|all good now|did the trick|funktioniert jetzt|\
     hat geholfen|hat geklappt|klappt jetzt|geht jetzt|gelost|ya funciona|\
     ca marche maintenant",
    )
});

static THANKS: Phrases =
    LazyLock::new(|| phrases("thanks|thank you|thx|perfect|great|danke|vielen dank|gracias|merci"));

/// The customer says themselves that it is about something else.
static ANOTHER: Phrases = LazyLock::new(|| {
    phrases(
        "another question|another problem|another issue|another thing|another matter|\
     other question|different question|different problem|different issue|different topic|\
     different matter|new question|next question|second question|something else|\
     one more question|one more thing|by the way|on another note|also have a|also need|\
     other problem|other issue|unrelated|andere frage|anderes problem|weitere frage|\
     noch eine frage|noch etwas|etwas anderes|neue frage|zweite frage|ubrigens|otra pregunta|\
     otra cosa|autre question|autre chose",
    )
});

/// The customer gives up what it was about so far.
static GIVEN_UP: Phrases = LazyLock::new(|| {
    phrases(
        "forget it|forget that|forget about it|forget about that|never mind|nevermind|\
     leave it|leave that|drop it|i give up|vergessen sie es|vergessen sie das|vergiss es|\
     vergiss das|lassen wir das|lassen sie es|ich gebe auf|schon gut|olvidelo|laissez tomber",
    )
});

/// Whether the assistant asks, not what about, but whether there is anything more.
static MORE: Phrases = LazyLock::new(|| {
    phrases(
        "anything else|something else|else i can|else can i|other question|other questions|\
     further help|more help|did that help|does that help|was this helpful|sonst noch|\
     noch etwas|weiterhelfen|weitere fragen|geholfen",
    )
});

/// Until when something must be done. Bare days count only where a word says that it is
/// awaited.
static DEADLINE: Phrases = LazyLock::new(|| {
    phrases(
        "(?:by|before|until|till|due|latest) (?:the )?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|\
         tomorrow|tonight|today|noon|end of|[0-9]+|january|february|march|april|may|june|july|august|september|\
         october|november|december|next|it|my|he|she)|\
         (?:on|this|starts|closes|ends|due|for|until|from) (?:on )?(?:the )?(?:monday|tuesday|wednesday|thursday|friday|\
         saturday|sunday|tomorrow|tonight|today|week|[0-9]+(?:st|nd|rd|th))|\
         tomorrow|tonight|today|so until|no later than|at the latest|deadline|\
         (?:bis|spatestens|vor|frist) .*(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|morgen|heute|[0-9])|\
         heute noch|noch heute|bis morgen|\
         (?:avant|d ici|dici|jusqu|jusquau) .*(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|demain|[0-9])|\
         (?:antes|hasta|para) (?:del|de|el) .*(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo|manana|[0-9])",
    )
});

/// Words that say that something is awaited or will be lost.
static AWAITED: Phrases = LazyLock::new(|| {
    phrases(
        "need|needs|must|have to|has to|want|please|due|launch|meeting|presentation|ends|starts|closes|closing|run out|\
         runs out|audit|until|by|before|expires|deadline|hurry|present|is on|this week|can i|can you|\
         brauche|brauchen|muss|frist|lauft|bis|vor|bitte|avant|jusqu|besoin|antes|necesito|hasta",
    )
});

/// Words that go on with what was said before.
static BACK: Phrases = LazyLock::new(|| {
    phrases(
        "it|its|that|thats|this|one|those|these|them|still|again|same|instead|es|das|dies|diese|\
     dieser|dieses|damit|dabei|davon|dort|daran|immer noch|\
     wieder|eso|esto|cela|ca",
    )
});

/// What puts a matter right; wanting it is no matter of its own.
static REMEDY: Phrases = LazyLock::new(|| {
    phrases(
        "technician|techniker|a person|a human|a supervisor|a manager|your team|tech team|label then|refund it|refund me|my refund|the refund|refunded|money|back|coins or|replacement|new one|someone|somebody|engineer|money back|technicien|\
         tecnico|a repair|compensation|confirmation",
    )
});

/// Something of the customer's own.
static THEIRS: Phrases = LazyLock::new(|| {
    phrases("my|our|mein|meine|meinen|meinem|meiner|unser|unsere|unseren|mi|mis|mon|ma|mes|notre")
});

static DESK: Phrases =
    LazyLock::new(|| phrases("customer service|customer support|live chat|kundenservice"));

static INSTRUCTION: Phrases = LazyLock::new(|| {
    phrases(
        "ignore all previous|ignore previous|ignore the above|ignore your instructions|\
     ignore all instructions|disregard the above|disregard previous|disregard all|\
     you are now|system prompt|override the policy|set priority",
    )
});

const INSTRUCTION_LEAD: &[&str] = &[
    "system:",
    "[system]",
    "<system>",
    "assistant:",
    "developer:",
    "### system",
    "<|",
];

/// A number, code or reference is asked for.
static NUMBER: Phrases = LazyLock::new(|| {
    phrases(
        "number|reference|code|order id|id|booking|reservation|nummer|kundennummer|bestellnummer|         sendungsnummer|vertragsnummer|rechnungsnummer|auftragsnummer|vorgangsnummer|numero|         reference|codigo|referencia",
    )
});

/// A word that is somebody's name on a public channel: `@shop`, `ShopHelp`.
pub(super) fn is_handle(word: &str) -> bool {
    const ENDS: [&str; 6] = ["Help", "Support", "Cares", "Care", "Service", "CS"];
    let has_name = |end: &str| {
        let name = word.strip_suffix(end);
        name.is_some_and(|it| it.len() > 1 && it.chars().all(char::is_alphanumeric))
    };
    word.strip_prefix('@').is_some_and(|it| it.len() > 1) || ENDS.into_iter().any(has_name)
}

/// Whether a turn asks for a number by which something is known.
pub(super) fn asks_for_number(text: &str) -> bool {
    text.trim_end().ends_with(['?', '.']) && any(&super::text::flat(text), &NUMBER)
}

fn any(flat: &str, phrases: &Phrases) -> bool {
    phrases.is_match(flat)
}

/// Whether a phrase stands in a folded text.
pub(super) fn has(flat: &str, phrase: &str) -> bool {
    flat.match_indices(phrase).any(|(at, _)| {
        let before = flat.get(..at).unwrap_or_default();
        let after = flat.get(at + phrase.len()..).unwrap_or_default();
        before.ends_with(' ') && after.starts_with(' ')
    })
}

/// Something is wrong.
pub(super) fn is_problem(flat: &str) -> bool {
    any(flat, &PROBLEM)
}

/// Something is wanted.
pub(super) fn is_request(flat: &str) -> bool {
    any(flat, &REQUEST)
}

/// What was tried did not help.
pub(super) fn is_rejection(flat: &str) -> bool {
    any(flat, &REJECTED)
}

/// Something stands in the way of what was proposed, or it was done in vain. Weaker than
/// [`is_rejection`], and said of an answer alone.
pub(super) fn is_obstacle(flat: &str) -> bool {
    any(flat, &OBSTACLE)
}

/// It is being tried; nothing came of it yet.
pub(super) fn is_underway(flat: &str) -> bool {
    any(flat, &UNDERWAY)
}

/// What was tried helped, in as many words.
pub(super) fn is_solved(flat: &str) -> bool {
    any(flat, &SOLVED) && !is_rejection(flat)
}

/// Thanks, without a word against.
pub(super) fn is_thanks(flat: &str) -> bool {
    any(flat, &THANKS) && !is_rejection(flat)
}

/// Something is to be done, in as many words.
static ASK: Phrases = LazyLock::new(|| {
    phrases(
        "i want|i need|i would like|id like|can you|could you|can someone|can somebody|can i|please|pls|give me|\
         send me|fix it|fix|undo|do you have|stop|refund|back|who can|what now|what can i do|where is|where are|\
         where my|escalate|replacement|get approval|let somebody|need a|need someone|what about|to object|compensation|\
         bitte|mochte|ich will|soll|schicken sie|erstatten|wohin|konnen sie|brauche|\
         je veux|je voudrais|je demande|pouvez vous|remboursez|sil vous plait|\
         quiero|necesito|puede|pueden|podrian|por favor|desactiven",
    )
});

/// Whether a sentence asks for something to be done.
pub(super) fn is_ask(flat: &str) -> bool {
    any(flat, &ASK)
}

/// Something else begins, in as many words.
pub(super) fn is_another(flat: &str) -> bool {
    any(flat, &ANOTHER)
}

/// What it was about so far is given up, in as many words.
pub(super) fn is_given_up(flat: &str) -> bool {
    any(flat, &GIVEN_UP)
}

/// Nothing but the giving up.
pub(super) fn is_giving_up(flat: &str) -> bool {
    GIVEN_UP.is_match(flat) && is_idle(&GIVEN_UP.replace(flat, " "))
}

/// Beginnings of sentences that are said for the sake of saying something.
static COURTESY: Phrases = LazyLock::new(|| {
    phrases(
        "hi|hello|hey|thanks|thank you|sorry|im sorry|were sorry|we apologize|apologies|ok|okay|great|oh|good|\
         happy|awesome|hallo|guten tag|danke|vielen dank|tut mir leid|entschuldigung|bonjour|merci|desole|hola|gracias",
    )
});

/// Whether a sentence begins with a courtesy.
pub(super) fn is_courtesy(flat: &str) -> bool {
    COURTESY.find(flat).is_some_and(|it| it.start() == 0)
}

/// Whether more is wanted is asked, and nothing of the concern.
pub(super) fn is_offer_of_more(flat: &str) -> bool {
    any(flat, &MORE)
}

/// Until when it must be done is said.
pub(super) fn is_deadline(flat: &str) -> bool {
    any(flat, &DEADLINE) && any(flat, &AWAITED)
}

/// It goes on with what was said before. A "that" which only leads on to who did what
/// ("a charge that I never agreed to") points to nothing.
pub(super) fn points_back(flat: &str) -> bool {
    const WHO: [&str; 8] = ["i", "we", "you", "they", "my", "our", "your", "the"];
    let words: Vec<&str> = flat.split(' ').collect();
    let pairs = words.iter().zip(words.iter().skip(1).chain([&""]));
    let pointing = pairs.filter(|(word, next)| **word != "that" || !WHO.contains(next));
    let pointing: Vec<&str> = pointing.map(|(word, _)| *word).collect();
    any(&pointing.join(" "), &BACK)
}

/// It asks for what would put the matter right, and names no other.
pub(super) fn is_remedy(flat: &str) -> bool {
    any(flat, &REMEDY)
}

/// It speaks of something that is the customer's.
pub(super) fn is_of_theirs(flat: &str) -> bool {
    any(flat, &THEIRS)
}

/// A sentence that gives orders to a machine. It is shown as the customer's words
/// and is never what they want.
pub(super) fn is_instruction(text: &str, flat: &str) -> bool {
    let text = text.trim_start();
    INSTRUCTION_LEAD.iter().any(|lead| {
        text.get(..lead.len())
            .is_some_and(|it| it.eq_ignore_ascii_case(lead))
    }) || any(flat, &INSTRUCTION)
}

/// A word that carries meaning.
pub(super) fn is_content(word: &str) -> bool {
    !EMPTY.contains(word)
}

/// Nothing but greetings, thanks and small words.
pub(super) fn is_idle(flat: &str) -> bool {
    !flat
        .split(' ')
        .any(|word| !word.is_empty() && is_content(word))
}

/// Whether a person is spoken of at all, or a desk where one is.
pub(super) fn names_person(flat: &str) -> bool {
    flat.split(' ').any(|word| PERSON.contains(word)) || any(flat, &DESK)
}

/// Nothing but the wish for a person.
pub(super) fn is_person_wish(flat: &str) -> bool {
    let mut has_person = false;
    for word in flat.split(' ').filter(|word| !word.is_empty()) {
        has_person |= PERSON.contains(word);
        if !PERSON.contains(word) && !WISH.contains(word) && is_content(word) {
            return false;
        }
    }
    has_person || any(flat, &DESK)
}

/// The languages that first lines are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    English,
    German,
}

const GERMAN: &str = "ich nicht ist und das der die mein meine mit wir sie bitte aber wie auf fur habe kann \
    noch immer eine einen zu es im von warum bei";
const ENGLISH: &str = "i the is and my not to with you please but how for have can it a of on this that in \
    was get when why";

/// The language the customer writes, by its small words; the page's where these
/// say nothing.
pub(super) fn language<'a>(flats: impl Iterator<Item = &'a str>, locale: Option<&str>) -> Language {
    static TABLE: LazyLock<[WordSet; 2]> = LazyLock::new(|| [set(GERMAN), set(ENGLISH)]);
    let [german, english] = &*TABLE;
    let mut lead = 0i32;
    for word in flats.flat_map(|flat| flat.split(' ')) {
        lead += i32::from(german.contains(word)) - i32::from(english.contains(word));
    }
    let is_german_page =
        locale.is_some_and(|it| it.get(..2).is_some_and(|it| it.eq_ignore_ascii_case("de")));
    if lead >= 2 || (is_german_page && lead > -2) {
        Language::German
    } else {
        Language::English
    }
}
