-- name: identityLock
-- Changes take turns with each other and with enrolments: none may enter an encounter of an animal that is leaving.
SELECT pg_advisory_xact_lock('identity_changes'::regclass::oid::bigint)::text AS locked

-- name: identityLockShared
SELECT pg_advisory_xact_lock_shared('identity_changes'::regclass::oid::bigint)::text AS locked

-- name: identityChangeInsert
INSERT INTO identity_changes (
    id, kind, from_individual_id, into_individual_id, reason, decided_by, api_key_id, proposal_id, undoes)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
RETURNING id

-- name: identityChangeMove
-- All encounters of the first animal, or those named.
WITH moved AS (
    UPDATE encounters SET individual_id = $3
    WHERE individual_id = $2 AND ($4::uuid[] IS NULL OR id = ANY ($4))
    RETURNING id
)
INSERT INTO identity_change_encounters (change_id, encounter_id) SELECT $1, id FROM moved
RETURNING encounter_id

-- name: identityChangeToUndoFirst
-- The latest change in force that moved one of the encounters or tags again, or merged the animal they would go back to.
SELECT later.id
FROM identity_changes AS this JOIN identity_changes AS later ON later.position > this.position
WHERE this.id = $1 AND later.kind <> 'undo'
    AND NOT EXISTS (SELECT FROM identity_changes AS undo WHERE undo.undoes = later.id)
    AND (later.kind = 'merge' AND later.from_individual_id = this.from_individual_id
        OR EXISTS (
            SELECT FROM identity_change_encounters AS mine JOIN identity_change_encounters AS theirs USING (encounter_id)
            WHERE mine.change_id = this.id AND theirs.change_id = later.id)
        OR EXISTS (
            SELECT FROM identity_change_tag_assignments AS mine
            JOIN identity_change_tag_assignments AS theirs USING (assignment_id)
            WHERE mine.change_id = this.id AND theirs.change_id = later.id))
ORDER BY later.position DESC LIMIT 1

-- name: identityChanges
SELECT * FROM identity_change_records
WHERE id > $1 AND ($3::uuid IS NULL OR from_individual_id = $3 OR into_individual_id = $3)
ORDER BY id LIMIT $2

-- name: identityChangeByID
SELECT * FROM identity_change_records WHERE id = $1

-- name: mergeInForce
SELECT records.* FROM merges_in_force JOIN identity_change_records AS records USING (id)
WHERE merges_in_force.from_individual_id = $1
