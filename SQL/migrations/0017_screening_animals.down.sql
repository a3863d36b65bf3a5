CREATE OR REPLACE VIEW screening_animals AS
SELECT
    screenings.id AS screening_id,
    settled_individual(CASE latest.kind
        WHEN 'confirmed' THEN latest.individual_id
        WHEN 'unknown' THEN NULL
        WHEN 'rejected' THEN NULL
        ELSE screenings.individual_id END) AS individual_id
FROM screenings LEFT JOIN LATERAL (
    SELECT kind, individual_id FROM decisions WHERE screening_id = screenings.id
    ORDER BY created_at DESC, id DESC LIMIT 1
) AS latest ON true;
COMMENT ON VIEW screening_animals IS
    'The animal of each screening: as people decided last, else as the answer names it; null where neither names one.';
COMMENT ON COLUMN hybrid_assessments.occasion IS 'scored: somebody scored characters or asked; dna: a laboratory''s result came.';
