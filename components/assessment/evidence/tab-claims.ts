/** Gives a file back to the other tabs. */
export type Release = () => void;

const tabLock = (id: string) => `trede:upload:${id}`;

/** Holds a file against the other tabs of this browser until it is given back or the tab ends; null when one has it. */
export function claimFile(id: string): Promise<Release | null> {
  const { locks } = navigator;
  // Where a browser knows no locks, the server sees to it that two tabs take turns.
  if (!locks) return Promise.resolve(() => {});
  return new Promise((resolve) => {
    void locks.request(tabLock(id), { ifAvailable: true }, (lock) => {
      if (!lock) return resolve(null);
      return new Promise<void>((release) => resolve(release));
    });
  });
}

/** Waits until no other tab has the file. */
export const fileIsFree = (id: string) => navigator.locks.request(tabLock(id), () => {});
