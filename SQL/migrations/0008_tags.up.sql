-- PIT tags: codes, whose they are over time, what readers read, what tags and photographs say of each other, and cases
-- that people settle.

CREATE TABLE tags (
    id uuid PRIMARY KEY,
    code text NOT NULL CONSTRAINT tags_code_key UNIQUE,
    kind text NOT NULL,
    is_duplicated boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT tags_kind CHECK (kind IN ('iso', 'avid', 'trovan', 'fdx_a', 'trovan_or_fdx_a')),
    CONSTRAINT tags_code_format CHECK (
        CASE kind WHEN 'iso' THEN code ~ '^[0-9]{15}$' WHEN 'avid' THEN code ~ '^[0-9]{9}$' ELSE code ~ '^[0-9A-F]{10}$' END)
);
COMMENT ON TABLE tags IS
    'Codes of PIT tags that were read, listed or put in, known to belong to an animal or not. A code is never an animal''s key.';
COMMENT ON COLUMN tags.id IS 'UUIDv7.';
COMMENT ON COLUMN tags.code IS 'The canonical code: 15 digits (ISO 11784), 9 digits (AVID) or 10 hexadecimal digits (Trovan, FDX-A).';
COMMENT ON COLUMN tags.kind IS 'The family of transponders; made more exact once somebody tells Trovan from FDX-A.';
COMMENT ON COLUMN tags.is_duplicated IS 'Whether people know that several tags bear this code; then several animals may at once.';
COMMENT ON COLUMN tags.created_at IS 'When the code was first entered.';

CREATE TABLE tag_assignments (
    id uuid PRIMARY KEY,
    tag_id uuid NOT NULL REFERENCES tags,
    individual_id uuid NOT NULL REFERENCES individuals,
    encounter_id uuid REFERENCES encounters,
    valid_from timestamptz,
    valid_to timestamptz,
    evidence text NOT NULL,
    decided_by text NOT NULL,
    api_key_id uuid REFERENCES api_keys,
    end_reason text,
    end_note text,
    ended_by text,
    ended_at timestamptz,
    end_api_key_id uuid REFERENCES api_keys,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT tag_assignments_not_in_the_future CHECK (
        valid_from <= created_at + interval '1 day' AND valid_to <= ended_at + interval '1 day'),
    CONSTRAINT tag_assignments_ordered CHECK (valid_from <= valid_to),
    CONSTRAINT tag_assignments_evidence_not_blank CHECK (btrim(evidence) <> '' AND char_length(evidence) <= 2000),
    CONSTRAINT tag_assignments_decided_by_not_blank CHECK (btrim(decided_by) <> '' AND char_length(decided_by) <= 500),
    CONSTRAINT tag_assignments_end_reason CHECK (end_reason IN ('lost', 'removed', 'death', 'error', 'moved')),
    CONSTRAINT tag_assignments_end_whole CHECK (num_nulls(valid_to, end_reason, ended_by, ended_at) IN (0, 4)),
    CONSTRAINT tag_assignments_end_note CHECK (
        end_note IS NULL OR char_length(end_note) BETWEEN 1 AND 2000 AND end_reason IS NOT NULL),
    CONSTRAINT tag_assignments_end_key CHECK (end_api_key_id IS NULL OR end_reason IS NOT NULL),
    CONSTRAINT tag_assignments_ended_by_not_blank CHECK (btrim(ended_by) <> '' AND char_length(ended_by) <= 500)
);
CREATE INDEX tag_assignments_tag ON tag_assignments (tag_id);
CREATE INDEX tag_assignments_individual ON tag_assignments (individual_id);
CREATE INDEX tag_assignments_encounter ON tag_assignments (encounter_id);
COMMENT ON TABLE tag_assignments IS
    'Which animal bore which tag from when to when. An end is recorded once; nothing else is changed, except the animal by '
    'merges, splits and what undoes them.';
