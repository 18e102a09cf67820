'use client';

import { useEffect } from 'react';
import { dropAllDrafts, thisDevice } from './draft-store.ts';

/** Stands on the page that follows signing out: nothing that was typed stays on the device. */
export function ClearDrafts() {
  useEffect(() => dropAllDrafts(thisDevice()), []);
  return null;
}
