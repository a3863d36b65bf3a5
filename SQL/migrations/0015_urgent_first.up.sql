-- Immediate alerts do not wait behind an endpoint's routine ones.

DROP INDEX deliveries_waiting;
CREATE INDEX deliveries_waiting ON deliveries (endpoint_id, is_immediate, run_after, event_position)
    WHERE state = 'waiting' AND lease IS NULL;
CREATE VIEW due_deliveries AS
SELECT * FROM deliveries
WHERE state = 'waiting' AND lease IS NULL AND run_after <= now()
    AND (ordering_key IS NULL OR NOT EXISTS (
        SELECT FROM deliveries AS earlier
        WHERE earlier.endpoint_id = deliveries.endpoint_id AND earlier.ordering_key = deliveries.ordering_key
            AND earlier.event_position < deliveries.event_position AND earlier.state = 'waiting'));
COMMENT ON VIEW due_deliveries IS 'Deliveries that may be lent; where order was asked for, only the first that waits of each animal.';
COMMENT ON COLUMN deliveries.is_immediate IS 'Whether it goes first, to a quiet endpoint too.';
COMMENT ON COLUMN endpoint_health.failures IS 'Failures since the last success as the breaker counts them: many at once open it once, then each probe counts.';
