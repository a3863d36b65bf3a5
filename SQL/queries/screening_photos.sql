-- name: screeningPhotosInsert
INSERT INTO screening_photos (screening_id, place, photo_id, box_x, box_y, box_width, box_height)
SELECT
    $1, place, (photo ->> 'photo')::uuid, (photo #>> '{box,x}')::double precision,
    (photo #>> '{box,y}')::double precision, (photo #>> '{box,width}')::double precision,
    (photo #>> '{box,height}')::double precision
FROM jsonb_array_elements($2) WITH ORDINALITY AS photos (photo, place)
