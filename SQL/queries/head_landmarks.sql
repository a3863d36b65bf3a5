-- name: headLandmarksInsert
INSERT INTO head_landmarks (id, photo_id, scheme, points, suggested_by, placed_by, api_key_id)
VALUES ($1, $2, $3, $4, $5, $6, $7)
RETURNING *

-- name: headLandmarksByID
SELECT * FROM head_landmarks WHERE id = $1

-- name: headLandmarksOfPhoto
SELECT * FROM head_landmarks WHERE photo_id = $1 ORDER BY position

-- name: headLandmarksOfScreening
SELECT current_head_landmarks.*
FROM screening_photos JOIN current_head_landmarks USING (photo_id)
WHERE screening_id = $1 ORDER BY photo_id

-- name: testedHeads
-- Photographs with landmarks of animals of which nuclear markers tell native from not native, where people say whose they
-- are: by enrolment, or by confirming a screening. What an answer alone names is nothing to learn from.
WITH owners AS (
    SELECT
        annotations.photo_id, encounters.individual_id, 1 AS rank, encounters.decimal_latitude,
        encounters.decimal_longitude, encounters.coordinate_uncertainty_in_meters
    FROM annotations JOIN encounters ON encounters.id = encounter_id
    UNION ALL
    SELECT
        screening_photos.photo_id, settled_individual(decision.individual_id), 2, screenings.decimal_latitude,
        screenings.decimal_longitude, screenings.coordinate_uncertainty_in_meters
    FROM (SELECT DISTINCT ON (screening_id) * FROM decisions ORDER BY screening_id, created_at DESC, id DESC) AS decision
    JOIN screenings ON screenings.id = decision.screening_id
    JOIN screening_photos ON screening_photos.screening_id = screenings.id
    WHERE decision.kind = 'confirmed'
)
SELECT DISTINCT ON (owners.photo_id)
    current_head_landmarks.*, owners.individual_id, is_native,
    owners.decimal_latitude, owners.decimal_longitude, owners.coordinate_uncertainty_in_meters
FROM current_head_landmarks
JOIN owners ON owners.photo_id = current_head_landmarks.photo_id
JOIN dna_tested_animals ON dna_tested_animals.individual_id = owners.individual_id
ORDER BY owners.photo_id, owners.rank, owners.individual_id

-- name: assessedScreeningsOfPhoto
SELECT DISTINCT screening_id FROM screening_photos JOIN hybrid_assessments USING (screening_id) WHERE photo_id = $1
