package dev.lookaside.core.policy;

import dev.lookaside.core.check.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Picks by one of several policies, each for its share of the picks, such as {@code ll:0.9,rr:0.1}:
 * to see what another policy does to real calls before all of them get it.
 *
 * <p>The parts see the same candidates, loads and ceilings, and each what the others dispatch.
 */
final class Blend implements Policy {
  private static final int MOST_PARTS = 4;
  private static final double ROUNDING = 1e-9;
  private static final String FORM =
      "names with shares that add up to 1, such as ll:0.9,rr:0.1; names are one of ";

  /** One policy and its share of the picks. */
  record Part(Policy policy, double share) {}

  private final String name;
  private final List<Part> parts;
  private final RandomGenerator random;

  private Blend(String name, List<Part> parts, RandomGenerator random) {
    this.name = name;
    this.parts = List.copyOf(parts);
    this.random = random;
  }

  static boolean isOne(String name) {
    return name.indexOf(':') >= 0;
  }

  /** Throws {@link IllegalArgumentException} unless it is one that can be made. */
  static void require(String property, String name) {
    Set<String> names = new HashSet<>();
    double sum = 0;
    for (String part : name.split(",", -1)) {
      String[] nameAndShare = part.split(":", -1);
      boolean isPart =
          nameAndShare.length == 2
              && Policies.names().contains(nameAndShare[0])
              && nameAndShare[1].matches("[01](\\.\\d{1,6})?")
              && Double.parseDouble(nameAndShare[1]) > 0
              && names.add(nameAndShare[0]);
      Require.that(isPart, property, name, FORM + String.join(", ", Policies.names()));
      sum += Double.parseDouble(nameAndShare[1]);
    }
    Require.that(
        Math.abs(sum - 1) < ROUNDING && names.size() <= MOST_PARTS,
        property,
        name,
        FORM + String.join(", ", Policies.names()) + "; at most " + MOST_PARTS + ", together 1");
  }

  /** Of its parts. */
  static List<String> names(String name) {
    return Arrays.stream(name.split(",", -1))
        .map(part -> part.substring(0, Math.max(0, part.indexOf(':'))))
        .toList();
  }

  static Blend of(String name, Policies policies, RandomGenerator random) {
    require("policy", name);
    List<Part> parts = new ArrayList<>();
    for (String part : name.split(",", -1)) {
      int colon = part.indexOf(':');
      parts.add(
          new Part(
              policies.create(part.substring(0, colon)),
              Double.parseDouble(part.substring(colon + 1))));
    }
    return new Blend(name, parts, random);
  }

  @Override
  public String name() {
    return name;
  }

  /** As the greatest part spreads. */
  @Override
  public Spread spread() {
    Part greatest = parts.get(0);
    for (Part part : parts) {
      greatest = part.share > greatest.share ? part : greatest;
    }
    return greatest.policy.spread();
  }

  @Override
  public Policy fresh() {
    return new Blend(
        name,
        parts.stream().map(part -> new Part(part.policy.fresh(), part.share)).toList(),
        random);
  }

  @Override
  public Picker newPicker(Candidates candidates) {
    return new BlendPicker(parts, candidates, random);
  }

  private static final class BlendPicker implements Picker {
    private final List<Part> parts;
    private final RandomGenerator random;
    private final Picker[] pickers;
    private final double[] upTo;

    BlendPicker(List<Part> parts, Candidates candidates, RandomGenerator random) {
      this.parts = parts;
      this.random = random;
      this.pickers =
          parts.stream()
              .map(part ->
                  part.policy.newPicker(
                      candidates.yielding(picked -> Branched.of(picked, part.policy.name()))))
              .toArray(Picker[]::new);
      this.upTo = new double[pickers.length];
      double sum = 0;
      for (int i = 0; i < upTo.length; i++) {
        sum += parts.get(i).share;
        upTo[i] = sum;
      }
    }

    private int part(double chance) {
      for (int i = 0; i < upTo.length - 1; i++) {
        if (chance < upTo[i]) {
          return i;
        }
      }
      return upTo.length - 1;
    }

    @Override
    public PickResult pick(PickArgs request) {
      return pickers[part(random.nextDouble())].pick(request);
    }

    @Override
    public Explained explain(PickArgs request, long seed) {
      // The upper 53 bits of a mixed seed, as a number from 0 to below 1.
      int part = part((Mix.of(seed, -1) >>> 11) * 0x1p-53);
      Explained explained = pickers[part].explain(request, seed);
      Part chosen = parts.get(part);
      String policy = chosen.policy.name();
      return explained
          .because("of the blend " + policy + " (" + chosen.share + "): " + explained.rule())
          .ranked(
              explained.ranking().stream()
                  .map(one -> new RankedEndpoint(one.endpoint(), policy + ": " + one.reason()))
                  .toList());
    }
  }
}
