package dev.lookaside.security.http;

import dev.lookaside.security.rights.Role;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which roles a request is for. Paths are compared as they were sent, character by character: one
 * that is written in any other way, such as with {@code %70} or {@code ;}, is for operators, like
 * everything that is not named here.
 */
final class HttpRoles {
  private static final Set<String> READING = Set.of("GET", "HEAD");
  private static final Set<Role> ALL = EnumSet.allOf(Role.class);
  private static final Set<Role> METRICS = EnumSet.of(Role.METRICS, Role.OPERATOR);
  private static final Set<Role> OPERATORS = EnumSet.of(Role.OPERATOR);

  private final Pattern probes;
  private final Pattern health;
  private final Pattern metrics;

  /**
   * @param actuator the path below which the actuator is, such as {@code /actuator}
   */
  HttpRoles(String actuator) {
    String base = Pattern.quote(actuator);
    probes = Pattern.compile(base + "/health/(liveness|readiness)");
    health = Pattern.compile(base + "/(health|info)");
    metrics =
        Pattern.compile(base + "/(prometheus|metrics(/[A-Za-z0-9._-]+)?)|/prometheus/targets");
  }

  /** Whether the request may change something. */
  static boolean changes(String method) {
    return !READING.contains(method);
  }

  static Set<Role> ofChanges() {
    return OPERATORS;
  }

  /** Whether everybody may: orchestrators ask whether a process lives, and show nothing. */
  boolean isOpen(String method, String path) {
    return !changes(method) && probes.matcher(path).matches();
  }

  Set<Role> rolesOf(String method, String path) {
    if (changes(method)) {
      return ofChanges();
    }
    if (health.matcher(path).matches()) {
      return ALL;
    }
    return metrics.matcher(path).matches() ? METRICS : OPERATORS;
  }
}
