package dev.lookaside.simulator.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A place in a scenario, such as {@code servers[0].count}. */
record TreePath(String text, List<String> steps, Complaint complaint) {
  private static final Pattern STEP = Pattern.compile("\\G(?:(?:^|\\.)([a-z-]+)|\\[(\\d{1,5})])");

  static TreePath of(String text, Complaint complaint) throws ScenarioException {
    List<String> steps = new ArrayList<>();
    Matcher step = STEP.matcher(text);
    int end = 0;
    while (step.find()) {
      steps.add(step.group(1) != null ? step.group(1) : step.group(2));
      end = step.end();
    }
    if (steps.isEmpty() || end < text.length()) {
      throw complaint.aboutPath(text);
    }
    return new TreePath(text, steps, complaint);
  }

  /** Puts the value there; a missing part of the way is made. */
  void put(JsonNode root, JsonNode value) throws ScenarioException {
    JsonNode at = root;
    for (int i = 0; i < steps.size(); i++) {
      String step = steps.get(i);
      boolean last = i == steps.size() - 1;
      if (at instanceof ObjectNode object) {
        if (last) {
          object.set(step, value);
        } else {
          at = object.has(step) ? object.get(step) : object.putObject(step);
        }
      } else if (at instanceof ArrayNode array
          && step.matches("\\d+")
          && Integer.parseInt(step) < array.size()) {
        int index = Integer.parseInt(step);
        if (last) {
          array.set(index, value);
        } else {
          at = array.get(index);
        }
      } else {
        throw complaint.aboutPath(text);
      }
    }
  }
}
