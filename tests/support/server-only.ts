// vitest resolves 'server-only' to this empty module: the guard is Next's, at build time.
export {};
