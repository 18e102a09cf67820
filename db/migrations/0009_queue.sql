CREATE TYPE "public"."queue_party" AS ENUM('insurer', 'reviewer', 'lead', 'nobody');--> statement-breakpoint
CREATE TABLE "organisation_phrases" (
	"organisation_id" uuid NOT NULL,
	"phrase" text NOT NULL,
	CONSTRAINT "organisation_phrases_organisation_id_phrase_pk" PRIMARY KEY("organisation_id","phrase")
);
--> statement-breakpoint
CREATE TABLE "queue_lines" (
	"assessment_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"round_id" uuid NOT NULL,
	"state" "assessment_state" NOT NULL,
	"name" text NOT NULL,
	"number" text NOT NULL,
	"submitted" boolean NOT NULL,
	"assigned" uuid[] NOT NULL,
	"waits_on" "queue_party" NOT NULL,
	"late" boolean NOT NULL,
	"term_at" timestamp (3) with time zone,
	"asks_extension" boolean NOT NULL,
	"open_requests" integer NOT NULL,
	"score" numeric,
	"open_criteria" integer DEFAULT 0 NOT NULL,
	"turns_at" timestamp (3) with time zone,
	"settled_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "queue_lines_assessment_id_pk" PRIMARY KEY("assessment_id")
);
--> statement-breakpoint
CREATE TABLE "queue_places" (
	"assessment_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"holder" uuid NOT NULL,
	"round_id" uuid NOT NULL,
	"bucket" smallint NOT NULL,
	"band" smallint NOT NULL,
	"by_term" text NOT NULL,
	"by_name" text NOT NULL,
	"by_state" text NOT NULL,
	"by_score" text NOT NULL,
	CONSTRAINT "queue_places_assessment_id_holder_pk" PRIMARY KEY("assessment_id","holder")
);
--> statement-breakpoint
ALTER TABLE "queue_lines" ADD CONSTRAINT "queue_lines_round_id_rounds_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."rounds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "queue_lines" ADD CONSTRAINT "queue_lines_assessment_id_organisation_id_assessments_id_organisation_id_fk" FOREIGN KEY ("assessment_id","organisation_id") REFERENCES "public"."assessments"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "queue_places" ADD CONSTRAINT "queue_places_assessment_id_organisation_id_assessments_id_organisation_id_fk" FOREIGN KEY ("assessment_id","organisation_id") REFERENCES "public"."assessments"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "organisation_phrases_phrase" ON "organisation_phrases" USING btree ("phrase" text_pattern_ops,"organisation_id");--> statement-breakpoint
CREATE INDEX "queue_lines_turns" ON "queue_lines" USING btree ("turns_at");--> statement-breakpoint
CREATE INDEX "queue_places_organisation" ON "queue_places" USING btree ("organisation_id","round_id");--> statement-breakpoint
CREATE INDEX "queue_places_by_term" ON "queue_places" USING btree ("round_id","holder","bucket","by_term","assessment_id");--> statement-breakpoint
CREATE INDEX "queue_places_band_by_term" ON "queue_places" USING btree ("round_id","holder","band","by_term","assessment_id");--> statement-breakpoint
CREATE INDEX "queue_places_by_name" ON "queue_places" USING btree ("round_id","holder","bucket","by_name","assessment_id");--> statement-breakpoint
CREATE INDEX "queue_places_band_by_name" ON "queue_places" USING btree ("round_id","holder","band","by_name","assessment_id");--> statement-breakpoint
CREATE INDEX "queue_places_by_state" ON "queue_places" USING btree ("round_id","holder","bucket","by_state","assessment_id");--> statement-breakpoint
CREATE INDEX "queue_places_band_by_state" ON "queue_places" USING btree ("round_id","holder","band","by_state","assessment_id");--> statement-breakpoint
CREATE INDEX "queue_places_by_score" ON "queue_places" USING btree ("round_id","holder","bucket","by_score","assessment_id");--> statement-breakpoint
CREATE INDEX "queue_places_band_by_score" ON "queue_places" USING btree ("round_id","holder","band","by_score","assessment_id");--> statement-breakpoint

-- The supervisor reads the queue, and keeps the score of a line where a verdict changes it; the sweep tells that time
-- went by. All else is kept by the triggers below, in the name of the owner, whom no row is shown outside a trigger.
do $$
declare
  name text;
