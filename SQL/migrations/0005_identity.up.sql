-- Who is who, as people decide it: populations, merges and splits that can be undone, duplicates under review, and what
-- is learned from reviewed pairs.

ALTER TABLE individuals ADD COLUMN population text,
    ADD CONSTRAINT individuals_population_not_blank CHECK (
        population = btrim(population) AND char_length(population) BETWEEN 1 AND 200);
COMMENT ON COLUMN individuals.population IS 'The population people count it to, for instance a river; null where nobody said.';

CREATE TABLE duplicate_proposals (
    id uuid PRIMARY KEY,
    individual_a_id uuid NOT NULL REFERENCES individuals,
    individual_b_id uuid NOT NULL REFERENCES individuals,
    annotation_a_id uuid NOT NULL REFERENCES annotations,
    annotation_b_id uuid NOT NULL REFERENCES annotations,
    score double precision NOT NULL,
    probability double precision NOT NULL,
    scorer text NOT NULL,
    proposed_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT duplicate_proposals_ordered CHECK (individual_a_id < individual_b_id),
    CONSTRAINT duplicate_proposals_score CHECK (score > '-Infinity' AND score < 'Infinity'),
    CONSTRAINT duplicate_proposals_probability CHECK (probability BETWEEN 0 AND 1),
    CONSTRAINT duplicate_proposals_scorer_not_blank CHECK (btrim(scorer) <> '' AND char_length(scorer) <= 400)
);
CREATE INDEX duplicate_proposals_annotation_a ON duplicate_proposals (annotation_a_id);
CREATE INDEX duplicate_proposals_annotation_b ON duplicate_proposals (annotation_b_id);
COMMENT ON TABLE duplicate_proposals IS 'Pairs of known animals that may be one animal entered twice. Append-only; people review them.';
COMMENT ON COLUMN duplicate_proposals.id IS 'UUIDv7.';
COMMENT ON COLUMN duplicate_proposals.individual_a_id IS 'The animal of the two whose id is less, when it was proposed.';
COMMENT ON COLUMN duplicate_proposals.individual_b_id IS 'The other animal.';
COMMENT ON COLUMN duplicate_proposals.annotation_a_id IS 'What showed the first animal on the pair of photographs that resemble each other most.';
COMMENT ON COLUMN duplicate_proposals.annotation_b_id IS 'What showed the other animal on that pair.';
COMMENT ON COLUMN duplicate_proposals.score IS 'The matcher''s score of that pair; its scale belongs to the scorer.';
COMMENT ON COLUMN duplicate_proposals.probability IS 'Probability, 0 to 1, that the photograph shows the other animal.';
COMMENT ON COLUMN duplicate_proposals.scorer IS 'Versions of extractor and matcher, a space between.';
COMMENT ON COLUMN duplicate_proposals.proposed_at IS 'When it was proposed.';
CREATE TRIGGER duplicate_proposals_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON duplicate_proposals FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('Proposals are only ever appended: review them.');

CREATE TABLE duplicate_reviews (
    id uuid PRIMARY KEY,
    position bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT duplicate_reviews_position_key UNIQUE,
    proposal_id uuid NOT NULL REFERENCES duplicate_proposals,
    verdict text NOT NULL,
    decided_by text NOT NULL,
    api_key_id uuid REFERENCES api_keys,
    note text,
    decided_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT duplicate_reviews_verdict CHECK (verdict IN ('same', 'different', 'undecided')),
    CONSTRAINT duplicate_reviews_decided_by_not_blank CHECK (btrim(decided_by) <> '' AND char_length(decided_by) <= 500),
    CONSTRAINT duplicate_reviews_note_length CHECK (char_length(note) BETWEEN 1 AND 4000)
);
CREATE INDEX duplicate_reviews_proposal ON duplicate_reviews (proposal_id, position);
COMMENT ON TABLE duplicate_reviews IS 'What people say of proposals; appended, the latest counts. One that says same is written with its merge.';
COMMENT ON COLUMN duplicate_reviews.id IS 'UUIDv7.';
COMMENT ON COLUMN duplicate_reviews.position IS 'Order of the reviews.';
COMMENT ON COLUMN duplicate_reviews.proposal_id IS 'What was reviewed.';
COMMENT ON COLUMN duplicate_reviews.verdict IS 'same, different or undecided.';
COMMENT ON COLUMN duplicate_reviews.decided_by IS 'Who says so, by name.';
COMMENT ON COLUMN duplicate_reviews.api_key_id IS 'The key under which it came; null from the command line.';
COMMENT ON COLUMN duplicate_reviews.note IS 'Why, in the reviewer''s words.';
COMMENT ON COLUMN duplicate_reviews.decided_at IS 'When.';
CREATE TRIGGER duplicate_reviews_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON duplicate_reviews FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('Reviews are only ever appended: review again.');

