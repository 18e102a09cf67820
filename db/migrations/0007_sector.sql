CREATE TABLE "open_data" (
	"id" uuid PRIMARY KEY NOT NULL,
	"release_id" uuid NOT NULL,
	"content" text NOT NULL,
	"sha256" "bytea" NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"opened_by" uuid NOT NULL,
	"withdrawn_at" timestamp (3) with time zone,
	"withdrawn_by" uuid,
	"withdrawn_reason" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "release_claims" (
	"release_id" uuid NOT NULL,
	"section_key" text NOT NULL,
	"insurers" integer NOT NULL,
	"own_numerator" bigint NOT NULL,
	"own_denominator" bigint NOT NULL,
	"lower" integer NOT NULL,
	"equal" integer NOT NULL,
	"higher" integer NOT NULL,
	CONSTRAINT "release_claims_release_id_section_key_pk" PRIMARY KEY("release_id","section_key")
);
--> statement-breakpoint
CREATE TABLE "release_criteria" (
	"release_id" uuid NOT NULL,
	"criterion_key" text NOT NULL,
	"insurers" integer NOT NULL,
	"met" integer NOT NULL,
	"partly" integer NOT NULL,
	"not_met" integer NOT NULL,
	"claimed_met" integer NOT NULL,
	"changed" integer NOT NULL,
	"missing" integer NOT NULL,
	CONSTRAINT "release_criteria_release_id_criterion_key_pk" PRIMARY KEY("release_id","criterion_key")
);
--> statement-breakpoint
ALTER TABLE "release_figures" ADD COLUMN "computed_in" integer;--> statement-breakpoint
ALTER TABLE "open_data" ADD CONSTRAINT "open_data_release_id_releases_id_fk" FOREIGN KEY ("release_id") REFERENCES "public"."releases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "open_data" ADD CONSTRAINT "open_data_opened_by_users_id_fk" FOREIGN KEY ("opened_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "open_data" ADD CONSTRAINT "open_data_withdrawn_by_users_id_fk" FOREIGN KEY ("withdrawn_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "release_claims" ADD CONSTRAINT "release_claims_release_id_releases_id_fk" FOREIGN KEY ("release_id") REFERENCES "public"."releases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "release_criteria" ADD CONSTRAINT "release_criteria_release_id_releases_id_fk" FOREIGN KEY ("release_id") REFERENCES "public"."releases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "open_data_release" ON "open_data" USING btree ("release_id") WHERE "open_data"."withdrawn_at" is null;--> statement-breakpoint

-- What the sector claimed, and how it stands per criterion, is for the supervisor alone. What is made public is read by the
-- role of the platform: nobody who asks for it is known, and that role sees nothing else of a release.
alter table release_claims enable row level security;
alter table release_claims force row level security;
alter table release_criteria enable row level security;
alter table release_criteria force row level security;
alter table open_data enable row level security;
alter table open_data force row level security;
create policy supervisor on release_claims to trede_supervisor using (true) with check (true);
create policy supervisor on release_criteria to trede_supervisor using (true) with check (true);
create policy supervisor on open_data to trede_supervisor using (true) with check (true);
create policy system on open_data for select to trede_system using (withdrawn_at is null);
grant select, insert on release_claims, release_criteria, open_data to trede_supervisor;
grant update (withdrawn_at, withdrawn_by, withdrawn_reason) on open_data to trede_supervisor;
grant select on open_data to trede_system;
