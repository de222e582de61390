//! Sign-in: passwords, single-use links, sessions, and the tickets by which a
//! live socket proves whose it is.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use segue_model::id::{AgentId, WorkspaceId};
use segue_model::time::{Span, Timestamp};
use segue_ports::directory::{
    Agent, Created, Link, LinkPurpose, Presence, Role, SecretHash, Session, Workspace,
};

use super::tries::Tries;
use super::{password, people, secret};
use crate::failure::Failure;
use crate::service::Service;

/// After so long without use a session ends (S-4).
pub const SESSION_IDLE: Span = Span::minutes(30);
/// After so long it ends in any case.
pub const SESSION_ABSOLUTE: Span = Span::hours(12);
/// How often the use of a session is noted.
const TOUCH_EVERY: Span = Span::minutes(1);
/// How long a sign-in link is good.
pub const SIGN_IN_LINK: Span = Span::hours(24);
/// How long an invitation is good.
pub const INVITATION_LINK: Span = Span::hours(72);
/// How long a setup code is good.
pub const SETUP_CODE: Span = Span::minutes(30);
/// How long a ticket for a live socket is good (S-5).
pub const TICKET: Span = Span::seconds(30);
/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Where.
    pub workspace: WorkspaceId,
    /// Who.
    pub agent: Agent,
    /// The session's hash.
    pub session: SecretHash,
    /// When it was last used, as far as that is noted.
    pub seen_at: Timestamp,
}

/// Whose live socket it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bearer {
    /// An agent's, by this session.
    Agent {
        /// Where.
        workspace: WorkspaceId,
        /// Who.
        agent: AgentId,
        /// Their session: the socket ends with it (F51).
        session: SecretHash,
    },
    /// A visitor's.
    Visitor {
        /// Where.
        workspace: WorkspaceId,
        /// Which browser.
        visitor: String,
        /// When its token ends, and the socket with it.
        expires_at: Timestamp,
    },
}

/// What is kept in memory only: tickets and wrong passwords.
#[derive(Debug, Default)]
pub struct Doorkeeper {
    tickets: Mutex<HashMap<SecretHash, (Bearer, Timestamp)>>,
    tries: Mutex<Tries>,
}

