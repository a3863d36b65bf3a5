-- name: modelLock
-- Writers of one name take turns, so that each version is one more than the one before.
SELECT pg_advisory_xact_lock(hashtextextended('model ' || $1::text || ' ' || $2::text, 0))::text AS locked

-- name: modelInsert
INSERT INTO models (id, kind, name, version, record, entered_by)
SELECT $1::uuid, $2::text, $3::text, coalesce(max(version), 0) + 1, $4::jsonb, $5::text
FROM models WHERE kind = $2 AND name = $3
RETURNING id

-- name: modelByID
SELECT * FROM model_records WHERE id = $1 AND kind = $2

-- name: models
SELECT * FROM model_records WHERE kind = $1 AND id > $2 ORDER BY id LIMIT $3

-- name: modelInForce
-- The latest one; what was learned from drawn animals only where nothing else was.
SELECT * FROM model_records
WHERE kind = $1 AND form = $2 AND scheme = $3 AND retired_at IS NULL
ORDER BY is_drawn, position DESC LIMIT 1

-- name: modelRetire
INSERT INTO model_retirements (model_id, retired_by, note)
SELECT id, $3::text, $4::text FROM models WHERE id = $1 AND kind = $2
ON CONFLICT (model_id) DO NOTHING
RETURNING model_id
