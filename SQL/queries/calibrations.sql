-- name: calibrationInsert
INSERT INTO calibrations (
    id, population, body_region, scorer, intercept, slope, look_alike_rate, genuine_pairs, impostor_pairs, animals,
    figures, made_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
RETURNING *, NULL::timestamptz AS active_since

-- name: calibrations
SELECT * FROM calibration_records WHERE id > $1 ORDER BY id LIMIT $2

-- name: calibrationByID
SELECT * FROM calibration_records WHERE id = $1

-- name: calibrationActive
SELECT * FROM calibration_records
WHERE population IS NOT DISTINCT FROM $1 AND body_region = $2 AND scorer = $3 AND active_since IS NOT NULL

-- name: calibrationActivate
INSERT INTO calibration_activations (calibration_id, activated_by, note) VALUES ($1, $2, $3) RETURNING position
