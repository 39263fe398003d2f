package dev.lookaside.simulator.scenario;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import tools.jackson.core.JacksonException;

/**
 * Where in a YAML text things stand.
 *
 * <p>A record is made when its last property has been read, so the reader's own place in the text
 * is often too late.
 */
record Places(String text) {

  /** The line, from 1, of what the path leads to, as far as it leads. */
  Optional<Integer> line(List<JacksonException.Reference> path) {
    try {
      Node root =
          new Compose(LoadSettings.builder().setAllowDuplicateKeys(true).build())
              .composeString(text)
              .orElse(null);
      return find(root, path).flatMap(Node::getStartMark).map(Mark::getLine).map(line -> line + 1);
    } catch (YamlEngineException e) {
      return Optional.empty(); // not YAML at all: the reader knows where
    }
  }

  private static Optional<Node> find(@Nullable Node root, List<JacksonException.Reference> path) {
    Node at = root;
    for (JacksonException.Reference step : path) {
      Node next = at;
      if (at instanceof MappingNode map && step.getPropertyName() != null) {
        next = value(map, step.getPropertyName()).orElse(at);
      } else if (at instanceof SequenceNode list
          && step.getIndex() >= 0
          && step.getIndex() < list.getValue().size()) {
        next = list.getValue().get(step.getIndex());
      }
      at = next;
    }
    return Optional.ofNullable(at);
  }

  private static Optional<Node> value(MappingNode map, String key) {
    return map.getValue().stream()
        .filter(
            tuple -> tuple.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key))
        .map(NodeTuple::getValueNode)
        .findFirst();
  }
}
