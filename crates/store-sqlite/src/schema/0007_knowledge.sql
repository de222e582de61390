-- What people taught the assistant; a version never changes. The slug of instructions is empty.
CREATE TABLE knowledge_version (
    workspace BLOB NOT NULL,
    slug      TEXT NOT NULL,
    version   INTEGER NOT NULL,
    kind      TEXT NOT NULL,
    title     TEXT NOT NULL,
    category  TEXT NOT NULL,
    body      TEXT NOT NULL,
    asked     TEXT NOT NULL,
    author    BLOB NOT NULL,
    at        INTEGER NOT NULL,
    reason    TEXT NOT NULL,
    sources   TEXT NOT NULL,
    fix       TEXT,
    PRIMARY KEY (workspace, slug, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX knowledge_fix ON knowledge_version (workspace, at) WHERE fix IS NOT NULL;