COMMENT ON COLUMN tag_assignments.id IS 'UUIDv7.';
COMMENT ON COLUMN tag_assignments.tag_id IS 'The tag.';
COMMENT ON COLUMN tag_assignments.individual_id IS 'The animal.';
COMMENT ON COLUMN tag_assignments.encounter_id IS 'The meeting at which it was put in or first read; the assignment goes with it when animals are split.';
COMMENT ON COLUMN tag_assignments.valid_from IS 'Since when; null where nobody knows, which counts as always.';
COMMENT ON COLUMN tag_assignments.valid_to IS 'Until when; null while it holds.';
COMMENT ON COLUMN tag_assignments.evidence IS 'What it rests on: put in by whom, a list, a record.';
COMMENT ON COLUMN tag_assignments.decided_by IS 'Who says so, by name.';
COMMENT ON COLUMN tag_assignments.api_key_id IS 'The key under which it came; null from the command line.';
COMMENT ON COLUMN tag_assignments.end_reason IS
    'lost: the tag is out of the animal; removed: taken out; death: the animal died; error: the record was wrong; moved: put into another animal.';
COMMENT ON COLUMN tag_assignments.end_note IS 'What the end rests on.';
COMMENT ON COLUMN tag_assignments.ended_by IS 'Who recorded the end, by name.';
COMMENT ON COLUMN tag_assignments.ended_at IS 'When the end was recorded.';
COMMENT ON COLUMN tag_assignments.end_api_key_id IS 'The key under which the end came; null from the command line.';
COMMENT ON COLUMN tag_assignments.created_at IS 'When it was entered.';

CREATE FUNCTION keep_tag_with_one_animal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    duplicated boolean;
BEGIN
    -- The lock lets writers of one tag take turns; the next statement sees what the earlier ones committed.
    SELECT is_duplicated INTO duplicated FROM tags WHERE id = NEW.tag_id FOR UPDATE;
    IF NOT duplicated AND NEW.end_reason IS DISTINCT FROM 'error' AND EXISTS (
        SELECT FROM tag_assignments
        WHERE tag_id = NEW.tag_id AND id <> NEW.id AND end_reason IS DISTINCT FROM 'error'
            AND tstzrange(valid_from, valid_to) && tstzrange(NEW.valid_from, NEW.valid_to))
    THEN
        RAISE EXCEPTION 'tag % belongs to an animal at that time already', NEW.tag_id
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'tag_assignments_one_animal', TABLE = 'tag_assignments';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION keep_tag_with_one_animal() IS
    'Refuses a second animal for a tag at one time, unless several tags are known to bear its code; what was recorded in '
    'error does not count.';
CREATE TRIGGER tag_assignments_one_animal BEFORE INSERT OR UPDATE OF tag_id, valid_from, valid_to ON tag_assignments
    FOR EACH ROW EXECUTE FUNCTION keep_tag_with_one_animal();

CREATE FUNCTION keep_duplicated_tag() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM tag_assignments AS one JOIN tag_assignments AS other
            ON other.tag_id = one.tag_id AND other.id > one.id
            AND tstzrange(other.valid_from, other.valid_to) && tstzrange(one.valid_from, one.valid_to)
        WHERE one.tag_id = NEW.id AND one.end_reason IS DISTINCT FROM 'error'
            AND other.end_reason IS DISTINCT FROM 'error')
    THEN
        RAISE EXCEPTION 'tag % belongs to several animals at one time', NEW.id
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'tag_assignments_one_animal', TABLE = 'tags';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION keep_duplicated_tag() IS 'Keeps a code flagged as duplicated while several animals bear it at one time.';
CREATE TRIGGER tags_keep_duplicated BEFORE UPDATE OF is_duplicated ON tags FOR EACH ROW
    WHEN (OLD.is_duplicated AND NOT NEW.is_duplicated) EXECUTE FUNCTION keep_duplicated_tag();

CREATE FUNCTION refuse_tag_of_merged_individual() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM merges_in_force WHERE from_individual_id = NEW.individual_id) THEN
        RAISE EXCEPTION 'animal % was merged into another and takes no tags', NEW.individual_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'tag_assignments_individual_not_merged',
                TABLE = 'tag_assignments';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION refuse_tag_of_merged_individual() IS 'Refuses a tag for an animal that was merged into another.';
