-- The outbox takes records to any topic. `person_id` stays: what is said of a person goes with them.
alter table outbox add column topic text;
alter table outbox add column record_key text;
update outbox set topic = 'parley.users', record_key = person_id::text;
alter table outbox alter column topic set not null;
alter table outbox alter column record_key set not null;
create index outbox_person on outbox (person_id);

-- What a person sees of their sessions.
alter table session add column last_used_at_ms bigint;
update session set last_used_at_ms = created_at_ms;
alter table session alter column last_used_at_ms set not null;
alter table session add column client text not null default '';

-- A used token's successor: the hash of it, and a salt from which the holder of this token, and nobody else, can be
-- given it again. The salt goes as soon as the successor was used.
alter table refresh_token add column successor text;
alter table refresh_token add column successor_salt bytea;

-- A key is published from the moment it exists, and signs from this one until a newer one does.
alter table signing_key add column signs_from_ms bigint;
update signing_key set signs_from_ms = created_at_ms;
alter table signing_key alter column signs_from_ms set not null;

-- Long-lived keys of bots, exchanged for access tokens.
create table service_key (
  id               uuid primary key,
  person_id        uuid not null references person (id) on delete cascade,
  -- SHA-256 of the key, base64url; the key itself is never stored.
  hash             text not null,
  -- Names of scopes: read, write, search, admin.
  scopes           text[] not null,
  label            text not null,
  created_at_ms    bigint not null,
  -- Null: it does not expire.
  expires_at_ms    bigint,
  last_used_at_ms  bigint,
  revoked_at_ms    bigint,
  constraint service_key_hash_unique unique (hash)
);
create index service_key_person on service_key (person_id);
