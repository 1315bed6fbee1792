-- readable-since: 0.1.0
-- What a byte-exact export needs beyond the documents, and how far an import is.

alter table trace_documents
    -- Where the file lay inside its logs folder; null where ChapterX puts such a file: traces/<bot>/<channel>-<trace>-<time>.json.
    add column source_path text,
    -- Where the trace's line began in index.jsonl, in bytes; an export keeps that order. Null when the index did not name it.
    add column index_position bigint,
    -- The line, without its end; null when it is the one that an export would write anyway.
    add column index_line bytea,
    -- Its lines of streaming/<bot>/<day>.jsonl with their ends, compressed with Brotli, and how many bytes they are.
    add column stream_lines bytea,
    add column stream_bytes integer;

alter table import_runs
    add column kind text not null default 'folder' check (kind in ('folder', 'zip', 'upload', 'watch')),
    -- Trace files there are, known before the first is read; null for a watched folder, which has no end.
    add column traces_total integer;
create index import_runs_newest on import_runs (tenant_id, id desc);

-- New entries wait in a list until many can be put in at once. A list four times as long as usual costs a search a few milliseconds.
alter index traces_words set (gin_pending_list_limit = 16384);
alter index trace_messages_ids set (gin_pending_list_limit = 16384);
