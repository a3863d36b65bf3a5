-- name: screeningInsert
INSERT INTO screenings (
    id, agency_id, api_key_id, body_region, lane, event_date, decimal_latitude, decimal_longitude,
    coordinate_uncertainty_in_meters, locality, recorded_by, tag_codes, tag_scan, occasion)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)

-- name: screeningByID
SELECT * FROM screening_records WHERE id = $1

-- name: screenings
SELECT * FROM screening_records
WHERE id > $1 AND ($3::uuid IS NULL OR agency_id = $3)
ORDER BY id LIMIT $2

-- name: screeningsOpen
-- Received or processing; like failed, a statement of its own, for the index of the few.
SELECT * FROM screening_records
WHERE outcome IS NULL AND state = $4 AND id > $1 AND ($3::uuid IS NULL OR agency_id = $3)
ORDER BY id LIMIT $2

-- name: screeningsFailed
SELECT * FROM screening_records
WHERE outcome = 'failed' AND id > $1 AND ($3::uuid IS NULL OR agency_id = $3)
ORDER BY id LIMIT $2

-- name: screeningsDone
SELECT * FROM screening_records
WHERE outcome <> 'failed' AND id > $1 AND ($3::uuid IS NULL OR agency_id = $3)
ORDER BY id LIMIT $2

-- name: screeningAnswer
UPDATE screenings SET
    outcome = $2, individual_id = $3, probability = $4, findings = $5, quality = $6, extractor = $7, decider = $8,
    photos_searched = $9, individuals_searched = $10, milliseconds = $11, finished_at = now(),
    tag_verdict = $12, movement_verdict = $13
WHERE id = $1
