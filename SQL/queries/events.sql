-- name: eventInsert
INSERT INTO events (kind, agency_id, screening_id, payload) VALUES ($1, $2, $3, $4)

-- name: events
SELECT * FROM events WHERE position > $1 ORDER BY position LIMIT $2
