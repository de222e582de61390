-- An account may have several people: each is found by their address.
DROP INDEX customer_account;
CREATE INDEX customer_account ON customer (workspace, account_id)
    WHERE account_id IS NOT NULL;
