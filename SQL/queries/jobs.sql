-- name: jobInsert
INSERT INTO jobs (screening_id, lane) VALUES ($1, $2)

-- name: jobClaim
-- Rows that another claim is looking at are passed over, so workers never wait for each other.
WITH next AS (
    SELECT screening_id FROM jobs
    WHERE lane = $1 AND run_after <= now() AND (leased_until > now()) IS NOT TRUE
    ORDER BY run_after, screening_id
    LIMIT 1
    FOR UPDATE SKIP LOCKED
)
UPDATE jobs SET
    attempts = attempts + 1, lease = $2, leased_by = $3, leased_until = now() + make_interval(secs => $4)
FROM next WHERE jobs.screening_id = next.screening_id
RETURNING jobs.*

-- name: jobExtend
UPDATE jobs SET leased_until = now() + make_interval(secs => $3) WHERE screening_id = $1 AND lease = $2
RETURNING leased_until

-- name: jobFinish
-- A lease that ran out counts as long as nobody else has taken the screening up.
DELETE FROM jobs WHERE screening_id = $1 AND lease = $2 RETURNING screening_id

-- name: jobReturn
UPDATE jobs SET attempts = attempts - 1, lease = NULL, leased_by = NULL, leased_until = NULL
WHERE screening_id = $1 AND lease = $2
RETURNING screening_id

-- name: jobRetry
UPDATE jobs SET
    run_after = now() + make_interval(secs => $3), lease = NULL, leased_by = NULL, leased_until = NULL
WHERE screening_id = $1 AND lease = $2
RETURNING screening_id
