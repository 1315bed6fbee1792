CREATE SCHEMA IF NOT EXISTS "{schema}";

CREATE TABLE IF NOT EXISTS "{schema}".standin_job (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    invocation jsonb NOT NULL,
    parameters jsonb NOT NULL DEFAULT '{}',
    home_queue text NOT NULL,
    queue text NOT NULL,
    state text NOT NULL,
    reason text,
    data jsonb NOT NULL,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    state_at timestamptz NOT NULL DEFAULT now(),
    enqueue_at timestamptz,
    seen_at timestamptz,
    server_id text,
    parent_id bigint,
    expires_at timestamptz
);
CREATE INDEX IF NOT EXISTS standin_job_state ON "{schema}".standin_job (state, state_at, id);
CREATE INDEX IF NOT EXISTS standin_job_parent ON "{schema}".standin_job (parent_id) WHERE state = 'Awaiting';
CREATE INDEX IF NOT EXISTS standin_job_expiry ON "{schema}".standin_job (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE IF NOT EXISTS "{schema}".standin_state (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job_id bigint NOT NULL REFERENCES "{schema}".standin_job ON DELETE CASCADE,
    name text NOT NULL,
    reason text,
    data jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS standin_state_job ON "{schema}".standin_state (job_id, id);

CREATE TABLE IF NOT EXISTS "{schema}".standin_server (
    id text PRIMARY KEY,
    workers integer NOT NULL,
    queues text[] NOT NULL,
    started_at timestamptz NOT NULL DEFAULT now(),
    heartbeat_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS "{schema}".standin_expired (
    state text PRIMARY KEY,
    jobs bigint NOT NULL
);
