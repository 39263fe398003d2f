package dev.lookaside.trials.bounds;

/**
 * What one row came to.
 *
 * @param told what the bad peer was told
 * @param calm what the well-behaved peer saw before
 * @param trouble and meanwhile
 * @param lost how many of its calls failed, the time after included
 * @param cores how many the victim used meanwhile
 * @param logKib what it wrote into its log
 * @param seen what else was seen
 */
record Result(
    Row row,
    String told,
    Measured calm,
    Measured trouble,
    long lost,
    Memory memory,
    double cores,
    long logKib,
    boolean isAlive,
    String seen) {

  /** RSS in MiB. */
  record Memory(long before, long peak, long after) {}

  double ratio() {
    return trouble.p99Millis() / calm.p99Millis();
  }

  static String header() {
    return """
    | a peer does | once | now: it is told | the others' p99, before → meanwhile | lost | \
    RSS MiB before, peak, after | cores, log | alive | also |
    |---|---|---|---|---:|---|---|---|---|\
    """;
  }

  String line() {
    return "| %s | %s | %s | %.1f → %.1f ms (%.1f ×) | %d of %,d | %d, %d, %d | %.2f, %d KiB | %s | %s |"
        .formatted(
            row.does(),
            row.before(),
            told.replace("|", "/"),
            calm.p99Millis(),
            trouble.p99Millis(),
            ratio(),
            lost,
            trouble.done() + trouble.failed(),
            memory.before(),
            memory.peak(),
            memory.after(),
            cores,
            logKib,
            isAlive ? "yes" : "**no**",
            seen);
  }
}
