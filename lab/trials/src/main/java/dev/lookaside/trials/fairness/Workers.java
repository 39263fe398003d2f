package dev.lookaside.trials.fairness;

/** What state the workers are in when a run begins. */
enum Workers {
  WARM(
      "Each run is after so long a warm-up that is not counted; the workers serve on from run to run."),
  COLD("The workers are started anew for each run, which counts from the first call.");

  private final String words;

  Workers(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
