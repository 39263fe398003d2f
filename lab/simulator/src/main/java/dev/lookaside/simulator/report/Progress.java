package dev.lookaside.simulator.report;

/** Follows a campaign; told from several threads. */
public interface Progress {

  /** So many more requests have been simulated. */
  void advanced(double requests);

  /** A run has ended. */
  void ran(String strategy, long requests, long cpuNanos);
}
