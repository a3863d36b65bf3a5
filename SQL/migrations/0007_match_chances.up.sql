-- What a photograph's quality promises, learned from which photographs found their animal.

CREATE TABLE match_chances (
    id uuid PRIMARY KEY,
    body_region text NOT NULL,
    scorer text NOT NULL,
    content jsonb NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now(),
    made_by text NOT NULL,
    CONSTRAINT match_chances_body_region CHECK (body_region IN ('head', 'trunk', 'belly', 'tail')),
    CONSTRAINT match_chances_scorer_not_blank CHECK (btrim(scorer) <> '' AND char_length(scorer) <= 400),
    CONSTRAINT match_chances_content_object CHECK (jsonb_typeof(content) = 'object'),
    CONSTRAINT match_chances_made_by_not_blank CHECK (btrim(made_by) <> '' AND char_length(made_by) <= 500)
);
COMMENT ON TABLE match_chances IS 'What a photograph''s quality promises, learned from reviewed photographs. Append-only; activations say which counts.';
COMMENT ON COLUMN match_chances.id IS 'UUIDv7.';
COMMENT ON COLUMN match_chances.body_region IS 'The part of the animal on those photographs.';
COMMENT ON COLUMN match_chances.scorer IS 'Versions of extractor and matcher, a space between; what no other finds is told by it.';
COMMENT ON COLUMN match_chances.content IS 'The costs of each measure of quality, the sample they were learned from, and their fit, cross-validated by animal.';
COMMENT ON COLUMN match_chances.made_at IS 'When it was learned.';
COMMENT ON COLUMN match_chances.made_by IS 'Who had it learned, by name.';
CREATE TRIGGER match_chances_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON match_chances FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('What quality promises is only ever appended: learn it once more.');

CREATE TABLE match_chance_activations (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    match_chance_id uuid NOT NULL REFERENCES match_chances,
    activated_by text NOT NULL,
    note text,
    activated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT match_chance_activations_activated_by_not_blank CHECK (
        btrim(activated_by) <> '' AND char_length(activated_by) <= 500),
    CONSTRAINT match_chance_activations_note_length CHECK (char_length(note) BETWEEN 1 AND 4000)
);
CREATE INDEX match_chance_activations_match_chance ON match_chance_activations (match_chance_id);
COMMENT ON TABLE match_chance_activations IS 'Which chance counts since when; appended, the latest of a region and scorer counts.';
COMMENT ON COLUMN match_chance_activations.position IS 'Order of the activations.';
COMMENT ON COLUMN match_chance_activations.match_chance_id IS 'The chance that counts from then on.';
COMMENT ON COLUMN match_chance_activations.activated_by IS 'Who decided it, by name.';
COMMENT ON COLUMN match_chance_activations.note IS 'Why.';
COMMENT ON COLUMN match_chance_activations.activated_at IS 'When.';
CREATE TRIGGER match_chance_activations_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON match_chance_activations
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('Activations are only ever appended: activate another one.');

CREATE VIEW match_chance_records AS
SELECT
    match_chances.*, latest.position AS activation,
    CASE WHEN latest.position = max(latest.position) OVER (PARTITION BY body_region, scorer)
        THEN latest.activated_at END AS active_since
FROM match_chances LEFT JOIN LATERAL (
    SELECT * FROM match_chance_activations WHERE match_chance_id = match_chances.id ORDER BY position DESC LIMIT 1
) AS latest ON true;
COMMENT ON VIEW match_chance_records IS 'Chances; active_since is set in the one that counts for its region and scorer.';

CREATE VIEW reviewed_qualities AS
SELECT
    screenings.id AS screening_id, body_region, extractor || ' ' || split_part(decider, ' ', 1) AS scorer,
    quality -> 0 AS quality, individuals.name AS individual_name,
    screenings.individual_id IS NOT NULL
        AND settled_individual(screenings.individual_id) = settled_individual(decision.individual_id) AS is_matched
FROM (SELECT DISTINCT ON (screening_id) * FROM decisions ORDER BY screening_id, created_at DESC, id DESC) AS decision
JOIN screenings ON screenings.id = decision.screening_id
JOIN individuals ON individuals.id = settled_individual(decision.individual_id)
WHERE decision.kind = 'confirmed' AND jsonb_array_length(quality) = 1 AND EXISTS (
    SELECT FROM encounters JOIN annotations ON encounter_id = encounters.id
    WHERE settled_individual(encounters.individual_id) = individuals.id
        AND annotations.body_region = screenings.body_region AND annotations.created_at < screenings.created_at);
COMMENT ON VIEW reviewed_qualities IS
    'Screenings of one photograph whose animal people confirmed and which was enrolled before: the quality measured, and '
    'whether the screening named it.';
