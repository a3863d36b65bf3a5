-- name: calibrationInsert
INSERT INTO calibrations (
    id, population, body_region, scorer, intercept, slope, look_alike_rate, genuine_pairs, impostor_pairs, animals,
    tail_location, tail_scale, tail_searches, figures, made_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
RETURNING *, NULL::timestamptz AS active_since

-- name: calibrations
SELECT * FROM calibration_records WHERE id > $1 ORDER BY id LIMIT $2

-- name: calibrationByID
SELECT * FROM calibration_records WHERE id = $1

-- name: calibrationsActive
SELECT * FROM calibration_records
WHERE body_region = $1 AND scorer = $2 AND active_since IS NOT NULL
ORDER BY id

-- name: calibrationActivate
INSERT INTO calibration_activations (calibration_id, activated_by, note) VALUES ($1, $2, $3) RETURNING position