impl Doorkeeper {
    fn tries<T>(&self, of: impl FnOnce(&mut Tries) -> T) -> T {
        of(&mut self.tries.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Service {
    /// Whether nobody has claimed the server yet.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn needs_setup(&self) -> Result<bool, Failure> {
        Ok(self.store().workspaces().await?.is_empty())
    }

    /// A new setup code; the ones before stay good until their end.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn new_setup_code(&self) -> Result<String, Failure> {
        let code = secret::new_code();
        let link = Link {
            hash: secret::hash(&secret::fold_code(&code)),
            purpose: LinkPurpose::Setup,
            workspace: None,
            agent: None,
            expires_at: self.now() + SETUP_CODE,
        };
        self.store().create_link(link).await?;
        Ok(code)
    }

    /// Uses up a setup code.
    ///
    /// # Errors
    /// [`Failure::Unauthenticated`] if it is not good, [`Failure::Forbidden`] if the server is
    /// claimed already.
    pub async fn take_setup_code(&self, code: &str) -> Result<(), Failure> {
        if !self.needs_setup().await? {
            return Err(Failure::Forbidden("claim a server that is claimed already"));
        }
        let hash = secret::hash(&secret::fold_code(code));
        let link = self.store().take_link(hash, self.now()).await?;
        match link {
            Some(link) if link.purpose == LinkPurpose::Setup => Ok(()),
            _ => Err(Failure::Unauthenticated),
        }
    }

    /// Makes a workspace with its owner.
    ///
    /// # Errors
    /// When a value is not allowed or the store fails.
    pub async fn claim(
        &self,
        workspace: Workspace,
        owner: Agent,
        knowledge: std::sync::Arc<segue_assist::KnowledgeBase>,
    ) -> Result<(), Failure> {
        let id = workspace.id;
        let made = [
            self.store().create_workspace(workspace.clone()).await?,
            self.store().create_agent(id, owner).await?,
        ];
        if made.contains(&Created::Exists) {
            return Err(Failure::Exists("workspace"));
        }
        self.open_workspace(workspace, knowledge).await?;
        Ok(())
    }

    /// Signs in with a password, from an address.
    ///
    /// # Errors
    /// [`Failure::Unauthenticated`] without saying which of the two was wrong;
    /// [`Failure::TooMany`] after several wrong ones.
    pub async fn sign_in(
        &self,
        email: &str,
        given: &str,
        from: IpAddr,
    ) -> Result<(String, SignedIn), Failure> {
        let email = email.trim().to_lowercase();
        if email.len() > people::EMAIL_BYTES_MAX {
            // Nobody has such a name, and it is not to be kept.
            return Err(Failure::Unauthenticated);
        }
        let now = self.now();
        let taken = self
            .doorkeeper()
            .tries(|tries| tries.admit(&email, from, now));
        taken.map_err(|retry_after_s| Failure::TooMany { retry_after_s })?;
        let mut found = None;
        for desk in self.desks() {
            let agents = desk.agents();
            let known = agents
                .iter()
                .find(|agent| agent.email == email && agent.is_active);
            if let Some(agent) = known {
                found = Some((desk.workspace.id, agent.clone()));
                break;
            }
        }
        let stored = found
            .as_ref()
            .and_then(|(_, agent)| agent.password.as_deref());
        let verified = password::verify(given, stored).await;
        let take_back = |_: &Failure| {
            self.doorkeeper()
                .tries(|tries| tries.take_back(&email, from, now))
        };
        let is_right = verified.inspect_err(take_back)?;
        match found {
            Some((workspace, agent)) if is_right => {
                self.doorkeeper()
                    .tries(|tries| tries.was_right(&email, from, now));
                self.begin_session(workspace, agent).await
            }
            _ => Err(Failure::Unauthenticated),
        }
    }

    async fn begin_session(
        &self,
        workspace: WorkspaceId,
        agent: Agent,
    ) -> Result<(String, SignedIn), Failure> {
        let token = secret::new_secret("sgs_");
        let now = self.now();
        let hash = secret::hash(&token);
        let session = Session {
            hash,
            workspace,
            agent: agent.id,
            created_at: now,
            seen_at: now,
            expires_at: now + SESSION_ABSOLUTE,
        };
        self.store().create_session(session).await?;
        // Whoever has come once is no longer merely invited, password or not. Nothing is said
        // of them yet: they are away, and that has lapsed already.
        let desk = self.desk(workspace)?;
        if desk.presence_said(agent.id).is_none() {
            self.set_presence(&desk, agent.id, Presence::Away, Span(0))
                .await?;
        }
        Ok((
            token,
            SignedIn {
                workspace,
                agent,
                session: hash,
                seen_at: now,
            },
        ))
    }

    /// Who a session belongs to.
    ///
    /// # Errors
    /// [`Failure::Unauthenticated`] if it has ended or its agent may no longer sign in.
    pub async fn session(&self, token: &str) -> Result<SignedIn, Failure> {
        self.session_by_hash(secret::hash(token)).await
    }

    /// Who a session belongs to, by its hash; for sockets that outlive a request.
    ///
    /// # Errors
    /// As [`Service::session`].
    pub async fn session_by_hash(&self, hash: SecretHash) -> Result<SignedIn, Failure> {
        let now = self.now();
        let session = self
            .store()
            .session(hash)
            .await?
            .ok_or(Failure::Unauthenticated)?;
        if session.expires_at <= now || session.seen_at + SESSION_IDLE <= now {
            return Err(Failure::Unauthenticated);
        }
        let agent = self
            .desk(session.workspace)?
            .agent(session.agent)
            .filter(|agent| agent.is_active)
            .ok_or(Failure::Unauthenticated)?;
        Ok(SignedIn {
            workspace: session.workspace,
            agent,
            session: hash,
            seen_at: session.seen_at,
        })
    }

    /// Notes that the person themselves did something. What their page does unasked,
    /// reading and pinging, keeps no session alive (S-4).
    ///
    /// # Errors
    /// When the store fails.
    pub async fn session_used(&self, who: &SignedIn) -> Result<(), Failure> {
        let now = self.now();
        if who.seen_at + TOUCH_EVERY <= now {
            self.store().touch_session(who.session, now).await?;
        }
        Ok(())
    }

    /// Signs out.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn sign_out(&self, session: SecretHash) -> Result<(), Failure> {
        Ok(self.store().end_session(session).await?)
    }

