-- readable-since: 0.1.0
-- These bytes are compressed already; Postgres need not try once more.
alter table trace_documents alter column content set storage external;
alter table trace_documents alter column stream_lines set storage external;
alter table bodies alter column content set storage external;
