-- Outlines become the boxes round them; landmarks are lost.

ALTER TABLE annotations
    ADD COLUMN box_x double precision, ADD COLUMN box_y double precision, ADD COLUMN box_width double precision,
    ADD COLUMN box_height double precision;
UPDATE annotations SET (box_x, box_y, box_width, box_height) = (
    SELECT min(x), min(y), max(x) - min(x), max(y) - min(y)
    FROM (
        SELECT (corner ->> 'x')::double precision AS x, (corner ->> 'y')::double precision AS y
        FROM jsonb_array_elements(mark -> 'outline') AS corners (corner)
        UNION ALL
        SELECT (mark #>> '{box,x}')::double precision + part * (mark #>> '{box,width}')::double precision,
            (mark #>> '{box,y}')::double precision + part * (mark #>> '{box,height}')::double precision
        FROM (VALUES (0), (1)) AS parts (part) WHERE mark ? 'box'
    ) AS extent)
WHERE mark IS NOT NULL;
ALTER TABLE annotations
    ADD CONSTRAINT annotations_box_whole CHECK (num_nulls(box_x, box_y, box_width, box_height) IN (0, 4)),
    ADD CONSTRAINT annotations_box_inside CHECK (
        box_x >= 0 AND box_y >= 0 AND box_width > 0 AND box_height > 0
        AND box_x + box_width <= 1.000001 AND box_y + box_height <= 1.000001);
COMMENT ON COLUMN annotations.box_x IS 'Left edge as a fraction of the upright width; null where nobody drew a box.';
COMMENT ON COLUMN annotations.box_y IS 'Top edge as a fraction of the upright height.';
COMMENT ON COLUMN annotations.box_width IS 'Width as a fraction of the upright width; the right edge may overshoot by rounding.';
COMMENT ON COLUMN annotations.box_height IS 'Height as a fraction of the upright height.';
ALTER TABLE annotations DROP COLUMN mark;

ALTER TABLE screening_photos
    ADD COLUMN box_x double precision, ADD COLUMN box_y double precision, ADD COLUMN box_width double precision,
    ADD COLUMN box_height double precision;
UPDATE screening_photos SET (box_x, box_y, box_width, box_height) = (
    SELECT min(x), min(y), max(x) - min(x), max(y) - min(y)
    FROM (
        SELECT (corner ->> 'x')::double precision AS x, (corner ->> 'y')::double precision AS y
        FROM jsonb_array_elements(mark -> 'outline') AS corners (corner)
        UNION ALL
        SELECT (mark #>> '{box,x}')::double precision + part * (mark #>> '{box,width}')::double precision,
            (mark #>> '{box,y}')::double precision + part * (mark #>> '{box,height}')::double precision
        FROM (VALUES (0), (1)) AS parts (part) WHERE mark ? 'box'
    ) AS extent)
WHERE mark IS NOT NULL;
ALTER TABLE screening_photos
    ADD CONSTRAINT screening_photos_box_whole CHECK (num_nulls(box_x, box_y, box_width, box_height) IN (0, 4)),
    ADD CONSTRAINT screening_photos_box_inside CHECK (
        box_x >= 0 AND box_y >= 0 AND box_width > 0 AND box_height > 0
        AND box_x + box_width <= 1.000001 AND box_y + box_height <= 1.000001);
COMMENT ON COLUMN screening_photos.box_x IS 'Left edge of the body region as a fraction of the upright width; null where nobody drew a box.';
COMMENT ON COLUMN screening_photos.box_y IS 'Top edge as a fraction of the upright height.';
COMMENT ON COLUMN screening_photos.box_width IS 'Width as a fraction of the upright width.';
COMMENT ON COLUMN screening_photos.box_height IS 'Height as a fraction of the upright height.';

CREATE OR REPLACE VIEW screening_records AS
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

ALTER TABLE screening_photos DROP COLUMN mark;

DROP FUNCTION is_region_mark(jsonb);
DROP FUNCTION is_photo_point(jsonb);
DROP FUNCTION is_fraction(jsonb);
