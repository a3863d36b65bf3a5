-- What movement means: parameters, recorded translocations and high water, who is responsible, and who may see where.

CREATE TABLE movement_parameters (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    agency_id uuid REFERENCES agencies,
    name text NOT NULL,
    value double precision NOT NULL,
    unit text NOT NULL,
    source text NOT NULL,
    set_by text NOT NULL,
    valid_since timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT movement_parameters_name CHECK (name ~ '^[a-z][a-z_]{1,60}$'),
    CONSTRAINT movement_parameters_value CHECK (value >= 0 AND value < 'Infinity'),
    CONSTRAINT movement_parameters_unit_not_blank CHECK (btrim(unit) <> '' AND char_length(unit) <= 60),
    CONSTRAINT movement_parameters_source_not_blank CHECK (btrim(source) <> '' AND char_length(source) <= 1000),
    CONSTRAINT movement_parameters_set_by_not_blank CHECK (btrim(set_by) <> '' AND char_length(set_by) <= 500)
);
CREATE INDEX movement_parameters_agency ON movement_parameters (agency_id, name, position);
COMMENT ON TABLE movement_parameters IS
    'How far animals are taken to move by themselves. Append-only: an agency''s latest value of a name counts for it, '
    'else the latest without agency.';
COMMENT ON COLUMN movement_parameters.position IS 'Order in which they were set.';
COMMENT ON COLUMN movement_parameters.agency_id IS 'For which agency; null for all that have set none.';
COMMENT ON COLUMN movement_parameters.name IS 'Name of the parameter.';
COMMENT ON COLUMN movement_parameters.value IS 'Its value.';
COMMENT ON COLUMN movement_parameters.unit IS 'Unit of the value.';
COMMENT ON COLUMN movement_parameters.source IS 'Where the value comes from; says so where it is an assumption.';
COMMENT ON COLUMN movement_parameters.set_by IS 'Who set it, by name.';
COMMENT ON COLUMN movement_parameters.valid_since IS 'Since when it counts.';
CREATE TRIGGER movement_parameters_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON movement_parameters
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('Movement parameters are only ever appended: set another value.');

INSERT INTO movement_parameters (name, value, unit, source, set_by) VALUES
    ('home_range', 200, 'm', 'Hatsuka River, Hyogo: about 200 m mean way upstream before breeding, the same back after.', 'andrias'),
    ('longest_way', 3969, 'm', 'Hatsuka River, Hyogo, 200 marked animals in a year: the longest way upstream.', 'andrias'),
    ('marked_animals', 200, 'animals', 'Hatsuka River, Hyogo: marked in the year of the longest way.', 'andrias'),
    ('years_exponent', 0.5, '1', 'Assumption: ways add up like steps at random, for animals return after breeding.', 'andrias'),
    ('unknown_interval', 36.6, 'years', 'Longest interval between captures of one animal; taken where a date is missing.', 'andrias'),
    ('weir_height', 0.8, 'm', 'Hatsuka River, Hyogo: weirs of 80 cm and more without a gentle detour hold animals back.', 'andrias'),
    ('weir_passage', 0.5, '1', 'Assumption. More than 10 of 200 marked animals passed each of six such weirs; how many came to them is not known.', 'andrias'),
    ('unknown_weir_passage', 0.75, '1', 'Assumption: between a weir that holds back and one that does not.', 'andrias'),
    ('impassable_weir_passage', 0.05, '1', 'Assumption. More than 10 of 200 marked animals passed each of six weirs that hold back: none is taken as closed.', 'andrias'),
    ('downstream_effort', 0.5, '1', 'Assumption: drifting takes less than walking against the flow.', 'andrias'),
    ('high_water_effort', 0.05, '1', 'Assumption. 413 animals were rescued after one typhoon in one river; how far they had come was not found.', 'andrias'),
    ('people_distance', 50000, 'm', 'Hatsuka River to a road in Habikino, about 50 km: the one known case with a length. That shorter ways are as likely is an assumption.', 'andrias'),
    ('people_prior', 0.02, '1', 'Assumption: people have moved one in fifty animals that are met again.', 'andrias'),
    ('crossing_ratio', 0.000001, '1', 'Assumption: no animal is known to have crossed a divide or the sea by itself.', 'andrias'),
    ('alert_probability', 0.5, '1', 'Assumption: tell an agency of what is more probable than not.', 'andrias'),
    ('doubt_share', 0.1, '1', 'Assumption: nine of ten places it may be have to be harmless.', 'andrias'),
    ('unstated_uncertainty', 1000, 'm', 'Assumption for positions that state no uncertainty.', 'andrias');

