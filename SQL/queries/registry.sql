-- name: ping
SELECT 1 AS one

-- name: registryCounts
SELECT
    (SELECT count(*) FROM agencies) AS agencies,
    (SELECT count(*) FROM individuals) AS individuals,
    (SELECT count(*) FROM encounters) AS encounters,
    (SELECT count(*) FROM photos) AS photos,
    (SELECT count(*) FROM templates) AS templates,
    (SELECT count(*) FROM screenings) AS screenings,
    count(*) FILTER (WHERE lane = 'interactive' AND (leased_until > now()) IS NOT TRUE) AS interactive_waiting,
    count(*) FILTER (WHERE lane = 'batch' AND (leased_until > now()) IS NOT TRUE) AS batch_waiting,
    count(*) FILTER (WHERE leased_until > now()) AS processing
FROM jobs