CREATE TABLE identity_changes (
    id uuid PRIMARY KEY,
    position bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT identity_changes_position_key UNIQUE,
    kind text NOT NULL,
    from_individual_id uuid NOT NULL REFERENCES individuals,
    into_individual_id uuid NOT NULL REFERENCES individuals,
    reason text NOT NULL,
    decided_by text NOT NULL,
    api_key_id uuid REFERENCES api_keys,
    proposal_id uuid REFERENCES duplicate_proposals,
    undoes uuid CONSTRAINT identity_changes_undoes_key UNIQUE REFERENCES identity_changes,
    decided_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT identity_changes_kind CHECK (kind IN ('merge', 'split', 'undo')),
    CONSTRAINT identity_changes_undo_names_a_change CHECK ((kind = 'undo') = (undoes IS NOT NULL)),
    CONSTRAINT identity_changes_two_animals CHECK (from_individual_id <> into_individual_id),
    CONSTRAINT identity_changes_proposal_of_a_merge CHECK (proposal_id IS NULL OR kind = 'merge'),
    CONSTRAINT identity_changes_reason_not_blank CHECK (btrim(reason) <> '' AND char_length(reason) <= 4000),
    CONSTRAINT identity_changes_decided_by_not_blank CHECK (btrim(decided_by) <> '' AND char_length(decided_by) <= 500)
);
CREATE INDEX identity_changes_from ON identity_changes (from_individual_id);
CREATE INDEX identity_changes_into ON identity_changes (into_individual_id);
COMMENT ON TABLE identity_changes IS
    'Decisions that move encounters from one animal to another: merges, splits, and what takes one of them back. '
    'Append-only. Writers lock each other out, and enrolments too, before they read.';
COMMENT ON COLUMN identity_changes.id IS 'UUIDv7.';
COMMENT ON COLUMN identity_changes.position IS 'Order in which they were made.';
COMMENT ON COLUMN identity_changes.kind IS 'merge: all encounters; split: some; undo: those that the undone change moved.';
COMMENT ON COLUMN identity_changes.from_individual_id IS 'The animal the encounters leave.';
COMMENT ON COLUMN identity_changes.into_individual_id IS 'The animal they come to.';
COMMENT ON COLUMN identity_changes.reason IS 'Why, in the words of who decided.';
COMMENT ON COLUMN identity_changes.decided_by IS 'Who decided, by name.';
COMMENT ON COLUMN identity_changes.api_key_id IS 'The key under which it came; null from the command line.';
COMMENT ON COLUMN identity_changes.proposal_id IS 'The proposal whose review made this merge; null for any other change.';
COMMENT ON COLUMN identity_changes.undoes IS 'The change that an undo takes back; each is taken back once at most.';
COMMENT ON COLUMN identity_changes.decided_at IS 'When.';
CREATE TRIGGER identity_changes_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON identity_changes FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('Changes are only ever appended: undo one by another.');

CREATE TABLE identity_change_encounters (
    change_id uuid NOT NULL REFERENCES identity_changes,
    encounter_id uuid NOT NULL REFERENCES encounters,
    PRIMARY KEY (change_id, encounter_id)
);
CREATE INDEX identity_change_encounters_encounter ON identity_change_encounters (encounter_id);
COMMENT ON TABLE identity_change_encounters IS 'The encounters a change moved, from its one animal to its other.';
COMMENT ON COLUMN identity_change_encounters.change_id IS 'The change.';
COMMENT ON COLUMN identity_change_encounters.encounter_id IS 'The encounter, and with it its photographs and their templates.';
CREATE TRIGGER identity_change_encounters_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON identity_change_encounters
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('Changes are only ever appended: undo one by another.');

CREATE VIEW merges_in_force AS
SELECT id, position, from_individual_id, into_individual_id FROM identity_changes
WHERE kind = 'merge' AND NOT EXISTS (SELECT FROM identity_changes AS undo WHERE undo.undoes = identity_changes.id);
COMMENT ON VIEW merges_in_force IS 'Merges that nobody has undone; at most one leaves an animal.';

