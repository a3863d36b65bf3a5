-- name: landmarkModelInsert
INSERT INTO landmark_models (id, name, version, record, entered_by)
SELECT $1::uuid, $2::text, coalesce(max(version), 0) + 1, $3::jsonb, $4::text FROM landmark_models WHERE name = $2
RETURNING id

-- name: landmarkModelByID
SELECT * FROM landmark_model_records WHERE id = $1

-- name: landmarkModels
SELECT * FROM landmark_model_records WHERE id > $1 ORDER BY id LIMIT $2

-- name: landmarkModelInForce
-- The latest one; what was learned from drawn animals only where nothing else was.
SELECT * FROM landmark_model_records
WHERE retired_at IS NULL AND record ->> 'scheme' = $1 AND record ->> 'form' = $2
ORDER BY (record #>> '{data,is_drawn}')::boolean, position DESC LIMIT 1

-- name: landmarkModelRetire
INSERT INTO landmark_model_retirements (model_id, retired_by, note) VALUES ($1, $2, $3)
ON CONFLICT (model_id) DO NOTHING
RETURNING model_id
