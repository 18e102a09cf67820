import type postgres from 'postgres';

type Column = { name: string; type: string; kind: string; label: string | null };

/**
 * Writes a row with something in every column that asks for it, whatever the table: foreign keys and triggers are off,
 * so that a test about who may see a row needs nothing around it. Only for the administrator of the cluster.
 */
export async function plantRow(superuser: postgres.Sql, table: string, given: Record<string, unknown> = {}) {
  const row = await anyRow(superuser, table, given);
  await superuser.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`insert into ${tx(table)} ${tx(row as Record<string, string>)}`;
  });
  return row;
}

/** The row that `plantRow` writes. */
export async function anyRow(superuser: postgres.Sql, table: string, given: Record<string, unknown> = {}) {
  const columns = await superuser<Column[]>`
    select attname as name, format_type(atttypid, null) as type, typtype as kind,
      (select enumlabel from pg_enum where enumtypid = coalesce(nullif(typelem, 0), pg_type.oid)
        order by enumsortorder limit 1) as label
    from pg_attribute join pg_type on pg_type.oid = atttypid
    where attrelid = ${table}::regclass and attnum > 0 and not attisdropped and attnotnull and not atthasdef`;
  const made = columns
    .filter(({ name }) => !(name in given))
    .map(({ name, type, label }) => [name, valueFor(type, label)] as const);
  return { ...Object.fromEntries(made), ...given };
}

function valueFor(type: string, label: string | null): unknown {
  if (type.endsWith('[]')) return label ? [label] : [];
  if (label !== null) return label;
  if (type === 'uuid') return crypto.randomUUID();
  if (type === 'text') return crypto.randomUUID();
  if (type === 'smallint' || type === 'integer' || type === 'bigint') return 1;
  if (type === 'boolean') return true;
  if (type === 'date') return '2026-11-22';
  if (type.startsWith('timestamp')) return new Date('2026-11-22T10:00:00Z');
  if (type === 'bytea') return Buffer.from(crypto.randomUUID());
  if (type === 'jsonb') return {};
  throw new Error(`no value for a column of type ${type}`);
}
