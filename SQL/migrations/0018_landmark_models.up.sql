-- What photographs with landmarks taught about where landmarks lie; what a person placed counts before what was suggested.

CREATE TABLE landmark_models (
    id uuid PRIMARY KEY,
    position bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT landmark_models_position_key UNIQUE,
    name text NOT NULL,
    version integer NOT NULL,
    record jsonb NOT NULL,
    entered_by text NOT NULL,
    entered_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT landmark_models_name_version_key UNIQUE (name, version),
    CONSTRAINT landmark_models_name CHECK (name ~ '^[a-z0-9][a-z0-9._-]{0,99}$'),
    CONSTRAINT landmark_models_version CHECK (version > 0),
    CONSTRAINT landmark_models_record_object CHECK (jsonb_typeof(record) = 'object'),
    CONSTRAINT landmark_models_entered_by_not_blank CHECK (btrim(entered_by) <> '' AND char_length(entered_by) <= 500)
);
COMMENT ON TABLE landmark_models IS 'What photographs with landmarks taught. Append-only; one that is retired suggests nothing more.';
COMMENT ON COLUMN landmark_models.id IS 'UUIDv7.';
COMMENT ON COLUMN landmark_models.position IS 'Order in which they were entered.';
COMMENT ON COLUMN landmark_models.name IS 'Name, shared by the versions of one model.';
COMMENT ON COLUMN landmark_models.version IS 'Version of the name, from 1.';
COMMENT ON COLUMN landmark_models.record IS
    'The model with the fingerprint of its data, whether its animals are drawn, and its figures.';
COMMENT ON COLUMN landmark_models.entered_by IS 'Who entered it, by name.';
COMMENT ON COLUMN landmark_models.entered_at IS 'When.';
CREATE TRIGGER landmark_models_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON landmark_models FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('Models are only ever appended: enter another version, or retire this one.');

CREATE TABLE landmark_model_retirements (
    model_id uuid PRIMARY KEY CONSTRAINT landmark_model_retirements_landmark_model_id_fkey REFERENCES landmark_models,
    retired_by text NOT NULL,
    note text,
    retired_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT landmark_model_retirements_retired_by_not_blank CHECK (
        btrim(retired_by) <> '' AND char_length(retired_by) <= 500),
    CONSTRAINT landmark_model_retirements_note_length CHECK (char_length(note) BETWEEN 1 AND 4000)
);
COMMENT ON TABLE landmark_model_retirements IS 'Models that suggest nothing any more. Append-only.';
COMMENT ON COLUMN landmark_model_retirements.model_id IS 'The model.';
COMMENT ON COLUMN landmark_model_retirements.retired_by IS 'Who retired it, by name.';
COMMENT ON COLUMN landmark_model_retirements.note IS 'Why.';
COMMENT ON COLUMN landmark_model_retirements.retired_at IS 'When.';
CREATE TRIGGER landmark_model_retirements_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON landmark_model_retirements
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('What is retired stays so: enter the model as another version.');

CREATE VIEW landmark_model_records AS
SELECT landmark_models.*, retired_by, retired_at, note AS retirement_note
FROM landmark_models LEFT JOIN landmark_model_retirements ON model_id = landmark_models.id;
COMMENT ON VIEW landmark_model_records IS 'Models with their retirement, where there was one.';

CREATE OR REPLACE VIEW current_head_landmarks AS
SELECT DISTINCT ON (photo_id) * FROM head_landmarks ORDER BY photo_id, suggested_by IS NOT NULL, position DESC;
COMMENT ON VIEW current_head_landmarks IS
    'Of each photograph the landmarks that count: the latest that a person placed, else the latest suggestion.';
COMMENT ON TABLE head_landmarks IS
    'Landmarks of heads seen from above. Append-only: the latest that a person placed count, else the latest suggestion.';

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
