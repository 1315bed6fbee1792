-- readable-since: 0.1.0
-- A letter with its mark may be one character or two: words are stored in one form, NFKC, and names are found in every form.

-- The words of a trace as they are stored.
create function trace_words(words text[]) returns tsvector
language sql immutable strict parallel safe as $$
    select array_to_tsvector(array(select normalize(word, nfkc) from unnest(words) as word where word <> ''))
$$;

-- A name in one Unicode form.
create function trace_spelling(name text, form text) returns text
language sql immutable strict parallel safe as $$
    select case form when 'nfc' then normalize(name, nfc) when 'nfd' then normalize(name, nfd) when 'nfkc' then normalize(name, nfkc) end
$$;

-- The forms in which a name may have been written.
create function trace_spellings(name text) returns text[]
language sql immutable strict parallel safe as $$
    select array[name, normalize(name, nfc), normalize(name, nfd), normalize(name, nfkc)]
$$;

-- A question for words, as the platform writes it: 'one':* & 'two':*. Each word is asked for in every form, since words that were stored before this
-- migration have the form they were written in until the schedule search-words has come to them.
create or replace function trace_query(question text) returns tsquery
language sql immutable strict parallel safe as $$
    select string_agg('(' || (select string_agg(distinct spelling, ' | ') from unnest(trace_spellings(word)) as spelling) || ')', ' & ')::tsquery
    from unnest(string_to_array(question, ' & ')) as word
$$;

-- How far the schedule search-words has come; one row. Ids that are new since then have words in the new form.
create table word_renewals (
    id integer primary key check (id = 1),
    renewed_to uuid,
    traces bigint not null default 0,
    changed bigint not null default 0,
    finished_at timestamptz
);
insert into word_renewals (id) values (1);
