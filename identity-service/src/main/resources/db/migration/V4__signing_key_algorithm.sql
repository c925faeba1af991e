-- What kind of key it is, as Java names it; keys of before are EC on P-256, and verify until their tokens have expired.
alter table signing_key add column algorithm text not null default 'EC';
