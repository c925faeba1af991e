-- What an admin of the deployment decides, and what a person decides about others.
alter table person add column admin boolean not null default false;
-- Banned from the whole deployment: no login, no token is good.
alter table person add column suspended boolean not null default false;
alter table person add column bot boolean not null default false;
-- The issuer of tokens that this person came with at first sight; null: an account of this deployment.
alter table person add column issuer text;
-- Whom this person wants nothing of, in the order of blocking.
alter table person add column blocked uuid[] not null default '{}';
create index person_admin on person (id) where admin;

-- What admins and operators did. Ids only: a person who is erased leaves no name here.
create table audit (
  id         bigint generated always as identity primary key,
  at_ms      bigint not null,
  -- Null: the operator, with the operator secret.
  actor      uuid,
  action     text not null,
  -- To whom; null where it is about nobody.
  person_id  uuid,
  detail     text not null
);

-- A person who was erased, what was destroyed, and whether the log has forgotten them as well.
create table erasure (
  person_id            uuid primary key references person (id),
  -- With this random id the receipt can be asked for without an account.
  receipt              uuid not null unique,
  requested_at_ms      bigint not null,
  requested_by         uuid not null,
  key_id               text,
  key_destroyed_at_ms  bigint not null,
  sessions_ended       integer not null,
  service_keys_ended   integer not null,
  -- When the log is looked through for them again; whoever looks moves it, so that one instance looks at a time.
  next_check_at_ms     bigint not null,
  checks               integer not null default 0,
  -- Null: the log was not yet seen without them.
  clean_at_ms          bigint
);
create index erasure_open on erasure (next_check_at_ms) where clean_at_ms is null;
