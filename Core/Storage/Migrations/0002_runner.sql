-- readable-since: 0.1.0
-- The activation runner: parked, deferred and cancelled activations, and indexes that a heartbeat leaves alone.

alter table activations drop constraint activations_state_check;
alter table activations add constraint activations_state_check
    check (state in ('queued', 'running', 'parked', 'answered', 'silent', 'failed', 'cancelled'));
alter table activations
    add column losses integer not null default 0,
    add column deferrals integer not null default 0,
    add column deferred_reason text,
    add column cancel_requested_by text;

-- lease_until must stand in no index: then each heartbeat is a HOT update, which leaves no dead index entry behind.
-- The few running rows are found by activations_one_running, the waiting ones by activations_order.
drop index activations_leases;
drop index activations_waiting;
create index activations_open on activations (state, id) where state in ('queued', 'running', 'parked');

-- The model calls of a deferred activation's earlier tries, until its trace takes them in.
create table deferred_calls (
    activation_id uuid not null references activations on delete cascade,
    position integer not null,
    content bytea not null,
    primary key (activation_id, position)
);

-- Every activation leaves two or three dead versions: clean up by count rather than by share, and without pausing.
alter table activations set (
    fillfactor = 80, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000,
    autovacuum_vacuum_cost_delay = 0, autovacuum_analyze_scale_factor = 0.05);
alter table generations set (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 200, autovacuum_vacuum_cost_delay = 0);
alter table channels set (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
