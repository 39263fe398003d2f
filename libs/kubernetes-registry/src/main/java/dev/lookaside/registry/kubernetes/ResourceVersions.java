package dev.lookaside.registry.kubernetes;

import org.jspecify.annotations.Nullable;

/**
 * Resource versions as numbers, because tables of several balancers are compared by them. For the
 * resources of Kubernetes itself they are decimal and grow with each change (KEP-5504).
 */
final class ResourceVersions {

  private ResourceVersions() {}

  static long parse(@Nullable String text) {
    try {
      return Long.parseUnsignedLong(String.valueOf(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "resourceVersion is '" + text + "' (expected: a whole number)", e);
    }
  }
}
