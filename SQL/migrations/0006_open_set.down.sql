-- Calibrations stay; how high different animals score is lost.
DROP VIEW calibration_records;
ALTER TABLE calibrations DROP COLUMN tail_location, DROP COLUMN tail_scale, DROP COLUMN tail_searches;
COMMENT ON COLUMN calibrations.intercept IS 'Logarithm of the likelihood ratio at a score of 0.';
COMMENT ON COLUMN calibrations.slope IS 'Its rise with ln(1 + score).';
COMMENT ON COLUMN calibrations.figures IS
    'Quality on the pairs, cross-validated by animal: {before, after}, each {ece, brier, logLoss}; before is what counted when it was learned.';
CREATE VIEW calibration_records AS
SELECT
    calibrations.*, latest.position AS activation,
    CASE WHEN latest.position = max(latest.position) OVER (PARTITION BY population, body_region, scorer)
        THEN latest.activated_at END AS active_since
FROM calibrations LEFT JOIN LATERAL (
    SELECT * FROM calibration_activations WHERE calibration_id = calibrations.id ORDER BY position DESC LIMIT 1
) AS latest ON true;
COMMENT ON VIEW calibration_records IS 'Calibrations; active_since is set in the one that counts for its population, region and scorer.';

DROP TRIGGER encounters_revise_templates ON encounters;
CREATE TRIGGER encounters_revise_templates AFTER UPDATE OF individual_id ON encounters
    FOR EACH ROW WHEN (OLD.individual_id IS DISTINCT FROM NEW.individual_id)
    EXECUTE FUNCTION revise_templates_of_encounter();
COMMENT ON FUNCTION revise_templates_of_encounter() IS 'Revises the templates of an encounter that was given another animal.';
DROP TRIGGER individuals_revise_templates ON individuals;
CREATE TRIGGER individuals_revise_templates AFTER UPDATE OF name ON individuals
    FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name)
    EXECUTE FUNCTION revise_templates_of_individual();
COMMENT ON FUNCTION revise_templates_of_individual() IS 'Revises the templates of an animal that was renamed.';