CREATE TRIGGER tag_assignments_individual_not_merged BEFORE INSERT OR UPDATE OF individual_id ON tag_assignments
    FOR EACH ROW EXECUTE FUNCTION refuse_tag_of_merged_individual();
CREATE TRIGGER tag_assignments_end_stays BEFORE UPDATE OF valid_to, end_reason, ended_by ON tag_assignments FOR EACH ROW
    WHEN (OLD.end_reason IS NOT NULL) EXECUTE FUNCTION refuse_change('An end is recorded once: assign the tag again.');
CREATE TRIGGER tag_assignments_keep BEFORE DELETE OR TRUNCATE ON tag_assignments FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('Assignments are never deleted: end one.');

CREATE TABLE identity_change_tag_assignments (
    change_id uuid NOT NULL REFERENCES identity_changes,
    assignment_id uuid NOT NULL REFERENCES tag_assignments,
    PRIMARY KEY (change_id, assignment_id)
);
CREATE INDEX identity_change_tag_assignments_assignment ON identity_change_tag_assignments (assignment_id);
COMMENT ON TABLE identity_change_tag_assignments IS
    'The tag assignments a change moved: all of a merge, those of the moved encounters of a split, and back by an undo.';
COMMENT ON COLUMN identity_change_tag_assignments.change_id IS 'The change.';
COMMENT ON COLUMN identity_change_tag_assignments.assignment_id IS 'The assignment.';
CREATE TRIGGER identity_change_tag_assignments_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON identity_change_tag_assignments
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('Changes are only ever appended: undo one by another.');

