-- Hybrids: what laboratories found, what people see on a photograph, the odds in a water, and what follows from them.

CREATE TABLE dna_samples (
    id uuid PRIMARY KEY,
    agency_id uuid NOT NULL REFERENCES agencies,
    label text NOT NULL CONSTRAINT dna_samples_label_key UNIQUE,
    individual_id uuid REFERENCES individuals,
    screening_id uuid REFERENCES screenings,
    tissue text,
    decimal_latitude double precision,
    decimal_longitude double precision,
    coordinate_uncertainty_in_meters double precision,
    locality text,
    api_key_id uuid REFERENCES api_keys,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT dna_samples_label_not_blank CHECK (label = btrim(label) AND char_length(label) BETWEEN 1 AND 100),
    CONSTRAINT dna_samples_of_something CHECK (num_nonnulls(individual_id, screening_id) > 0),
    CONSTRAINT dna_samples_tissue_length CHECK (char_length(tissue) BETWEEN 1 AND 200),
    CONSTRAINT dna_samples_both_coordinates CHECK ((decimal_latitude IS NULL) = (decimal_longitude IS NULL)),
    CONSTRAINT dna_samples_on_the_globe CHECK (
        decimal_latitude BETWEEN -90 AND 90 AND decimal_longitude BETWEEN -180 AND 180),
    CONSTRAINT dna_samples_not_null_island CHECK (decimal_latitude <> 0 OR decimal_longitude <> 0),
    CONSTRAINT dna_samples_uncertainty CHECK (
        coordinate_uncertainty_in_meters IS NULL
        OR coordinate_uncertainty_in_meters > 0 AND coordinate_uncertainty_in_meters < 'Infinity'
        AND decimal_latitude IS NOT NULL),
    CONSTRAINT dna_samples_locality_length CHECK (char_length(locality) BETWEEN 1 AND 1000)
);
CREATE INDEX dna_samples_agency ON dna_samples (agency_id, id);
CREATE INDEX dna_samples_individual ON dna_samples (individual_id);
CREATE INDEX dna_samples_screening ON dna_samples (screening_id);
COMMENT ON TABLE dna_samples IS 'Tissue of animals for laboratories. Append-only; when and by whom one was taken is the first step of its custody.';
COMMENT ON COLUMN dna_samples.id IS 'UUIDv7.';
COMMENT ON COLUMN dna_samples.agency_id IS 'Who took it.';
COMMENT ON COLUMN dna_samples.label IS 'What is written on the tube; one in the whole registry, for laboratories send results back by it.';
COMMENT ON COLUMN dna_samples.individual_id IS 'The animal; null while nobody knows which.';
COMMENT ON COLUMN dna_samples.screening_id IS 'The screening of the animal it is of; its animal counts where none is named.';
COMMENT ON COLUMN dna_samples.tissue IS 'What was taken, in words.';
COMMENT ON COLUMN dna_samples.decimal_latitude IS 'decimalLatitude: degrees north, WGS 84, of where the animal was; null where unknown, or where the screening says it.';
COMMENT ON COLUMN dna_samples.decimal_longitude IS 'decimalLongitude: degrees east, WGS 84.';
COMMENT ON COLUMN dna_samples.coordinate_uncertainty_in_meters IS 'coordinateUncertaintyInMeters: radius in metres; null where unknown.';
COMMENT ON COLUMN dna_samples.locality IS 'locality: the place in words.';
COMMENT ON COLUMN dna_samples.api_key_id IS 'The key under which it came; null from the command line.';
COMMENT ON COLUMN dna_samples.created_at IS 'When it was entered.';
CREATE TRIGGER dna_samples_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON dna_samples FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('Samples are only ever appended: enter another one.');

