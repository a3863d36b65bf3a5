-- name: fanOut
-- One worker at a time makes deliveries; the others pass. Positions are drawn in the order of commits, so that none is
-- missed between two turns.
WITH turn AS (
    SELECT position FROM fan_out FOR UPDATE SKIP LOCKED
), batch AS (
    -- Whole rows: joined to its table again, every event would be asked whom it concerns before the batch is looked at.
    SELECT events.position, events AS event FROM events, turn
    WHERE events.position > turn.position ORDER BY events.position LIMIT $1
), made AS (
    INSERT INTO deliveries (endpoint_id, event_position, ordering_key, is_immediate)
    SELECT
        endpoints.id, position,
        CASE WHEN endpoints.is_ordered THEN coalesce((event).individual_id, (event).screening_id) END,
        (event).urgency = 'immediate'
    FROM batch JOIN endpoints
        ON endpoints.channel <> 'feed' AND endpoints.removed_at IS NULL AND endpoints.disabled_at IS NULL
        AND (event).created_at >= endpoints.created_at
    WHERE concerns(event, endpoints)
    ON CONFLICT DO NOTHING
), moved AS (
    UPDATE fan_out SET position = (SELECT max(position) FROM batch) WHERE EXISTS (SELECT FROM batch)
)
SELECT count(*) AS events FROM batch

-- name: workerBeat
-- A sign of life, and what dead workers held is free again.
WITH alive AS (
    INSERT INTO delivery_workers (id, name, alive_until) VALUES ($1, $2, now() + make_interval(secs => $3))
    ON CONFLICT (id) DO UPDATE SET alive_until = excluded.alive_until
), dead AS (
    DELETE FROM delivery_workers WHERE alive_until < now() AND id <> $1 RETURNING id
)
UPDATE deliveries SET lease = NULL FROM dead WHERE deliveries.lease = dead.id

-- name: workerEnd
WITH gone AS (DELETE FROM delivery_workers WHERE id = $1)
UPDATE deliveries SET lease = NULL WHERE lease = $1

-- name: deliveriesClaim
-- A worker has an endpoint to itself while it claims, so that a breaker that is half open lends one delivery, not one to
-- each worker: the oldest event, for newer ones may all have to fail first. Otherwise what is immediate goes first.
WITH ready AS (
    SELECT
        endpoints.id, endpoints.is_quiet, health.open_until IS NOT NULL AS is_half_open,
        -- Asked by lease, which an index knows for what is held; by endpoint alone, all that was ever delivered is read.
        greatest(0, CASE WHEN health.open_until IS NULL
            THEN endpoints.parallel * 2
                - (SELECT count(*) FROM deliveries WHERE endpoint_id = endpoints.id AND lease = $1)
            ELSE 1 - (SELECT count(*) FROM deliveries
                WHERE endpoint_id = endpoints.id AND lease = ANY (ARRAY(SELECT id FROM delivery_workers)))
            END) AS room
    FROM endpoint_health AS health JOIN endpoints ON endpoints.id = health.endpoint_id
    WHERE endpoints.channel <> 'feed' AND endpoints.disabled_at IS NULL AND endpoints.removed_at IS NULL
        AND (health.open_until IS NULL OR health.open_until <= now())
        -- Each a look into the index; EXISTS would be planned as a pass over everything that waits.
        AND (
            (SELECT true FROM due_deliveries WHERE endpoint_id = endpoints.id AND is_immediate LIMIT 1)
            OR (SELECT true FROM due_deliveries
                WHERE endpoint_id = endpoints.id AND NOT is_immediate AND NOT endpoints.is_quiet LIMIT 1))
    FOR UPDATE OF health SKIP LOCKED
), due AS (
    SELECT next.* FROM ready, LATERAL (
        SELECT * FROM (
            SELECT endpoint_id, event_position, is_immediate, run_after FROM due_deliveries
            WHERE endpoint_id = ready.id AND is_immediate
            ORDER BY run_after, event_position LIMIT ready.room
            FOR UPDATE SKIP LOCKED
        ) AS immediate
        UNION ALL
        SELECT * FROM (
            SELECT endpoint_id, event_position, is_immediate, run_after FROM due_deliveries
            WHERE endpoint_id = ready.id AND NOT is_immediate AND NOT ready.is_quiet
            ORDER BY run_after, event_position LIMIT ready.room
            FOR UPDATE SKIP LOCKED
        ) AS routine
        LIMIT CASE WHEN ready.is_half_open THEN 0 ELSE ready.room END
    ) AS next
    UNION ALL
    SELECT next.* FROM ready, LATERAL (
        SELECT endpoint_id, event_position, is_immediate, run_after FROM due_deliveries
        WHERE endpoint_id = ready.id AND (is_immediate OR NOT ready.is_quiet)
        ORDER BY event_position
        LIMIT CASE WHEN ready.is_half_open THEN ready.room ELSE 0 END
        FOR UPDATE SKIP LOCKED
    ) AS next
    ORDER BY is_immediate DESC, run_after
    LIMIT $2
), lent AS (
    UPDATE deliveries SET lease = $1 FROM due
    WHERE deliveries.endpoint_id = due.endpoint_id AND deliveries.event_position = due.event_position
    RETURNING deliveries.endpoint_id, deliveries.event_position, deliveries.attempts, deliveries.step
)
SELECT lent.endpoint_id AS to_endpoint, lent.attempts, lent.step, events.*
FROM lent JOIN events ON events.position = lent.event_position
ORDER BY events.position

