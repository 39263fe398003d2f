package dev.lookaside.registry.watch;

/** Whether etcd's past is still the one that was seen. */
enum History {
  CONTINUOUS,
  /** A wipe, a restore, or another cluster behind the same address. */
  REWRITTEN
}
