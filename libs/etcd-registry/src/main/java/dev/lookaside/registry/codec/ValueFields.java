package dev.lookaside.registry.codec;

import dev.lookaside.core.check.Printable;
import dev.lookaside.core.endpoint.EndpointState;
import dev.lookaside.core.endpoint.Locality;
import dev.lookaside.registry.OneLine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The fields of one JSON object; a field that is missing or null takes its default. */
record ValueFields(String what, JsonNode object) {
  private static final int MAX_TEXT = 256;

  static ValueFields of(String what, JsonNode node) {
    if (!node.isObject()) {
      throw new IllegalArgumentException(what + " is not a JSON object (expected: {…})");
    }
    return new ValueFields(what, node);
  }

  ValueFields object(String name) {
    return absent(name)
        ? new ValueFields(name, JsonNodeFactory.instance.objectNode())
        : of(name, object.get(name));
  }

  /** Empty if it is missing or null. */
  Optional<ValueFields> optional(String name) {
    return absent(name) ? Optional.empty() : Optional.of(of(name, object.get(name)));
  }

  List<ValueFields> objects(String name) {
    if (absent(name)) {
      return List.of();
    }
    JsonNode list = object.get(name);
    if (!list.isArray()) {
      throw wrong(name, "a list");
    }
    List<ValueFields> objects = new ArrayList<>();
    list.forEach(element -> objects.add(of("an element of " + name, element)));
    return objects;
  }

  Collection<String> names() {
    return object.propertyNames();
  }

  double number(String name, double otherwise) {
    if (absent(name)) {
      return otherwise;
    }
    JsonNode node = object.get(name);
    if (!node.isNumber()) {
      throw wrong(name, "a number");
    }
    return node.doubleValue();
  }

  String text(String name, String otherwise) {
    return optionalText(name, MAX_TEXT).orElse(otherwise);
  }

  /** Empty if there is none, or an empty one. */
  Optional<String> optionalText(String name, int longest) {
    if (absent(name)) {
      return Optional.empty();
    }
    JsonNode node = object.get(name);
    if (!node.isString()
        || node.stringValue().length() > longest
        || !Printable.isPlain(node.stringValue())) {
      throw wrong(name, "a text of at most " + longest + " printable characters on one line");
    }
    return Optional.of(node.stringValue()).filter(text -> !text.isEmpty());
  }

  Locality locality() {
    return new Locality(text("region", ""), text("zone", ""), text("subZone", ""));
  }

  EndpointState state(EndpointState otherwise) {
    String text = text("state", otherwise.name());
    for (EndpointState state : EndpointState.values()) {
      if (state.name().equals(text)) {
        return state;
      }
    }
    throw wrong("state", "READY or DRAINING");
  }

  /** Throws if the value names itself otherwise than its key does. */
  void requireSame(String name, String inKey) {
    if (!text(name, inKey).equals(inKey)) {
      throw wrong(name, inKey + ", as in the key");
    }
  }

  private boolean absent(String name) {
    return !object.hasNonNull(name);
  }

  private IllegalArgumentException wrong(String name, String expected) {
    return new IllegalArgumentException(
        name + " is " + OneLine.of(object.get(name).toString()) + " (expected: " + expected + ")");
  }
}
