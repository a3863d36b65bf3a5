-- Encounters stay with the animals they were moved to; what moved them is lost.
DELETE FROM idempotency_keys WHERE resource_kind IN ('duplicate_review', 'identity_change');
ALTER TABLE idempotency_keys DROP CONSTRAINT idempotency_keys_resource_kind,
    ADD CONSTRAINT idempotency_keys_resource_kind CHECK (resource_kind IN ('photo', 'screening', 'decision'));

ALTER TABLE events DISABLE TRIGGER events_keep;
DELETE FROM events WHERE screening_id IS NULL;
ALTER TABLE events ENABLE TRIGGER events_keep;
ALTER TABLE events DROP CONSTRAINT events_screening_of_its_kind, DROP CONSTRAINT events_kind,
    ADD CONSTRAINT events_kind CHECK (kind IN ('screening.completed', 'screening.decided')),
    ALTER COLUMN screening_id SET NOT NULL, ALTER COLUMN agency_id SET NOT NULL;
COMMENT ON COLUMN events.agency_id IS 'The agency concerned.';
COMMENT ON COLUMN events.screening_id IS 'The screening concerned.';

DROP VIEW calibration_records, reviewed_pairs, duplicate_proposal_records, identity_change_records, individual_records;
DROP TRIGGER encounters_individual_not_merged ON encounters;
DROP FUNCTION refuse_merged_individual();
DROP FUNCTION settled_individual(uuid);
DROP VIEW merges_in_force;
DROP TABLE agency_policies, calibration_activations, calibrations, identity_change_encounters, identity_changes,
    duplicate_reviews, duplicate_proposals;
ALTER TABLE individuals DROP COLUMN population;
