-- Who reads open data has no account, and gets a role that sees that text alone: not even a session, which the role of the
-- platform has to. That role keeps its sight of it, for the version that serves while this runs.
grant usage on schema public to trede_visitor;
create policy visitor on open_data for select to trede_visitor using (withdrawn_at is null);
grant select (release_id, content, sha256, opened_at, withdrawn_at) on open_data to trede_visitor;
