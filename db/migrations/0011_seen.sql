-- When a colleague was last here: of the sessions of its own people an insurer reads this and nothing else. A token's
-- hash, when somebody signed in and when they signed out stay out of its reach.
create policy insurer on sessions for select to trede_insurer
  using (membership_id in (select id from memberships));
grant select (membership_id, last_seen_at) on sessions to trede_insurer;
