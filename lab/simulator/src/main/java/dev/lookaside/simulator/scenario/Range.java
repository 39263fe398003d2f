package dev.lookaside.simulator.scenario;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/** A number, or one drawn uniformly from {@code [from, to]}. */
public record Range(double from, double to) {
  static final Range ONE = new Range(1, 1);

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Range of(JsonNode node) {
    if (node.isNumber()) {
      return new Range(node.doubleValue(), node.doubleValue());
    }
    boolean isPair =
        node.isArray() && node.size() == 2 && node.get(0).isNumber() && node.get(1).isNumber();
    Limits.require(isPair, "range", node, "a number or [from, to]");
    return new Range(node.get(0).doubleValue(), node.get(1).doubleValue());
  }

  public double sample(RandomGenerator random) {
    return from == to ? from : from + random.nextDouble() * (to - from);
  }

  void requireWithin(String name, double min, double max) {
    Limits.within(name, from, min, max);
    Limits.within(name, to, from, max);
  }
}