    /// A link that signs in once.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn new_link(
        &self,
        workspace: WorkspaceId,
        agent: AgentId,
        purpose: LinkPurpose,
    ) -> Result<String, Failure> {
        let (link, token) = self.fresh_link(workspace, agent, purpose);
        self.store().create_link(link).await?;
        Ok(token)
    }

    /// A link that nobody keeps yet, and its secret.
    pub(crate) fn fresh_link(
        &self,
        workspace: WorkspaceId,
        agent: AgentId,
        purpose: LinkPurpose,
    ) -> (Link, String) {
        let token = secret::new_secret("sgl_");
        let good_for = match purpose {
            LinkPurpose::SignIn => SIGN_IN_LINK,
            LinkPurpose::Invitation => INVITATION_LINK,
            LinkPurpose::Setup => SETUP_CODE,
        };
        let link = Link {
            hash: secret::hash(&token),
            purpose,
            workspace: Some(workspace),
            agent: Some(agent),
            expires_at: self.now() + good_for,
        };
        (link, token)
    }

    /// Signs in by a link.
    ///
    /// # Errors
    /// [`Failure::Unauthenticated`] if it was used before, has ended, or is for something else.
    pub async fn sign_in_by_link(&self, token: &str) -> Result<(String, SignedIn), Failure> {
        let (workspace, agent) = self.take_link(token, LinkPurpose::SignIn).await?;
        self.begin_session(workspace, agent).await
    }

    /// Chooses a password by an invitation, and signs in.
    ///
    /// # Errors
    /// As for a link; [`Failure::Invalid`] if the password may not be chosen:
    /// then the invitation stays good.
    pub async fn accept_invitation(
        &self,
        token: &str,
        chosen: &str,
    ) -> Result<(String, SignedIn), Failure> {
        let hashed = password::hash(chosen).await?;
        let (workspace, mut agent) = self.take_link(token, LinkPurpose::Invitation).await?;
        agent.password = Some(hashed);
        self.store().end_sessions_of(workspace, agent.id).await?;
        self.replace_agent(workspace, agent.clone()).await?;
        self.begin_session(workspace, agent).await
    }

    async fn take_link(
        &self,
        token: &str,
        purpose: LinkPurpose,
    ) -> Result<(WorkspaceId, Agent), Failure> {
        let link = self
            .store()
            .take_link(secret::hash(token), self.now())
            .await?;
        let link = link
            .filter(|link| link.purpose == purpose)
            .ok_or(Failure::Unauthenticated)?;
        let (Some(workspace), Some(agent)) = (link.workspace, link.agent) else {
            return Err(Failure::Unauthenticated);
        };
        let agent = self
            .desk(workspace)?
            .agent(agent)
            .filter(|agent| agent.is_active);
        Ok((workspace, agent.ok_or(Failure::Unauthenticated)?))
    }

    /// A single-use ticket for a live socket.
    pub fn new_ticket(&self, bearer: Bearer) -> (String, Timestamp) {
        let ticket = secret::new_secret("sgt_");
        let now = self.now();
        let expires_at = now + TICKET;
        let mut tickets = self
            .doorkeeper()
            .tickets
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        tickets.retain(|_, (_, until)| *until > now);
        tickets.insert(secret::hash(&ticket), (bearer, expires_at));
        (ticket, expires_at)
    }

    /// Uses up a ticket.
    ///
    /// # Errors
    /// [`Failure::Unauthenticated`] if it was used before or has ended.
    pub fn take_ticket(&self, ticket: &str) -> Result<Bearer, Failure> {
        let mut tickets = self
            .doorkeeper()
            .tickets
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let found = tickets.remove(&secret::hash(ticket));
        let now = self.now();
        found
            .filter(|(_, until)| *until > now)
            .map(|(bearer, _)| bearer)
            .ok_or(Failure::Unauthenticated)
    }

    /// A new agent of the first hour.
    pub fn owner(&self, id: AgentId, email: &str, name: &str, password: String) -> Agent {
        Agent {
            id,
            email: email.trim().to_lowercase(),
            name: name.trim().to_owned(),
            role: Role::Owner,
            password: Some(password),
            skills: Vec::new(),
            queues: Vec::new(),
            capacity: people::CAPACITY_OTHERWISE,
            is_active: true,
            created_at: self.now(),
        }
    }
}