CREATE TABLE tag_reads (
    id uuid PRIMARY KEY,
    agency_id uuid NOT NULL REFERENCES agencies,
    api_key_id uuid REFERENCES api_keys,
    raw_text text,
    tag_id uuid REFERENCES tags,
    refusal text,
    reader text,
    frequencies text[] NOT NULL DEFAULT '{}',
    event_date timestamptz,
    decimal_latitude double precision,
    decimal_longitude double precision,
    coordinate_uncertainty_in_meters double precision,
    locality text,
    recorded_by text,
    encounter_id uuid REFERENCES encounters,
    screening_id uuid REFERENCES screenings,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT tag_reads_raw_text_length CHECK (char_length(raw_text) BETWEEN 1 AND 200),
    CONSTRAINT tag_reads_read_or_refused CHECK (
        (raw_text IS NOT NULL) = (num_nonnulls(tag_id, refusal) = 1) AND num_nonnulls(tag_id, refusal) <= 1),
    CONSTRAINT tag_reads_none_found_names_the_reader CHECK (raw_text IS NOT NULL OR cardinality(frequencies) > 0),
    CONSTRAINT tag_reads_reader_length CHECK (char_length(reader) BETWEEN 1 AND 200),
    CONSTRAINT tag_reads_frequencies CHECK (
        frequencies <@ ARRAY['125', '128', '134.2'] AND cardinality(frequencies) <= 3),
    CONSTRAINT tag_reads_not_in_the_future CHECK (event_date <= created_at + interval '1 day'),
    CONSTRAINT tag_reads_both_coordinates CHECK ((decimal_latitude IS NULL) = (decimal_longitude IS NULL)),
    CONSTRAINT tag_reads_on_the_globe CHECK (
        decimal_latitude BETWEEN -90 AND 90 AND decimal_longitude BETWEEN -180 AND 180),
    CONSTRAINT tag_reads_not_null_island CHECK (decimal_latitude <> 0 OR decimal_longitude <> 0),
    CONSTRAINT tag_reads_uncertainty CHECK (
        coordinate_uncertainty_in_meters IS NULL
        OR coordinate_uncertainty_in_meters > 0 AND coordinate_uncertainty_in_meters < 'Infinity'
        AND decimal_latitude IS NOT NULL),
    CONSTRAINT tag_reads_locality_length CHECK (char_length(locality) BETWEEN 1 AND 1000),
    CONSTRAINT tag_reads_recorded_by_length CHECK (char_length(recorded_by) BETWEEN 1 AND 200)
);
CREATE INDEX tag_reads_tag ON tag_reads (tag_id, id);
CREATE INDEX tag_reads_screening ON tag_reads (screening_id);
CREATE INDEX tag_reads_encounter ON tag_reads (encounter_id);
COMMENT ON TABLE tag_reads IS 'What readers read, or that they found nothing. Append-only.';
COMMENT ON COLUMN tag_reads.id IS 'UUIDv7.';
COMMENT ON COLUMN tag_reads.agency_id IS 'Whose reader.';
COMMENT ON COLUMN tag_reads.api_key_id IS 'The key under which it came; null from the command line.';
COMMENT ON COLUMN tag_reads.raw_text IS 'The text as it came; null where the animal was scanned and no tag was found.';
COMMENT ON COLUMN tag_reads.tag_id IS 'The tag in the text; null where the text holds no code.';
COMMENT ON COLUMN tag_reads.refusal IS 'Why the text is no code.';
COMMENT ON COLUMN tag_reads.reader IS 'Type of the reader in words; null where nobody said.';
COMMENT ON COLUMN tag_reads.frequencies IS 'Frequencies it reads at, in kHz: 125, 128, 134.2. Needed where nothing was found, for only then that says something.';
COMMENT ON COLUMN tag_reads.event_date IS 'eventDate: when; null where unknown, or where the screening says it.';
COMMENT ON COLUMN tag_reads.decimal_latitude IS 'decimalLatitude: degrees north, WGS 84; null where unknown, or where the screening says it.';
COMMENT ON COLUMN tag_reads.decimal_longitude IS 'decimalLongitude: degrees east, WGS 84.';
COMMENT ON COLUMN tag_reads.coordinate_uncertainty_in_meters IS 'coordinateUncertaintyInMeters: radius in metres; null where unknown.';
COMMENT ON COLUMN tag_reads.locality IS 'locality: the place in words.';
COMMENT ON COLUMN tag_reads.recorded_by IS 'recordedBy: who read it.';
COMMENT ON COLUMN tag_reads.encounter_id IS 'The meeting with the animal, where there is one.';
COMMENT ON COLUMN tag_reads.screening_id IS 'The screening it was submitted with.';
COMMENT ON COLUMN tag_reads.created_at IS 'When it was entered.';
CREATE TRIGGER tag_reads_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON tag_reads FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('Reads are only ever appended.');

CREATE VIEW tag_assignment_records AS
SELECT tag_assignments.*, tags.code, tags.kind, tags.is_duplicated, individuals.name AS individual_name
FROM tag_assignments JOIN tags ON tags.id = tag_id JOIN individuals ON individuals.id = individual_id;
COMMENT ON VIEW tag_assignment_records IS 'Assignments with the code and the animal''s name.';

CREATE VIEW tag_read_records AS
SELECT
    tag_reads.id, tag_reads.agency_id, tag_reads.api_key_id, raw_text, tag_id, tags.code, tags.kind, refusal, reader,
    frequencies, coalesce(tag_reads.event_date, screenings.event_date) AS event_date,
    CASE WHEN tag_reads.decimal_latitude IS NULL THEN screenings.decimal_latitude ELSE tag_reads.decimal_latitude END
        AS decimal_latitude,
    CASE WHEN tag_reads.decimal_latitude IS NULL THEN screenings.decimal_longitude ELSE tag_reads.decimal_longitude END
        AS decimal_longitude,
    CASE WHEN tag_reads.decimal_latitude IS NULL THEN screenings.coordinate_uncertainty_in_meters
        ELSE tag_reads.coordinate_uncertainty_in_meters END AS coordinate_uncertainty_in_meters,
    coalesce(tag_reads.locality, screenings.locality) AS locality,
    coalesce(tag_reads.recorded_by, screenings.recorded_by) AS recorded_by,
    encounter_id, screening_id, tag_reads.created_at
