-- name: idempotencyInsert
-- Waits for a racing request under the same key to commit or roll back.
INSERT INTO idempotency_keys (api_key_id, key, fingerprint, resource_kind, resource_id)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING
RETURNING resource_id

-- name: idempotencyByKey
SELECT * FROM idempotency_keys WHERE api_key_id = $1 AND key = $2

-- name: idempotencySetResource
UPDATE idempotency_keys SET resource_id = $3 WHERE api_key_id = $1 AND key = $2

-- name: idempotencyPurge
WITH purged AS (
    DELETE FROM idempotency_keys WHERE created_at < now() - interval '24 hours' RETURNING 1
)
SELECT count(*) AS purged FROM purged
