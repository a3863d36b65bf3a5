-- name: individualFindOrInsert
-- The update of nothing locks the row found, so that two enrolments of one animal take turns;
-- xmax is 0 only in a row that this statement inserted.
INSERT INTO individuals (id, name, scientific_name) VALUES ($1, $2, $3)
ON CONFLICT (name) DO UPDATE SET scientific_name = individuals.scientific_name
RETURNING *, xmax = 0 AS is_new

-- name: individuals
SELECT * FROM individuals WHERE id > $1 ORDER BY id LIMIT $2

-- name: individualByID
SELECT * FROM individuals WHERE id = $1

-- name: individualByName
SELECT * FROM individuals WHERE name = $1
