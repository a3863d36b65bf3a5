-- Landmarks of heads, and what was learned by them.

CREATE TABLE head_landmarks (
    id uuid PRIMARY KEY,
    position bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT head_landmarks_position_key UNIQUE,
    photo_id uuid NOT NULL REFERENCES photos,
    scheme text NOT NULL,
    points jsonb NOT NULL,
    suggested_by text,
    placed_by text NOT NULL,
    api_key_id uuid REFERENCES api_keys,
    placed_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT head_landmarks_scheme CHECK (scheme IN ('dorsal-head-1')),
    CONSTRAINT head_landmarks_points CHECK (jsonb_typeof(points) = 'array' AND jsonb_array_length(points) = 12),
    CONSTRAINT head_landmarks_suggested_by_not_blank CHECK (
        btrim(suggested_by) <> '' AND char_length(suggested_by) <= 200),
    CONSTRAINT head_landmarks_placed_by_not_blank CHECK (btrim(placed_by) <> '' AND char_length(placed_by) <= 500)
);
CREATE INDEX head_landmarks_photo ON head_landmarks (photo_id, position);
COMMENT ON TABLE head_landmarks IS
    'Landmarks of heads seen from above. Append-only: the latest that a person placed count, else the latest suggestion.';
COMMENT ON COLUMN head_landmarks.id IS 'UUIDv7.';
COMMENT ON COLUMN head_landmarks.position IS 'Order in which they were placed.';
COMMENT ON COLUMN head_landmarks.photo_id IS 'The photograph.';
COMMENT ON COLUMN head_landmarks.scheme IS 'Name and version of the scheme, which names the points in their order.';
COMMENT ON COLUMN head_landmarks.points IS 'Pairs of x to the right and y downwards, in pixels of the upright photograph.';
COMMENT ON COLUMN head_landmarks.suggested_by IS 'What suggested them, name and version; null where a person placed them.';
COMMENT ON COLUMN head_landmarks.placed_by IS 'Who placed them or took the suggestion over, by name.';
COMMENT ON COLUMN head_landmarks.api_key_id IS 'The key under which they came; null from the command line.';
COMMENT ON COLUMN head_landmarks.placed_at IS 'When.';
CREATE TRIGGER head_landmarks_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON head_landmarks FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('Landmarks are only ever appended: place them again.');

CREATE VIEW current_head_landmarks AS
SELECT DISTINCT ON (photo_id) * FROM head_landmarks ORDER BY photo_id, suggested_by IS NOT NULL, position DESC;
COMMENT ON VIEW current_head_landmarks IS
    'Of each photograph the landmarks that count: the latest that a person placed, else the latest suggestion.';

CREATE VIEW photo_owners AS
SELECT
    annotations.photo_id, encounters.individual_id, 1 AS rank, encounters.decimal_latitude,
    encounters.decimal_longitude, encounters.coordinate_uncertainty_in_meters
FROM annotations JOIN encounters ON encounters.id = encounter_id
UNION ALL
SELECT
    screening_photos.photo_id, settled_individual(decision.individual_id), 2, screenings.decimal_latitude,
    screenings.decimal_longitude, screenings.coordinate_uncertainty_in_meters
FROM (SELECT DISTINCT ON (screening_id) * FROM decisions ORDER BY screening_id, created_at DESC, id DESC) AS decision
JOIN screenings ON screenings.id = decision.screening_id
JOIN screening_photos ON screening_photos.screening_id = screenings.id
WHERE decision.kind = 'confirmed';
COMMENT ON VIEW photo_owners IS
    'Whose a photograph is, as people say: by enrolment (rank 1), or by confirming a screening (2).';

CREATE TABLE models (
    id uuid PRIMARY KEY,
    position bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT models_position_key UNIQUE,
    kind text NOT NULL,
    name text NOT NULL,
    version integer NOT NULL,
    record jsonb NOT NULL,
    entered_by text NOT NULL,
    entered_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT models_version_key UNIQUE (kind, name, version),
    CONSTRAINT models_kind CHECK (kind IN ('hybrids', 'landmarks')),
    CONSTRAINT models_name CHECK (name ~ '^[a-z0-9][a-z0-9._-]{0,99}$'),
    CONSTRAINT models_version CHECK (version > 0),
    CONSTRAINT models_record_object CHECK (jsonb_typeof(record) = 'object'),
    CONSTRAINT models_entered_by_not_blank CHECK (btrim(entered_by) <> '' AND char_length(entered_by) <= 500)
);
COMMENT ON TABLE models IS 'What photographs taught. Append-only; one that is retired says nothing more.';
COMMENT ON COLUMN models.id IS 'UUIDv7.';
COMMENT ON COLUMN models.position IS 'Order in which they were entered.';
COMMENT ON COLUMN models.kind IS 'hybrids: native or not, by DNA-tested animals; landmarks: where those of a head lie.';
COMMENT ON COLUMN models.name IS 'Name, shared by the versions of one model.';
COMMENT ON COLUMN models.version IS 'Version of the name, from 1.';
COMMENT ON COLUMN models.record IS
    'The model with the fingerprint of its data, whether its animals are drawn, and its figures.';
COMMENT ON COLUMN models.entered_by IS 'Who entered it, by name.';
COMMENT ON COLUMN models.entered_at IS 'When.';
CREATE TRIGGER models_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON models FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('Models are only ever appended: enter another version, or retire this one.');

CREATE TABLE model_retirements (
    model_id uuid PRIMARY KEY REFERENCES models,
    retired_by text NOT NULL,
    note text,
    retired_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT model_retirements_retired_by_not_blank CHECK (
        btrim(retired_by) <> '' AND char_length(retired_by) <= 500),
    CONSTRAINT model_retirements_note_length CHECK (char_length(note) BETWEEN 1 AND 4000)
);
COMMENT ON TABLE model_retirements IS 'Models that say nothing any more. Append-only.';
COMMENT ON COLUMN model_retirements.model_id IS 'The model.';
COMMENT ON COLUMN model_retirements.retired_by IS 'Who retired it, by name.';
COMMENT ON COLUMN model_retirements.note IS 'Why.';
COMMENT ON COLUMN model_retirements.retired_at IS 'When.';
CREATE TRIGGER model_retirements_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON model_retirements
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('What is retired stays so: enter the model as another version.');

CREATE VIEW model_records AS
SELECT
    models.*,
    CASE kind WHEN 'hybrids' THEN record #>> '{model,form}' ELSE record ->> 'form' END AS form,
    CASE kind WHEN 'hybrids' THEN record #>> '{model,data,measures}' ELSE record ->> 'scheme' END AS scheme,
    (CASE kind WHEN 'hybrids' THEN record #>> '{model,data,is_drawn}' ELSE record #>> '{data,is_drawn}' END)::boolean
        AS is_drawn,
    retired_by, retired_at, note AS retirement_note
FROM models LEFT JOIN model_retirements ON model_id = models.id;
COMMENT ON VIEW model_records IS 'Models with their retirement, where there was one.';

ALTER TABLE idempotency_keys DROP CONSTRAINT idempotency_keys_resource_kind,
    ADD CONSTRAINT idempotency_keys_resource_kind CHECK (
        resource_kind IN (
            'photo', 'screening', 'decision', 'duplicate_review', 'identity_change', 'tag_assignment', 'tag_end',
            'tag_read', 'case_resolution', 'translocation', 'high_water', 'endpoint', 'event', 'dna_sample',
            'dna_custody', 'dna_result', 'hybrid_assessment', 'head_landmarks'));
