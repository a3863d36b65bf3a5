-- name: policyInsert
INSERT INTO agency_policies (
    agency_id, false_positive_identification_rate, cost_wrong_name, cost_missed_animal, cost_review, set_by)
VALUES ($1, $2, $3, $4, $5, $6)
RETURNING *

-- name: policyOfAgency
SELECT * FROM agency_policies WHERE agency_id = $1 ORDER BY position DESC LIMIT 1
