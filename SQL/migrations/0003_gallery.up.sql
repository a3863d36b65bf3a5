-- The templates that searches compare with, and the revisions by which programs follow their changes.

CREATE TABLE gallery_revision (
    only_row boolean PRIMARY KEY DEFAULT true,
    revision bigint NOT NULL DEFAULT 0,
    CONSTRAINT gallery_revision_only_row CHECK (only_row)
);
INSERT INTO gallery_revision DEFAULT VALUES;
COMMENT ON TABLE gallery_revision IS
    'One row. Taking a revision locks it to the commit, so revisions become visible in order: whoever has read up to '
    'one never misses a smaller one.';
COMMENT ON COLUMN gallery_revision.only_row IS 'Always true; keeps a second row out.';
COMMENT ON COLUMN gallery_revision.revision IS 'The last revision given out; each belongs to one change of one template.';

CREATE FUNCTION next_gallery_revision() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    taken bigint;
BEGIN
    UPDATE gallery_revision SET revision = revision + 1 RETURNING revision INTO STRICT taken;
    PERFORM pg_notify('gallery', taken::text);
    RETURN taken;
END
$$;
COMMENT ON FUNCTION next_gallery_revision() IS 'Takes the next revision and tells listeners of channel gallery at the commit.';

CREATE TABLE templates (
    id uuid PRIMARY KEY,
    annotation_id uuid NOT NULL REFERENCES annotations ON DELETE CASCADE,
    extractor text NOT NULL,
    bytes bytea NOT NULL,
    revision bigint NOT NULL CONSTRAINT templates_revision_key UNIQUE,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT templates_annotation_extractor_key UNIQUE (annotation_id, extractor),
    CONSTRAINT templates_extractor_not_blank CHECK (btrim(extractor) <> '' AND char_length(extractor) <= 200),
    CONSTRAINT templates_bytes_not_empty CHECK (octet_length(bytes) > 0)
);
-- Descriptors do not compress; trying costs time at every write and read.
ALTER TABLE templates ALTER COLUMN bytes SET STORAGE EXTERNAL;
COMMENT ON TABLE templates IS 'What is compared instead of photographs, one for each annotation and version of the extractor.';
COMMENT ON COLUMN templates.id IS 'UUIDv7; stays when the animal is renamed or the encounter reassigned.';
COMMENT ON COLUMN templates.annotation_id IS 'What it describes.';
COMMENT ON COLUMN templates.extractor IS 'Name and version of what made it; templates of different versions are never compared.';
COMMENT ON COLUMN templates.bytes IS 'The template, in the extractor''s own format.';
COMMENT ON COLUMN templates.revision IS 'Revision of its last change, including changes of the animal it belongs to; set by triggers.';
COMMENT ON COLUMN templates.created_at IS 'When it was made.';

CREATE TABLE gallery_removals (
    template_id uuid PRIMARY KEY,
    revision bigint NOT NULL CONSTRAINT gallery_removals_revision_key UNIQUE
);
COMMENT ON TABLE gallery_removals IS 'Templates that were deleted, so that programs that hold them let go.';
COMMENT ON COLUMN gallery_removals.template_id IS 'The template that was.';
COMMENT ON COLUMN gallery_removals.revision IS 'Revision of the deletion.';

CREATE FUNCTION revise_template() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.revision := next_gallery_revision();
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION revise_template() IS 'Gives a new or changed template its revision.';
CREATE TRIGGER templates_revise BEFORE INSERT OR UPDATE ON templates
    FOR EACH ROW EXECUTE FUNCTION revise_template();

CREATE FUNCTION record_template_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO gallery_removals (template_id, revision) VALUES (OLD.id, next_gallery_revision());
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION record_template_removal() IS 'Remembers a deleted template under a revision.';
CREATE TRIGGER templates_removed AFTER DELETE ON templates
    FOR EACH ROW EXECUTE FUNCTION record_template_removal();

-- What a search knows of a template beside its bytes stands in the rows above it; a change there revises it.
CREATE FUNCTION revise_templates_of_annotation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE templates SET revision = revision WHERE annotation_id = NEW.id;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION revise_templates_of_annotation() IS 'Revises the templates of a changed annotation.';
CREATE TRIGGER annotations_revise_templates AFTER UPDATE OF photo_id, encounter_id, body_region ON annotations
    FOR EACH ROW EXECUTE FUNCTION revise_templates_of_annotation();

CREATE FUNCTION revise_templates_of_encounter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE templates SET revision = templates.revision
    FROM annotations WHERE annotations.id = annotation_id AND encounter_id = NEW.id;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION revise_templates_of_encounter() IS 'Revises the templates of an encounter that was given another animal.';
CREATE TRIGGER encounters_revise_templates AFTER UPDATE OF individual_id ON encounters
    FOR EACH ROW WHEN (OLD.individual_id IS DISTINCT FROM NEW.individual_id)
    EXECUTE FUNCTION revise_templates_of_encounter();

CREATE FUNCTION revise_templates_of_individual() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE templates SET revision = templates.revision
    FROM annotations JOIN encounters ON encounters.id = encounter_id
    WHERE annotations.id = annotation_id AND individual_id = NEW.id;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION revise_templates_of_individual() IS 'Revises the templates of an animal that was renamed.';
CREATE TRIGGER individuals_revise_templates AFTER UPDATE OF name ON individuals
    FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name)
    EXECUTE FUNCTION revise_templates_of_individual();

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', HINT = TG_ARGV[0], TABLE = TG_TABLE_NAME;
END
$$;
COMMENT ON FUNCTION refuse_change() IS 'Refuses the statement; its argument says what to do instead.';
CREATE TRIGGER templates_keep BEFORE TRUNCATE ON templates FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('Delete row by row, so that programs that hold templates hear of it.');
CREATE TRIGGER photos_file_stays BEFORE UPDATE OF sha256, agency_id ON photos FOR EACH ROW
    EXECUTE FUNCTION refuse_change('A photograph is its file: enter another file as another photograph.');
