DELETE FROM idempotency_keys WHERE resource_kind IN ('endpoint', 'event');
ALTER TABLE idempotency_keys DROP CONSTRAINT idempotency_keys_resource_kind,
    ADD CONSTRAINT idempotency_keys_resource_kind CHECK (
        resource_kind IN (
            'photo', 'screening', 'decision', 'duplicate_review', 'identity_change', 'tag_assignment', 'tag_end',
            'tag_read', 'case_resolution', 'translocation', 'high_water'));

DROP TABLE fan_out, delivery_attempts, deliveries, delivery_workers;
DROP FUNCTION concerns(events, endpoints), cell_of_event(events), urgency_rank(text);
DROP TRIGGER events_announce ON events;
DROP FUNCTION announce_event();
DROP INDEX events_screening;

ALTER TABLE events DROP CONSTRAINT events_type, DROP CONSTRAINT events_subject_of_its_type;
ALTER TABLE events DISABLE TRIGGER events_keep;
DELETE FROM events WHERE type IN (
    'identity.matched', 'animal.unknown', 'hybrid.suspected', 'hybrid.confirmed', 'hybrid.cleared', 'endpoint.disabled',
    'endpoint.test');
UPDATE events SET
    type = CASE type WHEN 'decision.made' THEN 'screening.decided' ELSE type END,
    payload = CASE WHEN screening_id IS NOT NULL AND individual_id IS NOT NULL
        THEN payload || jsonb_build_object('individual', individual_id) ELSE payload END;
ALTER TABLE events ENABLE TRIGGER events_keep;
ALTER TABLE events DROP COLUMN id, DROP COLUMN urgency, DROP COLUMN individual_id, DROP COLUMN endpoint_id,
    DROP COLUMN place_latitude, DROP COLUMN place_longitude, DROP COLUMN place_precision;
ALTER TABLE events RENAME COLUMN type TO kind;
ALTER TABLE events ADD CONSTRAINT events_kind CHECK (kind IN (
        'screening.completed', 'screening.decided', 'duplicate.proposed', 'identity.merged', 'identity.split',
        'identity.change_undone', 'tag.conflict', 'tag.lost', 'case.opened', 'animal.relocated', 'animal.returned')),
    ADD CONSTRAINT events_screening_of_its_kind CHECK (
        (kind IN (
            'screening.completed', 'screening.decided', 'tag.conflict', 'tag.lost', 'case.opened', 'animal.relocated',
            'animal.returned')) = (screening_id IS NOT NULL)
        AND (screening_id IS NULL) = (agency_id IS NULL));

DROP TABLE endpoint_health, endpoint_secrets, endpoints, municipalities;

DROP VIEW screening_records;
DROP FUNCTION photos_of_screening(uuid), candidates_of_screening(uuid), state_of_screening(text, timestamptz);
ALTER TABLE screenings DROP COLUMN occasion;
CREATE VIEW screening_records AS
SELECT
    screenings.*,
    CASE
        WHEN outcome = 'failed' THEN 'failed'
        WHEN outcome IS NOT NULL THEN 'done'
        WHEN jobs.leased_until > now() THEN 'processing'
        ELSE 'received'
    END AS state,
    (
        SELECT jsonb_agg(jsonb_build_object('photo', photo_id, 'mark', mark) ORDER BY place)
        FROM screening_photos WHERE screening_id = screenings.id
    ) AS photos,
    (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
            'individual', candidates.individual_id, 'name', individuals.name,
            'probability', candidates.probability, 'score', score, 'photo', photo_id,
            'reference', reference_photo_id, 'correspondences', correspondences) ORDER BY rank), '[]')
        FROM candidates JOIN individuals ON individuals.id = candidates.individual_id
        WHERE screening_id = screenings.id
    ) AS candidates
FROM screenings LEFT JOIN jobs ON jobs.screening_id = screenings.id;
COMMENT ON VIEW screening_records IS
    'Screenings with what is derived: state (received, processing, done, failed), photographs and candidates as JSON.';
