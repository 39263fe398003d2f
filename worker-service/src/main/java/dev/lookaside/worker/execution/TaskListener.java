package dev.lookaside.worker.execution;

/** Hears of every request's end, on the thread that ends it. */
@FunctionalInterface
public interface TaskListener {

  /**
   * One request has ended.
   *
   * @param task a name from the catalog, or {@code unknown}: callers cannot make up more
   */
  void ended(String task, Outcome outcome);
}
