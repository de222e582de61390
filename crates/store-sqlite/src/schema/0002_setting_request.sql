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