CREATE TABLE dna_custody (
    id uuid PRIMARY KEY,
    position bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT dna_custody_position_key UNIQUE,
    sample_id uuid NOT NULL REFERENCES dna_samples,
    step text NOT NULL,
    person text NOT NULL,
    counterpart text,
    seal text,
    note text,
    happened_at timestamptz NOT NULL,
    recorded_by text NOT NULL,
    api_key_id uuid REFERENCES api_keys,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT dna_custody_step CHECK (step IN ('taken', 'handed_over', 'received')),
    CONSTRAINT dna_custody_person_not_blank CHECK (btrim(person) <> '' AND char_length(person) <= 200),
    CONSTRAINT dna_custody_counterpart_not_blank CHECK (btrim(counterpart) <> '' AND char_length(counterpart) <= 200),
    CONSTRAINT dna_custody_two_hands CHECK (step = 'taken' OR counterpart IS NOT NULL),
    CONSTRAINT dna_custody_seal_length CHECK (char_length(seal) BETWEEN 1 AND 500),
    CONSTRAINT dna_custody_note_length CHECK (char_length(note) BETWEEN 1 AND 2000),
    CONSTRAINT dna_custody_not_in_the_future CHECK (happened_at <= recorded_at + interval '1 day'),
    CONSTRAINT dna_custody_recorded_by_not_blank CHECK (btrim(recorded_by) <> '' AND char_length(recorded_by) <= 500)
);
CREATE UNIQUE INDEX dna_custody_taken_once_key ON dna_custody (sample_id) WHERE step = 'taken';
CREATE INDEX dna_custody_sample ON dna_custody (sample_id, position);
COMMENT ON TABLE dna_custody IS 'Through whose hands samples went, and how they were sealed. Append-only.';
COMMENT ON COLUMN dna_custody.id IS 'UUIDv7.';
COMMENT ON COLUMN dna_custody.position IS 'Order of the steps.';
COMMENT ON COLUMN dna_custody.sample_id IS 'The sample.';
COMMENT ON COLUMN dna_custody.step IS 'taken from the animal, handed_over to somebody, received from somebody.';
COMMENT ON COLUMN dna_custody.person IS 'Who took it, gave it away, or received it.';
COMMENT ON COLUMN dna_custody.counterpart IS 'To whom it was given, or from whom it came; null of what was taken.';
COMMENT ON COLUMN dna_custody.seal IS 'How it was sealed, or in which state its seal came; null where nobody said.';
COMMENT ON COLUMN dna_custody.note IS 'What else is to be known.';
COMMENT ON COLUMN dna_custody.happened_at IS 'When.';
COMMENT ON COLUMN dna_custody.recorded_by IS 'Who recorded it, by name.';
COMMENT ON COLUMN dna_custody.api_key_id IS 'The key under which it came; null from the command line.';
COMMENT ON COLUMN dna_custody.recorded_at IS 'When it was entered.';
CREATE TRIGGER dna_custody_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON dna_custody FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('Custody is only ever appended: record the next step.');

CREATE TABLE dna_results (
    id uuid PRIMARY KEY,
    position bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT dna_results_position_key UNIQUE,
    sample_id uuid NOT NULL REFERENCES dna_samples,
    markers text NOT NULL,
    class text NOT NULL,
    laboratory text NOT NULL,
    reported_at timestamptz NOT NULL,
    document_sha256 text,
    note text,
    replaces uuid CONSTRAINT dna_results_replaces_key UNIQUE REFERENCES dna_results,
    recorded_by text NOT NULL,
    api_key_id uuid REFERENCES api_keys,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT dna_results_markers CHECK (markers IN ('mtdna', 'microsatellites', 'allozymes', 'snp')),
    CONSTRAINT dna_results_class CHECK (class IN (
        'japonicus', 'davidianus', 'other_species', 'hybrid', 'f1', 'f2', 'backcross_japonicus', 'backcross_davidianus',
        'undetermined')),
    CONSTRAINT dna_results_mtdna_is_a_maternal_line CHECK (
        markers <> 'mtdna' OR class IN ('japonicus', 'davidianus', 'other_species', 'undetermined')),
    CONSTRAINT dna_results_laboratory_not_blank CHECK (
        laboratory = btrim(laboratory) AND char_length(laboratory) BETWEEN 1 AND 200),
    CONSTRAINT dna_results_not_in_the_future CHECK (reported_at <= created_at + interval '1 day'),
    CONSTRAINT dna_results_document CHECK (document_sha256 ~ '^[0-9a-f]{64}$'),
    CONSTRAINT dna_results_note_length CHECK (char_length(note) BETWEEN 1 AND 2000),
    CONSTRAINT dna_results_correction_says_why CHECK (replaces IS NULL OR note IS NOT NULL),
    CONSTRAINT dna_results_recorded_by_not_blank CHECK (btrim(recorded_by) <> '' AND char_length(recorded_by) <= 500)
);
CREATE INDEX dna_results_sample ON dna_results (sample_id, position);
COMMENT ON TABLE dna_results IS 'What laboratories found. Append-only: a correction replaces a result, which stays.';
COMMENT ON COLUMN dna_results.id IS 'UUIDv7.';
COMMENT ON COLUMN dna_results.position IS 'Order in which they were entered.';
COMMENT ON COLUMN dna_results.sample_id IS 'The sample.';
COMMENT ON COLUMN dna_results.markers IS 'What was looked at. mtdna shows the maternal line and nothing else.';
COMMENT ON COLUMN dna_results.class IS 'As the laboratory gave it; of mtdna the species of the maternal line.';
COMMENT ON COLUMN dna_results.laboratory IS 'Who found it.';
COMMENT ON COLUMN dna_results.reported_at IS 'When the laboratory reported it.';
COMMENT ON COLUMN dna_results.document_sha256 IS 'SHA-256 of the report, lower-case hexadecimal; null where there is no file.';
COMMENT ON COLUMN dna_results.note IS 'What else is to be known; of a correction, why.';
COMMENT ON COLUMN dna_results.replaces IS 'The result that this one corrects; each is corrected once at most.';
COMMENT ON COLUMN dna_results.recorded_by IS 'Who entered it, by name.';
COMMENT ON COLUMN dna_results.api_key_id IS 'The key under which it came; null from the command line.';
COMMENT ON COLUMN dna_results.created_at IS 'When it was entered.';
CREATE TRIGGER dna_results_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON dna_results FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('Results are only ever appended: correct one by another.');

