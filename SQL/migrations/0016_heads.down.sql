DELETE FROM idempotency_keys WHERE resource_kind = 'head_landmarks';
ALTER TABLE idempotency_keys DROP CONSTRAINT idempotency_keys_resource_kind,
    ADD CONSTRAINT idempotency_keys_resource_kind CHECK (
        resource_kind IN (
            'photo', 'screening', 'decision', 'duplicate_review', 'identity_change', 'tag_assignment', 'tag_end',
            'tag_read', 'case_resolution', 'translocation', 'high_water', 'endpoint', 'event', 'dna_sample',
            'dna_custody', 'dna_result', 'hybrid_assessment'));

DROP VIEW model_records, photo_owners, current_head_landmarks;
DROP TABLE model_retirements, models, head_landmarks;
