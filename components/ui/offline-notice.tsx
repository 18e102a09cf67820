'use client';

import { type ReactNode, useSyncExternalStore } from 'react';
import { Notice } from './notice.tsx';

/** Says, while there is no connection, what happens to what is typed. The status is there from the start, so it is heard. */
export function OfflineNotice({ title, children }: { title: ReactNode; children: ReactNode }) {
  const online = useSyncExternalStore(subscribe, isOnline, assumeOnline);
  return (
    <div role="status">
      {!online && (
        <Notice kind="attention" title={title}>
          {children}
        </Notice>
      )}
    </div>
  );
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('online', changed);
  window.addEventListener('offline', changed);
  return () => {
    window.removeEventListener('online', changed);
    window.removeEventListener('offline', changed);
  };
}

function isOnline(): boolean {
  return navigator.onLine;
}

function assumeOnline(): boolean {
  return true;
}
