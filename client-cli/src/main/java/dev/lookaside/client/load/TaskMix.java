package dev.lookaside.client.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Tasks with weights, drawn at random: a fixed order would fall in step with a balancer that
 * rotates, and give one worker all of the heavy ones.
 */
public final class TaskMix {
  private static final String EXPECTED =
      " (expected: tasks with weights, such as \"sleep 0.05:80,sum-up 1000000:20\")";
  private static final int HIGHEST_WEIGHT = 1_000_000;

  private final List<String> tasks;
  private final long[] cumulative;

  private TaskMix(Map<String, Integer> weights) {
    tasks = List.copyOf(weights.keySet());
    cumulative = new long[tasks.size()];
    long sum = 0;
    int i = 0;
    for (int weight : weights.values()) {
      sum += weight;
      cumulative[i++] = sum;
    }
  }

  /** Reads {@code task[:weight],…}; a weight is a whole number from 1, and 1 if it is missing. */
  public static TaskMix parse(String text) {
    Map<String, Integer> weights = new LinkedHashMap<>();
    for (String entry : text.split(",", -1)) {
      int colon = entry.lastIndexOf(':');
      String task = (colon < 0 ? entry : entry.substring(0, colon)).strip();
      if (task.isEmpty()) {
        throw new IllegalArgumentException("mix is '" + text + "'" + EXPECTED);
      }
      int weight = colon < 0 ? 1 : weight(entry.substring(colon + 1).strip(), text);
      weights.merge(task, weight, Integer::sum);
    }
    return new TaskMix(weights);
  }

  private static int weight(String digits, String text) {
    if (!digits.matches("[1-9]\\d{0,6}") || Integer.parseInt(digits) > HIGHEST_WEIGHT) {
      throw new IllegalArgumentException(
          "weight is '"
              + digits
              + "' in mix '"
              + text
              + "' (expected: a whole number from 1 to "
              + HIGHEST_WEIGHT
              + ")");
    }
    return Integer.parseInt(digits);
  }

  List<String> tasks() {
    return tasks;
  }

  String draw(RandomGenerator random) {
    long point = random.nextLong(cumulative[cumulative.length - 1]);
    int i = 0;
    while (cumulative[i] <= point) {
      i++;
    }
    return tasks.get(i);
  }

  @Override
  public String toString() {
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < cumulative.length; i++) {
      entries.add(tasks.get(i) + ":" + (cumulative[i] - (i == 0 ? 0 : cumulative[i - 1])));
    }
    return String.join(",", entries);
  }
}
