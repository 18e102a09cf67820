import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { kindOf } from './doors.ts';

/** Milliseconds. */
export type Limits = {
  /** For the headers of a request, which the server itself looks at every half minute. */
  headers: number;
  /** For a body that is no file, from the headers to its last byte. */
  body: number;
  /** In which something of a file has to come in; as a whole it may take as long as a line is slow. */
  stillness: number;
};

/**
 * Ends a connection whose request does not arrive: it holds a place of `admission`, and whoever sends slowly on purpose
 * could hold them all.
 */
export function patience({ headers, body, stillness }: Limits) {
  return {
    /** Readies a server, before it takes connections. Node would cut off any request after five minutes, files too. */
    ready(server: Server) {
      server.headersTimeout = headers;
      server.requestTimeout = 0;
    },
    watch(kind: ReturnType<typeof kindOf>, request: IncomingMessage, response: ServerResponse) {
      const { socket } = request;
      let read = socket.bytesRead;
      const look = () => {
        if (request.complete) return clearInterval(timer);
        const moves = kind === 'file' && socket.bytesRead > read;
        read = socket.bytesRead;
        if (!moves) socket.destroy();
      };
      const timer = setInterval(look, kind === 'file' ? stillness : body);
      timer.unref();
      response.once('close', () => clearInterval(timer));
    },
  };
}
