-- What decides whether an animal is known: the population of each template's animal, and how high the scores of different
-- animals reach.

DROP TRIGGER individuals_revise_templates ON individuals;
CREATE TRIGGER individuals_revise_templates AFTER UPDATE OF name, population ON individuals
    FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name OR OLD.population IS DISTINCT FROM NEW.population)
    EXECUTE FUNCTION revise_templates_of_individual();
COMMENT ON FUNCTION revise_templates_of_individual() IS
    'Revises the templates of an animal that was renamed or counted to another population.';
DROP TRIGGER encounters_revise_templates ON encounters;
CREATE TRIGGER encounters_revise_templates AFTER UPDATE OF individual_id, event_date ON encounters
    FOR EACH ROW WHEN (
        OLD.individual_id IS DISTINCT FROM NEW.individual_id OR OLD.event_date IS DISTINCT FROM NEW.event_date)
    EXECUTE FUNCTION revise_templates_of_encounter();
COMMENT ON FUNCTION revise_templates_of_encounter() IS
    'Revises the templates of an encounter that was given another animal or date.';

DROP VIEW calibration_records;
ALTER TABLE calibrations ADD COLUMN tail_location double precision, ADD COLUMN tail_scale double precision,
    ADD COLUMN tail_searches bigint,
    ADD CONSTRAINT calibrations_tail_whole CHECK (num_nulls(tail_location, tail_scale, tail_searches) IN (0, 3)),
    ADD CONSTRAINT calibrations_tail_location CHECK (tail_location > '-Infinity' AND tail_location < 'Infinity'),
    ADD CONSTRAINT calibrations_tail_scale CHECK (tail_scale > 0 AND tail_scale < 'Infinity'),
    ADD CONSTRAINT calibrations_tail_searches CHECK (tail_searches > 0);
COMMENT ON COLUMN calibrations.intercept IS 'Logarithm of the likelihood ratio of one comparison at a score of 0.';
COMMENT ON COLUMN calibrations.slope IS 'Its rise with the score.';
COMMENT ON COLUMN calibrations.tail_location IS
    'The score that one comparison of different animals in one exceeds, by the Gumbel law of extreme scores: the best of m '
    'comparisons stays below s with the probability exp(-m exp(-(s - location) / scale)). Null where it was learned '
    'without; then it weighs no screening.';
COMMENT ON COLUMN calibrations.tail_scale IS 'By how much the score rises while its rate falls by a factor of e.';
COMMENT ON COLUMN calibrations.tail_searches IS 'Searches without the animal itself that the law was learned from.';
COMMENT ON COLUMN calibrations.figures IS
    'Quality on the pairs, cross-validated by animal: {before, after, falsePositives}, the first two {ece, brier, logLoss}, '
    'before of what counted when it was learned; falsePositives [{wanted, obtained}], rates of false names.';

CREATE VIEW calibration_records AS
SELECT
    calibrations.*, latest.position AS activation,
    CASE WHEN latest.position = max(latest.position) OVER (PARTITION BY population, body_region, scorer)
        THEN latest.activated_at END AS active_since
FROM calibrations LEFT JOIN LATERAL (
    SELECT * FROM calibration_activations WHERE calibration_id = calibrations.id ORDER BY position DESC LIMIT 1
) AS latest ON true;
COMMENT ON VIEW calibration_records IS 'Calibrations; active_since is set in the one that counts for its population, region and scorer.';
