-- name: encounterFindOrInsert
-- Photographs of one animal with the same time, place and observer are of one meeting. Without a time nobody can tell,
-- so each is a meeting of its own. The caller holds the animal's row.
WITH found AS (
    SELECT * FROM encounters
    WHERE agency_id = $2 AND individual_id = $3 AND event_date = $4
        AND decimal_latitude IS NOT DISTINCT FROM $5 AND decimal_longitude IS NOT DISTINCT FROM $6
        AND coordinate_uncertainty_in_meters IS NOT DISTINCT FROM $7
        AND locality IS NOT DISTINCT FROM $8 AND recorded_by IS NOT DISTINCT FROM $9
    ORDER BY id LIMIT 1
), inserted AS (
    INSERT INTO encounters (
        id, agency_id, individual_id, event_date, decimal_latitude, decimal_longitude,
        coordinate_uncertainty_in_meters, locality, recorded_by)
    SELECT
        $1::uuid, $2::uuid, $3::uuid, $4::timestamptz, $5::double precision, $6::double precision,
        $7::double precision, $8::text, $9::text
    WHERE NOT EXISTS (SELECT FROM found)
    RETURNING *
)
SELECT * FROM found UNION ALL SELECT * FROM inserted

-- name: encounters
SELECT * FROM encounters
WHERE id > $1 AND ($3::uuid IS NULL OR individual_id = $3)
ORDER BY id LIMIT $2

-- name: encounterByID
SELECT * FROM encounters WHERE id = $1

-- name: encounterIDsOfIndividual
SELECT id FROM encounters WHERE individual_id = $1 ORDER BY id