CREATE VIEW screening_animals AS
SELECT
    screenings.id AS screening_id,
    settled_individual(CASE latest.kind
        WHEN 'confirmed' THEN latest.individual_id
        WHEN 'unknown' THEN NULL
        WHEN 'rejected' THEN NULL
        ELSE screenings.individual_id END) AS individual_id
FROM screenings LEFT JOIN LATERAL (
    SELECT kind, individual_id FROM decisions WHERE screening_id = screenings.id
    ORDER BY created_at DESC, id DESC LIMIT 1
) AS latest ON true;
COMMENT ON VIEW screening_animals IS
    'The animal of each screening: as people decided last, else as the answer names it; null where neither names one.';

CREATE VIEW dna_sample_records AS
SELECT
    dna_samples.id, dna_samples.agency_id, label, tissue, dna_samples.screening_id, dna_samples.api_key_id,
    dna_samples.created_at,
    coalesce(settled_individual(dna_samples.individual_id), screening_animals.individual_id) AS individual_id,
    individuals.name AS individual_name,
    CASE WHEN dna_samples.decimal_latitude IS NULL THEN screenings.decimal_latitude ELSE dna_samples.decimal_latitude END
        AS decimal_latitude,
    CASE WHEN dna_samples.decimal_latitude IS NULL THEN screenings.decimal_longitude
        ELSE dna_samples.decimal_longitude END AS decimal_longitude,
    CASE WHEN dna_samples.decimal_latitude IS NULL THEN screenings.coordinate_uncertainty_in_meters
        ELSE dna_samples.coordinate_uncertainty_in_meters END AS coordinate_uncertainty_in_meters,
    coalesce(dna_samples.locality, screenings.locality) AS locality,
    taken.person AS taken_by, taken.happened_at AS taken_at
FROM dna_samples
JOIN dna_custody AS taken ON taken.sample_id = dna_samples.id AND taken.step = 'taken'
LEFT JOIN screenings ON screenings.id = dna_samples.screening_id
LEFT JOIN screening_animals ON screening_animals.screening_id = dna_samples.screening_id
LEFT JOIN individuals
    ON individuals.id = coalesce(settled_individual(dna_samples.individual_id), screening_animals.individual_id);
COMMENT ON VIEW dna_sample_records IS
    'Samples with their animal by now, where it was, and who took them when.';

CREATE VIEW dna_result_records AS
SELECT
    dna_results.*, dna_sample_records.label, dna_sample_records.agency_id, dna_sample_records.individual_id,
    dna_sample_records.individual_name, dna_sample_records.taken_at, correction.id AS replaced_by,
    dna_results.markers <> 'mtdna' AND dna_results.class <> 'undetermined' AS is_conclusive
FROM dna_results
JOIN dna_sample_records ON dna_sample_records.id = dna_results.sample_id
LEFT JOIN dna_results AS correction ON correction.replaces = dna_results.id;
COMMENT ON VIEW dna_result_records IS
    'Results with their sample and animal; replaced_by names the correction that counts instead; is_conclusive where '
    'nuclear markers gave a class.';

CREATE VIEW dna_tested_animals AS
SELECT
    individual_id, (array_agg(class ORDER BY position DESC))[1] AS class,
    bool_and(class = 'japonicus') AS is_native
FROM dna_result_records
WHERE is_conclusive AND replaced_by IS NULL AND individual_id IS NOT NULL
GROUP BY individual_id
HAVING bool_and(class = 'japonicus') OR bool_and(class <> 'japonicus');
COMMENT ON VIEW dna_tested_animals IS
    'Animals whose nuclear markers tell native from not native, with the latest class; an animal of which results in '
    'force contradict each other is none.';

CREATE TABLE hybrid_parameters (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    value double precision NOT NULL,
    unit text NOT NULL,
    source text NOT NULL,
    set_by text NOT NULL,
    valid_since timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT hybrid_parameters_name CHECK (name ~ '^[a-z][a-z_]{1,60}$'),
    CONSTRAINT hybrid_parameters_value CHECK (value >= 0 AND value < 'Infinity'),
    CONSTRAINT hybrid_parameters_unit_not_blank CHECK (btrim(unit) <> '' AND char_length(unit) <= 60),
    CONSTRAINT hybrid_parameters_source_not_blank CHECK (btrim(source) <> '' AND char_length(source) <= 1000),
    CONSTRAINT hybrid_parameters_set_by_not_blank CHECK (btrim(set_by) <> '' AND char_length(set_by) <= 500)
);
CREATE INDEX hybrid_parameters_latest ON hybrid_parameters (name, position);
COMMENT ON TABLE hybrid_parameters IS 'What the odds of a water and the weighing of evidence rest on. Append-only: the latest of a name counts.';
COMMENT ON COLUMN hybrid_parameters.position IS 'Order in which they were set.';
COMMENT ON COLUMN hybrid_parameters.name IS 'Name of the parameter.';
COMMENT ON COLUMN hybrid_parameters.value IS 'Its value.';
COMMENT ON COLUMN hybrid_parameters.unit IS 'Unit of the value.';
COMMENT ON COLUMN hybrid_parameters.source IS 'Where the value comes from; says so where it is an assumption.';
COMMENT ON COLUMN hybrid_parameters.set_by IS 'Who set it, by name.';
COMMENT ON COLUMN hybrid_parameters.valid_since IS 'Since when it counts.';
CREATE TRIGGER hybrid_parameters_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON hybrid_parameters
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('Hybrid parameters are only ever appended: set another value.');

