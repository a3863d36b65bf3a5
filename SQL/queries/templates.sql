-- name: templateInsert
INSERT INTO templates (id, annotation_id, extractor, bytes) VALUES ($1, $2, $3, $4)
ON CONFLICT (annotation_id, extractor) DO NOTHING
RETURNING id

-- name: galleryChanges
-- One statement, so that additions and removals are seen at the same moment. Each half is cut before they are put
-- together: a start reads batch after batch, and none sorts all that is left.
(
    SELECT
        templates.revision, templates.id AS template_id, individual_id, individuals.name AS individual_name,
        population, event_date, photo_id, sha256, annotation_id, body_region, extractor, bytes
    FROM templates
    JOIN annotations ON annotations.id = annotation_id
    JOIN photos ON photos.id = photo_id
    JOIN encounters ON encounters.id = encounter_id
    LEFT JOIN individuals ON individuals.id = individual_id
    WHERE templates.revision > $1
    ORDER BY templates.revision LIMIT $2
)
UNION ALL
(
    SELECT revision, template_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
    FROM gallery_removals WHERE revision > $1
    ORDER BY revision LIMIT $2
)
ORDER BY revision LIMIT $2
