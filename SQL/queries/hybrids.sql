-- name: hybridParameters
SELECT DISTINCT ON (name) * FROM hybrid_parameters ORDER BY name, position DESC

-- name: hybridParameterInsert
INSERT INTO hybrid_parameters (name, value, unit, source, set_by)
SELECT $1::text, $2::double precision, unit, $3::text, $4::text
FROM hybrid_parameters WHERE name = $1 ORDER BY position DESC LIMIT 1
RETURNING *

-- name: hybridCountInsert
INSERT INTO hybrid_counts (
    id, label, system, decimal_latitude, decimal_longitude, coordinate_uncertainty_in_meters, first_year, last_year,
    native, hybrid, exotic, undetermined, source, entered_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
RETURNING *

-- name: hybridCounts
SELECT DISTINCT ON (label, first_year, last_year) * FROM hybrid_counts
ORDER BY label, first_year, last_year, id DESC

-- name: hybridCharacters
SELECT DISTINCT ON (code) *, min(position) OVER (PARTITION BY code) AS first_position
FROM hybrid_characters ORDER BY code, position DESC

-- name: hybridCharacterInsert
INSERT INTO hybrid_characters (
    code, name_ja, name_en, sight_ja, sight_en, source, native_present, native_absent, not_native_present,
    not_native_absent, set_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
RETURNING *, position AS first_position

-- name: hybridScoreInsert
INSERT INTO hybrid_scores (id, screening_id, photo_id, code, sight, scored_by, api_key_id)
VALUES ($1, $2, $3, $4, $5, $6, $7)
RETURNING id

-- name: hybridScoresOfScreening
SELECT * FROM hybrid_scores WHERE screening_id = $1 ORDER BY position

-- name: hybridPolicyInsert
INSERT INTO hybrid_policies (agency_id, cost_missed_hybrid, cost_wrong_suspicion, cost_review, set_by)
VALUES ($1, $2, $3, $4, $5)
RETURNING *

-- name: hybridPolicyOfAgency
SELECT * FROM hybrid_policies WHERE agency_id = $1 ORDER BY position DESC LIMIT 1

-- name: hybridAssessmentInsert
INSERT INTO hybrid_assessments (
    id, screening_id, occasion, photo_outcome, dna, probability, content, assessed_by, api_key_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
RETURNING *

-- name: hybridAssessmentByID
SELECT * FROM hybrid_assessments WHERE id = $1

-- name: hybridAssessmentOfScreening
SELECT * FROM hybrid_assessments WHERE screening_id = $1 ORDER BY position DESC LIMIT 1

-- name: hybridAssessmentsOfScreening
SELECT * FROM hybrid_assessments WHERE screening_id = $1 ORDER BY position

-- name: hybridAssessedScreenings
SELECT DISTINCT screening_id FROM hybrid_assessments WHERE screening_id = ANY ($1)

-- name: hybridAssessmentsOfIndividual
-- The latest of each assessed screening of an animal.
SELECT DISTINCT ON (hybrid_assessments.screening_id) hybrid_assessments.*
FROM hybrid_assessments JOIN screening_animals USING (screening_id)
WHERE individual_id = settled_individual($1)
ORDER BY hybrid_assessments.screening_id, position DESC

-- name: animalOfScreening
SELECT individual_id FROM screening_animals WHERE screening_id = $1

-- name: screeningConcernsDNA
-- A row where another animal of a screening means another assessment, or other results of an animal.
SELECT 1 AS concerns WHERE
    EXISTS (SELECT FROM hybrid_assessments WHERE screening_id = $1)
    OR EXISTS (SELECT FROM dna_samples WHERE screening_id = $1)
