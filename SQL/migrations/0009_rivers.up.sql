-- The river network: water systems, segments, nodes, weirs and unit basins.

DO $$
BEGIN
    CREATE EXTENSION IF NOT EXISTS postgis;
EXCEPTION
    WHEN feature_not_supported OR undefined_file THEN
        RAISE EXCEPTION 'The database server lacks PostGIS: install it there (Debian: postgresql-15-postgis-3), then migrate again.';
    WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'The user % may not create the extension PostGIS: have a superuser run CREATE EXTENSION postgis in the database %, then migrate again.',
            current_user, current_database();
END
$$;

CREATE SEQUENCE river_ids;

CREATE TABLE river_sources (
    name text PRIMARY KEY,
    profile text NOT NULL,
    loaded_by text NOT NULL,
    loaded_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT river_sources_name CHECK (btrim(name) <> '' AND char_length(name) <= 200),
    CONSTRAINT river_sources_profile CHECK (profile IN ('plain', 'w05', 'hydrorivers', 'osm')),
    CONSTRAINT river_sources_loaded_by CHECK (btrim(loaded_by) <> '' AND char_length(loaded_by) <= 500)
);
COMMENT ON TABLE river_sources IS 'Where parts of the network come from; loading a source again replaces everything of it.';
COMMENT ON COLUMN river_sources.name IS 'Name by which it is loaded again.';
COMMENT ON COLUMN river_sources.profile IS 'How its fields are named.';
COMMENT ON COLUMN river_sources.loaded_by IS 'Who loaded it, by name.';
COMMENT ON COLUMN river_sources.loaded_at IS 'When.';

CREATE TABLE water_systems (
    source text NOT NULL REFERENCES river_sources ON DELETE CASCADE,
    code text NOT NULL,
    name text,
    latin_name text,
    reaches_sea boolean,
    PRIMARY KEY (source, code),
    CONSTRAINT water_systems_code CHECK (btrim(code) <> '' AND char_length(code) <= 100)
);
COMMENT ON TABLE water_systems IS 'All water that leaves by one mouth.';
COMMENT ON COLUMN water_systems.source IS 'Source of the record.';
COMMENT ON COLUMN water_systems.code IS 'Code, of the national numbering where the source has it.';
COMMENT ON COLUMN water_systems.name IS 'Name in Japanese.';
COMMENT ON COLUMN water_systems.latin_name IS 'Name in Latin letters.';
COMMENT ON COLUMN water_systems.reaches_sea IS 'Whether its mouth lies on the sea; null where nobody said.';

CREATE TABLE rivers (
    id bigint PRIMARY KEY,
    source text NOT NULL REFERENCES river_sources ON DELETE CASCADE,
    system text NOT NULL,
    name text NOT NULL,
    reading text,
    latin_name text,
    name_keys text[] NOT NULL,
    mouth_m double precision NOT NULL,
    head_m double precision NOT NULL,
    FOREIGN KEY (source, system) REFERENCES water_systems,
    CONSTRAINT rivers_name CHECK (btrim(name) <> '')
);
CREATE INDEX rivers_source ON rivers (source, system);
CREATE INDEX rivers_name_keys ON rivers USING gin (name_keys);
COMMENT ON TABLE rivers IS 'Rivers by name, each in one water system.';
COMMENT ON COLUMN rivers.id IS 'Number, new with every loading.';
COMMENT ON COLUMN rivers.source IS 'Source of the record.';
COMMENT ON COLUMN rivers.system IS 'Its water system.';
COMMENT ON COLUMN rivers.name IS 'Name as the source has it.';
COMMENT ON COLUMN rivers.reading IS 'Reading in kana.';
COMMENT ON COLUMN rivers.latin_name IS 'Name in Latin letters.';
COMMENT ON COLUMN rivers.name_keys IS 'The names as they are looked up: without width, case, spaces, macrons and the word for river.';
COMMENT ON COLUMN rivers.mouth_m IS 'Metres from its lower end to the mouth of the system.';
COMMENT ON COLUMN rivers.head_m IS 'Metres from its upper end to the mouth of the system.';

CREATE TABLE river_nodes (
    id bigint PRIMARY KEY,
    source text NOT NULL REFERENCES river_sources ON DELETE CASCADE,
    elevation_m double precision,
    position geometry(Point, 4326) NOT NULL
);
CREATE INDEX river_nodes_source ON river_nodes (source);
CREATE INDEX river_nodes_position ON river_nodes USING gist (position);
COMMENT ON TABLE river_nodes IS 'Where segments begin, meet and end.';
COMMENT ON COLUMN river_nodes.id IS 'Number, new with every loading.';
COMMENT ON COLUMN river_nodes.source IS 'Source of the record.';
COMMENT ON COLUMN river_nodes.elevation_m IS 'Metres above the sea; null where unknown.';
COMMENT ON COLUMN river_nodes.position IS 'WGS 84.';

