-- Effects of one conversation that are done one at a time and in order.
ALTER TABLE outbox ADD COLUMN lane TEXT;
CREATE INDEX outbox_lane ON outbox (conversation, lane, id) WHERE lane IS NOT NULL;