INSERT INTO hybrid_parameters (name, value, unit, source, set_by) VALUES
    ('half_life', 10, 'years', 'Assumption: after ten years a tested animal tells half as much of a water. No rate of change was found.', 'andrias'),
    ('half_distance', 5000, 'm', 'Assumption: a tested animal five kilometres away along the water tells half as much. The longest way known of one animal in a year is 3,969 m (Hatsuka River).', 'andrias'),
    ('unknown_age', 15, 'years', 'Assumption, taken where a count states no year.', 'andrias'),
    ('unknown_distance', 15000, 'm', 'Assumption, taken where a count names a water system and no place in it.', 'andrias'),
    ('national_not_native', 0.5, 'animals', 'Assumption: nothing is known of a water without tests, either is as likely, and both together weigh as one animal (Jeffreys).', 'andrias'),
    ('national_native', 0.5, 'animals', 'Assumption: as national_not_native.', 'andrias'),
    ('evidence_correlation', 0.5, '1', 'Assumption: characters of one animal go together half as much as one and the same would. No measurement is known.', 'andrias');

CREATE TABLE hybrid_counts (
    id uuid PRIMARY KEY,
    label text NOT NULL,
    system text,
    decimal_latitude double precision,
    decimal_longitude double precision,
    coordinate_uncertainty_in_meters double precision,
    first_year integer,
    last_year integer,
    native integer NOT NULL,
    hybrid integer NOT NULL,
    exotic integer NOT NULL,
    undetermined integer NOT NULL,
    source text NOT NULL,
    entered_by text NOT NULL,
    entered_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT hybrid_counts_label_not_blank CHECK (label = btrim(label) AND char_length(label) BETWEEN 1 AND 200),
    CONSTRAINT hybrid_counts_somewhere CHECK (num_nonnulls(system, decimal_latitude) > 0),
    CONSTRAINT hybrid_counts_system_not_blank CHECK (btrim(system) <> '' AND char_length(system) <= 100),
    CONSTRAINT hybrid_counts_both_coordinates CHECK ((decimal_latitude IS NULL) = (decimal_longitude IS NULL)),
    CONSTRAINT hybrid_counts_on_the_globe CHECK (
        decimal_latitude BETWEEN -90 AND 90 AND decimal_longitude BETWEEN -180 AND 180),
    CONSTRAINT hybrid_counts_not_null_island CHECK (decimal_latitude <> 0 OR decimal_longitude <> 0),
    CONSTRAINT hybrid_counts_uncertainty CHECK (
        coordinate_uncertainty_in_meters IS NULL
        OR coordinate_uncertainty_in_meters > 0 AND coordinate_uncertainty_in_meters < 'Infinity'
        AND decimal_latitude IS NOT NULL),
    CONSTRAINT hybrid_counts_years CHECK (
        (first_year IS NULL) = (last_year IS NULL) AND first_year BETWEEN 1900 AND 2200 AND last_year BETWEEN first_year AND 2200),
    CONSTRAINT hybrid_counts_numbers CHECK (
        native BETWEEN 0 AND 1000000 AND hybrid BETWEEN 0 AND 1000000 AND exotic BETWEEN 0 AND 1000000
        AND undetermined BETWEEN 0 AND 1000000 AND native + hybrid + exotic + undetermined > 0),
    CONSTRAINT hybrid_counts_source_not_blank CHECK (btrim(source) <> '' AND char_length(source) <= 1000),
    CONSTRAINT hybrid_counts_entered_by_not_blank CHECK (btrim(entered_by) <> '' AND char_length(entered_by) <= 500)
);
CREATE INDEX hybrid_counts_latest ON hybrid_counts (label, first_year, last_year, id);
COMMENT ON TABLE hybrid_counts IS
    'DNA-tested animals of a reach in some years, as publications and others count them; animals that the registry holds '
    'itself are counted from their results and do not belong here. Append-only: the latest of a label and its years counts.';