CREATE FUNCTION settled_individual(individual uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
    WITH RECURSIVE chain (id, step) AS (
        SELECT individual, 0
        UNION ALL
        SELECT into_individual_id, step + 1 FROM chain JOIN merges_in_force ON from_individual_id = chain.id
        WHERE step < 1000
    )
    SELECT id FROM chain ORDER BY step DESC LIMIT 1
$$;
COMMENT ON FUNCTION settled_individual(uuid) IS 'The animal that an animal was merged into at last, or itself.';

CREATE FUNCTION refuse_merged_individual() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM merges_in_force WHERE from_individual_id = NEW.individual_id) THEN
        RAISE EXCEPTION 'animal % was merged into another and takes no encounters', NEW.individual_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'encounters_individual_not_merged', TABLE = 'encounters';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION refuse_merged_individual() IS 'Refuses an encounter with an animal that was merged into another.';
CREATE TRIGGER encounters_individual_not_merged BEFORE INSERT OR UPDATE OF individual_id ON encounters FOR EACH ROW
    WHEN (NEW.individual_id IS NOT NULL) EXECUTE FUNCTION refuse_merged_individual();

CREATE VIEW individual_records AS
SELECT individuals.*, into_individual_id AS merged_into_id
FROM individuals LEFT JOIN merges_in_force ON from_individual_id = individuals.id;
COMMENT ON VIEW individual_records IS 'Known animals, with the animal that each was merged into.';

CREATE VIEW identity_change_records AS
SELECT
    identity_changes.*, leaving.name AS from_name, taking.name AS into_name, undo.id AS undone_by,
    ARRAY(
        SELECT encounter_id FROM identity_change_encounters WHERE change_id = identity_changes.id ORDER BY encounter_id
    ) AS encounter_ids
FROM identity_changes
JOIN individuals AS leaving ON leaving.id = identity_changes.from_individual_id
JOIN individuals AS taking ON taking.id = identity_changes.into_individual_id
LEFT JOIN identity_changes AS undo ON undo.undoes = identity_changes.id;
COMMENT ON VIEW identity_change_records IS 'Changes with the names of their animals, what they moved, and what undid them.';

CREATE VIEW duplicate_proposal_records AS
SELECT
    duplicate_proposals.*, shown_a.body_region, shown_a.photo_id AS photo_a_id, shown_b.photo_id AS photo_b_id,
    met_a.individual_id AS current_a_id, met_b.individual_id AS current_b_id,
    animal_a.name AS current_a_name, animal_b.name AS current_b_name,
    review.id AS review_id, review.verdict, review.decided_by, review.decided_at,
    CASE
        WHEN met_a.individual_id = met_b.individual_id THEN 'same'
        WHEN review.verdict IN ('different', 'undecided') THEN review.verdict
        ELSE 'open'
    END AS state
FROM duplicate_proposals
JOIN annotations AS shown_a ON shown_a.id = annotation_a_id
JOIN annotations AS shown_b ON shown_b.id = annotation_b_id
JOIN encounters AS met_a ON met_a.id = shown_a.encounter_id
JOIN encounters AS met_b ON met_b.id = shown_b.encounter_id
LEFT JOIN individuals AS animal_a ON animal_a.id = met_a.individual_id
LEFT JOIN individuals AS animal_b ON animal_b.id = met_b.individual_id
LEFT JOIN LATERAL (
    SELECT * FROM duplicate_reviews WHERE proposal_id = duplicate_proposals.id ORDER BY position DESC LIMIT 1
) AS review ON true;
COMMENT ON VIEW duplicate_proposal_records IS
    'Proposals with the animals their photographs belong to by now, the latest review, and the state: same where both '
    'belong to one animal, else different or undecided as reviewed, else open; so undoing a merge opens its proposal.';

CREATE VIEW reviewed_pairs AS
SELECT
    'decision' AS source, decision.id AS review_id, candidates.photo_id, reference_photo_id, body_region,
    decision.kind = 'confirmed'
        AND settled_individual(candidates.individual_id) = settled_individual(decision.individual_id) AS is_same,
    settled_individual(candidates.individual_id) AS individual_id, candidates.score,
    extractor || ' ' || split_part(decider, ' ', 1) AS scorer,
    decision.api_key_id::text AS decided_by, decision.created_at AS decided_at
FROM (SELECT DISTINCT ON (screening_id) * FROM decisions ORDER BY screening_id, created_at DESC, id DESC) AS decision
JOIN screenings ON screenings.id = decision.screening_id
JOIN candidates ON candidates.screening_id = decision.screening_id
WHERE decision.kind IN ('confirmed', 'unknown')
    OR decision.kind = 'rejected'
    AND (screenings.individual_id IS NULL OR screenings.individual_id = candidates.individual_id)
