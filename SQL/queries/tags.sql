-- name: tagFindOrInsert
-- Locks the row found; a kind that leaves the maker open gives way to one that names it.
INSERT INTO tags (id, code, kind) VALUES ($1, $2, $3)
ON CONFLICT (code) DO UPDATE SET
    kind = CASE WHEN tags.kind = 'trovan_or_fdx_a' THEN excluded.kind ELSE tags.kind END
RETURNING *

-- name: tagByCode
SELECT * FROM tags WHERE code = $1

-- name: tags
SELECT * FROM tags WHERE id > $1 ORDER BY id LIMIT $2

-- name: tagSetDuplicated
UPDATE tags SET is_duplicated = $2 WHERE code = $1 RETURNING *

-- name: tagAssignmentInsert
INSERT INTO tag_assignments (id, tag_id, individual_id, encounter_id, valid_from, evidence, decided_by, api_key_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
RETURNING id

-- name: tagAssignmentEnd
UPDATE tag_assignments SET
    valid_to = coalesce($2::timestamptz, now()), end_reason = $3, end_note = $4, ended_by = $5, end_api_key_id = $6,
    ended_at = now()
WHERE id = $1 AND end_reason IS NULL
RETURNING id

-- name: tagAssignmentByID
SELECT * FROM tag_assignment_records WHERE id = $1

-- name: tagAssignmentsOfCode
SELECT * FROM tag_assignment_records WHERE code = $1 ORDER BY valid_from NULLS FIRST, id

-- name: tagAssignmentsOfIndividual
SELECT * FROM tag_assignment_records
WHERE settled_individual(individual_id) = settled_individual($1)
ORDER BY valid_from NULLS FIRST, id

-- name: tagAssignmentsMove
-- A merge moves all of the animal's, a split those of the encounters it moves, an undo those that the undone change moved.
WITH moved AS (
    UPDATE tag_assignments SET individual_id = $3
    WHERE individual_id = $2 AND CASE $4
        WHEN 'merge' THEN true
        WHEN 'split' THEN encounter_id IN (SELECT encounter_id FROM identity_change_encounters WHERE change_id = $1)
        ELSE id IN (SELECT assignment_id FROM identity_change_tag_assignments WHERE change_id = $5::uuid) END
    RETURNING id
)
INSERT INTO identity_change_tag_assignments (change_id, assignment_id) SELECT $1, id FROM moved
RETURNING assignment_id

-- name: tagHolders
-- Of each code every animal that bears or bore it, at a moment, the latest assignment first.
SELECT DISTINCT ON (code, individual_id)
    code, individual_id, individual_name,
    CASE
        WHEN valid_to <= $2 THEN CASE end_reason WHEN 'death' THEN 'died' ELSE 'ended' END
        WHEN valid_from > $2 THEN 'later'
        ELSE 'bears'
    END AS state
FROM tag_assignment_records
WHERE code = ANY ($1) AND end_reason IS DISTINCT FROM 'error'
ORDER BY code, individual_id, valid_to DESC NULLS FIRST

-- name: tagsBorne
-- What animals bear at a moment.
SELECT individual_id, kind FROM tag_assignment_records
WHERE individual_id = ANY ($1) AND end_reason IS DISTINCT FROM 'error'
    AND coalesce(valid_from <= $2, true) AND coalesce(valid_to > $2, true)
ORDER BY individual_id, id

-- name: individualsPhotographed
SELECT DISTINCT individual_id FROM encounters JOIN annotations ON encounter_id = encounters.id
WHERE individual_id = ANY ($1) AND body_region = $2

-- name: tagCounts
SELECT
    (SELECT count(*) FROM individual_records WHERE merged_into_id IS NULL) AS animals,
    (SELECT count(DISTINCT individual_id) FROM tag_assignments WHERE end_reason IS NULL) AS tagged_animals

-- name: tagRates
SELECT * FROM tag_rates

-- name: tagReadInsert
INSERT INTO tag_reads (
    id, agency_id, api_key_id, raw_text, tag_id, refusal, reader, frequencies, event_date, decimal_latitude,
    decimal_longitude, coordinate_uncertainty_in_meters, locality, recorded_by, encounter_id, screening_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
RETURNING id

-- name: tagReadByID
SELECT * FROM tag_read_records WHERE id = $1

-- name: tagReadsOfCode
SELECT * FROM tag_read_records WHERE code = $3 AND id > $1 ORDER BY id LIMIT $2
