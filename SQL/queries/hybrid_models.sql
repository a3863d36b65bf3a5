-- name: modelLock
-- Writers of one name take turns, so that each version is one more than the one before.
SELECT pg_advisory_xact_lock(hashtextextended('model ' || $1::text, 0))::text AS locked

-- name: hybridModelInsert
INSERT INTO hybrid_models (id, name, version, record, entered_by)
SELECT $1::uuid, $2::text, coalesce(max(version), 0) + 1, $3::jsonb, $4::text FROM hybrid_models WHERE name = $2
RETURNING id

-- name: hybridModelByID
SELECT * FROM hybrid_model_records WHERE id = $1

-- name: hybridModels
SELECT * FROM hybrid_model_records WHERE id > $1 ORDER BY id LIMIT $2

-- name: hybridModelInForce
-- The latest one; what was learned from drawn animals only where nothing else was.
SELECT * FROM hybrid_model_records
WHERE retired_at IS NULL AND record #>> '{model,data,measures}' = $1 AND record #>> '{model,form}' = $2
ORDER BY (record #>> '{model,data,is_drawn}')::boolean, position DESC LIMIT 1

-- name: hybridModelRetire
INSERT INTO hybrid_model_retirements (model_id, retired_by, note) VALUES ($1, $2, $3)
ON CONFLICT (model_id) DO NOTHING
RETURNING model_id