CREATE TABLE translocations (
    id uuid PRIMARY KEY,
    agency_id uuid NOT NULL REFERENCES agencies,
    individual_id uuid NOT NULL REFERENCES individuals,
    moved_at timestamptz NOT NULL,
    from_latitude double precision,
    from_longitude double precision,
    from_uncertainty_in_meters double precision,
    from_system text,
    from_locality text,
    to_latitude double precision,
    to_longitude double precision,
    to_uncertainty_in_meters double precision,
    to_system text,
    to_locality text,
    permit text NOT NULL,
    authority text NOT NULL,
    recorded_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT translocations_not_in_the_future CHECK (moved_at <= created_at + interval '1 day'),
    CONSTRAINT translocations_from_both CHECK ((from_latitude IS NULL) = (from_longitude IS NULL)),
    CONSTRAINT translocations_to_both CHECK ((to_latitude IS NULL) = (to_longitude IS NULL)),
    CONSTRAINT translocations_from_on_the_globe CHECK (
        from_latitude BETWEEN -90 AND 90 AND from_longitude BETWEEN -180 AND 180),
    CONSTRAINT translocations_to_on_the_globe CHECK (
        to_latitude BETWEEN -90 AND 90 AND to_longitude BETWEEN -180 AND 180),
    CONSTRAINT translocations_not_null_island CHECK (
        (from_latitude <> 0 OR from_longitude <> 0) AND (to_latitude <> 0 OR to_longitude <> 0)),
    CONSTRAINT translocations_uncertainty CHECK (
        (from_uncertainty_in_meters IS NULL OR from_uncertainty_in_meters > 0 AND from_latitude IS NOT NULL)
        AND (to_uncertainty_in_meters IS NULL OR to_uncertainty_in_meters > 0 AND to_latitude IS NOT NULL)),
    CONSTRAINT translocations_to_somewhere CHECK (num_nonnulls(to_latitude, to_system) > 0),
    CONSTRAINT translocations_systems CHECK (
        char_length(from_system) BETWEEN 1 AND 100 AND char_length(to_system) BETWEEN 1 AND 100),
    CONSTRAINT translocations_localities CHECK (
        char_length(from_locality) BETWEEN 1 AND 1000 AND char_length(to_locality) BETWEEN 1 AND 1000),
    CONSTRAINT translocations_permit_not_blank CHECK (btrim(permit) <> '' AND char_length(permit) <= 200),
    CONSTRAINT translocations_authority_not_blank CHECK (btrim(authority) <> '' AND char_length(authority) <= 200),
    CONSTRAINT translocations_recorded_by_not_blank CHECK (btrim(recorded_by) <> '' AND char_length(recorded_by) <= 500)
);
CREATE INDEX translocations_individual ON translocations (individual_id, moved_at);
CREATE INDEX translocations_agency ON translocations (agency_id);
COMMENT ON TABLE translocations IS 'Permitted moves of animals by people, for instance before works at a dam. Append-only.';
COMMENT ON COLUMN translocations.id IS 'UUIDv7.';
COMMENT ON COLUMN translocations.agency_id IS 'The agency that recorded it.';
COMMENT ON COLUMN translocations.individual_id IS 'The animal as it was called then; after a merge, that of settled_individual.';
COMMENT ON COLUMN translocations.moved_at IS 'When it was moved.';
COMMENT ON COLUMN translocations.from_latitude IS 'Degrees north, WGS 84, where it was taken; null where unknown.';
COMMENT ON COLUMN translocations.from_longitude IS 'Degrees east, WGS 84, where it was taken; null where unknown.';
COMMENT ON COLUMN translocations.from_uncertainty_in_meters IS 'Radius in metres of that place; null where unknown.';
COMMENT ON COLUMN translocations.from_system IS 'Code of the water system where it was taken; null where nobody said.';
COMMENT ON COLUMN translocations.from_locality IS 'Where it was taken in words.';
COMMENT ON COLUMN translocations.to_latitude IS 'Degrees north, WGS 84, where it was set down; null where unknown.';
COMMENT ON COLUMN translocations.to_longitude IS 'Degrees east, WGS 84, where it was set down; null where unknown.';
COMMENT ON COLUMN translocations.to_uncertainty_in_meters IS 'Radius in metres of that place; null where unknown.';
COMMENT ON COLUMN translocations.to_system IS 'Code of the water system where it was set down.';
COMMENT ON COLUMN translocations.to_locality IS 'Where it was set down in words.';
COMMENT ON COLUMN translocations.permit IS 'Number or name of the permit.';
COMMENT ON COLUMN translocations.authority IS 'Who gave the permit.';
COMMENT ON COLUMN translocations.recorded_by IS 'Who recorded it, by name.';
COMMENT ON COLUMN translocations.created_at IS 'When it was entered.';
CREATE TRIGGER translocations_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON translocations FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('Translocations are only ever appended: record another one.');

