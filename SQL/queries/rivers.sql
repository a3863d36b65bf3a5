-- name: riverSourceReplace
-- The lock makes loaders take turns, so that numbers can be reserved in one block.
WITH locked AS (SELECT pg_advisory_xact_lock(7205759403792793609))
DELETE FROM river_sources USING locked WHERE name = $1

-- name: riverSourceInsert
INSERT INTO river_sources (name, profile, loaded_by) VALUES ($1, $2, $3)

-- name: riverNumbersReserve
SELECT setval('river_ids', nextval('river_ids') + $1) - $1 AS first

-- name: waterSystemsInsert
INSERT INTO water_systems (source, code, name, latin_name, reaches_sea)
SELECT $1, code, name, latin_name, reaches_sea
FROM jsonb_to_recordset($2) AS given (code text, name text, latin_name text, reaches_sea boolean)

-- name: riversInsert
INSERT INTO rivers (id, source, system, name, reading, latin_name, name_keys, mouth_m, head_m)
SELECT id, $1, system, name, reading, latin_name, name_keys, mouth_m, head_m
FROM jsonb_to_recordset($2) AS given (
    id bigint, system text, name text, reading text, latin_name text, name_keys text[], mouth_m double precision,
    head_m double precision)

-- name: riverNodesInsert
INSERT INTO river_nodes (id, source, elevation_m, position)
SELECT id, $1, elevation_m, ST_SetSRID(ST_MakePoint(x, y), 4326)
FROM jsonb_to_recordset($2) AS given (
    id bigint, elevation_m double precision, x double precision, y double precision)

-- name: riverSegmentsInsert
INSERT INTO river_segments (
    id, source, source_id, system, river_id, from_node, to_node, length_m, is_direction_known, next_segment, path, rank,
    mouth_m, braid, is_main, course)
SELECT
    id, $1, source_id, system, river_id, from_node, to_node, length_m, is_direction_known, next_segment, path, rank,
    mouth_m, braid, is_main, ST_SetSRID(course::geometry, 4326)
FROM jsonb_to_recordset($2) AS given (
    id bigint, source_id text, system text, river_id bigint, from_node bigint, to_node bigint,
    length_m double precision, is_direction_known boolean, next_segment bigint, path bigint, rank bigint,
    mouth_m double precision, braid bigint, is_main boolean, course text)

-- name: weirsInsert
INSERT INTO weirs (
    id, source, segment_id, fraction, name, reading, latin_name, name_keys, height_m, has_detour, is_passable, position)
SELECT
    id, $1, segment_id, fraction, name, reading, latin_name, name_keys, height_m, has_detour, is_passable,
    ST_SetSRID(ST_MakePoint(x, y), 4326)
FROM jsonb_to_recordset($2) AS given (
    id bigint, segment_id bigint, fraction double precision, name text, reading text, latin_name text,
    name_keys text[], height_m double precision, has_detour boolean, is_passable boolean, x double precision,
    y double precision)

-- name: unitBasinsInsert
INSERT INTO unit_basins (id, source, system, area)
SELECT id, $1, system, ST_Multi(ST_SetSRID(ST_GeomFromGeoJSON(area::text), 4326))
FROM jsonb_to_recordset($2) AS given (id bigint, system text, area jsonb)

-- name: riverSources
SELECT
    name, profile, loaded_by, loaded_at,
    (SELECT count(*) FROM river_segments WHERE source = river_sources.name) AS segments,
    (SELECT count(*) FROM weirs WHERE source = river_sources.name) AS weirs
FROM river_sources ORDER BY name

-- name: riverNetworkLoaded
SELECT EXISTS (SELECT FROM river_sources) AS is_loaded

-- name: riverSegmentsWithin
-- A box of degrees; the caller measures.
SELECT segments.id, system, rivers.name AS river, path, rank, ST_AsBinary(course, 'NDR') AS course
FROM (
    SELECT * FROM river_segments WHERE course && ST_MakeEnvelope($1, $2, $3, $4, 4326)
) AS segments LEFT JOIN LATERAL (SELECT name FROM rivers WHERE rivers.id = river_id) AS rivers ON true

-- name: riverChain
-- The paths from each segment down to the mouth, and where on each path the way joins it.
WITH RECURSIVE chain AS (
    SELECT id AS origin, 0 AS step, path, rank FROM river_segments WHERE id = ANY($1)
    UNION ALL
    SELECT origin, step + 1, lower.path, lower.rank
    FROM chain
    JOIN river_segments AS lowest ON lowest.path = chain.path AND lowest.rank = 0
    JOIN river_segments AS lower ON lower.id = lowest.next_segment
)
SELECT origin, path, rank FROM chain ORDER BY origin, step

-- name: riverStretches
-- Stretches of paths, with every braid they touch.
WITH stretches AS (
    SELECT id, from_node, to_node, length_m, braid
    FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS stretch (on_path, low, high)
    JOIN river_segments ON path = on_path AND rank BETWEEN low AND high
)
SELECT id, from_node, to_node, length_m FROM stretches
UNION
SELECT id, from_node, to_node, length_m FROM river_segments
WHERE braid = ANY(ARRAY(SELECT DISTINCT braid FROM stretches WHERE braid IS NOT NULL))

-- name: weirsOfSegments
SELECT id, segment_id, fraction, name, latin_name, height_m, has_detour, is_passable, ST_X(position) AS x, ST_Y(position) AS y
FROM weirs WHERE segment_id = ANY($1)

-- name: riversNamed
SELECT id, system, name, latin_name, mouth_m, head_m FROM rivers WHERE name_keys @> ARRAY[$1] ORDER BY system, id

-- name: riverPoint
SELECT id, greatest(0, least(1, 1 - ($2 - mouth_m) / length_m)) AS fraction
FROM river_segments WHERE river_id = $1 AND mouth_m <= $2 + 0.5 AND mouth_m + length_m >= $2 - 0.5
ORDER BY is_main DESC, mouth_m DESC LIMIT 1

-- name: weirsNamed
SELECT weirs.segment_id, fraction, weirs.name, rivers.name AS river, river_segments.system
FROM weirs JOIN river_segments ON river_segments.id = segment_id LEFT JOIN rivers ON rivers.id = river_id
WHERE weirs.name_keys @> ARRAY[$1] ORDER BY river_segments.system, weirs.id

-- name: riverNames
SELECT DISTINCT key, name FROM (
    SELECT unnest(name_keys) AS key, name FROM rivers UNION ALL SELECT unnest(name_keys), coalesce(name, '') FROM weirs
) AS names

-- name: riverCourses
SELECT segments.id, rivers.name AS river, rivers.latin_name, ST_AsBinary(course, 'NDR') AS course, segments.system
FROM river_segments AS segments LEFT JOIN rivers ON rivers.id = river_id WHERE segments.id = ANY($1)
