-- name: fileLock
SELECT pg_advisory_xact_lock(hashtextextended($1, 0))::text AS locked

-- name: annotationInsert
INSERT INTO annotations (id, photo_id, encounter_id, body_region, mark)
VALUES ($1, $2, $3, $4, $5)

-- name: annotationsByFile
SELECT annotations.*, individual_id, individuals.name AS individual_name
FROM photos
JOIN annotations ON photo_id = photos.id
JOIN encounters ON encounters.id = encounter_id
LEFT JOIN individuals ON individuals.id = individual_id
WHERE sha256 COLLATE "C" = $1
ORDER BY annotations.id

-- name: annotationsOfPhoto
SELECT * FROM annotations WHERE photo_id = $1 ORDER BY id
