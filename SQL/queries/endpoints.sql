-- name: areaFault
-- Why a polygon is none, and where; nothing where it is one.
SELECT reason, round(ST_X(location)::numeric, 6)::float8 AS longitude, round(ST_Y(location)::numeric, 6)::float8 AS latitude
FROM ST_IsValidDetail(ST_GeomFromGeoJSON($1)) WHERE NOT valid

-- name: areaCodesKnown
SELECT
    $1::text IS NULL OR EXISTS (SELECT FROM water_systems WHERE code = $1) AS is_system_known,
    $2::text IS NULL OR EXISTS (SELECT FROM municipalities WHERE code = $2) AS is_municipality_known

-- name: endpointInsert
INSERT INTO endpoints (
    id, agency_id, channel, address, label, types, minimum_urgency, scope, is_quiet, area_polygon, area_system,
    area_municipality, parallel, is_ordered, allows_private_addresses, certificate_authorities, client_certificate,
    language, sealed_client_key, created_by)
VALUES (
    $1, $2, $3, $4, $5, $6, $7, $8, $9, ST_Multi(ST_Force2D(ST_GeomFromGeoJSON($10))), $11, $12, $13, $14, $15, $16,
    $17, $18, $19, $20)

-- name: endpointUpdate
-- The key stays where the certificate does: it is never read out to be written again.
UPDATE endpoints SET
    channel = $3, address = $4, label = $5, types = $6, minimum_urgency = $7, scope = $8, is_quiet = $9,
    area_polygon = ST_Multi(ST_Force2D(ST_GeomFromGeoJSON($10))), area_system = $11, area_municipality = $12,
    parallel = $13, is_ordered = $14, allows_private_addresses = $15, certificate_authorities = $16,
    client_certificate = $17, language = $18, sealed_client_key = coalesce($19, sealed_client_key)
WHERE id = $1 AND agency_id = $2 AND removed_at IS NULL
RETURNING id

-- name: endpointByID
SELECT *, ST_AsGeoJSON(area_polygon, 9) AS area_geojson FROM endpoints WHERE id = $1 AND removed_at IS NULL

-- name: endpoints
SELECT *, ST_AsGeoJSON(area_polygon, 9) AS area_geojson FROM endpoints
WHERE removed_at IS NULL AND ($1::uuid IS NULL OR agency_id = $1)
ORDER BY id

-- name: endpointDisable
UPDATE endpoints SET disabled_at = now(), disabled_reason = $2
WHERE id = $1 AND disabled_at IS NULL AND removed_at IS NULL
RETURNING *, ST_AsGeoJSON(area_polygon, 9) AS area_geojson

-- name: endpointEnable
WITH healed AS (
    UPDATE endpoint_health SET failures = 0, failing_since = NULL, open_until = NULL WHERE endpoint_id = $1
)
UPDATE endpoints SET disabled_at = NULL, disabled_reason = NULL WHERE id = $1 AND removed_at IS NULL RETURNING id

-- name: endpointRemove
WITH spent AS (
    UPDATE deliveries SET state = 'dead', ended_at = now(), lease = NULL WHERE endpoint_id = $1 AND state = 'waiting'
), forgotten AS (
    DELETE FROM endpoint_secrets WHERE endpoint_id = $1
)
UPDATE endpoints SET removed_at = now(), client_certificate = NULL, sealed_client_key = NULL
WHERE id = $1 AND removed_at IS NULL
RETURNING id

-- name: endpointHealthInsert
INSERT INTO endpoint_health (endpoint_id) VALUES ($1)

-- name: endpointSecretInsert
WITH earlier AS (
    UPDATE endpoint_secrets SET expires_at = least(expires_at, now() + make_interval(secs => $6)) WHERE endpoint_id = $2
)
INSERT INTO endpoint_secrets (id, endpoint_id, sealed_hmac, sealed_ed25519, ed25519_public) VALUES ($1, $2, $3, $4, $5)

-- name: endpointSecrets
SELECT endpoint_id, sealed_hmac, sealed_ed25519, ed25519_public FROM endpoint_secrets
WHERE endpoint_id = ANY ($1) AND (expires_at IS NULL OR expires_at > now())
ORDER BY endpoint_id, id DESC

-- name: endpointClientKeys
SELECT id, sealed_client_key FROM endpoints WHERE id = ANY ($1) AND sealed_client_key IS NOT NULL

-- name: endpointStatuses
SELECT
    endpoints.id, success.last_success_at, recent.attempts, recent.failures, backlog.waiting, backlog.oldest_waiting,
    greatest(backlog.next_attempt_at, health.open_until) AS next_attempt_at, backlog.dead,
    health.failures AS failures_in_a_row,
    CASE WHEN health.open_until > now() THEN health.open_until END AS open_until
FROM endpoints JOIN endpoint_health AS health ON health.endpoint_id = endpoints.id,
LATERAL (
    SELECT count(*) AS attempts, count(*) FILTER (WHERE failure IS NOT NULL) AS failures
    FROM delivery_attempts WHERE endpoint_id = endpoints.id AND started_at > now() - interval '24 hours'
) AS recent,
LATERAL (
    SELECT max(started_at) AS last_success_at FROM delivery_attempts
    WHERE endpoint_id = endpoints.id AND failure IS NULL
) AS success,
LATERAL (
    SELECT
        count(*) FILTER (WHERE state = 'waiting') AS waiting, count(*) FILTER (WHERE state = 'dead') AS dead,
        min(run_after) FILTER (WHERE state = 'waiting') AS next_attempt_at,
        min(events.created_at) FILTER (WHERE state = 'waiting') AS oldest_waiting
    FROM deliveries JOIN events ON events.position = deliveries.event_position
    WHERE deliveries.endpoint_id = endpoints.id AND state <> 'delivered'
) AS backlog
WHERE endpoints.id = ANY ($1)
