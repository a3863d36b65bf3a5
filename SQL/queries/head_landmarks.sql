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

-- name: headLandmarksThatCount
SELECT * FROM current_head_landmarks WHERE photo_id = $1

-- name: headMarkOfPhoto
-- What was drawn of a photograph's head: with its axis before without, then the latest.
SELECT mark
FROM (
    SELECT id, photo_id, mark FROM annotations WHERE body_region = 'head'
    UNION ALL
    SELECT screenings.id, photo_id, mark
    FROM screening_photos JOIN screenings ON screenings.id = screening_id
    WHERE body_region = 'head'
) AS drawn
WHERE photo_id = $1 AND mark IS NOT NULL ORDER BY mark ? 'axis' DESC, id DESC LIMIT 1

-- name: headsPlacedByPeople
-- Photographs with landmarks that a person placed, and whose they are as people say: what an answer alone names may be two
-- animals under one name.
SELECT DISTINCT ON (photo_id) current_head_landmarks.*, individual_id
FROM current_head_landmarks JOIN photo_owners USING (photo_id)
WHERE suggested_by IS NULL
ORDER BY photo_id, rank, individual_id

-- name: testedHeads
-- Photographs with landmarks of animals of which nuclear markers tell native from not native. What an answer alone names is
-- nothing to learn from.
SELECT DISTINCT ON (owners.photo_id)
    current_head_landmarks.*, owners.individual_id, is_native,
    owners.decimal_latitude, owners.decimal_longitude, owners.coordinate_uncertainty_in_meters
FROM current_head_landmarks
JOIN photo_owners AS owners ON owners.photo_id = current_head_landmarks.photo_id
JOIN dna_tested_animals ON dna_tested_animals.individual_id = owners.individual_id
ORDER BY owners.photo_id, owners.rank, owners.individual_id

-- name: screeningsAssessedBeforeLandmarks
-- Screenings with a photograph whose latest assessment is older than the landmarks that count.
SELECT screening_id
FROM screening_photos JOIN hybrid_assessments USING (screening_id) JOIN current_head_landmarks USING (photo_id)
WHERE photo_id = $1
GROUP BY screening_id, placed_at HAVING max(assessed_at) < placed_at