COMMENT ON COLUMN hybrid_counts.id IS 'UUIDv7.';
COMMENT ON COLUMN hybrid_counts.label IS 'The reach in words.';
COMMENT ON COLUMN hybrid_counts.system IS 'Code of the water system; null where only a position is known.';
COMMENT ON COLUMN hybrid_counts.decimal_latitude IS 'Degrees north, WGS 84, of the middle of the reach; null where unknown.';
COMMENT ON COLUMN hybrid_counts.decimal_longitude IS 'Degrees east, WGS 84.';
COMMENT ON COLUMN hybrid_counts.coordinate_uncertainty_in_meters IS 'Radius in metres in which the reach lies.';
COMMENT ON COLUMN hybrid_counts.first_year IS 'First year of sampling; null where unknown.';
COMMENT ON COLUMN hybrid_counts.last_year IS 'Last year of sampling.';
COMMENT ON COLUMN hybrid_counts.native IS 'Animals found to be Andrias japonicus.';
COMMENT ON COLUMN hybrid_counts.hybrid IS 'Animals found to be hybrids of any generation.';
COMMENT ON COLUMN hybrid_counts.exotic IS 'Animals found to be of another species of Andrias.';
COMMENT ON COLUMN hybrid_counts.undetermined IS 'Animals of which the tests said nothing; they weigh nothing.';
COMMENT ON COLUMN hybrid_counts.source IS 'Who counted.';
COMMENT ON COLUMN hybrid_counts.entered_by IS 'Who entered it, by name.';
COMMENT ON COLUMN hybrid_counts.entered_at IS 'When.';
CREATE TRIGGER hybrid_counts_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON hybrid_counts FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('Counts are only ever appended: enter the label and its years again.');

CREATE TABLE hybrid_characters (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL,
    name_ja text NOT NULL,
    name_en text NOT NULL,
    sight_ja text NOT NULL,
    sight_en text NOT NULL,
    source text NOT NULL,
    native_present double precision,
    native_absent double precision,
    not_native_present double precision,
    not_native_absent double precision,
    set_by text NOT NULL,
    valid_since timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT hybrid_characters_code CHECK (code ~ '^[a-z][a-z0-9_]{1,40}$'),
    CONSTRAINT hybrid_characters_names CHECK (
        btrim(name_ja) <> '' AND char_length(name_ja) <= 100 AND btrim(name_en) <> '' AND char_length(name_en) <= 100
        AND name_ja !~ '[|]' AND name_en !~ '[|]'),
    CONSTRAINT hybrid_characters_sights CHECK (
        btrim(sight_ja) <> '' AND char_length(sight_ja) <= 500 AND btrim(sight_en) <> '' AND char_length(sight_en) <= 500),
    CONSTRAINT hybrid_characters_source_not_blank CHECK (btrim(source) <> '' AND char_length(source) <= 1000),
    CONSTRAINT hybrid_characters_rates_whole CHECK (
        num_nulls(native_present, native_absent, not_native_present, not_native_absent) IN (0, 4)),
    CONSTRAINT hybrid_characters_rates CHECK (
        native_present >= 0 AND native_absent >= 0 AND not_native_present >= 0 AND not_native_absent >= 0
        AND native_present + native_absent > 0 AND not_native_present + not_native_absent > 0
        AND native_present + native_absent + not_native_present + not_native_absent < 'Infinity'),
    CONSTRAINT hybrid_characters_set_by_not_blank CHECK (btrim(set_by) <> '' AND char_length(set_by) <= 500)
);
CREATE INDEX hybrid_characters_latest ON hybrid_characters (code, position);
COMMENT ON TABLE hybrid_characters IS 'Characters that tell natives from others. Append-only: the latest of a code counts.';
COMMENT ON COLUMN hybrid_characters.position IS 'Order in which they were set.';
COMMENT ON COLUMN hybrid_characters.code IS 'Stable name.';
COMMENT ON COLUMN hybrid_characters.name_ja IS 'Name in Japanese.';
COMMENT ON COLUMN hybrid_characters.name_en IS 'Name in English.';
COMMENT ON COLUMN hybrid_characters.sight_ja IS 'How to see it, in Japanese.';
COMMENT ON COLUMN hybrid_characters.sight_en IS 'How to see it, in English.';
COMMENT ON COLUMN hybrid_characters.source IS 'Who described it, and where the numbers come from if there are any.';
COMMENT ON COLUMN hybrid_characters.native_present IS 'DNA-tested native animals that showed it; null with the other three where nobody counted: then it weighs nothing.';
COMMENT ON COLUMN hybrid_characters.native_absent IS 'DNA-tested native animals that did not show it.';
COMMENT ON COLUMN hybrid_characters.not_native_present IS 'DNA-tested animals that are not native and showed it.';
COMMENT ON COLUMN hybrid_characters.not_native_absent IS 'DNA-tested animals that are not native and did not show it.';
COMMENT ON COLUMN hybrid_characters.set_by IS 'Who set it, by name.';
COMMENT ON COLUMN hybrid_characters.valid_since IS 'Since when it counts.';
CREATE TRIGGER hybrid_characters_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON hybrid_characters FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('Characters are only ever appended: set the code again.');

