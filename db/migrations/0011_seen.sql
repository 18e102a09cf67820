-- When a colleague was last here: of the sessions of its own people an insurer reads this and nothing else. A token's
-- hash, when somebody signed in and when they signed out stay out of its reach.
create policy insurer on sessions for select to trede_insurer
  using (membership_id in (select id from memberships));
grant select (membership_id, last_seen_at) on sessions to trede_insurer;
--> statement-breakpoint

-- Who answers the last question that it asked more time for needs none any more: an insurer ends what it asked itself.
-- Whether it was granted is not its to write.
grant update (answered_at) on extension_requests to trede_insurer;
