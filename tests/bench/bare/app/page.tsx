import { saveAction } from './actions.ts';

/** The least that Next can send: what any page and any saved form cost before a product is in them. */
export default function BarePage() {
  return (
    <form action={saveAction}>
      <input name="id" />
      <textarea name="text" />
      <button type="submit">Save</button>
    </form>
  );
}
