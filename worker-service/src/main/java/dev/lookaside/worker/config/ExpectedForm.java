package dev.lookaside.worker.config;

import java.net.URI;
import java.time.Duration;

/** What a property of a type looks like, for people. */
final class ExpectedForm {
  private ExpectedForm() {}

  static String of(Class<?> type) {
    if (type == Duration.class) {
      return "a duration such as 500ms, 10s or 1h";
    }
    if (type == int.class || type == Integer.class) {
      return "a whole number";
    }
    if (type == double.class || type == Double.class) {
      return "a number";
    }
    if (type == URI.class) {
      return "a URI such as http://localhost:2379";
    }
    return "a " + type.getSimpleName();
  }
}