-- name: deliveriesReturn
UPDATE deliveries SET lease = NULL
FROM unnest($2::uuid[], $3::bigint[]) AS given (endpoint_id, event_position)
WHERE deliveries.endpoint_id = given.endpoint_id AND deliveries.event_position = given.event_position
    AND deliveries.lease = $1

-- name: deliveriesFinish
-- What was lent to somebody else in the meantime is not touched: that one's answer counts.
WITH given AS (
    SELECT * FROM jsonb_to_recordset($2) AS outcome (
        endpoint uuid, position bigint, next text, after double precision, started double precision,
        milliseconds double precision, status integer, failure text, response text)
), ended AS (
    UPDATE deliveries SET
        lease = NULL, attempts = attempts + 1, step = step + 1,
        state = CASE given.next WHEN 'delivered' THEN 'delivered' WHEN 'retry' THEN 'waiting' ELSE 'dead' END,
        run_after = CASE given.next WHEN 'retry' THEN now() + make_interval(secs => given.after) ELSE run_after END,
        ended_at = CASE given.next WHEN 'retry' THEN NULL ELSE now() END
    FROM given
    WHERE deliveries.endpoint_id = given.endpoint AND deliveries.event_position = given.position
        AND deliveries.lease = $1
    RETURNING deliveries.endpoint_id, deliveries.event_position, deliveries.attempts, given.*
), noted AS (
    INSERT INTO delivery_attempts (
        endpoint_id, event_position, number, started_at, milliseconds, status, failure, response)
    SELECT
        endpoint_id, event_position, attempts, to_timestamp(started), milliseconds, status, failure, response
    FROM ended
), tally AS (
    SELECT
        endpoint_id, bool_or(failure IS NULL) AS has_success, count(*) AS failures
    FROM ended GROUP BY endpoint_id
), healed AS (
    UPDATE endpoint_health AS health SET failures = 0, failing_since = NULL, open_until = NULL
    FROM tally WHERE health.endpoint_id = tally.endpoint_id AND tally.has_success AND health.failures > 0
), hurt AS (
    UPDATE endpoint_health AS health SET
        failures = counted.failures, failing_since = coalesce(health.failing_since, now()),
        open_until = CASE
            WHEN health.open_until > now() THEN health.open_until
            WHEN counted.failures >= $3::bigint THEN now() + make_interval(
                secs => least($4 * 2 ^ least(counted.failures - $3::bigint, 30), $5)) END
    FROM tally JOIN endpoint_health AS before ON before.endpoint_id = tally.endpoint_id, LATERAL (
        -- Many that were on their way together open the breaker once; after that each probe counts.
        SELECT before.failures + CASE
            WHEN before.open_until > now() THEN 0
            WHEN before.open_until IS NULL THEN least(tally.failures, greatest($3::bigint - before.failures, 1))
            ELSE 1 END AS failures
    ) AS counted
    WHERE health.endpoint_id = tally.endpoint_id AND NOT tally.has_success
    RETURNING health.endpoint_id, health.failing_since, health.open_until
)
SELECT
    endpoint_id, event_position, next = 'gone' AS is_gone,
    EXISTS (SELECT FROM hurt
        WHERE hurt.endpoint_id = ended.endpoint_id AND hurt.failing_since < now() - make_interval(secs => $6))
        AS is_failing_for_long,
    EXISTS (SELECT FROM hurt WHERE hurt.endpoint_id = ended.endpoint_id AND hurt.open_until IS NOT NULL) AS is_open