FROM tag_reads LEFT JOIN tags ON tags.id = tag_id LEFT JOIN screenings ON screenings.id = screening_id;
COMMENT ON VIEW tag_read_records IS 'Reads with the code, and with time and place of the screening they came with.';

ALTER TABLE screenings ADD COLUMN tag_scan jsonb, ADD COLUMN tag_verdict jsonb,
    ADD CONSTRAINT screenings_tag_scan_object CHECK (jsonb_typeof(tag_scan) = 'object'),
    ADD CONSTRAINT screenings_tag_verdict_object CHECK (
        tag_verdict IS NULL OR jsonb_typeof(tag_verdict) = 'object' AND outcome IS NOT NULL);
COMMENT ON COLUMN screenings.tag_scan IS 'How the animal was scanned: {reader, frequencies, noneFound}; null where nobody said.';
COMMENT ON COLUMN screenings.tag_verdict IS
    'Agreement of tag and photograph, with the readings, the judgement of the photograph alone and the probabilities of both '
    'together; null in answers from before tags counted, and in failed ones.';
DROP VIEW screening_records;
CREATE VIEW screening_records AS
SELECT
    screenings.*,
    CASE
        WHEN outcome = 'failed' THEN 'failed'
        WHEN outcome IS NOT NULL THEN 'done'
        WHEN jobs.leased_until > now() THEN 'processing'
        ELSE 'received'
    END AS state,
    (
        SELECT jsonb_agg(jsonb_build_object(
            'photo', photo_id,
            'box', CASE WHEN box_x IS NOT NULL THEN jsonb_build_object(
                'x', box_x, 'y', box_y, 'width', box_width, 'height', box_height) END) ORDER BY place)
        FROM screening_photos WHERE screening_id = screenings.id
    ) AS photos,
    (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
            'individual', candidates.individual_id, 'name', individuals.name,
            'probability', candidates.probability, 'score', score, 'photo', photo_id,
            'reference', reference_photo_id, 'correspondences', correspondences) ORDER BY rank), '[]')
        FROM candidates JOIN individuals ON individuals.id = candidates.individual_id
        WHERE screening_id = screenings.id
    ) AS candidates
FROM screenings LEFT JOIN jobs ON jobs.screening_id = screenings.id;
COMMENT ON VIEW screening_records IS
    'Screenings with what is derived: state (received, processing, done, failed), photographs and candidates as JSON.';

CREATE TABLE cases (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    agency_id uuid NOT NULL REFERENCES agencies,
    screening_id uuid NOT NULL REFERENCES screenings,
    evidence jsonb NOT NULL,
    opened_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT cases_once_key UNIQUE (screening_id, kind),
    CONSTRAINT cases_kind CHECK (kind IN ('tag_conflict')),
    CONSTRAINT cases_evidence_object CHECK (jsonb_typeof(evidence) = 'object')
);
CREATE INDEX cases_agency ON cases (agency_id, id);
COMMENT ON TABLE cases IS
    'Contradictions that people settle. Opened with the verdict that found them; nothing is merged or moved by itself. Append-only.';
COMMENT ON COLUMN cases.id IS 'UUIDv7.';
COMMENT ON COLUMN cases.kind IS 'tag_conflict: tag and photograph, or two tags, contradict each other.';
COMMENT ON COLUMN cases.agency_id IS 'The agency whose screening it was.';
COMMENT ON COLUMN cases.screening_id IS 'The screening.';
COMMENT ON COLUMN cases.evidence IS 'Both pieces of evidence side by side, as they stood when the case was opened; its form belongs to the kind.';
COMMENT ON COLUMN cases.opened_at IS 'When.';
CREATE TRIGGER cases_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON cases FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('Cases are only ever appended: resolve one.');

