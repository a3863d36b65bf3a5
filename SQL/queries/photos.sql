-- name: photoInsert
INSERT INTO photos (
    id, agency_id, sha256, media_type, byte_count, width, height, captured_at, decimal_latitude, decimal_longitude,
    coordinate_uncertainty_in_meters, camera)
VALUES ($1, $2, $3, $4, $5, $6::bigint, $7::bigint, $8, $9, $10, $11, $12)
ON CONFLICT (agency_id, sha256) DO NOTHING
RETURNING *

-- name: photoByID
SELECT * FROM photos WHERE id = $1

-- name: photoByFile
SELECT * FROM photos WHERE agency_id = $1 AND sha256 = $2

-- name: photosOfFile
SELECT * FROM photos WHERE sha256 COLLATE "C" = $1 ORDER BY id

-- name: photos
SELECT * FROM photos
WHERE id > $1 AND ($3::uuid IS NULL OR agency_id = $3)
ORDER BY id LIMIT $2

-- name: photosOfEncounter
SELECT * FROM photos
WHERE id IN (SELECT photo_id FROM annotations WHERE encounter_id = $1)
ORDER BY id

-- name: photoHashes
-- A range and not LIKE: the index serves it whatever the parameter.
SELECT DISTINCT sha256 FROM photos
WHERE sha256 COLLATE "C" >= $1 AND sha256 COLLATE "C" < $1 || 'g'
