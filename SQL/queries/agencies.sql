-- name: agencyInsert
INSERT INTO agencies (id, name, contact) VALUES ($1, $2, $3) RETURNING *

-- name: agencies
SELECT * FROM agencies ORDER BY name

-- name: agencyByName
SELECT * FROM agencies WHERE name = $1

-- name: agencyByID
SELECT * FROM agencies WHERE id = $1
