package dev.lookaside.simulator.strategy;

/**
 * Turns in proportion to weights, spread as evenly as can be: each pick adds every weight to its
 * server's credit, takes the server with the most, and takes the sum of the weights off it (nginx,
 * commit 52327e0627f4, 2012). Over a cycle of whole weights each server gets exactly its weight.
 */
final class SmoothWeights {
  private final double[] weights;
  private final double[] credits;

  SmoothWeights(int servers) {
    this.weights = new double[servers];
    this.credits = new double[servers];
  }

  void weight(int server, double weight) {
    weights[server] = weight;
  }

  double weight(int server) {
    return weights[server];
  }

  /** The next of those known to be there, none that has failed the request unless all have. */
  int next(KnownMembers members, KnownMembers.Wanted wanted) {
    double sum = 0;
    int best = Strategy.NONE;
    for (int place = 0; place < members.count(); place++) {
      if (wanted.at(place)) {
        int server = members.at(place);
        credits[server] += weights[server];
        sum += weights[server];
        if (best == Strategy.NONE || credits[server] > credits[best]) {
          best = server;
        }
      }
    }
    if (best != Strategy.NONE) {
      credits[best] -= sum;
    }
    return best;
  }
}
