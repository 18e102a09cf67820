-- Grants and row security of the review: requests, hearing, claim files, working notes, planned publications. What an
-- insurer may see of a row that the supervisor wrote is granted by column: never who wrote it.
do $$
declare
  own constant text := 'organisation_id = nullif(current_setting(''trede.organisation'', true), '''')::uuid';
  name text;
begin
  foreach name in array array['information_requests', 'supplements', 'supplement_evidence', 'draft_outcomes',
    'hearing_responses', 'hearing_statements', 'hearing_evidence', 'objection_answers', 'claim_lists', 'claim_draws',
    'claim_findings', 'working_notes', 'standard_reasons', 'planned_publications'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;

  foreach name in array array['information_requests', 'supplements', 'supplement_evidence', 'draft_outcomes',
    'hearing_responses', 'hearing_statements', 'hearing_evidence', 'claim_lists', 'claim_draws'] loop
    execute format('create policy insurer on %I to trede_insurer using (%s) with check (%s)', name, own, own);
  end loop;

  foreach name in array array['information_requests', 'draft_outcomes', 'objection_answers', 'claim_lists',
    'claim_draws', 'claim_findings', 'working_notes', 'standard_reasons', 'planned_publications'] loop
    execute format('create policy supervisor on %I to trede_supervisor using (true) with check (true)', name);
  end loop;
end
$$;
--> statement-breakpoint

create policy system on planned_publications to trede_system using (true) with check (true);
--> statement-breakpoint

-- What an insurer is still writing is its own; once sent the supervisor reads it.
create policy supervisor on supplements for select to trede_supervisor using (sent_at is not null);
create policy supervisor on supplement_evidence for select to trede_supervisor
  using (request_id in (select request_id from supplements));
create policy supervisor on hearing_responses for select to trede_supervisor using (sent_at is not null);
create policy supervisor on hearing_statements for select to trede_supervisor
  using (draft_outcome_id in (select draft_outcome_id from hearing_responses));
create policy supervisor on hearing_evidence for select to trede_supervisor
  using (draft_outcome_id in (select draft_outcome_id from hearing_responses));
drop policy supervisor on evidence;
create policy supervisor on evidence for select to trede_supervisor
  using (id in (select evidence_id from submission_evidence
    union all select evidence_id from supplement_evidence where removed_at is null
    union all select evidence_id from hearing_evidence where removed_at is null));
--> statement-breakpoint

grant select (id, assessment_id, organisation_id, criterion_key, question, term_at, sent_at, withdrawn_at)
  on information_requests to trede_insurer;
grant select (id, assessment_id, organisation_id, version, content, sha256, term_at, sent_at, silent_at)
  on draft_outcomes to trede_insurer;
grant select (id, assessment_id, organisation_id, list_id, stratum, per_stratum, seed, claims, drawn_at)
  on claim_draws to trede_insurer;
grant select, insert on supplements, supplement_evidence, hearing_responses, hearing_statements, hearing_evidence,
  claim_lists to trede_insurer;
grant update (text, version, saved_at, saved_by, sent_at, sent_by) on supplements to trede_insurer;
grant update (locator, removed_at) on supplement_evidence, hearing_evidence to trede_insurer;
grant update (sent_at, sent_by) on hearing_responses to trede_insurer;
grant update (agrees, text, version, saved_at, saved_by) on hearing_statements to trede_insurer;
--> statement-breakpoint

grant select on supplements, supplement_evidence, hearing_responses, hearing_statements, hearing_evidence, claim_lists
  to trede_supervisor;
grant select, insert on information_requests, draft_outcomes, objection_answers, claim_draws, claim_findings,
  working_notes, standard_reasons, planned_publications to trede_supervisor;
grant update (term_at, withdrawn_at, withdrawn_by) on information_requests to trede_supervisor;
grant update (term_at, silent_at) on draft_outcomes to trede_supervisor;
grant update (removed_at) on working_notes to trede_supervisor;
grant update (retired_at) on standard_reasons to trede_supervisor;
grant update (ended_at) on planned_publications to trede_supervisor;
grant select, update (ended_at) on planned_publications to trede_system;
