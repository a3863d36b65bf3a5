-- name: dnaSampleInsert
INSERT INTO dna_samples (
    id, agency_id, label, individual_id, screening_id, tissue, decimal_latitude, decimal_longitude,
    coordinate_uncertainty_in_meters, locality, api_key_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
RETURNING id

-- name: dnaSampleByID
SELECT * FROM dna_sample_records WHERE id = $1

-- name: dnaSampleByLabel
SELECT * FROM dna_sample_records WHERE label = $1

-- name: dnaSamples
SELECT * FROM dna_sample_records
WHERE id > $1 AND ($3::uuid IS NULL OR agency_id = $3)
    AND ($4::uuid IS NULL OR individual_id = settled_individual($4))
ORDER BY id LIMIT $2

-- name: dnaLock
-- Writers of one sample's custody, and of one animal's results and assessments, take turns: each sees what came before.
SELECT pg_advisory_xact_lock(hashtextextended('dna ' || $1::uuid::text, 0))::text AS locked

-- name: dnaCustodyInsert
INSERT INTO dna_custody (
    id, sample_id, step, person, counterpart, seal, note, happened_at, recorded_by, api_key_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
RETURNING *

-- name: dnaCustodyByID
SELECT * FROM dna_custody WHERE id = $1

-- name: dnaCustodyOfSample
SELECT * FROM dna_custody WHERE sample_id = $1 ORDER BY position

-- name: dnaResultInsert
INSERT INTO dna_results (
    id, sample_id, markers, class, laboratory, reported_at, document_sha256, note, replaces, recorded_by, api_key_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
RETURNING id

-- name: dnaResultByID
SELECT * FROM dna_result_records WHERE id = $1

-- name: dnaResults
SELECT * FROM dna_result_records
WHERE id > $1 AND ($3::uuid IS NULL OR agency_id = $3)
    AND ($4::uuid IS NULL OR individual_id = settled_individual($4)) AND ($5::uuid IS NULL OR sample_id = $5)
ORDER BY id LIMIT $2

-- name: dnaResultsOfIndividual
SELECT * FROM dna_result_records WHERE individual_id = settled_individual($1) ORDER BY position

-- name: dnaResultsOfSample
SELECT * FROM dna_result_records WHERE sample_id = $1 ORDER BY position

-- name: dnaResultsOfScreening
-- Results of samples of its animal, while nobody knows which that is.
SELECT dna_result_records.* FROM dna_result_records JOIN dna_samples ON dna_samples.id = sample_id
WHERE dna_samples.screening_id = $1 AND dna_result_records.individual_id IS NULL ORDER BY position

-- name: dnaTestedAnimals
-- What a classifier may learn from: animals of which nuclear markers tell native from not native.
SELECT dna_tested_animals.*, individuals.name, individuals.population
FROM dna_tested_animals JOIN individuals ON individuals.id = individual_id
ORDER BY individual_id

-- name: dnaTestedPlaces
-- Where and when tested animals were: at the latest sample with a place, else at the latest encounter with one.
SELECT
    dna_tested_animals.individual_id, is_native, class,
    CASE WHEN sample.decimal_latitude IS NULL THEN met.decimal_latitude ELSE sample.decimal_latitude END
        AS decimal_latitude,
    CASE WHEN sample.decimal_latitude IS NULL THEN met.decimal_longitude ELSE sample.decimal_longitude END
        AS decimal_longitude,
    CASE WHEN sample.decimal_latitude IS NULL THEN met.coordinate_uncertainty_in_meters
        ELSE sample.coordinate_uncertainty_in_meters END AS coordinate_uncertainty_in_meters,
    CASE WHEN sample.decimal_latitude IS NULL THEN met.event_date ELSE sample.taken_at END AS event_date
FROM dna_tested_animals
LEFT JOIN LATERAL (
    SELECT * FROM dna_sample_records
    WHERE dna_sample_records.individual_id = dna_tested_animals.individual_id AND decimal_latitude IS NOT NULL
    ORDER BY taken_at DESC, id DESC LIMIT 1
) AS sample ON true
LEFT JOIN LATERAL (
    SELECT * FROM encounters
    WHERE encounters.individual_id = dna_tested_animals.individual_id AND decimal_latitude IS NOT NULL
    ORDER BY event_date DESC NULLS LAST, id DESC LIMIT 1
) AS met ON true
WHERE num_nonnulls(sample.decimal_latitude, met.decimal_latitude) > 0
ORDER BY dna_tested_animals.individual_id

-- name: dnaDisagreementOpen
-- An animal may have another case once one is resolved; a screening has one at most.
SELECT id FROM case_records
WHERE kind = 'dna_disagreement' AND (settled_individual(individual_id) = $1 AND state = 'open' OR screening_id = $2) LIMIT 1