CREATE TABLE high_waters (
    id uuid PRIMARY KEY,
    agency_id uuid NOT NULL REFERENCES agencies,
    system text NOT NULL,
    river text,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    source text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT high_waters_span CHECK (starts_at <= ends_at AND ends_at - starts_at <= interval '1 year'),
    CONSTRAINT high_waters_not_in_the_future CHECK (starts_at <= created_at + interval '1 day'),
    CONSTRAINT high_waters_system_not_blank CHECK (btrim(system) <> '' AND char_length(system) <= 100),
    CONSTRAINT high_waters_river_not_blank CHECK (btrim(river) <> '' AND char_length(river) <= 200),
    CONSTRAINT high_waters_source_not_blank CHECK (btrim(source) <> '' AND char_length(source) <= 1000)
);
CREATE INDEX high_waters_system ON high_waters (system, starts_at);
CREATE INDEX high_waters_agency ON high_waters (agency_id);
COMMENT ON TABLE high_waters IS 'Recorded high water, by which animals may have drifted. Append-only.';
COMMENT ON COLUMN high_waters.id IS 'UUIDv7.';
COMMENT ON COLUMN high_waters.agency_id IS 'The agency that recorded it.';
COMMENT ON COLUMN high_waters.system IS 'Code of the water system.';
COMMENT ON COLUMN high_waters.river IS 'The river by name; null for all of the system.';
COMMENT ON COLUMN high_waters.starts_at IS 'Its first moment.';
COMMENT ON COLUMN high_waters.ends_at IS 'Its last moment, at most a year later.';
COMMENT ON COLUMN high_waters.source IS 'Who says so: a gauge, a report.';
COMMENT ON COLUMN high_waters.created_at IS 'When it was entered.';
CREATE TRIGGER high_waters_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON high_waters FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('High water is only ever appended: record another one.');

CREATE TABLE responsible_contacts (
    system text PRIMARY KEY,
    agency_id uuid NOT NULL REFERENCES agencies,
    set_by text NOT NULL,
    set_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT responsible_contacts_system_not_blank CHECK (btrim(system) <> '' AND char_length(system) <= 100),
    CONSTRAINT responsible_contacts_set_by_not_blank CHECK (btrim(set_by) <> '' AND char_length(set_by) <= 500)
);
CREATE INDEX responsible_contacts_agency ON responsible_contacts (agency_id);
COMMENT ON TABLE responsible_contacts IS 'Which agency decides on animals of a water system; its contact stands with the agency.';
COMMENT ON COLUMN responsible_contacts.system IS 'Code of the water system.';
COMMENT ON COLUMN responsible_contacts.agency_id IS 'The agency.';
COMMENT ON COLUMN responsible_contacts.set_by IS 'Who said so, by name.';
COMMENT ON COLUMN responsible_contacts.set_at IS 'When.';

CREATE TABLE position_policies (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    agency_id uuid NOT NULL REFERENCES agencies,
    generalization text NOT NULL,
    set_by text NOT NULL,
    set_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT position_policies_generalization CHECK (generalization IN ('withheld', '0.1', '0.01', '0.001')),
    CONSTRAINT position_policies_set_by_not_blank CHECK (btrim(set_by) <> '' AND char_length(set_by) <= 500)
);
CREATE INDEX position_policies_agency ON position_policies (agency_id, position);
COMMENT ON TABLE position_policies IS
    'How coarse an agency''s positions are shown to those who may not see exact ones; appended, the latest counts. '
    'Without one they are rounded to 0.1 degrees.';
COMMENT ON COLUMN position_policies.position IS 'Order in which they were set.';
COMMENT ON COLUMN position_policies.agency_id IS 'The agency whose records are shown so.';
COMMENT ON COLUMN position_policies.generalization IS 'Degrees to which coordinates are rounded, or withheld (Chapman 2020).';
COMMENT ON COLUMN position_policies.set_by IS 'Who set it, by name.';
COMMENT ON COLUMN position_policies.set_at IS 'When.';
CREATE TRIGGER position_policies_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON position_policies FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('Position policies are only ever appended: set another one.');

ALTER TABLE events DROP CONSTRAINT events_kind, DROP CONSTRAINT events_screening_of_its_kind,
    ADD CONSTRAINT events_kind CHECK (kind IN (
        'screening.completed', 'screening.decided', 'duplicate.proposed', 'identity.merged', 'identity.split',
        'identity.change_undone', 'tag.conflict', 'tag.lost', 'case.opened', 'animal.relocated', 'animal.returned')),
    ADD CONSTRAINT events_screening_of_its_kind CHECK (
        (kind IN (
            'screening.completed', 'screening.decided', 'tag.conflict', 'tag.lost', 'case.opened', 'animal.relocated',
            'animal.returned')) = (screening_id IS NOT NULL)
        AND (screening_id IS NULL) = (agency_id IS NULL));

ALTER TABLE idempotency_keys DROP CONSTRAINT idempotency_keys_resource_kind,
    ADD CONSTRAINT idempotency_keys_resource_kind CHECK (
        resource_kind IN (
            'photo', 'screening', 'decision', 'duplicate_review', 'identity_change', 'tag_assignment', 'tag_end',
            'tag_read', 'case_resolution', 'translocation', 'high_water'));
