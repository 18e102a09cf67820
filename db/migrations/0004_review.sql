CREATE TYPE "public"."finding" AS ENUM('conform', 'not_conform', 'undeterminable');--> statement-breakpoint
ALTER TYPE "public"."notice_kind" ADD VALUE 'extension_refused';--> statement-breakpoint
CREATE TABLE "claim_draws" (
	"id" uuid PRIMARY KEY NOT NULL,
	"assessment_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"list_id" uuid NOT NULL,
	"stratum" text NOT NULL,
	"per_stratum" integer NOT NULL,
	"seed" "bytea" NOT NULL,
	"claims" jsonb NOT NULL,
	"drawn_at" timestamp (3) with time zone NOT NULL,
	"drawn_by" uuid NOT NULL,
	CONSTRAINT "claim_draws_list" UNIQUE("list_id"),
	CONSTRAINT "claim_draws_tenant" UNIQUE("id","organisation_id")
);
--> statement-breakpoint
CREATE TABLE "claim_findings" (
	"draw_id" uuid NOT NULL,
	"line" bigint NOT NULL,
	"criterion_key" text NOT NULL,
	"version" integer NOT NULL,
	"assessment_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"finding" "finding" NOT NULL,
	"remark" text DEFAULT '' NOT NULL,
	"found_at" timestamp (3) with time zone NOT NULL,
	"found_by" uuid NOT NULL,
	CONSTRAINT "claim_findings_draw_id_line_criterion_key_version_pk" PRIMARY KEY("draw_id","line","criterion_key","version")
);
--> statement-breakpoint
CREATE TABLE "claim_lists" (
	"id" uuid PRIMARY KEY NOT NULL,
	"assessment_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"content" text NOT NULL,
	"sha256" "bytea" NOT NULL,
	"claims" integer NOT NULL,
	"given_at" timestamp (3) with time zone NOT NULL,
	"given_by" uuid NOT NULL,
	CONSTRAINT "claim_lists_tenant" UNIQUE("id","organisation_id")
);
--> statement-breakpoint
CREATE TABLE "draft_outcomes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"assessment_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"content" text NOT NULL,
	"sha256" "bytea" NOT NULL,
	"term_at" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone NOT NULL,
	"sent_by" uuid NOT NULL,
	"silent_at" timestamp (3) with time zone,
	CONSTRAINT "draft_outcomes_version" UNIQUE("assessment_id","version"),
	CONSTRAINT "draft_outcomes_tenant" UNIQUE("id","organisation_id")
);
--> statement-breakpoint
CREATE TABLE "hearing_evidence" (
	"draft_outcome_id" uuid NOT NULL,
	"section_key" text NOT NULL,
	"evidence_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"locator" text DEFAULT '' NOT NULL,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "hearing_evidence_draft_outcome_id_section_key_evidence_id_pk" PRIMARY KEY("draft_outcome_id","section_key","evidence_id")
);
--> statement-breakpoint
CREATE TABLE "hearing_responses" (
	"draft_outcome_id" uuid PRIMARY KEY NOT NULL,
	"assessment_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"sent_by" uuid
);
--> statement-breakpoint
CREATE TABLE "hearing_statements" (
	"draft_outcome_id" uuid NOT NULL,
	"section_key" text NOT NULL,
	"assessment_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"agrees" boolean,
	"text" text DEFAULT '' NOT NULL,
	"version" integer NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL,
	"saved_by" uuid NOT NULL,
	CONSTRAINT "hearing_statements_draft_outcome_id_section_key_pk" PRIMARY KEY("draft_outcome_id","section_key")
);
--> statement-breakpoint
CREATE TABLE "objection_answers" (
	"draft_outcome_id" uuid NOT NULL,
	"section_key" text NOT NULL,
	"version" integer NOT NULL,
	"assessment_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"text" text NOT NULL,
	"answered_at" timestamp (3) with time zone NOT NULL,
	"answered_by" uuid NOT NULL,
	CONSTRAINT "objection_answers_draft_outcome_id_section_key_version_pk" PRIMARY KEY("draft_outcome_id","section_key","version"),
	CONSTRAINT "objection_answers_text" CHECK (length(trim("objection_answers"."text")) > 0)
);
--> statement-breakpoint
CREATE TABLE "information_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"assessment_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"criterion_key" text NOT NULL,
	"question" text NOT NULL,
	"term_at" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone NOT NULL,
	"sent_by" uuid NOT NULL,
	"withdrawn_at" timestamp (3) with time zone,
	"withdrawn_by" uuid,
	CONSTRAINT "information_requests_tenant" UNIQUE("id","organisation_id"),
	CONSTRAINT "information_requests_question" CHECK (length(trim("information_requests"."question")) > 0)
);
--> statement-breakpoint
CREATE TABLE "supplement_evidence" (
	"request_id" uuid NOT NULL,
	"evidence_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"locator" text DEFAULT '' NOT NULL,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "supplement_evidence_request_id_evidence_id_pk" PRIMARY KEY("request_id","evidence_id")
);
--> statement-breakpoint
CREATE TABLE "supplements" (
	"request_id" uuid PRIMARY KEY NOT NULL,
	"assessment_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"text" text DEFAULT '' NOT NULL,
	"version" integer NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL,
	"saved_by" uuid NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"sent_by" uuid
);
--> statement-breakpoint
CREATE TABLE "planned_publications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"assessment_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"planned_for" timestamp (3) with time zone NOT NULL,
	"planned_at" timestamp (3) with time zone NOT NULL,
	"planned_by" uuid NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "standard_reasons" (
	"id" uuid PRIMARY KEY NOT NULL,
	"framework_ref" text NOT NULL,
	"criterion_key" text,
	"ground" "ground",
	"text" text NOT NULL,
	"written_at" timestamp (3) with time zone NOT NULL,
	"written_by" uuid NOT NULL,
	"retired_at" timestamp (3) with time zone,
	CONSTRAINT "standard_reasons_text" CHECK (length(trim("standard_reasons"."text")) > 0)
);
--> statement-breakpoint
CREATE TABLE "working_notes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"assessment_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"criterion_key" text,
	"text" text NOT NULL,
	"written_at" timestamp (3) with time zone NOT NULL,
	"written_by" uuid NOT NULL,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "working_notes_text" CHECK (length(trim("working_notes"."text")) > 0)
);
--> statement-breakpoint
ALTER TABLE "rounds" ADD COLUMN "carried_sections" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "claim_draws" ADD CONSTRAINT "claim_draws_drawn_by_users_id_fk" FOREIGN KEY ("drawn_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_draws" ADD CONSTRAINT "claim_draws_list_id_organisation_id_claim_lists_id_organisation_id_fk" FOREIGN KEY ("list_id","organisation_id") REFERENCES "public"."claim_lists"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_draws" ADD CONSTRAINT "claim_draws_assessment_id_organisation_id_assessments_id_organisation_id_fk" FOREIGN KEY ("assessment_id","organisation_id") REFERENCES "public"."assessments"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_findings" ADD CONSTRAINT "claim_findings_found_by_users_id_fk" FOREIGN KEY ("found_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_findings" ADD CONSTRAINT "claim_findings_draw_id_organisation_id_claim_draws_id_organisation_id_fk" FOREIGN KEY ("draw_id","organisation_id") REFERENCES "public"."claim_draws"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_findings" ADD CONSTRAINT "claim_findings_assessment_id_organisation_id_assessments_id_organisation_id_fk" FOREIGN KEY ("assessment_id","organisation_id") REFERENCES "public"."assessments"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_lists" ADD CONSTRAINT "claim_lists_given_by_users_id_fk" FOREIGN KEY ("given_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_lists" ADD CONSTRAINT "claim_lists_assessment_id_organisation_id_assessments_id_organisation_id_fk" FOREIGN KEY ("assessment_id","organisation_id") REFERENCES "public"."assessments"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_outcomes" ADD CONSTRAINT "draft_outcomes_sent_by_users_id_fk" FOREIGN KEY ("sent_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_outcomes" ADD CONSTRAINT "draft_outcomes_assessment_id_organisation_id_assessments_id_organisation_id_fk" FOREIGN KEY ("assessment_id","organisation_id") REFERENCES "public"."assessments"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hearing_evidence" ADD CONSTRAINT "hearing_evidence_draft_outcome_id_organisation_id_draft_outcomes_id_organisation_id_fk" FOREIGN KEY ("draft_outcome_id","organisation_id") REFERENCES "public"."draft_outcomes"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hearing_evidence" ADD CONSTRAINT "hearing_evidence_evidence_id_organisation_id_evidence_id_organisation_id_fk" FOREIGN KEY ("evidence_id","organisation_id") REFERENCES "public"."evidence"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hearing_responses" ADD CONSTRAINT "hearing_responses_sent_by_users_id_fk" FOREIGN KEY ("sent_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hearing_responses" ADD CONSTRAINT "hearing_responses_draft_outcome_id_organisation_id_draft_outcomes_id_organisation_id_fk" FOREIGN KEY ("draft_outcome_id","organisation_id") REFERENCES "public"."draft_outcomes"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hearing_responses" ADD CONSTRAINT "hearing_responses_assessment_id_organisation_id_assessments_id_organisation_id_fk" FOREIGN KEY ("assessment_id","organisation_id") REFERENCES "public"."assessments"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hearing_statements" ADD CONSTRAINT "hearing_statements_saved_by_users_id_fk" FOREIGN KEY ("saved_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hearing_statements" ADD CONSTRAINT "hearing_statements_draft_outcome_id_organisation_id_draft_outcomes_id_organisation_id_fk" FOREIGN KEY ("draft_outcome_id","organisation_id") REFERENCES "public"."draft_outcomes"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hearing_statements" ADD CONSTRAINT "hearing_statements_assessment_id_organisation_id_assessments_id_organisation_id_fk" FOREIGN KEY ("assessment_id","organisation_id") REFERENCES "public"."assessments"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "objection_answers" ADD CONSTRAINT "objection_answers_answered_by_users_id_fk" FOREIGN KEY ("answered_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "objection_answers" ADD CONSTRAINT "objection_answers_draft_outcome_id_organisation_id_draft_outcomes_id_organisation_id_fk" FOREIGN KEY ("draft_outcome_id","organisation_id") REFERENCES "public"."draft_outcomes"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "objection_answers" ADD CONSTRAINT "objection_answers_assessment_id_organisation_id_assessments_id_organisation_id_fk" FOREIGN KEY ("assessment_id","organisation_id") REFERENCES "public"."assessments"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "information_requests" ADD CONSTRAINT "information_requests_sent_by_users_id_fk" FOREIGN KEY ("sent_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "information_requests" ADD CONSTRAINT "information_requests_withdrawn_by_users_id_fk" FOREIGN KEY ("withdrawn_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "information_requests" ADD CONSTRAINT "information_requests_assessment_id_organisation_id_assessments_id_organisation_id_fk" FOREIGN KEY ("assessment_id","organisation_id") REFERENCES "public"."assessments"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supplement_evidence" ADD CONSTRAINT "supplement_evidence_request_id_organisation_id_information_requests_id_organisation_id_fk" FOREIGN KEY ("request_id","organisation_id") REFERENCES "public"."information_requests"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supplement_evidence" ADD CONSTRAINT "supplement_evidence_evidence_id_organisation_id_evidence_id_organisation_id_fk" FOREIGN KEY ("evidence_id","organisation_id") REFERENCES "public"."evidence"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supplements" ADD CONSTRAINT "supplements_saved_by_users_id_fk" FOREIGN KEY ("saved_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supplements" ADD CONSTRAINT "supplements_sent_by_users_id_fk" FOREIGN KEY ("sent_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supplements" ADD CONSTRAINT "supplements_request_id_organisation_id_information_requests_id_organisation_id_fk" FOREIGN KEY ("request_id","organisation_id") REFERENCES "public"."information_requests"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supplements" ADD CONSTRAINT "supplements_assessment_id_organisation_id_assessments_id_organisation_id_fk" FOREIGN KEY ("assessment_id","organisation_id") REFERENCES "public"."assessments"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "planned_publications" ADD CONSTRAINT "planned_publications_planned_by_users_id_fk" FOREIGN KEY ("planned_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "planned_publications" ADD CONSTRAINT "planned_publications_assessment_id_organisation_id_assessments_id_organisation_id_fk" FOREIGN KEY ("assessment_id","organisation_id") REFERENCES "public"."assessments"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "standard_reasons" ADD CONSTRAINT "standard_reasons_framework_ref_framework_versions_ref_fk" FOREIGN KEY ("framework_ref") REFERENCES "public"."framework_versions"("ref") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "standard_reasons" ADD CONSTRAINT "standard_reasons_written_by_users_id_fk" FOREIGN KEY ("written_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "working_notes" ADD CONSTRAINT "working_notes_written_by_users_id_fk" FOREIGN KEY ("written_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "working_notes" ADD CONSTRAINT "working_notes_assessment_id_organisation_id_assessments_id_organisation_id_fk" FOREIGN KEY ("assessment_id","organisation_id") REFERENCES "public"."assessments"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "claim_draws_assessment" ON "claim_draws" USING btree ("assessment_id");--> statement-breakpoint
CREATE INDEX "claim_findings_assessment" ON "claim_findings" USING btree ("assessment_id","criterion_key");--> statement-breakpoint
CREATE INDEX "claim_lists_assessment" ON "claim_lists" USING btree ("assessment_id","given_at");--> statement-breakpoint
CREATE INDEX "hearing_evidence_evidence" ON "hearing_evidence" USING btree ("evidence_id");--> statement-breakpoint
CREATE INDEX "hearing_responses_assessment" ON "hearing_responses" USING btree ("assessment_id");--> statement-breakpoint
CREATE INDEX "information_requests_assessment" ON "information_requests" USING btree ("assessment_id","criterion_key");--> statement-breakpoint
CREATE INDEX "supplement_evidence_evidence" ON "supplement_evidence" USING btree ("evidence_id");--> statement-breakpoint
CREATE INDEX "supplements_assessment" ON "supplements" USING btree ("assessment_id");--> statement-breakpoint
CREATE UNIQUE INDEX "planned_publications_standing" ON "planned_publications" USING btree ("assessment_id") WHERE "planned_publications"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "standard_reasons_framework" ON "standard_reasons" USING btree ("framework_ref","criterion_key");--> statement-breakpoint
CREATE INDEX "working_notes_assessment" ON "working_notes" USING btree ("assessment_id","criterion_key","written_at");