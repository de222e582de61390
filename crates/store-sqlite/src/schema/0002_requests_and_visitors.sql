-- Which request changed which setting, by a hash of workspace, caller and key,
-- with what it was answered. Forgotten after thirty days.
CREATE TABLE setting_request (
    hash        BLOB PRIMARY KEY,
    fingerprint BLOB NOT NULL,
    answer      TEXT NOT NULL,
    created     INTEGER NOT NULL,
    at          INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX setting_request_at ON setting_request (at);

-- What a browser left behind, also after it was closed. A visitor never changes,
-- so an append does not touch it.
CREATE INDEX stream_of_visitor ON stream (workspace, visitor) WHERE visitor IS NOT NULL;
