-- readable-since: 0.1.0
-- A webhook whose deliveries keep failing is paused, each time for longer; a person can pause one too.
alter table webhooks add column consecutive_failures integer not null default 0;
alter table webhooks add column failing_since timestamptz;
alter table webhooks add column pauses integer not null default 0;
alter table webhooks add column paused_until timestamptz;
alter table webhooks add column paused boolean not null default false;

update webhooks
set consecutive_failures = 1, failing_since = last_failure_at
where enabled and last_failure_at > coalesce(last_success_at, '-infinity');
