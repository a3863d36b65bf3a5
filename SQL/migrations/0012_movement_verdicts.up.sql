-- What it means that the animal of a screening was met where it was.

ALTER TABLE screenings ADD COLUMN movement_verdict jsonb,
    ADD CONSTRAINT screenings_movement_verdict_object CHECK (jsonb_typeof(movement_verdict) = 'object'),
    ADD CONSTRAINT screenings_no_movement_before_the_answer CHECK (outcome IS NOT NULL OR movement_verdict IS NULL);
COMMENT ON COLUMN screenings.movement_verdict IS
    'What its place means for the animal named: {kind, peopleProbability, isReturn, reasons, wouldChange}; null where no '
    'animal was named.';

DROP VIEW screening_records;
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

CREATE INDEX decisions_individual ON decisions (individual_id) WHERE individual_id IS NOT NULL;

CREATE FUNCTION names_of_individual(individual uuid) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
    WITH RECURSIVE names (id, step) AS (
        SELECT individual, 0
        UNION ALL
        SELECT from_individual_id, step + 1 FROM names JOIN merges_in_force ON into_individual_id = names.id
        WHERE step < 1000
    )
    SELECT id FROM names
$$;
COMMENT ON FUNCTION names_of_individual(uuid) IS 'The animal and all that were merged into it.';
