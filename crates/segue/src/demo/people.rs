//! The demo company's people.

use segue_model::id::{AgentId, QueueKey, SkillKey};
use segue_model::time::Timestamp;
use segue_ports::directory::{Agent, Role};

/// One of the demo's people.
pub struct Person {
    mailbox: &'static str,
    name: &'static str,
    /// What they do, in a word or two.
    pub title: &'static str,
    role: Role,
    queues: &'static [&'static str],
    skills: &'static [(&'static str, u8)],
}

/// Everybody.
pub const PEOPLE: &[Person] = &[
    Person {
        mailbox: "jonas.weber",
        name: "Jonas Weber",
        title: "owner",
        role: Role::Owner,
        queues: &[],
        skills: &[],
    },
    Person {
        mailbox: "sarah.lindqvist",
        name: "Sarah Lindqvist",
        title: "finance operations",
        role: Role::Agent,
        queues: &["finance_operations"],
        skills: &[("billing", 4)],
    },
    Person {
        mailbox: "marco.ruiz",
        name: "Marco Ruiz",
        title: "technical support",
        role: Role::Agent,
        queues: &["technical"],
        skills: &[("technical", 5)],
    },
    Person {
        mailbox: "priya.nair",
        name: "Priya Nair",
        title: "retention",
        role: Role::Agent,
        queues: &["retention"],
        skills: &[("retention", 4)],
    },
    Person {
        mailbox: "tom.becker",
        name: "Tom Becker",
        title: "customer care",
        role: Role::Agent,
        queues: &["customer_care", "finance_operations", "technical"],
        skills: &[("general", 4), ("billing", 2), ("technical", 2)],
    },
    Person {
        mailbox: "ines.okafor",
        name: "Ines Okafor",
        title: "trust and safety",
        role: Role::Agent,
        queues: &["trust_safety"],
        skills: &[("security", 5)],
    },
    Person {
        mailbox: "amara.cole",
        name: "Amara Cole",
        title: "resolution desk",
        role: Role::Supervisor,
        queues: &["resolution_desk", "retention"],
        skills: &[("resolution", 4), ("retention", 2)],
    },
    Person {
        mailbox: "elena.petrova",
        name: "Elena Petrova",
        title: "account management",
        role: Role::Agent,
        queues: &["account_management"],
        skills: &[("account_management", 5)],
    },
    Person {
        mailbox: "david.kim",
        name: "David Kim",
        title: "account management",
        role: Role::Agent,
        queues: &["account_management"],
        skills: &[("account_management", 3)],
    },
];

/// How many conversations each holds at once.
const CAPACITY: u32 = 3;

impl Person {
    /// The sign-in name.
    pub fn email(&self) -> String {
        format!("{}@brightcrate.example", self.mailbox)
    }

    /// The agent's row. Without a password: the demo's people sign in by links.
    pub fn agent(&self, id: AgentId, now: Timestamp) -> Agent {
        Agent {
            id,
            email: self.email(),
            name: self.name.to_owned(),
            role: self.role,
            password: None,
            skills: self
                .skills
                .iter()
                .map(|(key, level)| (SkillKey((*key).to_owned()), *level))
                .collect(),
            queues: self.queues.iter().map(|key| QueueKey::from(*key)).collect(),
            capacity: CAPACITY,
            is_active: true,
            created_at: now,
        }
    }
}