-- No rate was found for any of them: which is more common where, they say; how common, nobody who set them knew.
INSERT INTO hybrid_characters (code, name_ja, name_en, sight_ja, sight_en, source, set_by) VALUES
    ('jaw_tubercles', '下顎・喉のいぼ状突起', 'Tubercles on lower jaw and throat',
        '下から見た顎先と喉に、小さな突起が並んでいる。', 'Small knobs on the lower jaw and throat, seen from below or the side.',
        'Hara et al. 2023 (Zootaxa; abstract): in A. davidianus of both sexes and in hybrids. No rate is known here.', 'andrias'),
    ('paired_warts', '対になったいぼ', 'Warts in pairs',
        '頭と背のいぼが二つずつ並ぶ。', 'Warts of head and back stand in twos.',
        'Visual guides: A. davidianus has few dorsal warts, sometimes paired. No rate is known here.', 'andrias'),
    ('sparse_warts', '背のいぼが少ない', 'Few dorsal warts',
        '頭と背のいぼがまばらで、皮膚がなめらかに見える。', 'Warts of head and back are few, the skin looks smooth.',
        'Visual guides: natives have more and larger single warts, A. davidianus few. No rate is known here.', 'andrias'),
    ('broad_head', '頭の幅が広い', 'Broad head',
        '真上から見て、頭が胴に比べて幅広い。', 'Seen from straight above, the head is broad for the trunk.',
        'Hara et al. 2023 (abstract): relative head width is larger in hybrids. No mean or rate is known here.', 'andrias'),
    ('long_tail', '尾が長い', 'Long tail',
        '全長に比べて尾が長い。体を伸ばして真上から見る。', 'The tail is long for the whole animal, stretched out and seen from above.',
        'Hara et al. 2023 (abstract): relative tail length is larger in A. davidianus and hybrids. No mean or rate is known here.', 'andrias'),
    ('grey_ground', '地色が灰色・黒', 'Grey or black ground colour',
        '斑紋の間の地色が、褐色でなく灰色か黒に見える。', 'Between the blotches the skin is grey or black, not brown.',
        'Visual guides: A. davidianus is grey or black. No rate is known here.', 'andrias'),
    ('pale_ground', '地色が淡い褐色', 'Pale brown ground colour',
        '地色が明るい褐色で、黒い点が散る。', 'The ground is a pale brown with black dots.',
        'Visual guides: hybrids are often paler brown with black dots. No rate is known here.', 'andrias'),
    ('pale_blotches', '大きく淡い斑', 'Large pale blotches',
        '地色より淡い大きな斑がある。', 'There are large blotches paler than the ground.',
        'Visual guides: A. davidianus and hybrids; natives have finer spots. No rate is known here.', 'andrias'),
    ('large_blotches', '斑紋が大きい', 'Coarse blotches',
        '斑紋が粗く大きく、細かい点が少ない。', 'Blotches are coarse, fine spots few.',
        'Visual guides: natives have finer spots. No rate is known here.', 'andrias'),
    ('bulging_eyes', '目が目立つ', 'Prominent eyes',
        '目が盛り上がって、上からよく見える。', 'Eyes stand out and are well seen from above.',
        'Named in visual guides for screeners. Which way it points, and how often, is not known here.', 'andrias'),
    ('long_snout', '吻が長い', 'Long snout',
        '目より前の部分が長く、先が丸くない。', 'The part before the eyes is long, its tip not evenly round.',
        'Hara et al. 2025 (Current Herpetology 44; abstract): head shape differs strongly. No mean or rate is known here.', 'andrias'),
    ('wide_mouth', '口が広い', 'Wide mouth',
        '口角が目よりずっと後ろ・外側にある。', 'The corners of the mouth lie far behind and outside of the eyes.',
        'Hara et al. 2025 (Current Herpetology 44; abstract): hybrids have a wider mouth than either parent. No mean or rate is known here.', 'andrias');

CREATE TABLE hybrid_scores (
    id uuid PRIMARY KEY,
    position bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT hybrid_scores_position_key UNIQUE,
    screening_id uuid NOT NULL REFERENCES screenings,
    photo_id uuid,
    code text NOT NULL,
    sight text NOT NULL,
    scored_by text NOT NULL,
    api_key_id uuid REFERENCES api_keys,
    scored_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT hybrid_scores_photo_of_the_screening_fkey FOREIGN KEY (screening_id, photo_id)
        REFERENCES screening_photos (screening_id, photo_id),
    CONSTRAINT hybrid_scores_sight CHECK (sight IN ('present', 'absent', 'not_visible')),
    CONSTRAINT hybrid_scores_code CHECK (code ~ '^[a-z][a-z0-9_]{1,40}$'),
    CONSTRAINT hybrid_scores_scored_by_not_blank CHECK (btrim(scored_by) <> '' AND char_length(scored_by) <= 500)
);
CREATE INDEX hybrid_scores_screening ON hybrid_scores (screening_id, code, position);
CREATE INDEX hybrid_scores_photo ON hybrid_scores (screening_id, photo_id);
COMMENT ON TABLE hybrid_scores IS 'What people see of characters on a screening''s photographs. Append-only: the latest of a screening and code counts.';
COMMENT ON COLUMN hybrid_scores.id IS 'UUIDv7.';
COMMENT ON COLUMN hybrid_scores.position IS 'Order of the scores.';
COMMENT ON COLUMN hybrid_scores.screening_id IS 'The screening.';
COMMENT ON COLUMN hybrid_scores.photo_id IS 'The photograph it was seen on; null where nobody said.';
COMMENT ON COLUMN hybrid_scores.code IS 'The character.';
COMMENT ON COLUMN hybrid_scores.sight IS 'present, absent, or not_visible: the photographs do not show the part.';
COMMENT ON COLUMN hybrid_scores.scored_by IS 'Who saw it, by name.';
COMMENT ON COLUMN hybrid_scores.api_key_id IS 'The key under which it came; null from the command line.';
COMMENT ON COLUMN hybrid_scores.scored_at IS 'When.';
CREATE TRIGGER hybrid_scores_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON hybrid_scores FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('Scores are only ever appended: score again.');