CREATE TABLE river_segments (
    id bigint PRIMARY KEY,
    source text NOT NULL REFERENCES river_sources ON DELETE CASCADE,
    source_id text NOT NULL,
    system text NOT NULL,
    river_id bigint REFERENCES rivers ON DELETE CASCADE,
    from_node bigint NOT NULL,
    to_node bigint NOT NULL,
    length_m double precision NOT NULL,
    is_direction_known boolean NOT NULL,
    next_segment bigint,
    path bigint NOT NULL,
    rank bigint NOT NULL,
    mouth_m double precision NOT NULL,
    braid bigint,
    is_main boolean NOT NULL,
    course geometry(LineString, 4326) NOT NULL,
    FOREIGN KEY (source, system) REFERENCES water_systems,
    CONSTRAINT river_segments_length CHECK (length_m > 0),
    CONSTRAINT river_segments_path UNIQUE (path, rank)
);
CREATE INDEX river_segments_source ON river_segments (source, system);
CREATE INDEX river_segments_river ON river_segments (river_id, mouth_m);
CREATE INDEX river_segments_braid ON river_segments (braid) WHERE braid IS NOT NULL;
CREATE INDEX river_segments_course ON river_segments USING gist (course);
COMMENT ON TABLE river_segments IS 'Pieces of rivers between two nodes, drawn with the flow.';
COMMENT ON COLUMN river_segments.id IS 'Number, new with every loading.';
COMMENT ON COLUMN river_segments.source IS 'Source of the record.';
COMMENT ON COLUMN river_segments.source_id IS 'What the source calls it; parts of a line that others join along the way share it.';
COMMENT ON COLUMN river_segments.system IS 'Its water system.';
COMMENT ON COLUMN river_segments.river_id IS 'The river; null where it has no name.';
COMMENT ON COLUMN river_segments.from_node IS 'Upper node.';
COMMENT ON COLUMN river_segments.to_node IS 'Lower node.';
COMMENT ON COLUMN river_segments.length_m IS 'Metres on the ellipsoid.';
COMMENT ON COLUMN river_segments.is_direction_known IS 'Whether the source knows the direction of flow; else it runs downhill or towards the mouth.';
COMMENT ON COLUMN river_segments.next_segment IS 'The next one on the shortest way to the mouth; null at the mouth.';
COMMENT ON COLUMN river_segments.path IS 'The path it belongs to, named by the path''s lowest segment: a path goes up where most segments are above.';
COMMENT ON COLUMN river_segments.rank IS 'Its place on the path, from 0 at the lowest.';
COMMENT ON COLUMN river_segments.mouth_m IS 'Metres from its lower end to the mouth.';
COMMENT ON COLUMN river_segments.braid IS 'The braid it belongs to: segments of which none is the only way; null where it is the only way.';
COMMENT ON COLUMN river_segments.is_main IS 'Whether it lies on the shortest way to the mouth from its upper node.';
COMMENT ON COLUMN river_segments.course IS 'WGS 84, from the upper to the lower node.';

CREATE TABLE weirs (
    id bigint PRIMARY KEY,
    source text NOT NULL REFERENCES river_sources ON DELETE CASCADE,
    segment_id bigint NOT NULL REFERENCES river_segments ON DELETE CASCADE,
    fraction double precision NOT NULL,
    name text,
    reading text,
    latin_name text,
    name_keys text[] NOT NULL,
    height_m double precision,
    has_detour boolean,
    is_passable boolean,
    position geometry(Point, 4326) NOT NULL,
    CONSTRAINT weirs_fraction CHECK (fraction BETWEEN 0 AND 1),
    CONSTRAINT weirs_height CHECK (height_m > 0 AND height_m < 200)
);
CREATE INDEX weirs_source ON weirs (source);
CREATE INDEX weirs_segment ON weirs (segment_id);
CREATE INDEX weirs_name_keys ON weirs USING gin (name_keys);
CREATE INDEX weirs_position ON weirs USING gist (position);
COMMENT ON TABLE weirs IS 'Weirs, each on a segment.';
COMMENT ON COLUMN weirs.id IS 'Number, new with every loading.';
COMMENT ON COLUMN weirs.source IS 'Source of the record.';
COMMENT ON COLUMN weirs.segment_id IS 'The segment it stands on.';
COMMENT ON COLUMN weirs.fraction IS 'How far along the segment, with the flow, 0 to 1.';
COMMENT ON COLUMN weirs.name IS 'Name as the source has it.';
COMMENT ON COLUMN weirs.reading IS 'Reading in kana.';
COMMENT ON COLUMN weirs.latin_name IS 'Name in Latin letters.';
COMMENT ON COLUMN weirs.name_keys IS 'The names as they are looked up.';
COMMENT ON COLUMN weirs.height_m IS 'Height in metres; null where nobody measured.';
COMMENT ON COLUMN weirs.has_detour IS 'Whether a gentle detour or a fish way leads around it; null where nobody looked.';
COMMENT ON COLUMN weirs.is_passable IS 'Whether animals are known to pass it against the flow; null where nobody knows.';
COMMENT ON COLUMN weirs.position IS 'WGS 84, as the source has it.';

CREATE TABLE unit_basins (
    id bigint PRIMARY KEY,
    source text NOT NULL REFERENCES river_sources ON DELETE CASCADE,
    system text NOT NULL,
    area geometry(MultiPolygon, 4326) NOT NULL,
    FOREIGN KEY (source, system) REFERENCES water_systems
);
CREATE INDEX unit_basins_source ON unit_basins (source, system);
CREATE INDEX unit_basins_area ON unit_basins USING gist (area);
COMMENT ON TABLE unit_basins IS 'Land that drains to one stretch of water.';
COMMENT ON COLUMN unit_basins.id IS 'Number, new with every loading.';
COMMENT ON COLUMN unit_basins.source IS 'Source of the record.';
COMMENT ON COLUMN unit_basins.system IS 'The water system it drains to.';
COMMENT ON COLUMN unit_basins.area IS 'WGS 84.';
