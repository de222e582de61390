-- When a workspace's weekly report is sent, and how far the sending has come.
CREATE TABLE report_schedule (
    workspace BLOB PRIMARY KEY,
    schedule  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE report_delivery (
    workspace BLOB PRIMARY KEY,
    delivery  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
