-- name: matchChanceInsert
INSERT INTO match_chances (id, body_region, scorer, content, made_by) VALUES ($1, $2, $3, $4, $5)
RETURNING *, NULL::timestamptz AS active_since

-- name: matchChances
SELECT * FROM match_chance_records WHERE id > $1 ORDER BY id LIMIT $2

-- name: matchChanceByID
SELECT * FROM match_chance_records WHERE id = $1

-- name: matchChancesActive
SELECT * FROM match_chance_records WHERE scorer = $1 AND active_since IS NOT NULL ORDER BY body_region

-- name: matchChanceActivate
INSERT INTO match_chance_activations (match_chance_id, activated_by, note) VALUES ($1, $2, $3) RETURNING position

-- name: reviewedQualities
SELECT * FROM reviewed_qualities WHERE body_region = $1 AND scorer = $2 ORDER BY screening_id
