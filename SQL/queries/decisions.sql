-- name: decisionInsert
INSERT INTO decisions (id, screening_id, kind, individual_id, api_key_id, note) VALUES ($1, $2, $3, $4, $5, $6)
RETURNING *

-- name: decisionByID
SELECT * FROM decisions WHERE id = $1

-- name: decisionsOfScreening
SELECT * FROM decisions WHERE screening_id = $1 ORDER BY id
