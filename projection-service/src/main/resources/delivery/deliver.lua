-- One event: into the conversation's tail, and out to those who wait for it.
-- KEYS[1] tail; ARGV: 1 entry id "<seq>-0", 2 events to keep, 3 seconds to live, 4 record, 5 field,
-- 6 conversation's channel, 7 message for the channels, 8... more channels that wait for it.
-- Answers 1, or 0 where the event is there already: a repeat changes nothing and is not published again. An event that
-- Redis refused once and whose successor is there already comes too late for the tail, and is published all the same.
local added = redis.pcall('XADD', KEYS[1], 'MAXLEN', '~', ARGV[2], ARGV[1], ARGV[5], ARGV[4])
if type(added) == 'table' and added.err then
  if not string.find(added.err, 'equal or smaller', 1, true) then
    return added
  end
  if #redis.call('XRANGE', KEYS[1], ARGV[1], ARGV[1]) > 0 then
    return 0
  end
end
redis.call('EXPIRE', KEYS[1], ARGV[3])
redis.call('PUBLISH', ARGV[6], ARGV[7])
for i = 8, #ARGV do
  redis.call('PUBLISH', ARGV[i], ARGV[7])
end
return 1
