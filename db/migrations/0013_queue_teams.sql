DROP INDEX "queue_places_band_by_term";--> statement-breakpoint
DROP INDEX "queue_places_band_by_name";--> statement-breakpoint
DROP INDEX "queue_places_band_by_state";--> statement-breakpoint
DROP INDEX "queue_places_band_by_score";--> statement-breakpoint
CREATE INDEX "queue_places_band_bucket_by_term" ON "queue_places" USING btree ("round_id","holder","band","bucket","by_term","assessment_id");--> statement-breakpoint
CREATE INDEX "queue_places_band_bucket_by_name" ON "queue_places" USING btree ("round_id","holder","band","bucket","by_name","assessment_id");--> statement-breakpoint
CREATE INDEX "queue_places_band_bucket_by_state" ON "queue_places" USING btree ("round_id","holder","band","bucket","by_state","assessment_id");--> statement-breakpoint
CREATE INDEX "queue_places_band_bucket_by_score" ON "queue_places" USING btree ("round_id","holder","band","bucket","by_score","assessment_id");--> statement-breakpoint

-- Those who have a case together, whatever the order in which they got it; null for nobody. What waits on colleagues is what
-- stands under the teams that one is not in: nothing is looked at and left out.
create function queue_team(members uuid[]) returns uuid language sql immutable strict parallel safe
  return (select md5(string_agg(member::text, ',' order by member))::uuid from unnest(members) as member);
revoke all on function queue_team(uuid[]) from public;
--> statement-breakpoint

-- Where these lines stand in each order: for everybody, for each reviewer who has the case, and for all of them together.
create or replace function keep_queue_places(ids uuid[]) returns void language sql security definer
  set search_path = public, pg_temp as $$
  delete from queue_places p using queue_lines l where l.assessment_id = any (ids) and p.assessment_id = l.assessment_id
    and p.holder <> '00000000-0000-0000-0000-000000000000' and p.holder <> all (l.assigned || queue_team(l.assigned));
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
  cross join unnest(l.assigned || queue_team(l.assigned) || '00000000-0000-0000-0000-000000000000'::uuid) as h (holder)
  where l.assessment_id = any (ids) and h.holder is not null
  on conflict (assessment_id, holder) do update set bucket = excluded.bucket, band = excluded.band,
    by_term = excluded.by_term, by_name = excluded.by_name, by_state = excluded.by_state, by_score = excluded.by_score;
$$;
--> statement-breakpoint

-- What stands already.
do $$
declare
  name text;
  tables constant text[] := array['queue_lines', 'queue_places'];
  missing bigint;
begin
  foreach name in array tables loop execute format('alter table %I no force row level security', name); end loop;
  perform keep_queue_places(array(select assessment_id from queue_lines));
  select count(*) into missing from queue_lines l where l.assigned <> '{}' and not exists (
    select from queue_places p where p.assessment_id = l.assessment_id and p.holder = queue_team(l.assigned));
  if missing > 0 then raise exception 'the queue misses % teams', missing; end if;
  foreach name in array tables loop execute format('alter table %I force row level security', name); end loop;
end
$$;
