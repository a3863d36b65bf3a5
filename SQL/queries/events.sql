-- name: eventInsert
INSERT INTO events (
    id, type, urgency, agency_id, screening_id, individual_id, endpoint_id, place_latitude, place_longitude,
    place_precision, payload)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)

-- name: events
SELECT * FROM events WHERE position > $1 ORDER BY position LIMIT $2

-- name: eventsEnd
SELECT coalesce(max(position), 0) AS position FROM events

-- name: eventsOfEndpoint
SELECT events.* FROM endpoints, events
WHERE endpoints.id = $3 AND position > $1 AND concerns(events, endpoints)
ORDER BY position LIMIT $2

-- name: eventByID
SELECT * FROM events WHERE id = $1
