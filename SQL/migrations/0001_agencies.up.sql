-- Who submits, and the keys they do it with.

CREATE TABLE agencies (
    id uuid PRIMARY KEY,
    name text NOT NULL CONSTRAINT agencies_name_key UNIQUE,
    contact text,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT agencies_name_not_blank CHECK (name = btrim(name) AND char_length(name) BETWEEN 1 AND 200),
    CONSTRAINT agencies_contact_length CHECK (char_length(contact) <= 2000)
);
COMMENT ON TABLE agencies IS 'Organisations that submit photographs and answer for what their keys do.';
COMMENT ON COLUMN agencies.id IS 'UUIDv7 made by the program; sorts by the moment it was made, as every id here.';
COMMENT ON COLUMN agencies.name IS 'Unique name, without space at either end.';
COMMENT ON COLUMN agencies.contact IS 'Where people of the agency are reached; free text, null where unknown.';
COMMENT ON COLUMN agencies.created_at IS 'When it was entered.';

CREATE TABLE api_keys (
    id uuid PRIMARY KEY,
    agency_id uuid NOT NULL REFERENCES agencies,
    role text NOT NULL,
    label text NOT NULL,
    secret_sha256 bytea NOT NULL CONSTRAINT api_keys_secret_sha256_key UNIQUE,
    created_at timestamptz NOT NULL DEFAULT now(),
    revoked_at timestamptz,
    CONSTRAINT api_keys_role CHECK (
        role IN ('observer', 'screener', 'reviewer', 'ranger', 'laboratory', 'administrator')),
    CONSTRAINT api_keys_label_not_blank CHECK (btrim(label) <> '' AND char_length(label) <= 200),
    CONSTRAINT api_keys_secret_is_a_hash CHECK (octet_length(secret_sha256) = 32),
    CONSTRAINT api_keys_revoked_after_creation CHECK (revoked_at >= created_at)
);
CREATE INDEX api_keys_agency ON api_keys (agency_id);
COMMENT ON TABLE api_keys IS 'Keys of agencies. The secret itself is shown once and kept nowhere.';
COMMENT ON COLUMN api_keys.id IS 'UUIDv7; names the key in lists and decisions, opens nothing.';
COMMENT ON COLUMN api_keys.agency_id IS 'The agency that answers for what is done with it.';
COMMENT ON COLUMN api_keys.role IS 'What its holder may do.';
COMMENT ON COLUMN api_keys.label IS 'What it is used for, in the agency''s words.';
COMMENT ON COLUMN api_keys.secret_sha256 IS
    'SHA-256 of the secret, 32 bytes. No salt: the secret is 256 random bits, so no dictionary holds it.';
COMMENT ON COLUMN api_keys.created_at IS 'When it was made.';
COMMENT ON COLUMN api_keys.revoked_at IS 'Since when it opens nothing; null while it does.';

CREATE TABLE idempotency_keys (
    api_key_id uuid NOT NULL REFERENCES api_keys,
    key text NOT NULL,
    fingerprint bytea NOT NULL,
    resource_kind text NOT NULL,
    resource_id uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (api_key_id, key),
    CONSTRAINT idempotency_keys_key_length CHECK (char_length(key) BETWEEN 1 AND 255),
    CONSTRAINT idempotency_keys_fingerprint_is_a_hash CHECK (octet_length(fingerprint) = 32),
    CONSTRAINT idempotency_keys_resource_kind CHECK (resource_kind IN ('photo', 'screening', 'decision'))
);
CREATE INDEX idempotency_keys_created_at ON idempotency_keys (created_at);
COMMENT ON TABLE idempotency_keys IS
    'Requests that were answered, so that a repetition gets the same answer. A row is written in the transaction of '
    'its resource, so none is ever half done; rows older than 24 hours may be purged.';
COMMENT ON COLUMN idempotency_keys.api_key_id IS 'The key the request came under; two callers may use one word.';
COMMENT ON COLUMN idempotency_keys.key IS 'The caller''s word, 1 to 255 printable ASCII characters.';
COMMENT ON COLUMN idempotency_keys.fingerprint IS
    'SHA-256 of method, path and body, 32 bytes; another request under the same key is refused.';
COMMENT ON COLUMN idempotency_keys.resource_kind IS 'Which table the resource stands in.';
COMMENT ON COLUMN idempotency_keys.resource_id IS 'What the request led to; no foreign key, for there are several tables.';
COMMENT ON COLUMN idempotency_keys.created_at IS 'When the request was answered.';
