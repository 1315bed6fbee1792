-- readable-since: 0.1.0
-- Whether token counts are our estimate because the provider sent none.
alter table llm_calls add column tokens_estimated boolean not null default false;
alter table messages add column tokens_estimated boolean not null default false;
alter table traces add column tokens_estimated boolean not null default false;
