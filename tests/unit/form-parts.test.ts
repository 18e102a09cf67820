import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { TextArea, TextField } from '../../components/ui/field.tsx';
import { RadioGroup } from '../../components/ui/radio-group.tsx';
import { type SaveState, SaveStatus } from '../../components/ui/save-status.tsx';

const options = [
  { value: 'met', label: 'Ja' },
  { value: 'partly', label: 'Deels' },
];

/** The value of an attribute on the first element with that tag. */
function attribute(html: string, tag: string, name: string): string | undefined {
  const element = html.match(new RegExp(`<${tag}\\b[^>]*>`))?.[0] ?? '';
  return element.match(new RegExp(`\\s${name}="([^"]*)"`))?.[1];
}

describe('a form drawn on the server', () => {
  it('holds what was saved, so that a post without script does not erase it', () => {
    expect(
      attribute(
        renderToStaticMarkup(createElement(TextField, { name: 'title', label: 'Titel', defaultValue: 'Proef' })),
        'input',
        'value',
      ),
    ).toBe('Proef');
    expect(
      renderToStaticMarkup(createElement(TextArea, { name: 'why', label: 'Reden', defaultValue: 'Omdat' })),
    ).toContain('>Omdat</textarea>');
    const radios = renderToStaticMarkup(
      createElement(RadioGroup, { name: 'response', legend: 'Vraag', options, defaultValue: 'partly' }),
    );
    expect(radios).toMatch(/<input[^>]*checked=""[^>]*value="partly"|<input[^>]*value="partly"[^>]*checked=""/);
    expect(radios.match(/checked=""/g)).toHaveLength(1);
  });

  it('names hint, error and status of a field to assistive technology, and marks it as wrong', () => {
    const html = renderToStaticMarkup(
      createElement(TextArea, {
        name: 'why',
        label: 'Reden',
        hint: 'Kort',
        error: 'Leg uit waarom',
        describedBy: 'saved',
      }),
    );
    expect(attribute(html, 'label', 'for')).toBe('why');
    expect(attribute(html, 'textarea', 'id')).toBe('why');
    expect(attribute(html, 'textarea', 'aria-invalid')).toBe('true');
    const ids = attribute(html, 'textarea', 'aria-describedby')?.split(' ');
    expect(ids).toEqual(['why-hint', 'why-error', 'saved']);
    for (const id of ['why-hint', 'why-error']) expect(html).toContain(`id="${id}"`);
  });

  it('says nothing about errors when there are none', () => {
    const html = renderToStaticMarkup(createElement(TextField, { name: 'kind', label: 'Soort' }));
    expect(html).not.toContain('aria-invalid');
    expect(html).not.toContain('aria-describedby');
  });

  it('lets an error summary jump to the first choice of a group', () => {
    const html = renderToStaticMarkup(
      createElement(RadioGroup, { name: 'response', legend: 'Vraag', options, error: 'Kies een antwoord' }),
    );
    expect(attribute(html, 'input', 'id')).toBe('response');
    expect(attribute(html, 'fieldset', 'aria-describedby')).toBe('response-error');
  });
});

describe('what is said of saving', () => {
  it('offers to try again wherever something is not saved', () => {
    const offered = (state: SaveState) =>
      renderToStaticMarkup(createElement(SaveStatus, { state, retry: 'Probeer opnieuw' })).includes('Probeer');
    const states = ['idle', 'saving', 'saved', 'failed', 'offline'] as const;
    expect(states.filter(offered)).toEqual(['failed', 'offline']);
  });
});
