import Link from 'next/link';
import type { ReactNode } from 'react';

export type Task = {
  /** The numeral of a section; empty for a task that is none. */
  sign?: ReactNode;
  href: string;
  name: ReactNode;
  about?: ReactNode;
  who?: ReactNode;
  progress?: ReactNode;
  score?: ReactNode;
  /** One or more tags. */
  status: ReactNode;
};

type TaskListProps = {
  /** The names of the columns, in the order task, who, progress, score, status; seen only where the columns are. */
  columns: readonly [string, string, string, string, string];
  tasks: readonly Task[];
};

/** What there is to do, one row per task; the whole row leads to it. On a phone each row becomes a few lines. */
export function TaskList({ columns, tasks }: TaskListProps) {
  return (
    <>
      <p className="task-columns meta" aria-hidden="true">
        <span />
        {columns.map((column) => (
          <span key={column}>{column}</span>
        ))}
      </p>
      <ol className="tasks">
        {tasks.map((task) => (
          <li key={task.href} className="task">
            <span className="sign">{task.sign}</span>
            <div className="what">
              <h3>
                <Link href={task.href} prefetch={false}>
                  {task.name}
                </Link>
              </h3>
              {task.about && <p className="meta">{task.about}</p>}
            </div>
            <div className="crew meta">{task.who}</div>
            <div className="prog">{task.progress}</div>
            <div className="sc">{task.score}</div>
            <div className="stat">{task.status}</div>
          </li>
        ))}
      </ol>
    </>
  );
}
