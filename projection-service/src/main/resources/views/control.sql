-- What exists already is no news.
set local client_min_messages = warning;

create schema if not exists views_control;
create schema if not exists views;

-- Versions of the views that exist or did. in_service: read; previous: kept up to date for a switch back;
-- building: on its way; failed: its rebuild did not match; retired: to be dropped; dropped: gone.
create table if not exists views_control.version (
  n          integer primary key,
  state      text    not null,
  changed_at timestamptz not null default now()
);
create unique index if not exists version_in_service on views_control.version (state) where state = 'in_service';

-- Rebuilds, the latest last.
create table if not exists views_control.replay (
  id                bigint generated always as identity primary key,
  state             text    not null,
  old_version       integer not null,
  new_version       integer not null,
  started_at        timestamptz not null default now(),
  finished_at       timestamptz,
  old_digest        text,
  old_conversations bigint,
  old_messages      bigint,
  new_digest        text,
  new_conversations bigint,
  new_messages      bigint,
  detail            text    not null default ''
);
create unique index if not exists replay_one_at_a_time
  on views_control.replay ((true)) where state in ('building', 'verifying');

-- While two versions are brought to the same place: no writer goes beyond next_offset.
create table if not exists views_control.gate (
  topic       text    not null,
  partition   integer not null,
  next_offset bigint  not null,
  primary key (topic, partition)
);
