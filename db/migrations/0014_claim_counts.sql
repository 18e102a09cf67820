ALTER TABLE "verdicts" ADD COLUMN "claim_draw_id" uuid;--> statement-breakpoint
ALTER TABLE "verdicts" ADD COLUMN "claim_counts" jsonb;--> statement-breakpoint
ALTER TABLE "verdicts" ADD CONSTRAINT "verdicts_claim_draw_id_organisation_id_claim_draws_id_organisation_id_fk" FOREIGN KEY ("claim_draw_id","organisation_id") REFERENCES "public"."claim_draws"("id","organisation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verdicts" ADD CONSTRAINT "verdicts_claims" CHECK ((claim_draw_id is null) = (claim_counts is null) and (claim_counts is null or coalesce(
  criterion_key is not null and response is not null
  and (claim_counts ->> 'conform')::int + (claim_counts ->> 'notConform')::int
    + (claim_counts ->> 'undeterminable')::int + (claim_counts ->> 'open')::int = (claim_counts ->> 'drawn')::int, false)));