-- Events that others hear of, who wants to hear, and what became of telling them.

ALTER TABLE screenings ADD COLUMN occasion text,
    ADD CONSTRAINT screenings_occasion CHECK (occasion IN ('survey', 'find', 'rescue', 'seizure'));
COMMENT ON COLUMN screenings.occasion IS 'On which occasion the animal was photographed; null where nobody said.';

CREATE FUNCTION photos_of_screening(screening uuid) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT jsonb_agg(jsonb_build_object('photo', photo_id, 'mark', mark) ORDER BY place)
    FROM screening_photos WHERE screening_id = screening
$$;
COMMENT ON FUNCTION photos_of_screening(uuid) IS 'The photographs of a submission: [{photo, mark}].';

CREATE FUNCTION candidates_of_screening(screening uuid) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object(
        'individual', candidates.individual_id, 'name', individuals.name,
        'probability', candidates.probability, 'score', score, 'photo', photo_id,
        'reference', reference_photo_id, 'correspondences', correspondences) ORDER BY rank), '[]')
    FROM candidates JOIN individuals ON individuals.id = candidates.individual_id
    WHERE screening_id = screening
$$;
COMMENT ON FUNCTION candidates_of_screening(uuid) IS 'The candidates of an answer by rank.';

CREATE FUNCTION state_of_screening(outcome text, leased_until timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN outcome = 'failed' THEN 'failed'
        WHEN outcome IS NOT NULL THEN 'done'
        WHEN leased_until > now() THEN 'processing'
        ELSE 'received'
    END
$$;
COMMENT ON FUNCTION state_of_screening(text, timestamptz) IS 'How far a screening has come: received, processing, done, failed.';

DROP VIEW screening_records;
CREATE VIEW screening_records AS
SELECT
    screenings.*, state_of_screening(outcome, leased_until) AS state, photos_of_screening(id) AS photos,
    candidates_of_screening(id) AS candidates
FROM screenings LEFT JOIN jobs ON jobs.screening_id = screenings.id;
COMMENT ON VIEW screening_records IS
    'Screenings with what is derived: state (received, processing, done, failed), photographs and candidates as JSON.';

CREATE TABLE municipalities (
    code text PRIMARY KEY,
    name text NOT NULL,
    prefecture text NOT NULL,
    source text NOT NULL,
    boundary geometry(MultiPolygon, 4326) NOT NULL,
    CONSTRAINT municipalities_code CHECK (code ~ '^[0-9]{5}$'),
    CONSTRAINT municipalities_name CHECK (btrim(name) <> '' AND char_length(name) <= 200),
    CONSTRAINT municipalities_prefecture CHECK (btrim(prefecture) <> '' AND char_length(prefecture) <= 50),
    CONSTRAINT municipalities_source CHECK (btrim(source) <> '' AND char_length(source) <= 200)
);
CREATE INDEX municipalities_boundary ON municipalities USING gist (boundary);
COMMENT ON TABLE municipalities IS 'Municipalities, as areas that agencies answer for; loading a source again replaces them.';
COMMENT ON COLUMN municipalities.code IS 'Five digits: prefecture (JIS X 0401) and municipality (JIS X 0402).';
COMMENT ON COLUMN municipalities.name IS 'Name, with its district or city where it has one.';
COMMENT ON COLUMN municipalities.prefecture IS 'Name of the prefecture.';
COMMENT ON COLUMN municipalities.source IS 'Where the boundary comes from.';
COMMENT ON COLUMN municipalities.boundary IS 'WGS 84.';

CREATE TABLE endpoints (
    id uuid PRIMARY KEY,
    agency_id uuid NOT NULL REFERENCES agencies,
    channel text NOT NULL,
    address text,
    label text NOT NULL,
    types text[],
    minimum_urgency text NOT NULL,
    scope text NOT NULL,
    is_quiet boolean NOT NULL,
    area_polygon geometry(MultiPolygon, 4326),
    area_system text,
    area_municipality text CONSTRAINT endpoints_area_municipality_fkey REFERENCES municipalities (code),
    parallel integer NOT NULL,
    is_ordered boolean NOT NULL,
    allows_private_addresses boolean NOT NULL,
    certificate_authorities text,
    client_certificate text,
    sealed_client_key bytea,
    language text NOT NULL,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    disabled_at timestamptz,
    disabled_reason text,
    removed_at timestamptz,
    CONSTRAINT endpoints_channel CHECK (channel IN ('webhook', 'email', 'feed')),
    CONSTRAINT endpoints_address_of_its_channel CHECK ((channel = 'feed') = (address IS NULL)),
    CONSTRAINT endpoints_address_length CHECK (char_length(address) BETWEEN 3 AND 2000),
    CONSTRAINT endpoints_label CHECK (btrim(label) <> '' AND char_length(label) <= 200),
    CONSTRAINT endpoints_types CHECK (cardinality(types) BETWEEN 1 AND 100 AND array_position(types, NULL) IS NULL),
    CONSTRAINT endpoints_minimum_urgency CHECK (minimum_urgency IN ('routine', 'prompt', 'immediate')),
    CONSTRAINT endpoints_scope CHECK (scope IN ('own', 'registry')),
    CONSTRAINT endpoints_one_area CHECK (num_nonnulls(area_polygon, area_system, area_municipality) <= 1),
    CONSTRAINT endpoints_area_polygon_valid CHECK (ST_IsValid(area_polygon) AND NOT ST_IsEmpty(area_polygon)),
    CONSTRAINT endpoints_area_system_length CHECK (char_length(area_system) BETWEEN 1 AND 100),
    CONSTRAINT endpoints_parallel CHECK (parallel BETWEEN 1 AND 64),
    CONSTRAINT endpoints_certificate_authorities_length CHECK (octet_length(certificate_authorities) <= 65536),
    CONSTRAINT endpoints_client_certificate_length CHECK (octet_length(client_certificate) <= 65536),
    CONSTRAINT endpoints_client_certificate_whole CHECK (
        (client_certificate IS NULL) = (sealed_client_key IS NULL)),
    CONSTRAINT endpoints_language CHECK (language IN ('ja', 'en')),
    CONSTRAINT endpoints_created_by_not_blank CHECK (btrim(created_by) <> '' AND char_length(created_by) <= 500),
    CONSTRAINT endpoints_disabled_whole CHECK ((disabled_at IS NULL) = (disabled_reason IS NULL)),
    CONSTRAINT endpoints_disabled_reason CHECK (disabled_reason IN ('by_person', 'gone', 'failing'))
);
CREATE UNIQUE INDEX endpoints_address_key ON endpoints (agency_id, channel, coalesce(address, '')) WHERE removed_at IS NULL;
COMMENT ON TABLE endpoints IS 'Where agencies hear of events, and of which; a removed one stays for the history of its deliveries.';
COMMENT ON COLUMN endpoints.id IS 'UUIDv7.';
COMMENT ON COLUMN endpoints.agency_id IS 'Whose it is.';
COMMENT ON COLUMN endpoints.channel IS 'webhook: signed requests; email: letters; feed: the agency asks itself.';
COMMENT ON COLUMN endpoints.address IS 'URL or mail address; null of a feed. An agency enters each once.';
COMMENT ON COLUMN endpoints.label IS 'What it is for, in the agency''s words.';
COMMENT ON COLUMN endpoints.types IS 'Types of events it hears of; null for all.';
COMMENT ON COLUMN endpoints.minimum_urgency IS 'The least urgent that it hears of.';
COMMENT ON COLUMN endpoints.scope IS 'own: the agency''s events and those of the whole registry; registry: everybody''s.';
COMMENT ON COLUMN endpoints.is_quiet IS 'While set, only immediate events are sent; the others wait.';
COMMENT ON COLUMN endpoints.area_polygon IS 'Where, as a polygon; at most one kind of area is set, none for everywhere.';
COMMENT ON COLUMN endpoints.area_system IS 'Where, as the code of a water system; no foreign key, for networks are loaded anew.';
COMMENT ON COLUMN endpoints.area_municipality IS 'Where, as a municipality.';
COMMENT ON COLUMN endpoints.parallel IS 'Requests at once, of each worker.';
COMMENT ON COLUMN endpoints.is_ordered IS 'Whether the events of one animal come in their order.';
COMMENT ON COLUMN endpoints.allows_private_addresses IS 'Whether addresses of private networks are allowed; an operator''s word.';
COMMENT ON COLUMN endpoints.certificate_authorities IS 'PEM: whom the server''s certificate may come from; null for those of the system.';
COMMENT ON COLUMN endpoints.client_certificate IS 'PEM: what the registry shows of itself; null for nothing.';
COMMENT ON COLUMN endpoints.sealed_client_key IS 'Its private key, encrypted as the secrets are.';
COMMENT ON COLUMN endpoints.language IS 'Language of letters.';
COMMENT ON COLUMN endpoints.created_by IS 'Who entered it, by name.';
COMMENT ON COLUMN endpoints.created_at IS 'When; it hears of later events alone.';
COMMENT ON COLUMN endpoints.disabled_at IS 'Since when nothing is sent; null while it is in use.';
COMMENT ON COLUMN endpoints.disabled_reason IS 'Why: by a person, gone (410), or failing for days.';
COMMENT ON COLUMN endpoints.removed_at IS 'Since when it is no more.';

CREATE TABLE endpoint_secrets (
    id uuid PRIMARY KEY,
    endpoint_id uuid NOT NULL REFERENCES endpoints,
    sealed_hmac bytea NOT NULL,
    sealed_ed25519 bytea NOT NULL,
    ed25519_public bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    CONSTRAINT endpoint_secrets_public_length CHECK (octet_length(ed25519_public) = 32)
);
CREATE INDEX endpoint_secrets_endpoint ON endpoint_secrets (endpoint_id, id);
COMMENT ON TABLE endpoint_secrets IS 'What signs for an endpoint: all that have not expired sign together.';
COMMENT ON COLUMN endpoint_secrets.id IS 'UUIDv7.';
COMMENT ON COLUMN endpoint_secrets.endpoint_id IS 'The endpoint.';
COMMENT ON COLUMN endpoint_secrets.sealed_hmac IS 'Secret of v1 signatures (HMAC-SHA256), encrypted.';
COMMENT ON COLUMN endpoint_secrets.sealed_ed25519 IS 'Private key of v1a signatures, encrypted.';
COMMENT ON COLUMN endpoint_secrets.ed25519_public IS 'Its public key, 32 bytes.';
COMMENT ON COLUMN endpoint_secrets.created_at IS 'When it was made.';
COMMENT ON COLUMN endpoint_secrets.expires_at IS 'Until when it signs beside the one that replaced it; null for the newest.';

CREATE TABLE endpoint_health (
    endpoint_id uuid PRIMARY KEY REFERENCES endpoints,
    failures integer NOT NULL DEFAULT 0,
    failing_since timestamptz,
    open_until timestamptz,
    CONSTRAINT endpoint_health_failing CHECK ((failures = 0) = (failing_since IS NULL)),
    CONSTRAINT endpoint_health_open CHECK (open_until IS NULL OR failures > 0)
);
COMMENT ON TABLE endpoint_health IS 'Circuit breakers, shared by all workers.';
COMMENT ON COLUMN endpoint_health.endpoint_id IS 'The endpoint.';
COMMENT ON COLUMN endpoint_health.failures IS 'Failed attempts since the last success.';
COMMENT ON COLUMN endpoint_health.failing_since IS 'When the first of them was.';
COMMENT ON COLUMN endpoint_health.open_until IS 'Nothing is tried before; then one delivery at a time until one succeeds. Null while closed.';

ALTER TABLE events DISABLE TRIGGER events_keep;
ALTER TABLE events RENAME COLUMN kind TO type;
ALTER TABLE events DROP CONSTRAINT events_kind, DROP CONSTRAINT events_screening_of_its_kind;
ALTER TABLE events ADD COLUMN id uuid, ADD COLUMN urgency text,
    ADD COLUMN individual_id uuid REFERENCES individuals, ADD COLUMN endpoint_id uuid REFERENCES endpoints,
    ADD COLUMN place_latitude double precision, ADD COLUMN place_longitude double precision,
    ADD COLUMN place_precision double precision;
UPDATE events SET
    id = gen_random_uuid(), type = CASE type WHEN 'screening.decided' THEN 'decision.made' ELSE type END,
    urgency = CASE
        WHEN type IN ('animal.relocated', 'tag.conflict') THEN 'immediate'
        WHEN type IN ('animal.returned', 'tag.lost', 'case.opened') THEN 'prompt' ELSE 'routine' END,
    individual_id = CASE WHEN payload ? 'individual' THEN (payload ->> 'individual')::uuid
        WHEN payload ? 'into' THEN (payload ->> 'into')::uuid END;
ALTER TABLE events ENABLE TRIGGER events_keep;
ALTER TABLE events ALTER COLUMN id SET NOT NULL, ALTER COLUMN urgency SET NOT NULL,
    ADD CONSTRAINT events_id_key UNIQUE (id),
    ADD CONSTRAINT events_urgency CHECK (urgency IN ('routine', 'prompt', 'immediate')),
    ADD CONSTRAINT events_type CHECK (type IN (
        'screening.completed', 'identity.matched', 'animal.unknown', 'hybrid.suspected', 'hybrid.confirmed',
        'hybrid.cleared', 'animal.relocated', 'animal.returned', 'tag.conflict', 'tag.lost', 'decision.made',
        'case.opened', 'duplicate.proposed', 'identity.merged', 'identity.split', 'identity.change_undone',
        'endpoint.disabled', 'endpoint.test')),
    ADD CONSTRAINT events_subject_of_its_type CHECK (CASE
        WHEN type IN ('endpoint.disabled', 'endpoint.test')
            THEN endpoint_id IS NOT NULL AND agency_id IS NOT NULL AND screening_id IS NULL
        WHEN type IN (
            'duplicate.proposed', 'identity.merged', 'identity.split', 'identity.change_undone', 'hybrid.confirmed',
            'hybrid.cleared')
            THEN endpoint_id IS NULL AND agency_id IS NULL AND screening_id IS NULL
        ELSE endpoint_id IS NULL AND agency_id IS NOT NULL AND screening_id IS NOT NULL END),
    ADD CONSTRAINT events_place_whole CHECK (num_nulls(place_latitude, place_longitude, place_precision) IN (0, 3)),
    ADD CONSTRAINT events_place CHECK (
        place_latitude BETWEEN -90 AND 90 AND place_longitude BETWEEN -180 AND 180 AND place_precision > 0);
CREATE INDEX events_screening ON events (screening_id);
COMMENT ON COLUMN events.type IS 'What happened.';
COMMENT ON COLUMN events.id IS 'Identifier, the same in every delivery; of those before deliveries a random one.';
COMMENT ON COLUMN events.urgency IS 'How soon somebody has to hear of it.';
COMMENT ON COLUMN events.individual_id IS 'The animal concerned; null where there is none.';
COMMENT ON COLUMN events.endpoint_id IS 'The endpoint concerned, of events of endpoints.';
COMMENT ON COLUMN events.place_latitude IS 'Middle of the generalised cell, degrees north; null where the place is unknown or withheld.';
COMMENT ON COLUMN events.place_longitude IS 'Degrees east.';
COMMENT ON COLUMN events.place_precision IS 'coordinatePrecision: width and height of the cell in degrees.';

CREATE FUNCTION announce_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('event_appended', '');
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION announce_event() IS 'Tells listeners of channel event_appended that there is something to tell.';
CREATE TRIGGER events_announce AFTER INSERT ON events FOR EACH STATEMENT EXECUTE FUNCTION announce_event();

CREATE FUNCTION urgency_rank(urgency text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT array_position(ARRAY['routine', 'prompt', 'immediate'], urgency)
$$;
COMMENT ON FUNCTION urgency_rank(text) IS 'Order of urgencies, from 1.';

CREATE FUNCTION cell_of_event(event events) RETURNS geometry LANGUAGE sql IMMUTABLE AS $$
    SELECT ST_MakeEnvelope(
        event.place_longitude - event.place_precision / 2, event.place_latitude - event.place_precision / 2,
        event.place_longitude + event.place_precision / 2, event.place_latitude + event.place_precision / 2, 4326)
$$;
COMMENT ON FUNCTION cell_of_event(events) IS 'The generalised cell of an event''s place; null where it has none.';

CREATE FUNCTION concerns(event events, endpoint endpoints) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT CASE event.type
        WHEN 'endpoint.test' THEN event.endpoint_id = endpoint.id
        WHEN 'endpoint.disabled' THEN
            event.agency_id = endpoint.agency_id AND event.endpoint_id <> endpoint.id
            AND (endpoint.types IS NULL OR event.type = ANY (endpoint.types))
        ELSE
            (endpoint.scope = 'registry' OR event.agency_id IS NULL OR event.agency_id = endpoint.agency_id)
            AND (endpoint.types IS NULL OR event.type = ANY (endpoint.types))
            AND urgency_rank(event.urgency) >= urgency_rank(endpoint.minimum_urgency)
            AND CASE
                WHEN num_nonnulls(endpoint.area_polygon, endpoint.area_system, endpoint.area_municipality) = 0 THEN true
                WHEN event.place_precision IS NULL THEN
                    event.urgency = 'immediate' OR event.agency_id IS NOT DISTINCT FROM endpoint.agency_id
                WHEN endpoint.area_polygon IS NOT NULL THEN
                    ST_Intersects(endpoint.area_polygon, cell_of_event(event))
                WHEN endpoint.area_municipality IS NOT NULL THEN EXISTS (
                    SELECT FROM municipalities
                    WHERE code = endpoint.area_municipality AND ST_Intersects(boundary, cell_of_event(event)))
                ELSE EXISTS (
                    SELECT FROM river_segments
                    WHERE system = endpoint.area_system AND ST_Intersects(course, cell_of_event(event)))
            END
        END
$$;
COMMENT ON FUNCTION concerns(events, endpoints) IS
    'Whether an endpoint hears of an event. Areas are compared with the generalised cell, so that no subscription tells '
    'more about a place than the event; what has no place that may be shown belongs to every area if it is immediate or '
    'the agency''s own.';

CREATE TABLE delivery_workers (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    alive_until timestamptz NOT NULL
);
COMMENT ON TABLE delivery_workers IS 'Processes that deliver; what one holds that shows no sign of life is taken over.';
COMMENT ON COLUMN delivery_workers.id IS 'Made when it starts.';
COMMENT ON COLUMN delivery_workers.name IS 'For people who look.';
COMMENT ON COLUMN delivery_workers.alive_until IS 'When others may take over what it holds.';

CREATE TABLE deliveries (
    endpoint_id uuid NOT NULL REFERENCES endpoints,
    event_position bigint NOT NULL REFERENCES events,
    ordering_key uuid,
    is_immediate boolean NOT NULL,
    state text NOT NULL DEFAULT 'waiting',
    attempts integer NOT NULL DEFAULT 0,
    step integer NOT NULL DEFAULT 0,
    run_after timestamptz NOT NULL DEFAULT now(),
    lease uuid,
    ended_at timestamptz,
    PRIMARY KEY (endpoint_id, event_position),
    CONSTRAINT deliveries_state CHECK (state IN ('waiting', 'delivered', 'dead')),
    CONSTRAINT deliveries_ended CHECK ((state = 'waiting') = (ended_at IS NULL)),
    CONSTRAINT deliveries_held_while_waiting CHECK (lease IS NULL OR state = 'waiting'),
    CONSTRAINT deliveries_counts CHECK (attempts >= 0 AND step >= 0)
);
CREATE INDEX deliveries_waiting ON deliveries (endpoint_id, run_after, event_position)
    WHERE state = 'waiting' AND lease IS NULL;
CREATE INDEX deliveries_held ON deliveries (lease, endpoint_id) WHERE lease IS NOT NULL;
CREATE INDEX deliveries_in_order ON deliveries (endpoint_id, ordering_key, event_position)
    WHERE state = 'waiting' AND ordering_key IS NOT NULL;
CREATE INDEX deliveries_undelivered ON deliveries (endpoint_id, event_position) WHERE state <> 'delivered';
COMMENT ON TABLE deliveries IS 'Events on their way to endpoints.';
COMMENT ON COLUMN deliveries.endpoint_id IS 'Where it goes.';
COMMENT ON COLUMN deliveries.event_position IS 'What it tells.';
COMMENT ON COLUMN deliveries.ordering_key IS 'Animal or screening whose events come in their order; null where order was not asked for.';
COMMENT ON COLUMN deliveries.is_immediate IS 'Whether a quiet endpoint hears of it all the same.';
COMMENT ON COLUMN deliveries.state IS 'waiting, delivered, or dead: given up until it is replayed.';
COMMENT ON COLUMN deliveries.attempts IS 'How often it was tried.';
COMMENT ON COLUMN deliveries.step IS 'Place in the schedule; a replay begins anew.';
COMMENT ON COLUMN deliveries.run_after IS 'Not to be tried before.';
COMMENT ON COLUMN deliveries.lease IS 'The worker that holds it; no foreign key, for a dead worker''s row goes first.';
COMMENT ON COLUMN deliveries.ended_at IS 'When it was delivered or given up.';

CREATE TABLE delivery_attempts (
    endpoint_id uuid NOT NULL,
    event_position bigint NOT NULL,
    number integer NOT NULL,
    started_at timestamptz NOT NULL,
    milliseconds double precision NOT NULL,
    status integer,
    failure text,
    response text NOT NULL,
    PRIMARY KEY (endpoint_id, event_position, number),
    FOREIGN KEY (endpoint_id, event_position) REFERENCES deliveries,
    CONSTRAINT delivery_attempts_number CHECK (number >= 1),
    CONSTRAINT delivery_attempts_failure CHECK (failure IN (
        'refused', 'gone', 'forbidden_address', 'unresolved', 'connection', 'certificate', 'timeout', 'too_large',
        'misconfigured')),
    CONSTRAINT delivery_attempts_response_length CHECK (octet_length(response) <= 20480)
);
CREATE INDEX delivery_attempts_recent ON delivery_attempts (endpoint_id, started_at);
CREATE INDEX delivery_attempts_successes ON delivery_attempts (endpoint_id, started_at) WHERE failure IS NULL;
COMMENT ON TABLE delivery_attempts IS 'Tries to deliver; appended.';
COMMENT ON COLUMN delivery_attempts.endpoint_id IS 'Where it went.';
COMMENT ON COLUMN delivery_attempts.event_position IS 'What it told.';
COMMENT ON COLUMN delivery_attempts.number IS 'Which try, from 1.';
COMMENT ON COLUMN delivery_attempts.started_at IS 'When it began.';
COMMENT ON COLUMN delivery_attempts.milliseconds IS 'How long it took.';
COMMENT ON COLUMN delivery_attempts.status IS 'HTTP or SMTP status; null where no answer came.';
COMMENT ON COLUMN delivery_attempts.failure IS 'Why it failed; null for a success.';
COMMENT ON COLUMN delivery_attempts.response IS 'The answer''s body as text, at most 20 kB.';

CREATE TABLE fan_out (
    only_one boolean PRIMARY KEY DEFAULT true CONSTRAINT fan_out_only_one CHECK (only_one),
    position bigint NOT NULL
);
INSERT INTO fan_out (position) SELECT coalesce(max(position), 0) FROM events;
COMMENT ON TABLE fan_out IS 'Up to which event deliveries were made; one row, locked by whoever makes them.';
COMMENT ON COLUMN fan_out.only_one IS 'Always true.';
COMMENT ON COLUMN fan_out.position IS 'Position of the last event whose deliveries stand.';

ALTER TABLE idempotency_keys DROP CONSTRAINT idempotency_keys_resource_kind,
    ADD CONSTRAINT idempotency_keys_resource_kind CHECK (
        resource_kind IN (
            'photo', 'screening', 'decision', 'duplicate_review', 'identity_change', 'tag_assignment', 'tag_end',
            'tag_read', 'case_resolution', 'translocation', 'high_water', 'endpoint', 'event'));
