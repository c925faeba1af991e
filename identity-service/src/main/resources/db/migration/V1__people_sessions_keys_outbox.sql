-- Everything lives in the schema `identity`; Flyway sets the search path.

create table person (
  id             uuid primary key,
  -- Compared byte by byte, so that one index serves equality and prefixes.
  name           text collate "C" not null,
  display_name   text not null,
  -- PHC string of Argon2id; null: an imported person, who cannot log in.
  password_hash  text,
  -- The content key under the deployment's master key; null once the person was erased.
  key_id         text,
  wrapped_key    bytea,
  version        bigint not null,
  erased         boolean not null,
  imported       boolean not null,
  created_at_ms  bigint not null,
  constraint person_name_unique unique (name)
);

-- A session is a family of refresh tokens: one of them used twice revokes all.
create table session (
  id             uuid primary key,
  person_id      uuid not null references person (id) on delete cascade,
  created_at_ms  bigint not null,
  expires_at_ms  bigint not null,
  revoked_at_ms  bigint
);
create index session_person on session (person_id);
create index session_expiry on session (expires_at_ms);

create table refresh_token (
  -- SHA-256 of the token, base64url; the token itself is never stored.
  hash           text primary key,
  session_id     uuid not null references session (id) on delete cascade,
  expires_at_ms  bigint not null,
  used_at_ms     bigint
);
create index refresh_token_session on refresh_token (session_id);

create table signing_key (
  id             text primary key,
  -- SubjectPublicKeyInfo.
  public_key     bytea not null,
  -- PKCS #8 under a key derived from the master key: 12 bytes nonce, ciphertext, 16 bytes tag.
  wrapped_key    bytea not null,
  created_at_ms  bigint not null
);

-- Records for parley.users, written in the transaction that changed the person. Rows of one person are in the order of
-- their versions, since the person's row is locked by whoever appends.
create table outbox (
  id             bigint generated always as identity primary key,
  person_id      uuid not null,
  record         bytea not null,
  written_at_ms  bigint not null
);
