-- readable-since: 0.1.0
-- Sign-ins. A browser holds an id instead of a key; here is only its SHA-256. A session ends with the key that it was opened with: key_fingerprint is the
-- SHA-256 of that key's own.
create table sessions (
    id_hash bytea primary key,
    tenant_id text not null references tenants (id),
    principal text not null,
    key_fingerprint bytea not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    revoked_at timestamptz
);

create index sessions_expires_at on sessions (expires_at);
