//! What every handler has at hand.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use segue_assist::KnowledgeBase;
use segue_model::event::Version;
use segue_model::id::{ConversationId, WorkspaceId};
use segue_model::time::Timestamp;
use segue_service::read::PacketBoth;
use segue_service::{Desk, Failure, Service};

use crate::auth::limit::{Limits, Rates};
use crate::auth::proxy::Proxies;
use crate::error::ApiError;

/// How many packets are kept at hand.
const PACKETS_MAX: usize = 512;

/// How the API is set up.
#[derive(Debug, Clone)]
pub struct Options {
    /// Whether browsers reach it by HTTPS: then the session's cookie is `__Host-segue`.
    pub is_secure: bool,
    /// Where the console is, without a slash at the end; for links in invitations.
    pub console_url: String,
    /// Where the widget is, without a slash at the end; for the embed code.
    pub widget_url: String,
    /// The workspace whose widget is served; the only one there is, if absent.
    pub widget_workspace: Option<WorkspaceId>,
    /// The key that the site's backend signs identities with (S-11).
    pub identity_key: Arc<[u8]>,
    /// What the built-in assistant of a newly claimed server knows.
    pub knowledge: Arc<KnowledgeBase>,
    /// How much is too much (S-19).
    pub rates: Rates,
    /// The proxies whose word is believed on whom a request comes from (S-31).
    pub proxies: Proxies,
}

/// The service with how it is reached. Clones share everything.
#[derive(Clone)]
pub struct ApiState(Arc<Inner>);

struct Inner {
    service: Service,
    options: Options,
    limits: Limits,
    packets: Mutex<HashMap<ConversationId, Arc<PacketBoth>>>,
    /// One claim at a time: of two good codes one claims the server.
    claims: tokio::sync::Mutex<()>,
}

impl ApiState {
    /// The API over a service.
    pub fn new(service: Service, options: Options) -> Self {
        Self(Arc::new(Inner {
            service,
            limits: Limits::new(options.rates),
            options,
            packets: Mutex::default(),
            claims: tokio::sync::Mutex::default(),
        }))
    }

    /// The service.
    pub fn service(&self) -> &Service {
        &self.0.service
    }

    /// How it is set up.
    pub fn options(&self) -> &Options {
        &self.0.options
    }

    /// How much is too much.
    pub fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// The time.
    pub fn now(&self) -> Timestamp {
        self.0.service.now()
    }

    /// The workspace at work.
    ///
    /// # Errors
    /// When there is no such workspace.
    pub fn desk(&self, workspace: WorkspaceId) -> Result<Arc<Desk>, Failure> {
        self.0.service.desk(workspace)
    }

    /// The workspace whose widget is served.
    ///
    /// # Errors
    /// `not_ready` while nobody has claimed the server.
    pub fn widget_desk(&self) -> Result<Arc<Desk>, ApiError> {
        if let Some(workspace) = self.0.options.widget_workspace {
            return Ok(self.desk(workspace)?);
        }
        let mut desks = self.0.service.desks();
        desks.sort_by_key(|desk| desk.workspace.created_at);
        let first = desks.into_iter().next();
        first.ok_or_else(|| ApiError::new("not_ready", "this server has not been set up yet"))
    }

    /// Waits for its turn to claim the server.
    pub(crate) async fn claim_turn(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.0.claims.lock().await
    }

    /// The packet of a conversation, built once per version.
    pub(crate) async fn packet(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
        version: Version,
    ) -> Result<Arc<PacketBoth>, Failure> {
        let known = self.packets().get(&conversation).cloned();
        if let Some(packet) = known.filter(|known| known.version == version) {
            return Ok(packet);
        }
        let packet = self.0.service.packet(workspace, conversation).await?;
        let packet = Arc::new(packet);
        let mut packets = self.packets();
        if packets.len() >= PACKETS_MAX {
            packets.clear();
        }
        packets.insert(conversation, Arc::clone(&packet));
        Ok(packet)
    }

    fn packets(&self) -> std::sync::MutexGuard<'_, HashMap<ConversationId, Arc<PacketBoth>>> {
        self.0
            .packets
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
