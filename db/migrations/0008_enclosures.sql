ALTER TABLE "information_requests" ALTER COLUMN "sent_by" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "uploads" ADD COLUMN "request_id" uuid;--> statement-breakpoint
ALTER TABLE "uploads" ADD COLUMN "draft_outcome_id" uuid;--> statement-breakpoint
ALTER TABLE "uploads" ADD COLUMN "section_key" text;--> statement-breakpoint
ALTER TABLE "hearing_evidence" ADD COLUMN "own" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "information_requests" ADD COLUMN "refused_evidence_id" uuid;--> statement-breakpoint
ALTER TABLE "supplement_evidence" ADD COLUMN "own" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "information_requests" ADD CONSTRAINT "information_requests_refused_evidence" FOREIGN KEY ("refused_evidence_id","organisation_id") REFERENCES "public"."evidence"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "information_requests_refused" ON "information_requests" USING btree ("refused_evidence_id");--> statement-breakpoint
ALTER TABLE "information_requests" ADD CONSTRAINT "information_requests_asker" CHECK (("information_requests"."sent_by" is null) = ("information_requests"."refused_evidence_id" is not null));--> statement-breakpoint

-- A piece that was chosen again goes with the text again, and the insurer sees which file the platform asks about.
grant update (own) on supplement_evidence, hearing_evidence to trede_insurer;
grant select (refused_evidence_id) on information_requests to trede_insurer;
--> statement-breakpoint

-- A scan that refuses a file after it was signed asks the insurer about it: the platform reads what pins the file, locks
-- the assessment (which takes the right to change a column of it), and asks.
create policy system on assessments to trede_system using (true) with check (true);
create policy system on submissions for select to trede_system using (true);
create policy system on submission_evidence for select to trede_system using (true);
create policy system on supplements for select to trede_system using (true);
create policy system on supplement_evidence for select to trede_system using (true);
create policy system on information_requests to trede_system using (true) with check (true);
grant select (id, organisation_id, state), update (state_changed_at) on assessments to trede_system;
grant select (id, assessment_id, number, snapshot, withdrawn_at) on submissions to trede_system;
grant select on submission_evidence, supplement_evidence to trede_system;
grant select (request_id, sent_at) on supplements to trede_system;
grant select, insert on information_requests to trede_system;
--> statement-breakpoint

-- What the supervisor may see of evidence is asked for each row that is read, by index: a list of all that is pinned, made
-- anew for each page, grows with everything that was ever signed.
drop policy supervisor on evidence;
create policy supervisor on evidence for select to trede_supervisor
  using (exists (select from submission_evidence pin where pin.evidence_id = evidence.id
    union all select from supplement_evidence sent where sent.evidence_id = evidence.id and sent.removed_at is null
    union all select from hearing_evidence sent where sent.evidence_id = evidence.id and sent.removed_at is null));
drop policy supervisor on submission_evidence;
create policy supervisor on submission_evidence for select to trede_supervisor
  using (exists (select from submissions where submissions.id = submission_evidence.submission_id));
drop policy supervisor on supplement_evidence;
create policy supervisor on supplement_evidence for select to trede_supervisor
  using (exists (select from supplements where supplements.request_id = supplement_evidence.request_id));
drop policy supervisor on hearing_statements;
create policy supervisor on hearing_statements for select to trede_supervisor
  using (exists (select from hearing_responses r where r.draft_outcome_id = hearing_statements.draft_outcome_id));
drop policy supervisor on hearing_evidence;
create policy supervisor on hearing_evidence for select to trede_supervisor
  using (exists (select from hearing_responses r where r.draft_outcome_id = hearing_evidence.draft_outcome_id));
