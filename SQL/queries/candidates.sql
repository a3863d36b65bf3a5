-- name: candidatesInsert
INSERT INTO candidates (
    screening_id, rank, individual_id, probability, score, photo_id, reference_photo_id, correspondences)
SELECT
    $1, rank, (candidate ->> 'individual')::uuid, (candidate ->> 'probability')::double precision,
    (candidate ->> 'score')::double precision, (candidate ->> 'photo')::uuid, (candidate ->> 'reference')::uuid,
    candidate -> 'correspondences'
FROM jsonb_array_elements($2) WITH ORDINALITY AS candidates (candidate, rank)
