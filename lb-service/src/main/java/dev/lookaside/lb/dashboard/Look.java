package dev.lookaside.lb.dashboard;

/** A look at everything, again and again; it may remember what it saw before. */
@FunctionalInterface
interface Look {
  DashboardState read(long nowNanos);
}