begin
  foreach name in array array['queue_lines', 'queue_places', 'organisation_phrases'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy supervisor on %I to trede_supervisor using (true) with check (true)', name);
    execute format('create policy keeper on %I to current_user using (pg_trigger_depth() > 0) with check (pg_trigger_depth() > 0)', name);
    execute format('grant select on %I to trede_supervisor', name);
  end loop;
  foreach name in array array['assessments', 'organisations', 'rounds', 'submissions', 'assignments',
    'information_requests', 'supplements', 'extension_requests', 'draft_outcomes', 'hearing_responses'] loop
    execute format('create policy keeper on %I for select to current_user using (pg_trigger_depth() > 0)', name);
  end loop;
end
$$;
create policy system on queue_lines to trede_system using (true) with check (true);
grant update (score, open_criteria) on queue_lines to trede_supervisor;
grant select (assessment_id, turns_at, settled_at), update (settled_at) on queue_lines to trede_system;
--> statement-breakpoint

-- What the queue shows of these assessments at an instant. The conditions of lib/domain/progress.ts in SQL.
create function keep_queue_lines(ids uuid[], at timestamptz) returns void language sql security definer
  set search_path = public, pg_temp as $$
  insert into queue_lines as line (assessment_id, organisation_id, round_id, state, name, number, submitted, assigned,
    waits_on, late, term_at, asks_extension, open_requests, turns_at, settled_at)
  select a.id, a.organisation_id, a.round_id, a.state, o.name, o.number, signed.there, of.assigned,
    case when asked.more then 'lead'
      when a.state in ('draft', 'returned') or open.requests > 0 or heard.until is not null then 'insurer'
      when a.state in ('published', 'closed') then 'nobody'
      when a.state in ('proposed', 'decided') or of.assigned = '{}' then 'lead'
      else 'reviewer' end::queue_party,
    coalesce(due.term_at + interval '1 second' <= at, false), due.term_at, asked.more, open.requests,
    least(case when due.term_at + interval '1 second' > at then due.term_at + interval '1 second' end, open.until, heard.until),
    at
  from assessments a
  join organisations o on o.id = a.organisation_id
  join rounds r on r.id = a.round_id
  cross join lateral (select coalesce(array_agg(user_id order by assigned_at, user_id), '{}') as assigned
    from assignments where assessment_id = a.id and ended_at is null) as of
  cross join lateral (select exists (select from submissions s
    where s.assessment_id = a.id and s.withdrawn_at is null) as there) as signed
  cross join lateral (select a.state in ('draft', 'returned', 'in_review', 'hearing') and exists (
    select from extension_requests e where e.assessment_id = a.id and e.answered_at is null) as more) as asked
  cross join lateral (select count(*)::integer as requests, min(i.term_at) + interval '1 second' as until
    from information_requests i where a.state = 'in_review' and i.assessment_id = a.id and i.withdrawn_at is null
      and i.term_at + interval '1 second' > at
      and not exists (select from supplements s where s.request_id = i.id and s.sent_at is not null)) as open
  cross join lateral (select (select last.term_at + interval '1 second'
    from (select d.id, d.term_at from draft_outcomes d where d.assessment_id = a.id order by d.version desc limit 1) as last
    where a.state = 'hearing' and last.term_at + interval '1 second' > at
      and not exists (select from hearing_responses h where h.draft_outcome_id = last.id and h.sent_at is not null)) as until) as heard
  cross join lateral (select case when a.state in ('draft', 'returned') then a.deadline_at
    when heard.until is not null then heard.until - interval '1 second'
    when a.state in ('submitted', 'in_review', 'hearing', 'proposed') then r.decisions_due_at end as term_at) as due
  where a.id = any (ids)
  on conflict (assessment_id) do update set state = excluded.state, name = excluded.name, number = excluded.number,
    submitted = excluded.submitted, assigned = excluded.assigned, waits_on = excluded.waits_on, late = excluded.late,
    term_at = excluded.term_at, asks_extension = excluded.asks_extension, open_requests = excluded.open_requests,
    turns_at = excluded.turns_at, settled_at = excluded.settled_at,
    score = case when excluded.submitted then line.score end;
$$;
revoke all on function keep_queue_lines(uuid[], timestamptz) from public;
--> statement-breakpoint

-- Where these lines stand in each order, for everybody and for each reviewer who has the case.
create function keep_queue_places(ids uuid[]) returns void language sql security definer
  set search_path = public, pg_temp as $$
  delete from queue_places p using queue_lines l where l.assessment_id = any (ids) and p.assessment_id = l.assessment_id
    and p.holder <> '00000000-0000-0000-0000-000000000000' and p.holder <> all (l.assigned);
  insert into queue_places (assessment_id, organisation_id, holder, round_id, bucket, band, by_term, by_name, by_state, by_score)
  select l.assessment_id, l.organisation_id, h.holder, l.round_id,
    (array_position(enum_range(null::assessment_state), l.state) - 1) * 32
      + (array_position(enum_range(null::queue_party), l.waits_on) - 1) * 8
      + l.late::integer * 4 + (l.assigned = '{}')::integer * 2 + l.submitted::integer,
    coalesce(floor(l.score), 0),
    coalesce(to_char(l.term_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS'), '9999') || lower(l.name), lower(l.name),
    lpad(array_position(enum_range(null::assessment_state), l.state)::text, 2, '0') || lower(l.name),
    coalesce(to_char(l.score, 'FM0.000000'), '9') || lower(l.name)
  from queue_lines l
  cross join unnest(l.assigned || '00000000-0000-0000-0000-000000000000'::uuid) as h (holder)
  where l.assessment_id = any (ids)
  on conflict (assessment_id, holder) do update set bucket = excluded.bucket, band = excluded.band,
    by_term = excluded.by_term, by_name = excluded.by_name, by_state = excluded.by_state, by_score = excluded.by_score;
$$;
revoke all on function keep_queue_places(uuid[]) from public;
--> statement-breakpoint

create function keep_queue() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  ids uuid[];
begin
  if tg_table_name = 'assessments' then ids := array[new.id];
  elsif tg_table_name = 'organisations' then ids := array(select id from assessments where organisation_id = new.id);
  elsif tg_table_name = 'rounds' then ids := array(select id from assessments where round_id = new.id);
  else ids := array[new.assessment_id];
  end if;
  perform keep_queue_lines(ids, now());
  return null;
end
$$;
-- A submission begins with the score that the insurer signed; the first verdict computes it anew.
create function keep_signed_score() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  low text := new.scores -> 'total' ->> 'low';
begin
  update queue_lines set score = split_part(low, '/', 1)::numeric / coalesce(nullif(split_part(low, '/', 2), ''), '1')::numeric,
    open_criteria = (select count(*) from jsonb_object_keys(new.snapshot::jsonb -> 'answers'))
    where assessment_id = new.assessment_id;
  return null;
end
$$;
-- Whatever changes a line moves its places; time going by is an update of `settled_at` alone.
create function follow_queue_line() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform keep_queue_places(array[new.assessment_id]);
  return null;
end
$$;
create function settle_queue_line() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform keep_queue_lines(array[new.assessment_id], new.settled_at);
  return null;
end
$$;
create function keep_phrases() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from organisation_phrases where organisation_id = new.id;
  insert into organisation_phrases select new.id, phrase from phrases_of(new.name, new.number) as phrase;
  return null;
end
$$;
create function phrases_of(name text, number text) returns setof text language sql immutable as $$
  select lower(number) where number is not null
  union select lower(array_to_string(words[place:], ' '))
    from regexp_split_to_array(trim(name), '\s+') as words, generate_series(1, array_length(words, 1)) as place
$$;
create trigger keep_queue after insert or update of state, deadline_at on assessments for each row execute function keep_queue();
create trigger keep_queue after update of name, number on organisations for each row execute function keep_queue();
create trigger keep_queue after update of decisions_due_at on rounds for each row execute function keep_queue();
create trigger keep_queue after insert or update of withdrawn_at on submissions for each row execute function keep_queue();
create trigger keep_signed_score after insert on submissions for each row execute function keep_signed_score();
create trigger keep_queue after insert or update of ended_at on assignments for each row execute function keep_queue();
create trigger keep_queue after insert or update of term_at, withdrawn_at on information_requests for each row execute function keep_queue();
create trigger keep_queue after insert or update of sent_at on supplements for each row execute function keep_queue();
create trigger keep_queue after insert or update of answered_at on extension_requests for each row execute function keep_queue();
create trigger keep_queue after insert or update of term_at on draft_outcomes for each row execute function keep_queue();
create trigger keep_queue after insert or update of sent_at on hearing_responses for each row execute function keep_queue();
create trigger settle_queue_line after update of settled_at on queue_lines for each row
  when (pg_trigger_depth() = 0) execute function settle_queue_line();
create trigger follow_queue_line after insert or update on queue_lines for each row execute function follow_queue_line();
create trigger keep_phrases after insert or update of name, number on organisations for each row execute function keep_phrases();
--> statement-breakpoint

-- What stands already. The scores are the signed ones until the next verdict.
do $$
declare
  name text;
  tables constant text[] := array['assessments', 'organisations', 'rounds', 'submissions', 'assignments',
    'information_requests', 'supplements', 'extension_requests', 'draft_outcomes', 'hearing_responses', 'queue_lines',
    'queue_places', 'organisation_phrases'];
  missing bigint;
begin
  foreach name in array tables loop execute format('alter table %I no force row level security', name); end loop;
  perform keep_queue_lines(array(select id from assessments), now());
  update queue_lines l set score = split_part(low, '/', 1)::numeric / coalesce(nullif(split_part(low, '/', 2), ''), '1')::numeric,
    open_criteria = case when l.state in ('submitted', 'in_review') then signed.answers else 0 end
    from (select distinct on (assessment_id) assessment_id, scores -> 'total' ->> 'low' as low,
        (select count(*) from jsonb_object_keys(snapshot::jsonb -> 'answers')) as answers from submissions
      where withdrawn_at is null order by assessment_id, number desc) as signed
    where signed.assessment_id = l.assessment_id;
  insert into organisation_phrases select o.id, phrase from organisations o, phrases_of(o.name, o.number) as phrase;
  select count(*) into missing from assessments a
    where not exists (select from queue_places p where p.assessment_id = a.id and p.holder = '00000000-0000-0000-0000-000000000000');
  if missing > 0 then raise exception 'the queue misses % assessments', missing; end if;
  foreach name in array tables loop execute format('alter table %I force row level security', name); end loop;
end
$$;
