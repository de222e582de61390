-- Which life of which store this is (one row).
CREATE TABLE life (
    number INTEGER NOT NULL,
    id     BLOB NOT NULL,
    store  BLOB NOT NULL
) STRICT;

-- One row per conversation: the small number its entries carry, and its head.
-- The hot columns come first; an append that changes nothing else rewrites one row
-- and moves one entry of `stream_recent`.
CREATE TABLE stream (
    id                 INTEGER PRIMARY KEY,
    version            INTEGER NOT NULL,
    epoch              INTEGER NOT NULL,
    last_at            INTEGER NOT NULL,
    due_at             INTEGER,
    workspace          BLOB NOT NULL,
    conversation       BLOB NOT NULL,
    holder             TEXT NOT NULL,
    queue              TEXT,
    agent              BLOB,
    customer           BLOB,
    visitor            TEXT,
    origin             TEXT NOT NULL,
    origin_source      TEXT,
    origin_external_id TEXT,
    opened_at          INTEGER NOT NULL,
    is_flagged         INTEGER NOT NULL,
    has_drafts         INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX stream_conversation ON stream (workspace, conversation);
CREATE INDEX stream_recent ON stream (workspace, last_at, conversation);
CREATE INDEX stream_due ON stream (due_at) WHERE due_at IS NOT NULL;
-- The sets below are small beside all conversations and are sorted when read;
-- without `last_at` in their keys an ordinary append does not touch them.
CREATE INDEX stream_people ON stream (workspace, holder)
    WHERE holder IN ('review', 'queue', 'locked', 'agent');
CREATE INDEX stream_agent ON stream (workspace, agent) WHERE agent IS NOT NULL;
CREATE INDEX stream_customer ON stream (workspace, customer) WHERE customer IS NOT NULL;
CREATE INDEX stream_flagged ON stream (workspace) WHERE is_flagged = 1;
CREATE INDEX stream_drafts ON stream (workspace) WHERE has_drafts = 1;
-- At most one open conversation per visitor (F15), refused by the store itself.
CREATE UNIQUE INDEX stream_visitor ON stream (workspace, visitor)
    WHERE visitor IS NOT NULL AND holder <> 'closed';

-- The log: append-only in the order of its positions. An index on small
-- numbers finds the entries of a stream and refuses a version twice (D2).
CREATE TABLE entry (
    position INTEGER PRIMARY KEY,
    stream   INTEGER NOT NULL,
    version  INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    body     BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX entry_of_stream ON entry (stream, version);

-- What people wrote, apart from the entry that refers to it: a JSON list of
-- [reference, text]. Erasing deletes rows here and leaves the log as it is.
CREATE TABLE text (
    position INTEGER PRIMARY KEY,
    body     TEXT NOT NULL
) STRICT;

-- Which request wrote which entry, in the order of the log, with a hash of
-- workspace, caller and key. Rows up to `swept_to` are in the index below it,
-- later ones may be; the writer remembers those that are not.
CREATE TABLE request (
    position    INTEGER PRIMARY KEY,
    hash        BLOB NOT NULL,
    fingerprint BLOB NOT NULL
) STRICT;
CREATE TABLE request_of (
    prefix   INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (prefix, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE sweep (swept_to INTEGER NOT NULL) STRICT;
INSERT INTO sweep (swept_to) VALUES (0);

-- Effects that are not settled yet. The id comes from the entry's position,
-- so that none is ever given twice although settled rows are deleted.
CREATE TABLE outbox (
    id              INTEGER PRIMARY KEY,
    workspace       BLOB NOT NULL,
    conversation    BLOB NOT NULL,
    version         INTEGER NOT NULL,
    effect          TEXT NOT NULL,
    attempts        INTEGER NOT NULL,
    next_attempt_at INTEGER NOT NULL
) STRICT;

CREATE TABLE workspace (
    id         BLOB PRIMARY KEY,
    name       TEXT NOT NULL,
    is_demo    INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE agent (
    workspace  BLOB NOT NULL,
    id         BLOB NOT NULL,
    email      TEXT NOT NULL,
    name       TEXT NOT NULL,
    role       TEXT NOT NULL,
    password   TEXT,
    skills     TEXT NOT NULL,
    queues     TEXT NOT NULL,
    capacity   INTEGER NOT NULL,
    is_active  INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (workspace, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX agent_email ON agent (workspace, email);

CREATE TABLE presence (
    workspace   BLOB NOT NULL,
    agent       BLOB NOT NULL,
    presence    TEXT NOT NULL,
    lease_until INTEGER NOT NULL,
    since       INTEGER NOT NULL,
    PRIMARY KEY (workspace, agent)
) STRICT, WITHOUT ROWID;

-- A capacity of N is N rows, so the store itself refuses the N+1st (F8, I7).
CREATE TABLE slot (
    workspace  BLOB NOT NULL,
    agent      BLOB NOT NULL,
    n          INTEGER NOT NULL,
    escalation BLOB,
    PRIMARY KEY (workspace, agent, n)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX slot_held ON slot (workspace, escalation, agent) WHERE escalation IS NOT NULL;

CREATE TABLE session (
    hash       BLOB PRIMARY KEY,
    workspace  BLOB NOT NULL,
    agent      BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_agent ON session (workspace, agent);

CREATE TABLE link (
    hash       BLOB PRIMARY KEY,
    purpose    TEXT NOT NULL,
    workspace  BLOB,
    agent      BLOB,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE api_key (
    id           BLOB PRIMARY KEY,
    workspace    BLOB NOT NULL,
    name         TEXT NOT NULL,
    hash         BLOB NOT NULL UNIQUE,
    scopes       TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    revoked_at   INTEGER,
    last_used_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX api_key_workspace ON api_key (workspace, created_at);

CREATE TABLE visitor (
    workspace  BLOB NOT NULL,
    id         TEXT NOT NULL,
    hash       BLOB NOT NULL UNIQUE,
    customer   BLOB,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (workspace, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE customer (
    workspace  BLOB NOT NULL,
    id         BLOB NOT NULL,
    email      TEXT,
    account_id TEXT,
    facts      TEXT NOT NULL,
    list_name  TEXT NOT NULL,
    PRIMARY KEY (workspace, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX customer_email ON customer (workspace, email) WHERE email IS NOT NULL;
CREATE UNIQUE INDEX customer_account ON customer (workspace, account_id)
    WHERE account_id IS NOT NULL;
CREATE INDEX customer_name ON customer (workspace, list_name, id);

CREATE TABLE policy (
    workspace    BLOB NOT NULL,
    version      TEXT NOT NULL,
    text         TEXT NOT NULL,
    activated_at INTEGER NOT NULL,
    activated_by BLOB,
    activation   INTEGER NOT NULL,
    PRIMARY KEY (workspace, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX policy_activation ON policy (workspace, activation);

CREATE TABLE audit (
    id        INTEGER PRIMARY KEY,
    workspace BLOB NOT NULL,
    at        INTEGER NOT NULL,
    actor     BLOB,
    action    TEXT NOT NULL,
    subject   TEXT NOT NULL
) STRICT;
CREATE INDEX audit_workspace ON audit (workspace, id);
