-- name: municipalitiesReplace
-- Those that endpoints name stay until a new boundary takes their place.
DELETE FROM municipalities
WHERE source = $1 AND NOT (code = ANY ($2)) AND NOT EXISTS (SELECT FROM endpoints WHERE area_municipality = code)

-- name: municipalitiesInsert
INSERT INTO municipalities (code, name, prefecture, source, boundary)
SELECT code, name, prefecture, $1, ST_Multi(ST_CollectionExtract(ST_MakeValid(ST_GeomFromGeoJSON(boundary)), 3))
FROM jsonb_to_recordset($2) AS municipality (code text, name text, prefecture text, boundary text)
ON CONFLICT (code) DO UPDATE SET
    name = excluded.name, prefecture = excluded.prefecture, source = excluded.source, boundary = excluded.boundary

-- name: municipalities
SELECT code, name, prefecture, source FROM municipalities ORDER BY code
