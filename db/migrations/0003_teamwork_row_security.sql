-- Grants and row security of what an insurer's team works with. One policy a role; what is not granted is refused.
do $$
declare
  own constant text := 'organisation_id = nullif(current_setting(''trede.organisation'', true), '''')::uuid';
  name text;
begin
  foreach name in array array['delegations', 'notes', 'note_mentions', 'presences', 'extension_requests', 'uploads'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy insurer on %I to trede_insurer using (%s) with check (%s)', name, own, own);
  end loop;
  -- A coordinator invites colleagues; a signatory is made by the administrator alone.
  execute format('create policy insurer on invitations to trede_insurer using (%s) with check (%s and not %L = any(roles))',
    own, own, 'signatory');
end
$$;
--> statement-breakpoint

grant select, insert on delegations, notes, note_mentions, presences, extension_requests, uploads to trede_insurer;
grant update (ended_at, ended_by) on delegations to trede_insurer;
grant update (resolved_at, resolved_by) on notes to trede_insurer;
grant update (seen_at) on note_mentions to trede_insurer;
grant update (criterion_key, editing, seen_at), delete on presences to trede_insurer;
grant delete on uploads to trede_insurer;
grant update (taken_over_from) on answers to trede_insurer;
grant update (effective_on) on evidence to trede_insurer;
-- The hash of a link's token is read by the system alone.
grant insert, update (revoked_at), select (id, organisation_id, email, name, roles, section_keys, invited_at, invited_by,
  expires_at, used_at, revoked_at) on invitations to trede_insurer;
grant update (roles, section_keys, ended_at) on memberships to trede_insurer;
--> statement-breakpoint

-- The supervisor answers what an insurer asks for, and sees nothing else of the team's work.
create policy supervisor on extension_requests to trede_supervisor using (true) with check (true);
grant select, update (answered_at, granted) on extension_requests to trede_supervisor;
--> statement-breakpoint

-- The platform itself: it records what the scanner found, and clears away what was broken off or left behind.
create policy system on evidence to trede_system using (true) with check (true);
create policy system on uploads to trede_system using (true) with check (true);
create policy system on presences to trede_system using (true) with check (true);
grant select, update (scan_result, scanned_by, storage_key) on evidence to trede_system;
grant select, delete on uploads to trede_system;
grant select, update (seen_at), delete on presences to trede_system;
--> statement-breakpoint

-- The second lock on a rule of roles: whoever acts for an insurer neither makes nor unmakes a signatory.
create function keep_signatory() returns trigger language plpgsql as $$
begin
  if current_user = 'trede_insurer' and ('signatory' = any(old.roles) or 'signatory' = any(new.roles))
    and (('signatory' = any(old.roles)) <> ('signatory' = any(new.roles)) or new.ended_at is distinct from old.ended_at) then
    raise exception 'a signatory is made and unmade by the administrator' using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;
create trigger keep_signatory before update on memberships for each row execute function keep_signatory();
