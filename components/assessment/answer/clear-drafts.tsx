'use client';

import { useEffect } from 'react';
import { dropAllDrafts, signOutMark, thisDevice } from './draft-store.ts';

/** Stands on the page that follows signing out: nothing that was typed stays on the device, nor in its other windows. */
export function ClearDrafts() {
  useEffect(() => {
    const device = thisDevice();
    dropAllDrafts(device);
    try {
      device?.setItem(signOutMark, String(Date.now()));
      device?.removeItem(signOutMark);
    } catch {
      // A device that keeps nothing has no other window to tell.
    }
  }, []);
  return null;
}
