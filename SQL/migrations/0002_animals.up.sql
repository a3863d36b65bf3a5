-- Known animals, where they were met, and the photographs that show them. Names follow Darwin Core where it has them.

CREATE TABLE individuals (
    id uuid PRIMARY KEY,
    name text NOT NULL CONSTRAINT individuals_name_key UNIQUE,
    scientific_name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT individuals_name_not_blank CHECK (name = btrim(name) AND char_length(name) BETWEEN 1 AND 200),
    CONSTRAINT individuals_scientific_name_not_blank CHECK (
        scientific_name = btrim(scientific_name) AND char_length(scientific_name) BETWEEN 1 AND 200)
);
COMMENT ON TABLE individuals IS 'Known animals (Darwin Core Organism).';
COMMENT ON COLUMN individuals.id IS 'UUIDv7. Never a tag code: tags are lost, moved and read wrongly.';
COMMENT ON COLUMN individuals.name IS 'The catalogue name people use (organismID on lists).';
COMMENT ON COLUMN individuals.scientific_name IS 'scientificName.';
COMMENT ON COLUMN individuals.created_at IS 'When it was entered.';

CREATE TABLE encounters (
    id uuid PRIMARY KEY,
    agency_id uuid NOT NULL REFERENCES agencies,
    individual_id uuid REFERENCES individuals,
    event_date timestamptz,
    decimal_latitude double precision,
    decimal_longitude double precision,
    coordinate_uncertainty_in_meters double precision,
    locality text,
    recorded_by text,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT encounters_not_in_the_future CHECK (event_date <= created_at + interval '1 day'),
    CONSTRAINT encounters_both_coordinates CHECK ((decimal_latitude IS NULL) = (decimal_longitude IS NULL)),
    CONSTRAINT encounters_on_the_globe CHECK (
        decimal_latitude BETWEEN -90 AND 90 AND decimal_longitude BETWEEN -180 AND 180),
    CONSTRAINT encounters_not_null_island CHECK (decimal_latitude <> 0 OR decimal_longitude <> 0),
    CONSTRAINT encounters_uncertainty CHECK (
        coordinate_uncertainty_in_meters IS NULL
        OR coordinate_uncertainty_in_meters > 0 AND coordinate_uncertainty_in_meters < 'Infinity'
        AND decimal_latitude IS NOT NULL),
    CONSTRAINT encounters_locality_length CHECK (char_length(locality) BETWEEN 1 AND 1000),
    CONSTRAINT encounters_recorded_by_length CHECK (char_length(recorded_by) BETWEEN 1 AND 200)
);
CREATE INDEX encounters_individual ON encounters (individual_id, event_date);
CREATE INDEX encounters_agency ON encounters (agency_id);
COMMENT ON TABLE encounters IS 'Meetings with an animal at a place and time (Darwin Core Occurrence).';
COMMENT ON COLUMN encounters.id IS 'UUIDv7 (occurrenceID).';
COMMENT ON COLUMN encounters.agency_id IS 'The agency that recorded it.';
COMMENT ON COLUMN encounters.individual_id IS 'The animal; null until people have settled which.';
COMMENT ON COLUMN encounters.event_date IS
    'eventDate: when the animal was met; null where unknown. At most a day after its entry: clocks and time zones err.';
COMMENT ON COLUMN encounters.decimal_latitude IS
    'decimalLatitude: degrees north, WGS 84; null where unknown, never 0 for it: 0/0 is what devices write without a fix.';
COMMENT ON COLUMN encounters.decimal_longitude IS 'decimalLongitude: degrees east, WGS 84; null where unknown.';
COMMENT ON COLUMN encounters.coordinate_uncertainty_in_meters IS
    'coordinateUncertaintyInMeters: radius in metres; null where unknown, never 0.';
COMMENT ON COLUMN encounters.locality IS 'locality: the place in words; null where nobody said.';
COMMENT ON COLUMN encounters.recorded_by IS 'recordedBy: who met the animal; null where nobody said.';
COMMENT ON COLUMN encounters.created_at IS 'When it was entered.';

