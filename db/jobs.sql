-- What the roles may do with the queue of jobs. Run by the owner after each migration, when the schema of the queue stands;
-- safe to repeat. The queue belongs to the owner: an application role puts a job in through a function of the owner's, for
-- one purpose each, and the platform's own role takes jobs out.
create or replace function ask_for_scan(evidence_id uuid) returns void language sql security definer
  set search_path = graphile_worker, pg_temp
  as $$
    select graphile_worker.add_job('scan_evidence', json_build_object('evidenceId', evidence_id),
      job_key => 'scan_evidence:' || evidence_id, max_attempts => 25);
  $$;
revoke all on function ask_for_scan(uuid) from public;
grant execute on function ask_for_scan(uuid) to trede_insurer, trede_system;

create or replace function ask_for_publication(plan_id uuid, planned_for timestamptz) returns void language sql
  security definer set search_path = graphile_worker, pg_temp
  as $$
    select graphile_worker.add_job('publish_planned', json_build_object('planId', plan_id),
      job_key => 'publish_planned:' || plan_id, run_at => planned_for, max_attempts => 25);
  $$;
revoke all on function ask_for_publication(uuid, timestamptz) from public;
grant execute on function ask_for_publication(uuid, timestamptz) to trede_supervisor;

grant usage on schema graphile_worker to trede_system;
grant select, insert, update, delete on all tables in schema graphile_worker to trede_system;
grant usage on all sequences in schema graphile_worker to trede_system;
grant execute on all functions in schema graphile_worker to trede_system;
revoke insert, update, delete on graphile_worker.migrations from trede_system;
revoke all on all functions in schema graphile_worker from public;
do $$
declare
  name text;
begin
  for name in select relname from pg_class where relnamespace = 'graphile_worker'::regnamespace and relrowsecurity loop
    if not exists (select from pg_policies
      where schemaname = 'graphile_worker' and tablename = name and policyname = 'system') then
      execute format('create policy system on graphile_worker.%I to trede_system using (true) with check (true)', name);
    end if;
  end loop;
end
$$;
