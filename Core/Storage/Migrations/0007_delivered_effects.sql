-- readable-since: 0.1.0
-- The effects of one activation that were delivered: a trace's page asks for them. Few events are of this kind.
create index event_log_delivered on event_log (activation_id) where type = 'effect.delivered';
