DELETE FROM idempotency_keys WHERE resource_kind IN ('translocation', 'high_water');
ALTER TABLE idempotency_keys DROP CONSTRAINT idempotency_keys_resource_kind,
    ADD CONSTRAINT idempotency_keys_resource_kind CHECK (
        resource_kind IN (
            'photo', 'screening', 'decision', 'duplicate_review', 'identity_change', 'tag_assignment', 'tag_end',
            'tag_read', 'case_resolution'));

ALTER TABLE events DISABLE TRIGGER events_keep;
DELETE FROM events WHERE kind IN ('animal.relocated', 'animal.returned');
ALTER TABLE events ENABLE TRIGGER events_keep;
ALTER TABLE events DROP CONSTRAINT events_kind, DROP CONSTRAINT events_screening_of_its_kind,
    ADD CONSTRAINT events_kind CHECK (kind IN (
        'screening.completed', 'screening.decided', 'duplicate.proposed', 'identity.merged', 'identity.split',
        'identity.change_undone', 'tag.conflict', 'tag.lost', 'case.opened')),
    ADD CONSTRAINT events_screening_of_its_kind CHECK (
        (kind IN ('screening.completed', 'screening.decided', 'tag.conflict', 'tag.lost', 'case.opened'))
            = (screening_id IS NOT NULL)
        AND (screening_id IS NULL) = (agency_id IS NULL));

DROP TABLE position_policies, responsible_contacts, high_waters, translocations, movement_parameters;