CREATE TABLE hybrid_policies (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    agency_id uuid NOT NULL REFERENCES agencies,
    cost_missed_hybrid double precision NOT NULL,
    cost_wrong_suspicion double precision NOT NULL,
    cost_review double precision NOT NULL,
    set_by text NOT NULL,
    set_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT hybrid_policies_costs CHECK (
        cost_review > 0 AND cost_missed_hybrid < 'Infinity' AND cost_wrong_suspicion < 'Infinity'
        AND cost_review / cost_missed_hybrid + cost_review / cost_wrong_suspicion < 1),
    CONSTRAINT hybrid_policies_set_by_not_blank CHECK (btrim(set_by) <> '' AND char_length(set_by) <= 500)
);
CREATE INDEX hybrid_policies_agency ON hybrid_policies (agency_id, position);
COMMENT ON TABLE hybrid_policies IS 'What mistakes about hybrids cost an agency; appended, the latest counts. Without one the program''s standard does.';
COMMENT ON COLUMN hybrid_policies.position IS 'Order in which they were set.';
COMMENT ON COLUMN hybrid_policies.agency_id IS 'The agency.';
COMMENT ON COLUMN hybrid_policies.cost_missed_hybrid IS 'What calling an animal likely native costs that is not, in the unit of the others.';
COMMENT ON COLUMN hybrid_policies.cost_wrong_suspicion IS 'What suspecting a native costs: it is held, and its DNA tested.';
COMMENT ON COLUMN hybrid_policies.cost_review IS 'What saying neither costs; small enough that there is something between both.';
COMMENT ON COLUMN hybrid_policies.set_by IS 'Who set it, by name.';
COMMENT ON COLUMN hybrid_policies.set_at IS 'When.';
CREATE TRIGGER hybrid_policies_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON hybrid_policies FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('Hybrid policies are only ever appended: set another one.');

CREATE TABLE hybrid_assessments (
    id uuid PRIMARY KEY,
    position bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT hybrid_assessments_position_key UNIQUE,
    screening_id uuid NOT NULL REFERENCES screenings,
    occasion text NOT NULL,
    photo_outcome text NOT NULL,
    dna text NOT NULL,
    probability double precision NOT NULL,
    content jsonb NOT NULL,
    assessed_by text NOT NULL,
    api_key_id uuid REFERENCES api_keys,
    assessed_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT hybrid_assessments_occasion CHECK (occasion IN ('scored', 'dna')),
    CONSTRAINT hybrid_assessments_photo_outcome CHECK (
        photo_outcome IN ('likely_native', 'suspect_non_native', 'insufficient_evidence')),
    CONSTRAINT hybrid_assessments_dna CHECK (
        dna IN ('untested', 'maternal_line', 'undetermined', 'native', 'not_native', 'disputed')),
    CONSTRAINT hybrid_assessments_probability CHECK (probability BETWEEN 0 AND 1),
    CONSTRAINT hybrid_assessments_content_object CHECK (jsonb_typeof(content) = 'object'),
    CONSTRAINT hybrid_assessments_assessed_by_not_blank CHECK (btrim(assessed_by) <> '' AND char_length(assessed_by) <= 500)
);
CREATE INDEX hybrid_assessments_screening ON hybrid_assessments (screening_id, position);
COMMENT ON TABLE hybrid_assessments IS 'What a screening''s photographs and its animal''s DNA say of being native. Append-only: the latest of a screening counts.';
COMMENT ON COLUMN hybrid_assessments.id IS 'UUIDv7.';
COMMENT ON COLUMN hybrid_assessments.position IS 'Order of the assessments.';
COMMENT ON COLUMN hybrid_assessments.screening_id IS 'The screening.';
COMMENT ON COLUMN hybrid_assessments.occasion IS 'scored: somebody scored characters or asked; dna: a laboratory''s result came.';
COMMENT ON COLUMN hybrid_assessments.photo_outcome IS 'What photograph and water come to, DNA left aside.';
COMMENT ON COLUMN hybrid_assessments.dna IS 'What was known of the animal''s DNA; native and not_native outrank the photograph.';
COMMENT ON COLUMN hybrid_assessments.probability IS 'Probability that it is not purely native, 0 to 1, DNA left aside.';
COMMENT ON COLUMN hybrid_assessments.content IS 'Prior, evidence piece by piece, interval, policy, sentences and what to look at next.';
COMMENT ON COLUMN hybrid_assessments.assessed_by IS 'Who had it made, by name.';
COMMENT ON COLUMN hybrid_assessments.api_key_id IS 'The key under which it came; null from the command line.';
COMMENT ON COLUMN hybrid_assessments.assessed_at IS 'When.';
CREATE TRIGGER hybrid_assessments_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON hybrid_assessments FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('Assessments are only ever appended: assess again.');

