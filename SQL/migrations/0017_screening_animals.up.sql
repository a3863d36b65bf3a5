-- An answer names the animal of the photograph that it rests on: where a split gives that to another, it is the other's.

CREATE OR REPLACE VIEW screening_animals AS
SELECT
    screenings.id AS screening_id,
    settled_individual(CASE latest.kind
        WHEN 'confirmed' THEN latest.individual_id
        WHEN 'unknown' THEN NULL
        WHEN 'rejected' THEN NULL
        ELSE coalesce(shown.individual_id, screenings.individual_id) END) AS individual_id
FROM screenings
LEFT JOIN LATERAL (
    SELECT kind, individual_id FROM decisions WHERE screening_id = screenings.id
    ORDER BY created_at DESC, id DESC LIMIT 1
) AS latest ON true
LEFT JOIN candidates
    ON candidates.screening_id = screenings.id AND candidates.individual_id = screenings.individual_id
LEFT JOIN annotations
    ON annotations.photo_id = candidates.reference_photo_id AND annotations.body_region = screenings.body_region
LEFT JOIN encounters AS shown ON shown.id = annotations.encounter_id;
COMMENT ON VIEW screening_animals IS
    'The animal of each screening: as people decided last, else that of the photograph on which the answer rests; null '
    'where neither names one.';
COMMENT ON COLUMN hybrid_assessments.occasion IS
    'scored: somebody scored characters or asked; dna: what is known of its animal''s DNA changed, by a result, or by who is who.';