UNION ALL
SELECT
    'duplicate_review', review_id, photo_b_id, photo_a_id, body_region, verdict = 'same', current_a_id, score, scorer,
    decided_by, decided_at
FROM duplicate_proposal_records
WHERE verdict = state AND verdict IN ('same', 'different');
COMMENT ON VIEW reviewed_pairs IS
    'Pairs of photographs of which people said that they show the same animal or different ones, with the score they '
    'had: of each screening''s latest decision, the candidates (of a rejected match only the animal named), and the '
    'duplicates reviewed. A confirmed animal''s own candidate is the same, all others are different.';

CREATE TABLE calibrations (
    id uuid PRIMARY KEY,
    population text,
    body_region text NOT NULL,
    scorer text NOT NULL,
    intercept double precision NOT NULL,
    slope double precision NOT NULL,
    look_alike_rate double precision NOT NULL,
    genuine_pairs bigint NOT NULL,
    impostor_pairs bigint NOT NULL,
    animals bigint NOT NULL,
    figures jsonb NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now(),
    made_by text NOT NULL,
    CONSTRAINT calibrations_population_not_blank CHECK (
        population = btrim(population) AND char_length(population) BETWEEN 1 AND 200),
    CONSTRAINT calibrations_body_region CHECK (body_region IN ('head', 'trunk', 'belly', 'tail')),
    CONSTRAINT calibrations_scorer_not_blank CHECK (btrim(scorer) <> '' AND char_length(scorer) <= 400),
    CONSTRAINT calibrations_intercept CHECK (intercept > '-Infinity' AND intercept < 'Infinity'),
    CONSTRAINT calibrations_slope CHECK (slope > 0 AND slope < 'Infinity'),
    CONSTRAINT calibrations_look_alike_rate CHECK (look_alike_rate > 0 AND look_alike_rate < 1),
    CONSTRAINT calibrations_counts CHECK (genuine_pairs > 0 AND impostor_pairs > 0 AND animals > 0),
    CONSTRAINT calibrations_figures_object CHECK (jsonb_typeof(figures) = 'object'),
    CONSTRAINT calibrations_made_by_not_blank CHECK (btrim(made_by) <> '' AND char_length(made_by) <= 500)
);
COMMENT ON TABLE calibrations IS 'What a pair score is worth, learned from reviewed pairs. Append-only; activations say which counts.';
COMMENT ON COLUMN calibrations.id IS 'UUIDv7.';
COMMENT ON COLUMN calibrations.population IS 'The population whose pairs it was learned from; null for the whole registry.';
COMMENT ON COLUMN calibrations.body_region IS 'The part of the animal on those photographs.';
COMMENT ON COLUMN calibrations.scorer IS 'Versions of extractor and matcher, a space between; the scores of no other are weighed by it.';
COMMENT ON COLUMN calibrations.intercept IS 'Logarithm of the likelihood ratio at a score of 0.';
COMMENT ON COLUMN calibrations.slope IS 'Its rise with ln(1 + score).';
COMMENT ON COLUMN calibrations.look_alike_rate IS 'How often a different animal is taken to score as high as any; the ratio stays below its inverse.';
COMMENT ON COLUMN calibrations.genuine_pairs IS 'Pairs of one animal it was learned from.';
COMMENT ON COLUMN calibrations.impostor_pairs IS 'Pairs of different animals it was learned from.';
COMMENT ON COLUMN calibrations.animals IS 'Animals with a pair of their own among them.';
COMMENT ON COLUMN calibrations.figures IS
    'Quality on the pairs, cross-validated by animal: {before, after}, each {ece, brier, logLoss}; before is what counted when it was learned.';
COMMENT ON COLUMN calibrations.made_at IS 'When it was learned.';
COMMENT ON COLUMN calibrations.made_by IS 'Who had it learned, by name.';
CREATE TRIGGER calibrations_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON calibrations FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('Calibrations are only ever appended: learn another one.');

