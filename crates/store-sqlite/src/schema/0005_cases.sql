-- The cases that policies of a workspace are tried on: one file each.
CREATE TABLE policy_cases (
    workspace BLOB PRIMARY KEY,
    text      TEXT NOT NULL,
    at        INTEGER NOT NULL,
    by        BLOB NOT NULL
) STRICT, WITHOUT ROWID;
