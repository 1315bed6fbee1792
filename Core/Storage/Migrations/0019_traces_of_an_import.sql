-- readable-since: 0.1.0
-- The list shows an import's traces newest first; retention asks whether there are any.
create index traces_of_import on traces (import_run_id, started_at desc, id desc) where import_run_id is not null;
drop index traces_by_import;
alter index traces_of_import rename to traces_by_import;