CREATE TABLE case_resolutions (
    id uuid PRIMARY KEY,
    position bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT case_resolutions_position_key UNIQUE,
    case_id uuid NOT NULL REFERENCES cases,
    finding text NOT NULL,
    individual_id uuid REFERENCES individuals,
    note text,
    decided_by text NOT NULL,
    api_key_id uuid REFERENCES api_keys,
    decided_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT case_resolutions_finding CHECK (
        finding IN ('tag_misread', 'record_wrong', 'photo_wrong', 'tag_reused', 'undecided')),
    CONSTRAINT case_resolutions_note_length CHECK (char_length(note) BETWEEN 1 AND 4000),
    CONSTRAINT case_resolutions_decided_by_not_blank CHECK (btrim(decided_by) <> '' AND char_length(decided_by) <= 500)
);
CREATE INDEX case_resolutions_case ON case_resolutions (case_id, position);
COMMENT ON TABLE case_resolutions IS 'What people found out about cases; appended, the latest counts. It moves nothing by itself.';
COMMENT ON COLUMN case_resolutions.id IS 'UUIDv7.';
COMMENT ON COLUMN case_resolutions.position IS 'Order of the resolutions.';
COMMENT ON COLUMN case_resolutions.case_id IS 'The case.';
COMMENT ON COLUMN case_resolutions.finding IS
    'tag_misread: another code was read than the tag bears; record_wrong: the tag is recorded for the wrong animal; photo_wrong: '
    'the photograph was; tag_reused: the tag went into another animal; undecided: it stays open.';
COMMENT ON COLUMN case_resolutions.individual_id IS 'Which animal it was; null where that is not known.';
COMMENT ON COLUMN case_resolutions.note IS 'Why, in the reviewer''s words.';
COMMENT ON COLUMN case_resolutions.decided_by IS 'Who says so, by name.';
COMMENT ON COLUMN case_resolutions.api_key_id IS 'The key under which it came; null from the command line.';
COMMENT ON COLUMN case_resolutions.decided_at IS 'When.';
CREATE TRIGGER case_resolutions_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON case_resolutions FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('Resolutions are only ever appended: resolve again.');

CREATE VIEW case_records AS
SELECT
    cases.*, latest.finding AS latest_finding,
    CASE WHEN latest.finding IS NULL OR latest.finding = 'undecided' THEN 'open' ELSE 'resolved' END AS state
FROM cases LEFT JOIN LATERAL (
    SELECT * FROM case_resolutions WHERE case_id = cases.id ORDER BY position DESC LIMIT 1
) AS latest ON true;
COMMENT ON VIEW case_records IS 'Cases with their state: open until somebody finds out more than undecided.';

CREATE TABLE tag_rate_assumptions (
    name text PRIMARY KEY,
    successes double precision NOT NULL,
    failures double precision NOT NULL,
    is_assumed boolean NOT NULL,
    source text NOT NULL,
    CONSTRAINT tag_rate_assumptions_name CHECK (name IN ('misread', 'wrong_record', 'not_found')),
    CONSTRAINT tag_rate_assumptions_counts CHECK (successes > 0 AND failures > 0),
    CONSTRAINT tag_rate_assumptions_source_not_blank CHECK (btrim(source) <> '' AND char_length(source) <= 1000)
);
COMMENT ON TABLE tag_rate_assumptions IS
    'How often tags mislead, as Beta distributions before the registry''s own history is counted: failures / (failures + successes).';
COMMENT ON COLUMN tag_rate_assumptions.name IS
    'misread: the reader''s text is another code than the tag''s; wrong_record: the tag is recorded for another animal; not_found: a '
    'fitting reader finds no tag in an animal that was tagged.';
