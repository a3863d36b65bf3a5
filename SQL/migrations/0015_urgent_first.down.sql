DROP VIEW due_deliveries;
DROP INDEX deliveries_waiting;
CREATE INDEX deliveries_waiting ON deliveries (endpoint_id, run_after, event_position)
    WHERE state = 'waiting' AND lease IS NULL;
COMMENT ON COLUMN deliveries.is_immediate IS 'Whether a quiet endpoint hears of it all the same.';
COMMENT ON COLUMN endpoint_health.failures IS 'Failed attempts since the last success.';
