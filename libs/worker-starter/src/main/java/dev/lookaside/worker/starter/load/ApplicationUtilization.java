package dev.lookaside.worker.starter.load;

/**
 * How full the application is: the share of its capacity in use, above 1 when work waits.
 *
 * <p>Without such a bean, it is the calls in flight as a share of {@code worker.capacity}. Declare
 * one if something else limits your service: a pool, a queue, connections to a database.
 */
@FunctionalInterface
public interface ApplicationUtilization {

  /** The share now, 0 or more. Called for each load report on the thread that sends it. */
  double now();
}
