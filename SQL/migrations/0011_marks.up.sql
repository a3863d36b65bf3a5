-- What people draw on a photograph: a box or an outline, and a head's landmarks.

CREATE FUNCTION is_fraction(value jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_typeof(value) IS NOT DISTINCT FROM 'number' AND value::double precision BETWEEN 0 AND 1
$$;
COMMENT ON FUNCTION is_fraction(jsonb) IS 'Whether a JSON value is a number from 0 to 1.';

CREATE FUNCTION is_photo_point(point jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT is_fraction(point -> 'x') AND is_fraction(point -> 'y')
$$;
COMMENT ON FUNCTION is_photo_point(jsonb) IS 'Whether a JSON value is a point {x, y} of a photograph, in fractions.';

CREATE FUNCTION is_region_mark(mark jsonb) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    IF mark ? 'box' = mark ? 'outline' THEN
        RETURN false;
    END IF;
    IF mark ? 'box' AND NOT (
        is_photo_point(mark -> 'box') AND is_fraction(mark #> '{box,width}') AND is_fraction(mark #> '{box,height}')
        AND (mark #>> '{box,width}')::double precision > 0 AND (mark #>> '{box,height}')::double precision > 0
        AND (mark #>> '{box,x}')::double precision + (mark #>> '{box,width}')::double precision <= 1.000001
        AND (mark #>> '{box,y}')::double precision + (mark #>> '{box,height}')::double precision <= 1.000001)
    THEN
        RETURN false;
    END IF;
    IF mark ? 'outline' AND NOT (
        jsonb_typeof(mark -> 'outline') = 'array' AND jsonb_array_length(mark -> 'outline') BETWEEN 3 AND 500
        AND (SELECT bool_and(is_photo_point(point)) FROM jsonb_array_elements(mark -> 'outline') AS points (point)))
    THEN
        RETURN false;
    END IF;
    RETURN NOT mark ? 'axis' OR is_photo_point(mark #> '{axis,snout}') AND is_photo_point(mark #> '{axis,neck}');
END
$$;
COMMENT ON FUNCTION is_region_mark(jsonb) IS
    'Whether a JSON value says where a body region is: {box: {x, y, width, height}} or {outline: [{x, y}, …]}, and where '
    'a head''s landmarks were placed {axis: {snout: {x, y}, neck: {x, y}}}; fractions of the upright photograph.';

ALTER TABLE annotations ADD COLUMN mark jsonb CONSTRAINT annotations_mark CHECK (is_region_mark(mark));
UPDATE annotations SET mark = jsonb_build_object('box', jsonb_build_object(
    'x', box_x, 'y', box_y, 'width', box_width, 'height', box_height))
WHERE box_x IS NOT NULL;
ALTER TABLE annotations DROP COLUMN box_x, DROP COLUMN box_y, DROP COLUMN box_width, DROP COLUMN box_height;
COMMENT ON COLUMN annotations.mark IS 'Where the region is on the upright photograph, see is_region_mark; null where nobody drew it.';

ALTER TABLE screening_photos ADD COLUMN mark jsonb CONSTRAINT screening_photos_mark CHECK (is_region_mark(mark));
UPDATE screening_photos SET mark = jsonb_build_object('box', jsonb_build_object(
    'x', box_x, 'y', box_y, 'width', box_width, 'height', box_height))
WHERE box_x IS NOT NULL;
COMMENT ON COLUMN screening_photos.mark IS
    'Where the region is on the upright photograph, see is_region_mark; null where nobody drew it.';

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

ALTER TABLE screening_photos
    DROP COLUMN box_x, DROP COLUMN box_y, DROP COLUMN box_width, DROP COLUMN box_height;