FROM ended

-- name: deliveriesOfEndpoint
SELECT deliveries.*, events.id AS event_id, events.type
FROM deliveries JOIN events ON events.position = deliveries.event_position
WHERE deliveries.endpoint_id = $1 AND event_position > $2 AND ($4::text IS NULL OR state = $4)
ORDER BY event_position LIMIT $3

-- name: deliveryAttempts
SELECT delivery_attempts.* FROM delivery_attempts JOIN events ON events.position = event_position
WHERE delivery_attempts.endpoint_id = $1 AND events.id = $2
ORDER BY number

-- name: replay
-- What a worker holds is left alone; what waits for a later attempt is due at once; what the endpoint never heard of, for it was disabled or not yet there, is made.
WITH chosen AS (
    SELECT events.* FROM events JOIN endpoints ON endpoints.id = $1
    WHERE ($2::uuid IS NULL OR events.id = $2) AND ($3::bigint IS NULL OR events.position >= $3)
        AND ($4::bigint IS NULL OR events.position <= $4) AND ($5::timestamptz IS NULL OR events.created_at >= $5)
        AND endpoints.channel <> 'feed' AND concerns(events, endpoints)
), again AS (
    INSERT INTO deliveries (endpoint_id, event_position, ordering_key, is_immediate)
    SELECT
        endpoints.id, chosen.position,
        CASE WHEN endpoints.is_ordered THEN coalesce(chosen.individual_id, chosen.screening_id) END,
        chosen.urgency = 'immediate'
    FROM chosen, endpoints
    WHERE endpoints.id = $1 AND (NOT $6::boolean OR EXISTS (
        SELECT FROM deliveries
        WHERE endpoint_id = $1 AND event_position = chosen.position AND state = 'dead'))
    ON CONFLICT (endpoint_id, event_position) DO UPDATE SET
        state = 'waiting', ended_at = NULL, step = 0, run_after = now(), ordering_key = excluded.ordering_key
        WHERE deliveries.lease IS NULL
    RETURNING 1
)
SELECT count(*) AS replayed FROM again

-- name: announceDeliveries
SELECT pg_notify('event_appended', '')

-- name: deliveryCounts
SELECT
    endpoints.id, endpoints.channel, agencies.name AS agency, endpoints.label, state, count(*) AS deliveries,
    min(events.created_at) AS oldest
FROM deliveries JOIN endpoints ON endpoints.id = deliveries.endpoint_id
    JOIN agencies ON agencies.id = endpoints.agency_id
    JOIN events ON events.position = deliveries.event_position
GROUP BY endpoints.id, agencies.name, state
ORDER BY endpoints.id, state
