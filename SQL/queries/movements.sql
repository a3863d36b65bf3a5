-- name: movementParameters
-- The latest of each name: the agency's own before those of all.
SELECT DISTINCT ON (name) * FROM movement_parameters
WHERE agency_id IS NULL OR agency_id = $1
ORDER BY name, agency_id IS NULL, position DESC

-- name: movementParameterInsert
INSERT INTO movement_parameters (agency_id, name, value, unit, source, set_by)
SELECT $1::uuid, $2::text, $3::double precision, unit, $4::text, $5::text
FROM movement_parameters WHERE name = $2 AND agency_id IS NULL ORDER BY position DESC LIMIT 1
RETURNING *

-- name: translocationInsert
INSERT INTO translocations (
    id, agency_id, individual_id, moved_at, from_latitude, from_longitude, from_uncertainty_in_meters, from_system,
    from_locality, to_latitude, to_longitude, to_uncertainty_in_meters, to_system, to_locality, permit, authority,
    recorded_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
RETURNING *

-- name: translocationByID
SELECT * FROM translocations WHERE id = $1

-- name: translocations
SELECT * FROM translocations
WHERE id > $1 AND ($3::uuid IS NULL OR settled_individual(individual_id) = settled_individual($3))
ORDER BY id LIMIT $2

-- name: highWaterInsert
INSERT INTO high_waters (id, agency_id, system, river, starts_at, ends_at, source)
VALUES ($1, $2, $3, $4, $5, $6, $7)
RETURNING *

-- name: highWaterByID
SELECT * FROM high_waters WHERE id = $1

-- name: highWaters
SELECT * FROM high_waters WHERE id > $1 AND ($3::text IS NULL OR system = $3) ORDER BY id LIMIT $2

-- name: highWatersBetween
SELECT * FROM high_waters
WHERE system = ANY ($1) AND ends_at >= coalesce($2::timestamptz, '-infinity')
    AND starts_at <= coalesce($3::timestamptz, 'infinity')
ORDER BY starts_at, id

-- name: responsibleContactSet
INSERT INTO responsible_contacts (system, agency_id, set_by) VALUES ($1, $2, $3)
ON CONFLICT (system) DO UPDATE SET agency_id = excluded.agency_id, set_by = excluded.set_by, set_at = now()
RETURNING system

-- name: responsibleContacts
SELECT responsible_contacts.system, agencies.*
FROM responsible_contacts JOIN agencies ON agencies.id = responsible_contacts.agency_id
WHERE $1::text IS NULL OR system = $1
ORDER BY system

-- name: positionPolicyInsert
INSERT INTO position_policies (agency_id, generalization, set_by) VALUES ($1, $2, $3) RETURNING generalization

-- name: positionPolicies
SELECT DISTINCT ON (agency_id) agency_id, generalization FROM position_policies ORDER BY agency_id, position DESC

-- name: positionPolicyOfAgency
SELECT generalization FROM position_policies WHERE agency_id = $1 ORDER BY position DESC LIMIT 1

-- name: sightingsOfIndividual
-- Encounters, and screenings that people confirmed, with a place; the screening in question is none of them.
SELECT event_date, decimal_latitude, decimal_longitude, coordinate_uncertainty_in_meters
FROM encounters WHERE individual_id = $1 AND decimal_latitude IS NOT NULL
UNION ALL
SELECT event_date, decimal_latitude, decimal_longitude, coordinate_uncertainty_in_meters
FROM screenings
JOIN LATERAL (
    SELECT kind, individual_id FROM decisions WHERE screening_id = screenings.id ORDER BY created_at DESC, id DESC LIMIT 1
) AS latest ON latest.kind = 'confirmed' AND latest.individual_id IN (SELECT names_of_individual($1))
WHERE screenings.id <> $2 AND decimal_latitude IS NOT NULL AND screenings.id IN (
    SELECT screening_id FROM decisions WHERE individual_id IN (SELECT names_of_individual($1)))
ORDER BY event_date DESC NULLS LAST LIMIT 20
