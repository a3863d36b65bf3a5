-- name: individualFindOrInsert
-- The update locks the row found, so that two enrolments of one animal take turns; a population is filled in where
-- nobody had said one; xmax is 0 only in a row that this statement inserted.
INSERT INTO individuals (id, name, scientific_name, population) VALUES ($1, $2, $3, $4)
ON CONFLICT (name) DO UPDATE SET population = coalesce(individuals.population, excluded.population)
RETURNING *, NULL::uuid AS merged_into_id, xmax = 0 AS is_new

-- name: individualInsert
INSERT INTO individuals (id, name, scientific_name, population) VALUES ($1, $2, $3, $4)
RETURNING *, NULL::uuid AS merged_into_id

-- name: individualSetPopulation
UPDATE individuals SET population = $2 WHERE id = $1 RETURNING id

-- name: individuals
SELECT * FROM individual_records WHERE id > $1 ORDER BY id LIMIT $2

-- name: individualByID
SELECT * FROM individual_records WHERE id = $1

-- name: individualByName
SELECT * FROM individual_records WHERE name = $1

-- name: individualSettled
SELECT * FROM individual_records WHERE id = settled_individual($1)
