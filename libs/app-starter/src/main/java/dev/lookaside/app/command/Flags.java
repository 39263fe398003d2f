package dev.lookaside.app.command;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Short names of properties on the command line, such as {@code type} for {@code lb.type}.
 *
 * @param properties the property behind each flag, in the order in which help shows them
 */
record Flags(Map<String, String> properties) {

  static Flags none() {
    return new Flags(Map.of());
  }

  Flags with(String flag, String property) {
    var more = new LinkedHashMap<>(properties);
    more.put(flag, property);
    return new Flags(more);
  }
}
