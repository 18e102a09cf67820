CREATE TYPE "public"."response" AS ENUM('met', 'partly', 'not_met');--> statement-breakpoint
CREATE TYPE "public"."assessment_state" AS ENUM('draft', 'submitted', 'in_review', 'hearing', 'proposed', 'decided', 'published', 'returned', 'closed');--> statement-breakpoint
CREATE TYPE "public"."evidence_kind" AS ENUM('file', 'web_address');--> statement-breakpoint
CREATE TYPE "public"."scan_result" AS ENUM('waiting', 'clean', 'refused');--> statement-breakpoint
CREATE TYPE "public"."locale" AS ENUM('nl', 'en');--> statement-breakpoint
CREATE TYPE "public"."organisation_kind" AS ENUM('insurer', 'supervisor');--> statement-breakpoint
CREATE TYPE "public"."role" AS ENUM('reader', 'contributor', 'coordinator', 'signatory', 'reviewer', 'lead', 'administrator', 'auditor');--> statement-breakpoint
CREATE TYPE "public"."ground" AS ENUM('not_demonstrated', 'practice_differs', 'explained_differently', 'new_information');--> statement-breakpoint
CREATE TYPE "public"."notice_kind" AS ENUM('returned', 'extended', 'closed', 'reopened', 'under_revision');--> statement-breakpoint
CREATE SEQUENCE "public"."assessment_references" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "answer_versions" (
	"assessment_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"criterion_key" text NOT NULL,
	"version" integer NOT NULL,
	"response" "response",
	"explanation" text NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL,
	"saved_by" uuid NOT NULL,
	CONSTRAINT "answer_versions_assessment_id_criterion_key_version_pk" PRIMARY KEY("assessment_id","criterion_key","version")
);
--> statement-breakpoint
CREATE TABLE "answers" (
	"assessment_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"criterion_key" text NOT NULL,
	"response" "response",
	"explanation" text DEFAULT '' NOT NULL,
	"version" integer NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL,
	"saved_by" uuid NOT NULL,
	CONSTRAINT "answers_assessment_id_criterion_key_pk" PRIMARY KEY("assessment_id","criterion_key")
);
--> statement-breakpoint
CREATE TABLE "assessments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"round_id" uuid NOT NULL,
	"state" "assessment_state" DEFAULT 'draft' NOT NULL,
	"state_before_closing" "assessment_state",
	"state_changed_at" timestamp (3) with time zone NOT NULL,
	"deadline_at" timestamp (3) with time zone NOT NULL,
	"reference" text NOT NULL,
	"proposed_by" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "assessments_reference_unique" UNIQUE("reference"),
	CONSTRAINT "assessments_tenant" UNIQUE("id","organisation_id")
);
--> statement-breakpoint
CREATE TABLE "intake_answers" (
	"assessment_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"intake_key" text NOT NULL,
	"value" boolean NOT NULL,
	"version" integer NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL,
	"saved_by" uuid NOT NULL,
	CONSTRAINT "intake_answers_assessment_id_intake_key_pk" PRIMARY KEY("assessment_id","intake_key")
);
--> statement-breakpoint
CREATE TABLE "outside_results" (
	"id" uuid PRIMARY KEY NOT NULL,
	"assessment_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"criterion_key" text NOT NULL,
	"response" "response" NOT NULL,
	"measured_on" date NOT NULL,
	"source" text NOT NULL,
	"imported_at" timestamp (3) with time zone NOT NULL,
	"imported_by" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "submissions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"assessment_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"snapshot" text NOT NULL,
	"sha256" "bytea" NOT NULL,
	"scores" jsonb NOT NULL,
	"signatory_name" text NOT NULL,
	"signatory_function" text NOT NULL,
	"signed_at" timestamp (3) with time zone NOT NULL,
	"signed_by" uuid NOT NULL,
	"audit_head" "bytea",
	"withdrawn_at" timestamp (3) with time zone,
	"withdrawn_by" uuid,
	CONSTRAINT "submissions_number" UNIQUE("assessment_id","number"),
	CONSTRAINT "submissions_tenant" UNIQUE("id","organisation_id")
);
--> statement-breakpoint
CREATE TABLE "audit_events" (
	"stream" text DEFAULT '' NOT NULL,
	"sequence" bigint DEFAULT 0 NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_id" uuid,
	"action" text NOT NULL,
	"organisation_id" uuid,
	"assessment_id" uuid,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"previous_hash" "bytea",
	"hash" "bytea",
	CONSTRAINT "audit_events_stream_sequence_pk" PRIMARY KEY("stream","sequence")
);
--> statement-breakpoint
CREATE TABLE "audit_heads" (
	"stream" text PRIMARY KEY NOT NULL,
	"sequence" bigint NOT NULL,
	"hash" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "evidence" (
	"id" uuid PRIMARY KEY NOT NULL,
	"assessment_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"kind" "evidence_kind" NOT NULL,
	"title" text NOT NULL,
	"about_period" text DEFAULT '' NOT NULL,
	"web_address" text,
	"seen_on" date,
	"file_name" text,
	"media_type" text,
	"size_bytes" bigint,
	"sha256" "bytea",
	"storage_key" text,
	"scan_result" "scan_result" NOT NULL,
	"scanned_by" text,
	"added_at" timestamp (3) with time zone NOT NULL,
	"added_by" uuid NOT NULL,
	"removed_at" timestamp (3) with time zone,
	"removed_by" uuid,
	CONSTRAINT "evidence_tenant" UNIQUE("id","organisation_id")
);
--> statement-breakpoint
CREATE TABLE "evidence_links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"assessment_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"evidence_id" uuid NOT NULL,
	"criterion_key" text NOT NULL,
	"locator" text DEFAULT '' NOT NULL,
	"linked_at" timestamp (3) with time zone NOT NULL,
	"linked_by" uuid NOT NULL,
	"removed_at" timestamp (3) with time zone,
	"removed_by" uuid
);
--> statement-breakpoint
CREATE TABLE "submission_evidence" (
	"submission_id" uuid NOT NULL,
	"evidence_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	CONSTRAINT "submission_evidence_submission_id_evidence_id_pk" PRIMARY KEY("submission_id","evidence_id")
);
--> statement-breakpoint
CREATE TABLE "credentials" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"password_hash" text NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"organisation_id" uuid NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"roles" "role"[] NOT NULL,
	"section_keys" text[],
	"invited_at" timestamp (3) with time zone NOT NULL,
	"invited_by" uuid,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "invitations_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"roles" "role"[] NOT NULL,
	"section_keys" text[],
	"created_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "memberships_roles" CHECK (cardinality("memberships"."roles") > 0)
);
--> statement-breakpoint
CREATE TABLE "organisations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" "organisation_kind" NOT NULL,
	"name" text NOT NULL,
	"number" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "organisations_number_unique" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"membership_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "sessions_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "sign_in_throttles" (
	"subject" text PRIMARY KEY NOT NULL,
	"window_started_at" timestamp (3) with time zone NOT NULL,
	"failures" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"disabled_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "publication_sections" (
	"publication_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"section_key" text NOT NULL,
	"level" integer NOT NULL,
	"computed_level" integer NOT NULL,
	CONSTRAINT "publication_sections_publication_id_section_key_pk" PRIMARY KEY("publication_id","section_key")
);
--> statement-breakpoint
CREATE TABLE "publications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"assessment_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"round_id" uuid NOT NULL,
	"edition" integer NOT NULL,
	"content" text NOT NULL,
	"sha256" "bytea" NOT NULL,
	"total_numerator" integer,
	"total_denominator" integer,
	"reason" text DEFAULT '' NOT NULL,
	"published_at" timestamp (3) with time zone NOT NULL,
	"audit_head" "bytea",
	"under_revision_at" timestamp (3) with time zone,
	"replaced_at" timestamp (3) with time zone,
	CONSTRAINT "publications_edition" UNIQUE("assessment_id","edition"),
	CONSTRAINT "publications_tenant" UNIQUE("id","organisation_id")
);
--> statement-breakpoint
CREATE TABLE "release_figures" (
	"release_id" uuid NOT NULL,
	"section_key" text NOT NULL,
	"mean_numerator" integer,
	"mean_denominator" integer,
	"insurers" integer,
	"spread" double precision,
	"level_counts" integer[],
	CONSTRAINT "release_figures_release_id_section_key_pk" PRIMARY KEY("release_id","section_key")
);
--> statement-breakpoint
CREATE TABLE "release_inclusions" (
	"release_id" uuid NOT NULL,
	"publication_id" uuid NOT NULL,
	CONSTRAINT "release_inclusions_release_id_publication_id_pk" PRIMARY KEY("release_id","publication_id")
);
--> statement-breakpoint
CREATE TABLE "releases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"round_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"made_by" uuid NOT NULL,
	CONSTRAINT "releases_number" UNIQUE("round_id","number")
);
--> statement-breakpoint
CREATE TABLE "assignments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"assessment_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"assigned_at" timestamp (3) with time zone NOT NULL,
	"assigned_by" uuid NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended_by" uuid
);
--> statement-breakpoint
CREATE TABLE "conflicts_of_interest" (
	"user_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"declared_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "conflicts_of_interest_user_id_organisation_id_pk" PRIMARY KEY("user_id","organisation_id")
);
--> statement-breakpoint
CREATE TABLE "determinations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"assessment_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"section_key" text NOT NULL,
	"version" integer NOT NULL,
	"computed_level" integer NOT NULL,
	"level" integer NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"determined_at" timestamp (3) with time zone NOT NULL,
	"determined_by" uuid NOT NULL,
	CONSTRAINT "determinations_version" UNIQUE("assessment_id","section_key","version"),
	CONSTRAINT "determinations_level" CHECK ("determinations"."level" between 1 and 5 and "determinations"."computed_level" between 1 and 5),
	CONSTRAINT "determinations_reason" CHECK ("determinations"."level" = "determinations"."computed_level" or length(trim("determinations"."reason")) > 0)
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"assessment_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"kind" "notice_kind" NOT NULL,
	"reason" text NOT NULL,
	"items" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"term_at" timestamp (3) with time zone,
	"sent_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "transitions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"assessment_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"verb" text NOT NULL,
	"from_state" "assessment_state",
	"to_state" "assessment_state" NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"detail" jsonb,
	"taken_at" timestamp (3) with time zone NOT NULL,
	"taken_by" uuid
);
--> statement-breakpoint
CREATE TABLE "verdicts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"assessment_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"submission_id" uuid NOT NULL,
	"criterion_key" text,
	"intake_key" text,
	"version" integer NOT NULL,
	"response" "response",
	"intake_value" boolean,
	"overrides" boolean NOT NULL,
	"ground" "ground",
	"reason" text DEFAULT '' NOT NULL,
	"decided_at" timestamp (3) with time zone NOT NULL,
	"decided_by" uuid NOT NULL,
	CONSTRAINT "verdicts_version" UNIQUE NULLS NOT DISTINCT("assessment_id","criterion_key","intake_key","version"),
	CONSTRAINT "verdicts_target" CHECK ((criterion_key is null) <> (intake_key is null)),
	CONSTRAINT "verdicts_override" CHECK (not "verdicts"."overrides" or ("verdicts"."ground" is not null and length(trim("verdicts"."reason")) > 0))
);
--> statement-breakpoint
CREATE TABLE "framework_versions" (
	"ref" text PRIMARY KEY NOT NULL,
	"document" text NOT NULL,
	"sha256" "bytea" NOT NULL,
	"title_nl" text NOT NULL,
	"title_en" text NOT NULL,
	"imported_at" timestamp (3) with time zone NOT NULL,
	"imported_by" uuid,
	"frozen_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "round_reviewers" (
	"round_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"admitted_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "round_reviewers_round_id_user_id_pk" PRIMARY KEY("round_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "rounds" (
	"id" uuid PRIMARY KEY NOT NULL,
	"framework_ref" text NOT NULL,
	"name" text NOT NULL,
	"product_scope" text NOT NULL,
	"period_from" date NOT NULL,
	"period_to" date NOT NULL,
	"opens_at" timestamp (3) with time zone NOT NULL,
	"deadline_at" timestamp (3) with time zone NOT NULL,
	"decisions_due_at" timestamp (3) with time zone NOT NULL,
	"contact_mailbox" text NOT NULL,
	"hearing" boolean DEFAULT true NOT NULL,
	"four_eyes" boolean DEFAULT true NOT NULL,
	"hearing_days" integer DEFAULT 14 NOT NULL,
	"minimum_for_mean" integer DEFAULT 5 NOT NULL,
	"minimum_for_spread" integer DEFAULT 10 NOT NULL,
	"minimum_changed" integer DEFAULT 3 NOT NULL,
	"opened_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" uuid,
	"retain_until" date NOT NULL
);
--> statement-breakpoint
ALTER TABLE "answer_versions" ADD CONSTRAINT "answer_versions_saved_by_users_id_fk" FOREIGN KEY ("saved_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_versions" ADD CONSTRAINT "answer_versions_assessment_id_organisation_id_assessments_id_organisation_id_fk" FOREIGN KEY ("assessment_id","organisation_id") REFERENCES "public"."assessments"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answers" ADD CONSTRAINT "answers_saved_by_users_id_fk" FOREIGN KEY ("saved_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answers" ADD CONSTRAINT "answers_assessment_id_organisation_id_assessments_id_organisation_id_fk" FOREIGN KEY ("assessment_id","organisation_id") REFERENCES "public"."assessments"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessments" ADD CONSTRAINT "assessments_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessments" ADD CONSTRAINT "assessments_round_id_rounds_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."rounds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessments" ADD CONSTRAINT "assessments_proposed_by_users_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intake_answers" ADD CONSTRAINT "intake_answers_saved_by_users_id_fk" FOREIGN KEY ("saved_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intake_answers" ADD CONSTRAINT "intake_answers_assessment_id_organisation_id_assessments_id_organisation_id_fk" FOREIGN KEY ("assessment_id","organisation_id") REFERENCES "public"."assessments"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outside_results" ADD CONSTRAINT "outside_results_imported_by_users_id_fk" FOREIGN KEY ("imported_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outside_results" ADD CONSTRAINT "outside_results_assessment_id_organisation_id_assessments_id_organisation_id_fk" FOREIGN KEY ("assessment_id","organisation_id") REFERENCES "public"."assessments"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "submissions" ADD CONSTRAINT "submissions_signed_by_users_id_fk" FOREIGN KEY ("signed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "submissions" ADD CONSTRAINT "submissions_withdrawn_by_users_id_fk" FOREIGN KEY ("withdrawn_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "submissions" ADD CONSTRAINT "submissions_assessment_id_organisation_id_assessments_id_organisation_id_fk" FOREIGN KEY ("assessment_id","organisation_id") REFERENCES "public"."assessments"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_added_by_users_id_fk" FOREIGN KEY ("added_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_removed_by_users_id_fk" FOREIGN KEY ("removed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_assessment_id_organisation_id_assessments_id_organisation_id_fk" FOREIGN KEY ("assessment_id","organisation_id") REFERENCES "public"."assessments"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence_links" ADD CONSTRAINT "evidence_links_linked_by_users_id_fk" FOREIGN KEY ("linked_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence_links" ADD CONSTRAINT "evidence_links_removed_by_users_id_fk" FOREIGN KEY ("removed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence_links" ADD CONSTRAINT "evidence_links_evidence_id_organisation_id_evidence_id_organisation_id_fk" FOREIGN KEY ("evidence_id","organisation_id") REFERENCES "public"."evidence"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence_links" ADD CONSTRAINT "evidence_links_assessment_id_organisation_id_assessments_id_organisation_id_fk" FOREIGN KEY ("assessment_id","organisation_id") REFERENCES "public"."assessments"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "submission_evidence" ADD CONSTRAINT "submission_evidence_submission_id_organisation_id_submissions_id_organisation_id_fk" FOREIGN KEY ("submission_id","organisation_id") REFERENCES "public"."submissions"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "submission_evidence" ADD CONSTRAINT "submission_evidence_evidence_id_organisation_id_evidence_id_organisation_id_fk" FOREIGN KEY ("evidence_id","organisation_id") REFERENCES "public"."evidence"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_invited_by_users_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_membership_id_memberships_id_fk" FOREIGN KEY ("membership_id") REFERENCES "public"."memberships"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publication_sections" ADD CONSTRAINT "publication_sections_publication_id_organisation_id_publications_id_organisation_id_fk" FOREIGN KEY ("publication_id","organisation_id") REFERENCES "public"."publications"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publications" ADD CONSTRAINT "publications_round_id_rounds_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."rounds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publications" ADD CONSTRAINT "publications_assessment_id_organisation_id_assessments_id_organisation_id_fk" FOREIGN KEY ("assessment_id","organisation_id") REFERENCES "public"."assessments"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "release_figures" ADD CONSTRAINT "release_figures_release_id_releases_id_fk" FOREIGN KEY ("release_id") REFERENCES "public"."releases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "release_inclusions" ADD CONSTRAINT "release_inclusions_release_id_releases_id_fk" FOREIGN KEY ("release_id") REFERENCES "public"."releases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "release_inclusions" ADD CONSTRAINT "release_inclusions_publication_id_publications_id_fk" FOREIGN KEY ("publication_id") REFERENCES "public"."publications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "releases" ADD CONSTRAINT "releases_round_id_rounds_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."rounds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "releases" ADD CONSTRAINT "releases_made_by_users_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_assigned_by_users_id_fk" FOREIGN KEY ("assigned_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_ended_by_users_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_assessment_id_organisation_id_assessments_id_organisation_id_fk" FOREIGN KEY ("assessment_id","organisation_id") REFERENCES "public"."assessments"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conflicts_of_interest" ADD CONSTRAINT "conflicts_of_interest_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conflicts_of_interest" ADD CONSTRAINT "conflicts_of_interest_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "determinations" ADD CONSTRAINT "determinations_determined_by_users_id_fk" FOREIGN KEY ("determined_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "determinations" ADD CONSTRAINT "determinations_assessment_id_organisation_id_assessments_id_organisation_id_fk" FOREIGN KEY ("assessment_id","organisation_id") REFERENCES "public"."assessments"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_assessment_id_organisation_id_assessments_id_organisation_id_fk" FOREIGN KEY ("assessment_id","organisation_id") REFERENCES "public"."assessments"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transitions" ADD CONSTRAINT "transitions_taken_by_users_id_fk" FOREIGN KEY ("taken_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transitions" ADD CONSTRAINT "transitions_assessment_id_organisation_id_assessments_id_organisation_id_fk" FOREIGN KEY ("assessment_id","organisation_id") REFERENCES "public"."assessments"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verdicts" ADD CONSTRAINT "verdicts_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verdicts" ADD CONSTRAINT "verdicts_submission_id_organisation_id_submissions_id_organisation_id_fk" FOREIGN KEY ("submission_id","organisation_id") REFERENCES "public"."submissions"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verdicts" ADD CONSTRAINT "verdicts_assessment_id_organisation_id_assessments_id_organisation_id_fk" FOREIGN KEY ("assessment_id","organisation_id") REFERENCES "public"."assessments"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "framework_versions" ADD CONSTRAINT "framework_versions_imported_by_users_id_fk" FOREIGN KEY ("imported_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "round_reviewers" ADD CONSTRAINT "round_reviewers_round_id_rounds_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."rounds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "round_reviewers" ADD CONSTRAINT "round_reviewers_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rounds" ADD CONSTRAINT "rounds_framework_ref_framework_versions_ref_fk" FOREIGN KEY ("framework_ref") REFERENCES "public"."framework_versions"("ref") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rounds" ADD CONSTRAINT "rounds_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "assessments_participant" ON "assessments" USING btree ("round_id","organisation_id");--> statement-breakpoint
CREATE INDEX "assessments_organisation" ON "assessments" USING btree ("organisation_id");--> statement-breakpoint
CREATE INDEX "assessments_queue" ON "assessments" USING btree ("round_id","state","deadline_at","id");--> statement-breakpoint
CREATE INDEX "outside_results_latest" ON "outside_results" USING btree ("assessment_id","criterion_key","imported_at");--> statement-breakpoint
CREATE INDEX "audit_events_at" ON "audit_events" USING btree ("at");--> statement-breakpoint
CREATE INDEX "evidence_assessment" ON "evidence" USING btree ("assessment_id");--> statement-breakpoint
CREATE INDEX "evidence_links_assessment" ON "evidence_links" USING btree ("assessment_id","criterion_key");--> statement-breakpoint
CREATE INDEX "submission_evidence_evidence" ON "submission_evidence" USING btree ("evidence_id");--> statement-breakpoint
CREATE INDEX "invitations_organisation" ON "invitations" USING btree ("organisation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "memberships_active" ON "memberships" USING btree ("user_id","organisation_id") WHERE "memberships"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "memberships_organisation" ON "memberships" USING btree ("organisation_id");--> statement-breakpoint
CREATE INDEX "sessions_membership" ON "sessions" USING btree ("membership_id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email_unique" ON "users" USING btree (lower("email"));--> statement-breakpoint
CREATE INDEX "publications_organisation" ON "publications" USING btree ("organisation_id","published_at");--> statement-breakpoint
CREATE INDEX "publications_round" ON "publications" USING btree ("round_id");--> statement-breakpoint
CREATE INDEX "publications_newest" ON "publications" USING btree ("published_at","id") WHERE "publications"."replaced_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "assignments_active" ON "assignments" USING btree ("assessment_id","user_id") WHERE "assignments"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "assignments_user" ON "assignments" USING btree ("user_id") WHERE "assignments"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "notices_assessment" ON "notices" USING btree ("assessment_id","sent_at");--> statement-breakpoint
CREATE INDEX "transitions_assessment" ON "transitions" USING btree ("assessment_id","taken_at");--> statement-breakpoint
CREATE UNIQUE INDEX "rounds_name" ON "rounds" USING btree ("framework_ref","name");