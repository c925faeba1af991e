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
  -- Changed by the difference, in the transaction that stores the events of it.
  members_count    bigint  not null,
  avatar           text    not null default '',
  -- The product's own data, JSON.
  custom           text    not null default '{}',
  archived         boolean not null default false,
  slow_mode_seconds integer not null default 0
) with (fillfactor = 80);
create index conversation_directory on ${schema}.conversation (members_count desc, id) where kind = 'channel';

-- A stay of a person in a conversation: from joined_seq to left_seq, or until now.
create table ${schema}.member (
  conversation uuid   not null,
  user_id      uuid   not null,
  joined_seq   bigint not null,
  left_seq     bigint,
  role         text   not null,
  -- May not speak until then; 0: may.
  muted_until  bigint not null default 0,
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
  -- Type, custom data and attachments, JSON; null: none of them.
  rest         text,
  -- What no edit changes: everyone, expires_at_ms, forwarded, JSON; null: none of them.
  sent_rest    text,
  -- Who wrote what a forward copied; null: it is no forward.
  origin_author uuid,
  primary key (conversation, seq),
  unique (conversation, id)
);
-- For erasures; of forwards only, so that sends pay nothing for it.
create index message_of_origin on ${schema}.message (origin_author) where origin_author is not null;
create index message_thread on ${schema}.message (conversation, thread, seq) where thread is not null;

-- Whom a message calls, by its seq: a person, or, without one, all members.
create table ${schema}.mention (
  conversation uuid   not null,
  seq          bigint not null,
  message      uuid   not null,
  user_id      uuid
);
create index mention_of_person on ${schema}.mention (conversation, user_id, seq);
create index mention_of_message on ${schema}.mention (conversation, message);

create table ${schema}.reaction (
  conversation uuid   not null,
  message      uuid   not null,
  emoji        text   not null,
  user_id      uuid   not null,
  seq          bigint not null,
  primary key (conversation, message, emoji, user_id)
);

create table ${schema}.pin (
  conversation uuid   not null,
  message      uuid   not null,
  user_id      uuid   not null,
  seq          bigint not null,
  primary key (conversation, message)
);

create table ${schema}.ban (
  conversation uuid   not null,
  user_id      uuid   not null,
  seq          bigint not null,
  -- 0: for ever.
  until        bigint not null,
  reason       text   not null,
  primary key (conversation, user_id)
);

-- The conversations that a space lists.
create table ${schema}.space_channel (
  conversation uuid   not null,
  channel      uuid   not null,
  seq          bigint not null,
  primary key (conversation, channel)
);
create index space_of_channel on ${schema}.space_channel (channel);

-- Messages that wait for their time, or that their conversation refused when it had come.
create table ${schema}.scheduled (
  -- The author's own conversation.
  conversation uuid    not null,
  message      uuid    not null,
  target       uuid    not null,
  seq          bigint  not null,
  send_at      bigint  not null,
  text         text    not null,
  rest         text    not null,
  content_rest text,
  -- Its time has come: it was sent, or cancelled, or its conversation refused it.
  released     boolean not null default false,
  -- Why it failed; null: it did not.
  failure      text,
  primary key (conversation, message)
);

-- High-water marks.
create table ${schema}.mark (
  conversation uuid   not null,
  user_id      uuid   not null,
  delivered    bigint not null,
  read         bigint not null,
  primary key (conversation, user_id)
);

create table ${schema}.thread_mark (
  conversation uuid   not null,
  user_id      uuid   not null,
  thread       uuid   not null,
  read         bigint not null,
  primary key (conversation, user_id, thread)
);

-- What a member keeps in a conversation for himself.
create table ${schema}.own (
  conversation uuid    not null,
  user_id      uuid    not null,
  -- -1: for ever; 0: not.
  muted_until  bigint  not null default 0,
  pinned       boolean not null default false,
  archived     boolean not null default false,
  draft        text    not null default '',
  primary key (conversation, user_id)
);

-- Messages that a person does not want to see.
create table ${schema}.hidden (
  conversation uuid not null,
  user_id      uuid not null,
  message      uuid not null,
  primary key (conversation, user_id, message)
);

-- Messages that somebody reported, and what became of it; a report after a settlement opens it again.
create table ${schema}.reported (
  conversation uuid   not null,
  message      uuid   not null,
  -- Of the last report.
  last_at      bigint not null,
  settled_by   uuid,
  settled_at   bigint,
  settlement   text,
  primary key (conversation, message)
);
create index reported_latest on ${schema}.reported (last_at, conversation, message);

create table ${schema}.report (
  conversation uuid   not null,
  message      uuid   not null,
  user_id      uuid   not null,
  at           bigint not null,
  reason       text   not null,
  note         text   not null,
  primary key (conversation, message, user_id)
);

-- Messages that the filter held back for a moderator.
create table ${schema}.held (
  conversation uuid    not null,
  message      uuid    not null,
  author       uuid    not null,
  at           bigint  not null,
  text         text    not null,
  -- Type, custom data and attachments, JSON; null: none of them.
  rest         text,
  reason       text    not null,
  erased       boolean not null,
  -- Who wrote what a forward copies; null: it is no forward.
  origin_author uuid,
  -- The command as it is sent if a moderator lets it, content sealed; null: erased.
  send         bytea,
  primary key (conversation, message, author)
);

create index held_latest on ${schema}.held (at, conversation, message, author);

-- What moderators decided of held messages. By itself, since compaction may leave it before what it settles.
create table ${schema}.held_settled (
  conversation uuid    not null,
  message      uuid    not null,
  author       uuid    not null,
  user_id      uuid    not null,
  at           bigint  not null,
  released     boolean not null,
  primary key (conversation, message, author)
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