COMMENT ON COLUMN tag_rate_assumptions.successes IS 'Cases that went well, or pseudo-counts for them.';
COMMENT ON COLUMN tag_rate_assumptions.failures IS 'Cases that went wrong, or pseudo-counts for them.';
COMMENT ON COLUMN tag_rate_assumptions.is_assumed IS 'Whether nobody measured it.';
COMMENT ON COLUMN tag_rate_assumptions.source IS 'Where the numbers come from.';
INSERT INTO tag_rate_assumptions (name, successes, failures, is_assumed, source) VALUES
    ('misread', 99, 1, true, 'Assumed: 1 in 100 texts typed or printed is another valid code. No measurement is known.'),
    ('wrong_record', 99, 1, true, 'Assumed: 1 in 100 records names the wrong animal, swaps and reuse included. No measurement is known.'),
    ('not_found', 78, 2, false, 'Tag retention 97.5 % in Ambystoma dumerilii, n = 80; a related species, and every tag still in place taken as found.');

CREATE VIEW tag_rates AS
WITH settled AS (
    -- Screenings whose tag named an animal and whose animal people have settled.
    SELECT screenings.id, resolution.finding
    FROM screenings
    LEFT JOIN cases ON cases.screening_id = screenings.id AND cases.kind = 'tag_conflict'
    LEFT JOIN LATERAL (
        SELECT * FROM case_resolutions WHERE case_id = cases.id ORDER BY position DESC LIMIT 1
    ) AS resolution ON true
    LEFT JOIN LATERAL (
        SELECT * FROM decisions WHERE screening_id = screenings.id ORDER BY created_at DESC, id DESC LIMIT 1
    ) AS decision ON true
    WHERE tag_verdict ->> 'agreement' IN ('agree', 'tag_alone', 'conflict')
        AND (resolution.finding <> 'undecided' OR cases.id IS NULL AND decision.kind = 'confirmed')
), scanned AS (
    SELECT tag_verdict ->> 'agreement' = 'tag_lost' AS is_missing
    FROM screenings
    JOIN LATERAL (
        SELECT * FROM decisions WHERE screening_id = screenings.id ORDER BY created_at DESC, id DESC LIMIT 1
    ) AS decision ON decision.kind = 'confirmed'
    WHERE tag_verdict ->> 'agreement' IN ('agree', 'tag_lost')
), counted AS (
    SELECT 'misread' AS name, count(*) AS trials, count(*) FILTER (WHERE finding = 'tag_misread') AS failures FROM settled
    UNION ALL
    SELECT 'wrong_record', count(*), count(*) FILTER (WHERE finding IN ('record_wrong', 'tag_reused')) FROM settled
    UNION ALL
    SELECT 'not_found', count(*), count(*) FILTER (WHERE is_missing) FROM scanned
)
SELECT
    name, assumption.is_assumed, source, counted.trials, counted.failures,
    CASE WHEN counted.trials >= 100
        THEN (assumption.failures + counted.failures) / (assumption.failures + assumption.successes + counted.trials)
        ELSE assumption.failures / (assumption.failures + assumption.successes) END AS rate,
    counted.trials >= 100 AS is_counted
FROM tag_rate_assumptions AS assumption JOIN counted USING (name);
COMMENT ON VIEW tag_rates IS
    'How often tags mislead: from 100 settled screenings on counted in the registry''s history and smoothed by the assumption, before '
    'that the assumption alone.';

ALTER TABLE events DROP CONSTRAINT events_kind, DROP CONSTRAINT events_screening_of_its_kind,
    ADD CONSTRAINT events_kind CHECK (kind IN (
        'screening.completed', 'screening.decided', 'duplicate.proposed', 'identity.merged', 'identity.split',
        'identity.change_undone', 'tag.conflict', 'tag.lost', 'case.opened')),
    ADD CONSTRAINT events_screening_of_its_kind CHECK (
        (kind IN ('screening.completed', 'screening.decided', 'tag.conflict', 'tag.lost', 'case.opened'))
            = (screening_id IS NOT NULL)
        AND (screening_id IS NULL) = (agency_id IS NULL));

ALTER TABLE idempotency_keys DROP CONSTRAINT idempotency_keys_resource_kind,
    ADD CONSTRAINT idempotency_keys_resource_kind CHECK (
        resource_kind IN (
            'photo', 'screening', 'decision', 'duplicate_review', 'identity_change', 'tag_assignment', 'tag_end',
            'tag_read', 'case_resolution'));