DROP VIEW case_records;
ALTER TABLE cases ALTER COLUMN screening_id DROP NOT NULL,
    ADD COLUMN individual_id uuid REFERENCES individuals,
    DROP CONSTRAINT cases_kind,
    ADD CONSTRAINT cases_kind CHECK (kind IN ('tag_conflict', 'hybrid_review', 'dna_disagreement')),
    ADD CONSTRAINT cases_subject_of_its_kind CHECK (CASE
        WHEN kind = 'dna_disagreement' THEN num_nonnulls(screening_id, individual_id) = 1
        ELSE screening_id IS NOT NULL AND individual_id IS NULL END);
CREATE INDEX cases_individual ON cases (individual_id) WHERE individual_id IS NOT NULL;
COMMENT ON COLUMN cases.kind IS
    'tag_conflict: tag and photograph, or two tags, contradict each other; hybrid_review: a photograph is suspect where DNA '
    'found the animal native, or where nobody was tested; dna_disagreement: results of one animal contradict each other.';
COMMENT ON COLUMN cases.agency_id IS 'The agency whose screening or sample it was.';
COMMENT ON COLUMN cases.screening_id IS 'The screening; null of what concerns an animal.';
COMMENT ON COLUMN cases.individual_id IS
    'The animal of a disagreement of laboratories, or its screening while nobody knows which animal it is; null of the rest.';
ALTER TABLE case_resolutions DROP CONSTRAINT case_resolutions_finding,
    ADD CONSTRAINT case_resolutions_finding CHECK (finding IN (
        'tag_misread', 'record_wrong', 'photo_wrong', 'tag_reused', 'suspicion_right', 'suspicion_wrong',
        'laboratory_wrong', 'sample_mixed_up', 'undecided'));
COMMENT ON COLUMN case_resolutions.finding IS
    'tag_misread: another code was read than the tag bears; record_wrong: the tag is recorded for the wrong animal; photo_wrong: '
    'the photograph was; tag_reused: the tag went into another animal; suspicion_right, suspicion_wrong: of a suspect '
    'photograph; laboratory_wrong: one result was; sample_mixed_up: a sample is of another animal; undecided: it stays open.';
CREATE VIEW case_records AS
SELECT
    cases.*, latest.finding AS latest_finding,
    CASE WHEN latest.finding IS NULL OR latest.finding = 'undecided' THEN 'open' ELSE 'resolved' END AS state
FROM cases LEFT JOIN LATERAL (
    SELECT * FROM case_resolutions WHERE case_id = cases.id ORDER BY position DESC LIMIT 1
) AS latest ON true;
COMMENT ON VIEW case_records IS 'Cases with their state: open until somebody finds out more than undecided.';

ALTER TABLE events DROP CONSTRAINT events_subject_of_its_type,
    ADD CONSTRAINT events_subject_of_its_type CHECK (CASE
        WHEN type IN ('endpoint.disabled', 'endpoint.test')
            THEN endpoint_id IS NOT NULL AND agency_id IS NOT NULL AND screening_id IS NULL
        WHEN type IN (
            'duplicate.proposed', 'identity.merged', 'identity.split', 'identity.change_undone', 'hybrid.confirmed',
            'hybrid.cleared')
            THEN endpoint_id IS NULL AND agency_id IS NULL AND screening_id IS NULL
        WHEN type = 'case.opened' THEN endpoint_id IS NULL AND agency_id IS NOT NULL
        ELSE endpoint_id IS NULL AND agency_id IS NOT NULL AND screening_id IS NOT NULL END);

ALTER TABLE idempotency_keys DROP CONSTRAINT idempotency_keys_resource_kind,
    ADD CONSTRAINT idempotency_keys_resource_kind CHECK (
        resource_kind IN (
            'photo', 'screening', 'decision', 'duplicate_review', 'identity_change', 'tag_assignment', 'tag_end',
            'tag_read', 'case_resolution', 'translocation', 'high_water', 'endpoint', 'event', 'dna_sample',
            'dna_custody', 'dna_result', 'hybrid_assessment'));
