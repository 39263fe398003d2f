package dev.lookaside.core.policy;

import java.util.Map;

/**
 * The first endpoint in order of id; the next one while it is away; the first again when it
 * returns.
 */
final class PickFirst implements Policy {
  static final String NAME = "first";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Spread spread() {
    return Spread.ONE;
  }

  @Override
  public Policy fresh() {
    return new PickFirst();
  }

  @Override
  public Picker newPicker(Candidates candidates) {
    return new FirstPicker(candidates);
  }

  private record FirstPicker(Candidates candidates) implements Picker {

    @Override
    public PickResult pick(PickArgs request) {
      return candidates.pickFrom(0, request);
    }

    @Override
    public Explained explain(PickArgs request, long seed) {
      return Explained.of(
          Moment.of(Rule.FIRST, seed, request, Map.of(), candidates, i -> Map.of()),
          candidates.rotation(0, request, "in order of id: place"),
          "the first open endpoint in order of id",
          candidates::pick);
    }
  }
}
