-- Submissions, the queue they wait in, their answers, what people decided, and what others have to be told.

CREATE TABLE screenings (
    id uuid PRIMARY KEY,
    agency_id uuid NOT NULL REFERENCES agencies,
    api_key_id uuid REFERENCES api_keys,
    body_region text NOT NULL,
    lane text NOT NULL,
    event_date timestamptz,
    decimal_latitude double precision,
    decimal_longitude double precision,
    coordinate_uncertainty_in_meters double precision,
    locality text,
    recorded_by text,
    tag_codes text[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    outcome text,
    individual_id uuid REFERENCES individuals,
    probability double precision,
    findings jsonb,
    quality jsonb,
    extractor text,
    decider text,
    photos_searched bigint,
    individuals_searched bigint,
    milliseconds double precision,
    finished_at timestamptz,
    CONSTRAINT screenings_id_lane_key UNIQUE (id, lane),
    CONSTRAINT screenings_body_region CHECK (body_region IN ('head', 'trunk', 'belly', 'tail')),
    CONSTRAINT screenings_lane CHECK (lane IN ('interactive', 'batch')),
    CONSTRAINT screenings_not_in_the_future CHECK (event_date <= created_at + interval '1 day'),
    CONSTRAINT screenings_both_coordinates CHECK ((decimal_latitude IS NULL) = (decimal_longitude IS NULL)),
    CONSTRAINT screenings_on_the_globe CHECK (
        decimal_latitude BETWEEN -90 AND 90 AND decimal_longitude BETWEEN -180 AND 180),
    CONSTRAINT screenings_not_null_island CHECK (decimal_latitude <> 0 OR decimal_longitude <> 0),
    CONSTRAINT screenings_uncertainty CHECK (
        coordinate_uncertainty_in_meters IS NULL
        OR coordinate_uncertainty_in_meters > 0 AND coordinate_uncertainty_in_meters < 'Infinity'
        AND decimal_latitude IS NOT NULL),
    CONSTRAINT screenings_locality_length CHECK (char_length(locality) BETWEEN 1 AND 1000),
    CONSTRAINT screenings_recorded_by_length CHECK (char_length(recorded_by) BETWEEN 1 AND 200),
    CONSTRAINT screenings_tag_codes CHECK (
        cardinality(tag_codes) <= 20 AND octet_length(tag_codes::text) <= 4000
        AND array_position(tag_codes, NULL) IS NULL),
    CONSTRAINT screenings_outcome CHECK (outcome IN ('matched', 'undecided', 'unknown', 'unusable', 'failed')),
    CONSTRAINT screenings_match_has_an_individual CHECK (
        (outcome IS NOT DISTINCT FROM 'matched') = (individual_id IS NOT NULL)),
    CONSTRAINT screenings_probability CHECK (probability BETWEEN 0 AND 1),
    CONSTRAINT screenings_failure_states_nothing CHECK (outcome NOT IN ('unusable', 'failed') OR probability IS NULL),
    CONSTRAINT screenings_answer_whole CHECK (
        num_nulls(outcome, findings, quality, extractor, decider, photos_searched, individuals_searched,
            milliseconds, finished_at) IN (0, 9)),
    CONSTRAINT screenings_no_probability_before_the_answer CHECK (outcome IS NOT NULL OR probability IS NULL),
    CONSTRAINT screenings_counts CHECK (photos_searched >= 0 AND individuals_searched >= 0 AND milliseconds >= 0),
    CONSTRAINT screenings_finished_after_creation CHECK (finished_at >= created_at)
);
CREATE INDEX screenings_agency ON screenings (agency_id, id);
CREATE INDEX screenings_open ON screenings (id) WHERE outcome IS NULL;
CREATE INDEX screenings_failed ON screenings (id) WHERE outcome = 'failed';
COMMENT ON TABLE screenings IS
    'Requests to tell which animal photographs show, with their answers. How far one has come is not stored: it is done '
    'or failed by its outcome, and before that received or processing by its job.';
COMMENT ON COLUMN screenings.id IS 'UUIDv7.';
COMMENT ON COLUMN screenings.agency_id IS 'Who asks.';
COMMENT ON COLUMN screenings.api_key_id IS 'The key under which it came; null from the command line.';
COMMENT ON COLUMN screenings.body_region IS 'The part of the animal that all of its photographs show.';
COMMENT ON COLUMN screenings.lane IS 'The queue: interactive where somebody waits, batch for bulk work.';
COMMENT ON COLUMN screenings.event_date IS 'eventDate: when the animal was met; null where nobody said.';
COMMENT ON COLUMN screenings.decimal_latitude IS 'decimalLatitude: degrees north, WGS 84; null where nobody said, never 0 for it.';
COMMENT ON COLUMN screenings.decimal_longitude IS 'decimalLongitude: degrees east, WGS 84; null where nobody said.';
COMMENT ON COLUMN screenings.coordinate_uncertainty_in_meters IS 'coordinateUncertaintyInMeters: radius in metres; null where unknown.';
COMMENT ON COLUMN screenings.locality IS 'locality: the place in words.';
COMMENT ON COLUMN screenings.recorded_by IS 'recordedBy: who met the animal.';
COMMENT ON COLUMN screenings.tag_codes IS 'Tag codes as the reader printed them, unchecked: a misread is evidence too.';
COMMENT ON COLUMN screenings.created_at IS 'When it was received.';
COMMENT ON COLUMN screenings.outcome IS 'What it came to; null until it is answered, then never changed.';
COMMENT ON COLUMN screenings.individual_id IS 'The animal of a match, as answered; what people decided stands in decisions.';
COMMENT ON COLUMN screenings.probability IS
    'Probability, 0 to 1, of what the outcome states; null where it states nothing.';
COMMENT ON COLUMN screenings.findings IS 'Sentences of evidence as codes and values: [{code, values}], the most important first.';
COMMENT ON COLUMN screenings.quality IS 'What was measured of each photograph: [{photo, sharpness, …}], fractions 0 to 1.';
COMMENT ON COLUMN screenings.extractor IS 'Version of what made the templates; empty where the work did not get that far.';
COMMENT ON COLUMN screenings.decider IS 'Version of what weighed them; empty where the work did not get that far.';
COMMENT ON COLUMN screenings.photos_searched IS 'Reference photographs compared.';
COMMENT ON COLUMN screenings.individuals_searched IS 'Animals they show.';
COMMENT ON COLUMN screenings.milliseconds IS 'Processing time in milliseconds, waiting not included.';
COMMENT ON COLUMN screenings.finished_at IS 'When it was answered.';

CREATE FUNCTION announce_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('screening_finished', NEW.id::text);
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION announce_answer() IS 'Tells listeners of channel screening_finished which screening was answered.';
CREATE TRIGGER screenings_announce_answer AFTER UPDATE OF outcome ON screenings FOR EACH ROW
    WHEN (OLD.outcome IS NULL AND NEW.outcome IS NOT NULL) EXECUTE FUNCTION announce_answer();
CREATE TRIGGER screenings_answer_stays BEFORE UPDATE ON screenings FOR EACH ROW
    WHEN (OLD.outcome IS NOT NULL)
    EXECUTE FUNCTION refuse_change('An answer is never changed: record a decision, or screen again.');

CREATE TABLE screening_photos (
    screening_id uuid NOT NULL REFERENCES screenings,
    place smallint NOT NULL,
    photo_id uuid NOT NULL REFERENCES photos,
    box_x double precision,
    box_y double precision,
    box_width double precision,
    box_height double precision,
    PRIMARY KEY (screening_id, place),
    CONSTRAINT screening_photos_once_key UNIQUE (screening_id, photo_id),
    CONSTRAINT screening_photos_place CHECK (place BETWEEN 1 AND 20),
    CONSTRAINT screening_photos_box_whole CHECK (num_nulls(box_x, box_y, box_width, box_height) IN (0, 4)),
    CONSTRAINT screening_photos_box_inside CHECK (
        box_x >= 0 AND box_y >= 0 AND box_width > 0 AND box_height > 0
        AND box_x + box_width <= 1.000001 AND box_y + box_height <= 1.000001)
);
CREATE INDEX screening_photos_photo ON screening_photos (photo_id);
COMMENT ON TABLE screening_photos IS 'The photographs of a submission, all of one animal.';
COMMENT ON COLUMN screening_photos.screening_id IS 'The screening.';
COMMENT ON COLUMN screening_photos.place IS 'Place in the submission, 1 to 20.';
COMMENT ON COLUMN screening_photos.photo_id IS 'The photograph.';
COMMENT ON COLUMN screening_photos.box_x IS 'Left edge of the body region as a fraction of the upright width; null where nobody drew a box.';
COMMENT ON COLUMN screening_photos.box_y IS 'Top edge as a fraction of the upright height.';
COMMENT ON COLUMN screening_photos.box_width IS 'Width as a fraction of the upright width.';
COMMENT ON COLUMN screening_photos.box_height IS 'Height as a fraction of the upright height.';

CREATE TABLE candidates (
    screening_id uuid NOT NULL REFERENCES screenings,
    rank smallint NOT NULL,
    individual_id uuid NOT NULL REFERENCES individuals,
    probability double precision NOT NULL,
    score double precision NOT NULL,
    photo_id uuid NOT NULL,
    reference_photo_id uuid NOT NULL REFERENCES photos,
    correspondences jsonb NOT NULL,
    PRIMARY KEY (screening_id, rank),
    CONSTRAINT candidates_individual_once_key UNIQUE (screening_id, individual_id),
    CONSTRAINT candidates_photo_of_the_screening_fkey FOREIGN KEY (screening_id, photo_id)
        REFERENCES screening_photos (screening_id, photo_id),
    CONSTRAINT candidates_rank CHECK (rank >= 1),
    CONSTRAINT candidates_probability CHECK (probability BETWEEN 0 AND 1),
    CONSTRAINT candidates_score CHECK (score > '-Infinity' AND score < 'Infinity')
);
CREATE INDEX candidates_individual ON candidates (individual_id);
COMMENT ON TABLE candidates IS 'Known animals that a screening''s photographs may show, with the evidence.';
COMMENT ON COLUMN candidates.screening_id IS 'The screening.';
COMMENT ON COLUMN candidates.rank IS 'Place by falling probability, from 1.';
COMMENT ON COLUMN candidates.individual_id IS 'The animal.';
COMMENT ON COLUMN candidates.probability IS 'Probability that the photographs show it, 0 to 1.';
COMMENT ON COLUMN candidates.score IS 'The matcher''s score of the best pair of photographs; its scale belongs to the decider''s version.';
COMMENT ON COLUMN candidates.photo_id IS 'The submitted photograph of that pair.';
COMMENT ON COLUMN candidates.reference_photo_id IS 'The registry''s photograph of that pair.';
COMMENT ON COLUMN candidates.correspondences IS
    'Spots that agree: [{queryX, queryY, referenceX, referenceY}], fractions of the upright photographs.';

CREATE TABLE decisions (
    id uuid PRIMARY KEY,
    screening_id uuid NOT NULL REFERENCES screenings,
    kind text NOT NULL,
    individual_id uuid REFERENCES individuals,
    api_key_id uuid NOT NULL REFERENCES api_keys,
    note text,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT decisions_kind CHECK (kind IN ('confirmed', 'rejected', 'unknown', 'undecidable')),
    CONSTRAINT decisions_confirmation_has_an_individual CHECK ((kind = 'confirmed') = (individual_id IS NOT NULL)),
    CONSTRAINT decisions_note_length CHECK (char_length(note) BETWEEN 1 AND 4000)
);
CREATE INDEX decisions_screening ON decisions (screening_id, id);
COMMENT ON TABLE decisions IS 'What people decided on screenings; appended, never changed: a change of mind is another decision.';
COMMENT ON COLUMN decisions.id IS 'UUIDv7.';
COMMENT ON COLUMN decisions.screening_id IS 'What was decided on; its row holds the evidence and the versions that weighed it.';
COMMENT ON COLUMN decisions.kind IS 'What was decided.';
COMMENT ON COLUMN decisions.individual_id IS 'The animal of a confirmation; null otherwise.';
COMMENT ON COLUMN decisions.api_key_id IS 'The key under which it was decided.';
COMMENT ON COLUMN decisions.note IS 'Why, in the reviewer''s words.';
COMMENT ON COLUMN decisions.created_at IS 'When.';
CREATE TRIGGER decisions_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON decisions FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('Decisions are only ever appended: record another one.');

CREATE TABLE events (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL,
    agency_id uuid NOT NULL REFERENCES agencies,
    screening_id uuid NOT NULL REFERENCES screenings,
    payload jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT events_kind CHECK (kind IN ('screening.completed', 'screening.decided')),
    CONSTRAINT events_payload_object CHECK (jsonb_typeof(payload) = 'object')
);
COMMENT ON TABLE events IS 'Outbox: what others have to be told, written in the transaction in which it happened. Append-only.';
COMMENT ON COLUMN events.position IS 'Order of commits: appenders lock each other out before it is drawn, so a reader at one never misses a smaller one.';
COMMENT ON COLUMN events.kind IS 'What happened.';
COMMENT ON COLUMN events.agency_id IS 'The agency concerned.';
COMMENT ON COLUMN events.screening_id IS 'The screening concerned.';
COMMENT ON COLUMN events.payload IS 'A JSON object with the particulars of the kind.';
COMMENT ON COLUMN events.created_at IS 'When it happened.';
CREATE TRIGGER events_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON events FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('Events are only ever appended.');

CREATE FUNCTION append_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock('events'::regclass::oid::bigint);
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION append_in_turn() IS 'Makes appenders of events wait for each other''s commit, before positions are drawn.';
CREATE TRIGGER events_in_turn BEFORE INSERT ON events FOR EACH STATEMENT EXECUTE FUNCTION append_in_turn();

CREATE TABLE jobs (
    screening_id uuid PRIMARY KEY,
    lane text NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    run_after timestamptz NOT NULL DEFAULT now(),
    lease uuid,
    leased_by text,
    leased_until timestamptz,
    CONSTRAINT jobs_screening_id_fkey FOREIGN KEY (screening_id, lane) REFERENCES screenings (id, lane),
    CONSTRAINT jobs_attempts CHECK (attempts >= 0),
    CONSTRAINT jobs_lease_whole CHECK (num_nulls(lease, leased_by, leased_until) IN (0, 3))
);
CREATE INDEX jobs_waiting ON jobs (lane, run_after, screening_id);
COMMENT ON TABLE jobs IS 'Screenings without an answer, one row each; the row goes with the answer.';
COMMENT ON COLUMN jobs.screening_id IS 'The screening.';
COMMENT ON COLUMN jobs.lane IS 'Its lane, here for the index of the queue; the foreign key keeps it equal.';
COMMENT ON COLUMN jobs.attempts IS 'How many workers have taken it up; those that gave it back unfinished on purpose do not count.';
COMMENT ON COLUMN jobs.run_after IS 'Not to be taken up before; the queue is ordered by it.';
COMMENT ON COLUMN jobs.lease IS 'The loan; a worker that comes with another one has lost it. Null while it waits.';
COMMENT ON COLUMN jobs.leased_by IS 'Name of the worker, for people who look.';
COMMENT ON COLUMN jobs.leased_until IS 'When others may take it over: a dead worker''s screening is not lost.';

CREATE FUNCTION announce_waiting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('screening_received', NEW.lane);
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION announce_waiting() IS 'Tells listeners of channel screening_received in which lane something waits.';
CREATE TRIGGER jobs_announce AFTER INSERT OR UPDATE ON jobs FOR EACH ROW
    WHEN (NEW.lease IS NULL) EXECUTE FUNCTION announce_waiting();

CREATE FUNCTION keep_screening_in_hand() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    concerned uuid;
BEGIN
    IF TG_OP = 'DELETE' THEN
        concerned := OLD.screening_id;
    ELSE
        concerned := NEW.id;
    END IF;
    IF EXISTS (SELECT FROM screenings WHERE id = concerned AND outcome IS NULL)
        AND NOT EXISTS (SELECT FROM jobs WHERE screening_id = concerned)
    THEN
        RAISE EXCEPTION 'screening % would wait for ever: it has neither an answer nor a job', concerned
            USING ERRCODE = 'check_violation', CONSTRAINT = 'screenings_in_hand', TABLE = 'screenings';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION keep_screening_in_hand() IS 'Refuses a commit that would leave a screening with neither an answer nor a job.';
CREATE CONSTRAINT TRIGGER screenings_in_hand AFTER INSERT ON screenings
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION keep_screening_in_hand();
CREATE CONSTRAINT TRIGGER jobs_in_hand AFTER DELETE ON jobs
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION keep_screening_in_hand();

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
