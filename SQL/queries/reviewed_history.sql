-- name: reviewedHistory
SELECT
    templates.id AS template_id, annotation_id, photo_id, sha256, encounter_id, event_date, individual_id,
    individuals.name AS individual_name, population, scientific_name, mark, bytes
FROM templates
JOIN annotations ON annotations.id = annotation_id
JOIN photos ON photos.id = photo_id
JOIN encounters ON encounters.id = encounter_id
JOIN individuals ON individuals.id = individual_id
WHERE templates.id > $1 AND body_region = $3 AND extractor = $4
ORDER BY templates.id LIMIT $2

-- name: reviewedPairs
SELECT reviewed_pairs.*, individuals.name AS individual_name, individuals.population
FROM reviewed_pairs JOIN individuals ON individuals.id = individual_id
WHERE body_region = $1 AND scorer = $2
ORDER BY decided_at, review_id, reference_photo_id