CREATE TABLE calibration_activations (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    calibration_id uuid NOT NULL REFERENCES calibrations,
    activated_by text NOT NULL,
    note text,
    activated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT calibration_activations_activated_by_not_blank CHECK (
        btrim(activated_by) <> '' AND char_length(activated_by) <= 500),
    CONSTRAINT calibration_activations_note_length CHECK (char_length(note) BETWEEN 1 AND 4000)
);
CREATE INDEX calibration_activations_calibration ON calibration_activations (calibration_id);
COMMENT ON TABLE calibration_activations IS 'Which calibration counts since when; appended, the latest of a population, region and scorer counts.';
COMMENT ON COLUMN calibration_activations.position IS 'Order of the activations.';
COMMENT ON COLUMN calibration_activations.calibration_id IS 'The calibration that counts from then on.';
COMMENT ON COLUMN calibration_activations.activated_by IS 'Who decided it, by name.';
COMMENT ON COLUMN calibration_activations.note IS 'Why.';
COMMENT ON COLUMN calibration_activations.activated_at IS 'When.';
CREATE TRIGGER calibration_activations_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON calibration_activations
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('Activations are only ever appended: activate another one.');

CREATE VIEW calibration_records AS
SELECT
    calibrations.*, latest.position AS activation,
    CASE WHEN latest.position = max(latest.position) OVER (PARTITION BY population, body_region, scorer)
        THEN latest.activated_at END AS active_since
FROM calibrations LEFT JOIN LATERAL (
    SELECT * FROM calibration_activations WHERE calibration_id = calibrations.id ORDER BY position DESC LIMIT 1
) AS latest ON true;
COMMENT ON VIEW calibration_records IS 'Calibrations; active_since is set in the one that counts for its population, region and scorer.';

CREATE TABLE agency_policies (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    agency_id uuid NOT NULL REFERENCES agencies,
    false_positive_identification_rate double precision NOT NULL,
    cost_wrong_name double precision NOT NULL,
    cost_missed_animal double precision NOT NULL,
    cost_review double precision NOT NULL,
    set_by text NOT NULL,
    set_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT agency_policies_false_positive_identification_rate CHECK (
        false_positive_identification_rate > 0 AND false_positive_identification_rate <= 0.1),
    CONSTRAINT agency_policies_costs CHECK (
        cost_review > 0 AND cost_wrong_name > 2 * cost_review AND cost_missed_animal > 2 * cost_review
        AND cost_wrong_name < 'Infinity' AND cost_missed_animal < 'Infinity'),
    CONSTRAINT agency_policies_set_by_not_blank CHECK (btrim(set_by) <> '' AND char_length(set_by) <= 500)
);
CREATE INDEX agency_policies_agency ON agency_policies (agency_id, position);
COMMENT ON TABLE agency_policies IS 'How sure an agency wants an answer to be; appended, the latest counts. Without one the program''s standard does.';
COMMENT ON COLUMN agency_policies.position IS 'Order in which they were set.';
COMMENT ON COLUMN agency_policies.agency_id IS 'The agency.';
COMMENT ON COLUMN agency_policies.false_positive_identification_rate IS
    'How many of the searches for unknown animals may name one, as a fraction, more than 0 and at most 0.1.';
COMMENT ON COLUMN agency_policies.cost_wrong_name IS 'What naming a wrong animal costs, in the unit of the others; more than twice a review.';
COMMENT ON COLUMN agency_policies.cost_missed_animal IS 'What calling a known animal unknown costs; more than twice a review.';
COMMENT ON COLUMN agency_policies.cost_review IS 'What leaving the question to a person costs.';
COMMENT ON COLUMN agency_policies.set_by IS 'Who set it, by name.';
COMMENT ON COLUMN agency_policies.set_at IS 'When.';
CREATE TRIGGER agency_policies_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON agency_policies FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('Policies are only ever appended: set another one.');

ALTER TABLE events ALTER COLUMN screening_id DROP NOT NULL, ALTER COLUMN agency_id DROP NOT NULL,
    DROP CONSTRAINT events_kind,
    ADD CONSTRAINT events_kind CHECK (kind IN (
        'screening.completed', 'screening.decided', 'duplicate.proposed', 'identity.merged', 'identity.split',
        'identity.change_undone')),
    ADD CONSTRAINT events_screening_of_its_kind CHECK (
        (kind IN ('screening.completed', 'screening.decided')) = (screening_id IS NOT NULL)
        AND (screening_id IS NULL) = (agency_id IS NULL));
COMMENT ON COLUMN events.agency_id IS 'The agency concerned; null where the whole registry is.';
COMMENT ON COLUMN events.screening_id IS 'The screening concerned; null for events of animals.';

ALTER TABLE idempotency_keys DROP CONSTRAINT idempotency_keys_resource_kind,
    ADD CONSTRAINT idempotency_keys_resource_kind CHECK (
        resource_kind IN ('photo', 'screening', 'decision', 'duplicate_review', 'identity_change'));
