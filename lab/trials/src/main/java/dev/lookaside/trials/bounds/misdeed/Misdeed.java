package dev.lookaside.trials.bounds.misdeed;

/** What a bad peer does. It goes on until the time is over, and keeps until then what it took. */
@FunctionalInterface
public interface Misdeed {
  void commit(Target target, Told told, Deadline end) throws Exception;
}
