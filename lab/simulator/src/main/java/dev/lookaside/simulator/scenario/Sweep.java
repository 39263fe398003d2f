package dev.lookaside.simulator.scenario;

import static java.util.Objects.requireNonNullElse;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Runs the scenario once for each value, put in place of what stands at the path.
 *
 * @param path property names with dots between, list places in brackets: {@code servers[0].count}
 * @param also other paths that take the same value
 */
public record Sweep(String path, List<String> also, List<JsonNode> values) {
  public Sweep {
    also = List.copyOf(requireNonNullElse(also, List.of()));
    Limits.required("path", path, "such as arrivals.load");
    values = List.copyOf(Limits.required("values", values, "a list"));
    Limits.require(!values.isEmpty(), "values", values, "at least one");
  }

  List<String> paths() {
    List<String> paths = new ArrayList<>(also);
    paths.add(path);
    return paths;
  }
}
