-- The roles of the cluster, made once by its administrator before the first migration. Safe to repeat.
-- trede_owner owns the tables and migrates; trede_app is the login of the application and owns nothing.
-- The five others have no login: each transaction of the application takes on one of them.
do $$
declare
  name text;
begin
  foreach name in array array['trede_insurer', 'trede_supervisor', 'trede_administrator', 'trede_system',
    'trede_visitor'] loop
    if not exists (select from pg_roles where rolname = name) then
      execute format('create role %I nologin nosuperuser nobypassrls', name);
    end if;
  end loop;
  foreach name in array array['trede_owner', 'trede_app'] loop
    if not exists (select from pg_roles where rolname = name) then
      execute format('create role %I login noinherit nosuperuser nobypassrls', name);
    end if;
  end loop;
end
$$;
grant trede_insurer, trede_supervisor, trede_administrator, trede_system, trede_visitor to trede_app
  with inherit false, set true;
