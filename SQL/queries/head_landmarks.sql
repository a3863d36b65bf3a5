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
-- Photographs with landmarks of animals of which nuclear markers tell native from not native, where people say whose they are.
SELECT DISTINCT ON (dna_tested_animals.individual_id, current_head_landmarks.photo_id)
    current_head_landmarks.*, dna_tested_animals.individual_id, is_native, encounter_id
FROM dna_tested_animals
JOIN encounters ON encounters.individual_id = dna_tested_animals.individual_id
JOIN annotations ON encounter_id = encounters.id
JOIN current_head_landmarks ON current_head_landmarks.photo_id = annotations.photo_id
ORDER BY dna_tested_animals.individual_id, current_head_landmarks.photo_id, encounter_id
