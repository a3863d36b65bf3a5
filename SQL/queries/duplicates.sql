-- name: duplicateLock
-- Proposers take turns, so that none proposes what another is about to.
SELECT pg_advisory_xact_lock('duplicate_proposals'::regclass::oid::bigint)::text AS locked

-- name: duplicatePropose
-- Not again while people have it before them; nor after they said different, unless it scores higher or another scorer
-- proposes it.
WITH sides AS (
    SELECT annotation_id, individual_id, body_region
    FROM templates
    JOIN annotations ON annotations.id = annotation_id
    JOIN encounters ON encounters.id = encounter_id
    WHERE templates.id IN ($2, $3) AND individual_id IS NOT NULL
), pair AS (
    SELECT
        a.individual_id AS individual_a_id, b.individual_id AS individual_b_id,
        a.annotation_id AS annotation_a_id, b.annotation_id AS annotation_b_id
    FROM sides AS a JOIN sides AS b ON a.individual_id < b.individual_id AND a.body_region = b.body_region
)
INSERT INTO duplicate_proposals (
    id, individual_a_id, individual_b_id, annotation_a_id, annotation_b_id, score, probability, scorer)
SELECT
    $1, individual_a_id, individual_b_id, annotation_a_id, annotation_b_id, $4::double precision,
    $5::double precision, $6::text
FROM pair
WHERE NOT EXISTS (
    SELECT FROM duplicate_proposal_records AS earlier
    WHERE least(current_a_id, current_b_id) = pair.individual_a_id
        AND greatest(current_a_id, current_b_id) = pair.individual_b_id
        AND (state IN ('open', 'undecided') OR state = 'different' AND earlier.scorer = $6 AND earlier.score >= $4))
RETURNING id

-- name: duplicateProposals
SELECT * FROM duplicate_proposal_records WHERE id > $1 AND ($3::text IS NULL OR state = $3) ORDER BY id LIMIT $2

-- name: duplicateProposalByID
SELECT * FROM duplicate_proposal_records WHERE id = $1

-- name: duplicateReviewInsert
INSERT INTO duplicate_reviews (id, proposal_id, verdict, decided_by, api_key_id, note) VALUES ($1, $2, $3, $4, $5, $6)
RETURNING *

-- name: duplicateReviewByID
SELECT * FROM duplicate_reviews WHERE id = $1

-- name: duplicateReviewsOfProposal
SELECT * FROM duplicate_reviews WHERE proposal_id = $1 ORDER BY position
