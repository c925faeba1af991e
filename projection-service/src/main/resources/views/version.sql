-- One version of the views; ${schema} is its schema. Times are milliseconds since 1970, as in the events.
create schema ${schema};

create table ${schema}.projection_position (
  topic       text    not null,
  partition   integer not null,
  -- One past the last entry stored.
  next_offset bigint  not null,
  primary key (topic, partition)
);

create table ${schema}.conversation (
  id               uuid    primary key,
  kind             text    not null,
  title            text    not null,
  topic            text    not null,
  history          text    not null,
  imported         boolean not null,
  created_at       bigint  not null,
  created_by       uuid    not null,
  head_seq         bigint  not null,
  head_ordinal     bigint  not null,
  -- Time of the latest message, or of the creation.
  last_at          bigint  not null,
  last_message_seq bigint,
  -- Counted again whenever members change, never incremented.
  members_count    bigint  not null
) with (fillfactor = 80);
create index conversation_directory on ${schema}.conversation (members_count desc, id) where kind = 'channel';

-- A stay of a person in a conversation: from joined_seq to left_seq, or until now.
create table ${schema}.member (
  conversation uuid   not null,
  user_id      uuid   not null,
  joined_seq   bigint not null,
  left_seq     bigint,
  role         text   not null,
  primary key (conversation, user_id, joined_seq)
);
create unique index member_present on ${schema}.member (conversation, user_id) include (role, joined_seq)
  where left_seq is null;
create index member_inbox on ${schema}.member (user_id) include (conversation) where left_seq is null;

create table ${schema}.message (
  conversation uuid    not null,
  seq          bigint  not null,
  ordinal      bigint  not null,
  id           uuid    not null,
  author       uuid    not null,
  at           bigint  not null,
  text         text    not null,
  mentions     uuid[]  not null,
  revision     integer not null,
  edited_at    bigint,
  deleted      boolean not null,
  erased       boolean not null,
  reply_to     uuid,
  thread       uuid,
  imported     boolean not null,
  primary key (conversation, seq),
  unique (conversation, id)
);

-- Revisions of edited messages, 0 being the first text. A message never edited has none.
create table ${schema}.message_revision (
  conversation uuid    not null,
  message      uuid    not null,
  revision     integer not null,
  seq          bigint  not null,
  at           bigint  not null,
  author       uuid    not null,
  text         text    not null,
  mentions     uuid[]  not null,
  erased       boolean not null,
  primary key (conversation, message, revision)
);

create table ${schema}.profile (
  user_id      uuid    primary key,
  version      bigint  not null,
  name         text    not null,
  display_name text    not null,
  created_at   bigint  not null,
  erased       boolean not null,
  imported     boolean not null
);
create index profile_erased on ${schema}.profile (user_id) where erased;

-- Every event as it stands in the log, content sealed: for exact catch-up of any age.
create table ${schema}.event (
  conversation uuid   not null,
  seq          bigint not null,
  record       bytea  not null,
  primary key (conversation, seq)
);
