import './supervisor.css';
import type { ReactNode } from 'react';

/** Brings the styles of the supervisor's pages; each page draws its own frame. */
export default function SupervisorLayout({ children }: { children: ReactNode }) {
  return children;
}
