-- name: screeningPhotosInsert
INSERT INTO screening_photos (screening_id, place, photo_id, mark)
SELECT $1, place, (photo ->> 'photo')::uuid, photo -> 'mark'
FROM jsonb_array_elements($2) WITH ORDINALITY AS photos (photo, place)
