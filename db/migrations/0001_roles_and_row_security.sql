-- Who may touch which table (grants), and which rows of it (one policy a role, never an `or`: an `or` cannot use an
-- index). Everything not granted here is refused. Row security is forced, so that even the owner is held to it.

revoke all on schema public from public;
grant usage on schema public to trede_app, trede_insurer, trede_supervisor, trede_administrator, trede_system;
--> statement-breakpoint

do $$
declare
  own constant text := 'organisation_id = nullif(current_setting(''trede.organisation'', true), '''')::uuid';
  name text;
begin
  -- Rows of one insurer: the insurer sees and writes its own, and the supervisor never reads work in progress.
  foreach name in array array['intake_answers', 'answers', 'answer_versions', 'evidence', 'evidence_links',
    'submissions', 'submission_evidence', 'assessments', 'outside_results', 'notices', 'publications',
    'publication_sections', 'transitions', 'assignments', 'verdicts', 'determinations', 'conflicts_of_interest',
    'audit_events', 'organisations', 'users', 'memberships', 'invitations', 'sessions', 'credentials', 'rounds',
    'releases', 'release_figures', 'release_inclusions', 'round_reviewers'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;

  foreach name in array array['intake_answers', 'answers', 'answer_versions', 'evidence', 'evidence_links',
    'submissions', 'submission_evidence', 'assessments', 'outside_results', 'notices', 'publications',
    'publication_sections', 'transitions', 'memberships'] loop
    execute format('create policy insurer on %I to trede_insurer using (%s) with check (%s)', name, own, own);
  end loop;

  -- The supervisor's own tables, and the ones it reads whole. No grant to the insurer stands behind them.
  foreach name in array array['assessments', 'outside_results', 'notices', 'publications', 'publication_sections',
    'transitions', 'assignments', 'verdicts', 'determinations', 'conflicts_of_interest', 'audit_events',
    'organisations', 'users', 'memberships', 'rounds', 'round_reviewers', 'releases', 'release_figures',
    'release_inclusions'] loop
    execute format('create policy supervisor on %I to trede_supervisor using (true) with check (true)', name);
  end loop;

  foreach name in array array['assessments', 'transitions', 'audit_events', 'organisations', 'users', 'memberships',
    'invitations', 'rounds', 'round_reviewers'] loop
    execute format('create policy administrator on %I to trede_administrator using (true) with check (true)', name);
  end loop;

  foreach name in array array['audit_events', 'organisations', 'users', 'memberships', 'invitations', 'sessions',
    'credentials'] loop
    execute format('create policy system on %I to trede_system using (true) with check (true)', name);
  end loop;

  foreach name in array array['organisations', 'users', 'memberships', 'sessions'] loop
    execute format('create policy actor on %I for select to trede_app using (true)', name);
    execute format('grant select on %I to trede_app', name);
  end loop;
end
$$;
--> statement-breakpoint

-- An insurer knows itself and its colleagues, and the rounds that it takes part in with their sector figures.
create policy insurer on organisations for select to trede_insurer
  using (id = nullif(current_setting('trede.organisation', true), '')::uuid);
-- A line of the log stands in the chain of its assessment: an insurer writes in the chains of its own.
create policy insurer on audit_events for insert to trede_insurer
  with check (organisation_id = nullif(current_setting('trede.organisation', true), '')::uuid
    and coalesce(assessment_id in (select id from assessments), true));
create policy insurer on users for select to trede_insurer
  using (id in (select user_id from memberships));
create policy insurer on rounds for select to trede_insurer
  using (id in (select round_id from assessments));
create policy insurer on releases for select to trede_insurer
  using (round_id in (select round_id from assessments));
create policy insurer on release_figures for select to trede_insurer
  using (release_id in (select id from releases));
--> statement-breakpoint

-- The supervisor reads what was signed and not withdrawn, and the evidence that such a submission pins.
create policy supervisor on submissions for select to trede_supervisor using (withdrawn_at is null);
create policy supervisor on submission_evidence for select to trede_supervisor
  using (submission_id in (select id from submissions));
create policy supervisor on evidence for select to trede_supervisor
  using (id in (select evidence_id from submission_evidence));
--> statement-breakpoint

-- By column: a row never moves to another assessment, and a piece of evidence keeps the hash that is signed.
grant select, insert on intake_answers, answers, evidence, evidence_links to trede_insurer;
grant update (value, version, saved_at, saved_by) on intake_answers to trede_insurer;
grant update (response, explanation, version, saved_at, saved_by) on answers to trede_insurer;
grant update (title, about_period, storage_key, scan_result, scanned_by, removed_at, removed_by) on evidence to trede_insurer;
grant update (locator, removed_at, removed_by) on evidence_links to trede_insurer;
grant select, insert on answer_versions, submissions, submission_evidence to trede_insurer;
grant update (withdrawn_at, withdrawn_by) on submissions to trede_insurer;
grant select on assessments, rounds, organisations, users, memberships, outside_results, notices, publications,
  publication_sections, releases, release_figures, framework_versions to trede_insurer;
grant update (state, state_changed_at) on assessments to trede_insurer;
grant insert on transitions to trede_insurer;
--> statement-breakpoint

grant select on assessments, rounds, round_reviewers, organisations, users, memberships, submissions,
  submission_evidence, evidence, framework_versions to trede_supervisor;
grant update (state, state_before_closing, state_changed_at, deadline_at, proposed_by) on assessments to trede_supervisor;
grant select, insert on outside_results, notices, verdicts, determinations, transitions, publications,
  publication_sections, releases, release_figures, release_inclusions, conflicts_of_interest to trede_supervisor;
grant update (under_revision_at, replaced_at) on publications to trede_supervisor;
grant select, insert, update on assignments to trede_supervisor;
grant select on audit_events to trede_supervisor;
--> statement-breakpoint

grant select, insert, update on organisations, users, memberships, invitations, rounds, round_reviewers,
  framework_versions to trede_administrator;
grant select, insert on assessments to trede_administrator;
grant insert on transitions to trede_administrator;
grant usage on sequence assessment_references to trede_administrator;
--> statement-breakpoint

grant select, insert, update on users, memberships, invitations, sessions, credentials, sign_in_throttles to trede_system;
grant delete on sign_in_throttles to trede_system;
grant select, insert on organisations to trede_system;
--> statement-breakpoint

-- The chain of the audit log. An application role hands in what happened; place and hashes are made here, whatever
-- it sends for them. Nobody may change or take away a line.
grant insert on audit_events to trede_insurer, trede_supervisor, trede_administrator, trede_system;

create function audit_event_chain() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  head audit_heads%rowtype;
begin
  new.stream := case
    when new.assessment_id is not null then 'assessment:' || new.assessment_id
    when new.organisation_id is not null then 'organisation:' || new.organisation_id
    else 'platform'
  end;
  insert into audit_heads as heads (stream, sequence, hash) values (new.stream, 1, ''::bytea)
    on conflict (stream) do update set sequence = heads.sequence + 1
    returning * into head;
  new.sequence := head.sequence;
  new.previous_hash := head.hash;
  new.hash := sha256(head.hash || convert_to(jsonb_build_array(new.stream, new.sequence,
    to_char(new.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), new.actor_id, new.action, new.organisation_id,
    new.assessment_id, new.detail)::text, 'UTF8'));
  update audit_heads set hash = new.hash where stream = new.stream;
  return new;
end
$$;
create trigger audit_event_chain before insert on audit_events for each row execute function audit_event_chain();
--> statement-breakpoint

-- The hash that a receipt and a publication quote: the last link of an assessment's chain.
create function audit_head(assessment uuid) returns bytea language sql stable security definer
  set search_path = public, pg_temp
  as $$ select hash from audit_heads where stream = 'assessment:' || assessment $$;
revoke all on function audit_head(uuid) from public;
grant execute on function audit_head(uuid) to trede_insurer, trede_supervisor;
