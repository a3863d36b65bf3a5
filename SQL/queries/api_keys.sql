-- name: apiKeyInsert
INSERT INTO api_keys (id, agency_id, role, label, secret_sha256) VALUES ($1, $2, $3, $4, $5)
RETURNING *

-- name: apiKeyRevoke
UPDATE api_keys SET revoked_at = coalesce(revoked_at, now()) WHERE id = $1 RETURNING *

-- name: apiKeys
SELECT * FROM api_keys WHERE $1::uuid IS NULL OR agency_id = $1 ORDER BY id

-- name: apiKeyByID
SELECT
    api_keys.*, agencies.name AS agency_name, agencies.contact AS agency_contact,
    agencies.created_at AS agency_created_at
FROM api_keys JOIN agencies ON agencies.id = agency_id
WHERE api_keys.id = $1

-- name: apiKeyByHash
SELECT
    api_keys.*, agencies.name AS agency_name, agencies.contact AS agency_contact,
    agencies.created_at AS agency_created_at
FROM api_keys JOIN agencies ON agencies.id = agency_id
WHERE secret_sha256 = $1 AND revoked_at IS NULL
