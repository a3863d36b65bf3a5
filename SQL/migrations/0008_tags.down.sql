DELETE FROM idempotency_keys WHERE resource_kind IN ('tag_assignment', 'tag_end', 'tag_read', 'case_resolution');
ALTER TABLE idempotency_keys DROP CONSTRAINT idempotency_keys_resource_kind,
    ADD CONSTRAINT idempotency_keys_resource_kind CHECK (
        resource_kind IN ('photo', 'screening', 'decision', 'duplicate_review', 'identity_change'));

ALTER TABLE events DISABLE TRIGGER events_keep;
DELETE FROM events WHERE kind IN ('tag.conflict', 'tag.lost', 'case.opened');
ALTER TABLE events ENABLE TRIGGER events_keep;
ALTER TABLE events DROP CONSTRAINT events_kind, DROP CONSTRAINT events_screening_of_its_kind,
    ADD CONSTRAINT events_kind CHECK (kind IN (
        'screening.completed', 'screening.decided', 'duplicate.proposed', 'identity.merged', 'identity.split',
        'identity.change_undone')),
    ADD CONSTRAINT events_screening_of_its_kind CHECK (
        (kind IN ('screening.completed', 'screening.decided')) = (screening_id IS NOT NULL)
        AND (screening_id IS NULL) = (agency_id IS NULL));

DROP VIEW tag_rates, case_records, tag_read_records, tag_assignment_records, screening_records;
DROP TABLE tag_rate_assumptions, case_resolutions, cases, tag_reads, identity_change_tag_assignments, tag_assignments, tags;
DROP FUNCTION keep_tag_with_one_animal();
DROP FUNCTION keep_duplicated_tag();
DROP FUNCTION refuse_tag_of_merged_individual();
ALTER TABLE screenings DROP COLUMN tag_scan, DROP COLUMN tag_verdict;
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
        SELECT jsonb_agg(jsonb_build_object(
            'photo', photo_id,
            'box', CASE WHEN box_x IS NOT NULL THEN jsonb_build_object(
                'x', box_x, 'y', box_y, 'width', box_width, 'height', box_height) END) ORDER BY place)
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
