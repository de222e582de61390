-- What came into force, once for each time, in order: two may fall into one
-- millisecond. A text is kept once, whether it was in force, proposed or tried.
CREATE TABLE activation (
    workspace  BLOB NOT NULL,
    number     INTEGER NOT NULL,
    version    TEXT NOT NULL,
    at         INTEGER NOT NULL,
    by         BLOB,
    kind       TEXT NOT NULL,
    reason     TEXT,
    is_watched INTEGER NOT NULL,
    PRIMARY KEY (workspace, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX activation_version ON activation (workspace, version, number);
INSERT INTO activation
    SELECT workspace, activation, version, activated_at, activated_by, 'activated', NULL, 0
    FROM policy;
DROP INDEX policy_activation;
ALTER TABLE policy DROP COLUMN activated_at;
ALTER TABLE policy DROP COLUMN activated_by;
ALTER TABLE policy DROP COLUMN activation;

CREATE TABLE proposal (
    workspace  BLOB NOT NULL,
    id         BLOB NOT NULL,
    version    TEXT NOT NULL,
    base       TEXT NOT NULL,
    author     BLOB NOT NULL,
    at         INTEGER NOT NULL,
    reason     TEXT NOT NULL,
    state      TEXT NOT NULL,
    decided_by BLOB,
    decided_at INTEGER,
    decision   TEXT,
    PRIMARY KEY (workspace, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX proposal_at ON proposal (workspace, at, id);
CREATE INDEX proposal_open ON proposal (workspace) WHERE state = 'open';

CREATE TABLE trial (
    workspace  BLOB NOT NULL,
    id         BLOB NOT NULL,
    permille   INTEGER,
    version    TEXT NOT NULL,
    base       TEXT NOT NULL,
    proposal   BLOB,
    started_at INTEGER NOT NULL,
    started_by BLOB NOT NULL,
    reason     TEXT NOT NULL,
    outcome    TEXT,
    ended_at   INTEGER,
    ended_by   BLOB,
    end_reason TEXT,
    tally      TEXT,
    PRIMARY KEY (workspace, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX trial_started ON trial (workspace, started_at, id);
-- At most one runs, refused by the store itself.
CREATE UNIQUE INDEX trial_running ON trial (workspace) WHERE outcome IS NULL;
