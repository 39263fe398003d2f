package dev.lookaside.wire;

import dev.lookaside.core.endpoint.Endpoint;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name that an endpoint's certificate is checked against, if it registered one: the attribute
 * {@value #ATTRIBUTE}.
 */
public final class Authority {
  public static final String ATTRIBUTE = "authority";

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:\\[\\]-]{1,255}");

  private Authority() {}

  /** Empty if it registered none, or what can be none: that is no reason not to call it. */
  public static Optional<String> of(Endpoint endpoint) {
    return Optional.ofNullable(endpoint.attributes().get(ATTRIBUTE)).filter(Authority::isOne);
  }

  static Map<String, String> attributes(String wire) {
    return isOne(wire) ? Map.of(ATTRIBUTE, wire) : Map.of();
  }

  private static boolean isOne(String text) {
    return FORM.matcher(text).matches();
  }
}