CREATE TABLE photos (
    id uuid PRIMARY KEY,
    agency_id uuid NOT NULL REFERENCES agencies,
    sha256 text NOT NULL,
    media_type text NOT NULL,
    byte_count bigint NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    captured_at timestamptz,
    decimal_latitude double precision,
    decimal_longitude double precision,
    coordinate_uncertainty_in_meters double precision,
    camera text,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT photos_agency_file_key UNIQUE (agency_id, sha256),
    CONSTRAINT photos_sha256_format CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    CONSTRAINT photos_media_type CHECK (media_type IN ('image/jpeg', 'image/png', 'image/heic')),
    CONSTRAINT photos_byte_count CHECK (byte_count BETWEEN 1 AND 268435456),
    CONSTRAINT photos_size CHECK (width > 0 AND height > 0),
    CONSTRAINT photos_not_in_the_future CHECK (captured_at <= created_at + interval '1 day'),
    CONSTRAINT photos_both_coordinates CHECK ((decimal_latitude IS NULL) = (decimal_longitude IS NULL)),
    CONSTRAINT photos_on_the_globe CHECK (
        decimal_latitude BETWEEN -90 AND 90 AND decimal_longitude BETWEEN -180 AND 180),
    CONSTRAINT photos_not_null_island CHECK (decimal_latitude <> 0 OR decimal_longitude <> 0),
    CONSTRAINT photos_uncertainty CHECK (
        coordinate_uncertainty_in_meters IS NULL
        OR coordinate_uncertainty_in_meters > 0 AND coordinate_uncertainty_in_meters < 'Infinity'
        AND decimal_latitude IS NOT NULL),
    CONSTRAINT photos_camera_length CHECK (char_length(camera) <= 500)
);
-- C collation: the files are verified by prefix of the fingerprint.
CREATE INDEX photos_sha256 ON photos (sha256 COLLATE "C");
COMMENT ON TABLE photos IS 'Photographs: a file''s fingerprint and what its header says. The file itself lies in the photo store.';
COMMENT ON COLUMN photos.id IS 'UUIDv7.';
COMMENT ON COLUMN photos.agency_id IS 'Who submitted it. Two agencies may submit the same file; one agency has it once.';
COMMENT ON COLUMN photos.sha256 IS 'SHA-256 of the file, lower-case hexadecimal; its name in the photo store.';
COMMENT ON COLUMN photos.media_type IS 'What the file is by its contents.';
COMMENT ON COLUMN photos.byte_count IS 'Size of the file in bytes.';
COMMENT ON COLUMN photos.width IS 'Width in pixels once upright.';
COMMENT ON COLUMN photos.height IS 'Height in pixels once upright.';
COMMENT ON COLUMN photos.captured_at IS 'When the camera says it was taken; null where it says nothing believable.';
COMMENT ON COLUMN photos.decimal_latitude IS 'Degrees north, WGS 84, as the camera wrote; null where it knew none.';
COMMENT ON COLUMN photos.decimal_longitude IS 'Degrees east, WGS 84, as the camera wrote; null where it knew none.';
COMMENT ON COLUMN photos.coordinate_uncertainty_in_meters IS 'Radius in metres as the camera wrote; null where unknown.';
COMMENT ON COLUMN photos.camera IS 'Maker and model as the camera wrote.';
COMMENT ON COLUMN photos.created_at IS 'When it was submitted.';

CREATE TABLE annotations (
    id uuid PRIMARY KEY,
    photo_id uuid NOT NULL REFERENCES photos,
    encounter_id uuid NOT NULL REFERENCES encounters,
    body_region text NOT NULL,
    box_x double precision,
    box_y double precision,
    box_width double precision,
    box_height double precision,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT annotations_photo_region_key UNIQUE (photo_id, body_region),
    CONSTRAINT annotations_body_region CHECK (body_region IN ('head', 'trunk', 'belly', 'tail')),
    CONSTRAINT annotations_box_whole CHECK (num_nulls(box_x, box_y, box_width, box_height) IN (0, 4)),
    CONSTRAINT annotations_box_inside CHECK (
        box_x >= 0 AND box_y >= 0 AND box_width > 0 AND box_height > 0
        AND box_x + box_width <= 1.000001 AND box_y + box_height <= 1.000001)
);
CREATE INDEX annotations_encounter ON annotations (encounter_id);
COMMENT ON TABLE annotations IS 'What people say a photograph shows: a region of the animal of an encounter.';
COMMENT ON COLUMN annotations.id IS 'UUIDv7.';
COMMENT ON COLUMN annotations.photo_id IS 'The photograph.';
COMMENT ON COLUMN annotations.encounter_id IS 'The meeting at which the animal was photographed; through it, the animal.';
COMMENT ON COLUMN annotations.body_region IS 'The part of the animal; only equal parts are compared.';
COMMENT ON COLUMN annotations.box_x IS 'Left edge as a fraction of the upright width; null where nobody drew a box.';
COMMENT ON COLUMN annotations.box_y IS 'Top edge as a fraction of the upright height.';
COMMENT ON COLUMN annotations.box_width IS 'Width as a fraction of the upright width; the right edge may overshoot by rounding.';
COMMENT ON COLUMN annotations.box_height IS 'Height as a fraction of the upright height.';
COMMENT ON COLUMN annotations.created_at IS 'When it was entered.';
