-- name: caseInsert
INSERT INTO cases (id, kind, agency_id, screening_id, individual_id, evidence) VALUES ($1, $2, $3, $4, $5, $6)

-- name: caseByID
SELECT * FROM case_records WHERE id = $1

-- name: cases
SELECT * FROM case_records
WHERE id > $1 AND ($3::uuid IS NULL OR agency_id = $3) AND ($4::text IS NULL OR state = $4)
ORDER BY id LIMIT $2

-- name: caseResolutionInsert
INSERT INTO case_resolutions (id, case_id, finding, individual_id, note, decided_by, api_key_id)
VALUES ($1, $2, $3, $4, $5, $6, $7)
RETURNING *

-- name: caseResolutionByID
SELECT * FROM case_resolutions WHERE id = $1

-- name: caseResolutionsOfCase
SELECT * FROM case_resolutions WHERE case_id = $1 ORDER BY position

-- name: caseOfScreening
SELECT id FROM cases WHERE screening_id = $1 AND kind = $2
