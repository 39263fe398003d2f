package dev.lookaside.tls.development;

import dev.lookaside.core.check.Require;
import java.time.Duration;
import java.util.List;

/**
 * A certificate that is to be made.
 *
 * @param name of its files
 * @param names whom it is for, in keytool's words: {@code uri:spiffe://lookaside/worker/w1}, {@code
 *     dns:localhost}, {@code ip:127.0.0.1}
 * @param age how long ago it began to be valid
 * @param life how long it is valid from then on, in whole days
 */
public record Wanted(String name, List<String> names, Duration age, Duration life) {
  private static final Duration YEAR = Duration.ofDays(365);

  public Wanted {
    names = List.copyOf(names);
    Require.that(
        name.matches("[A-Za-z0-9._-]{1,64}") && !name.startsWith("."),
        "name of a certificate",
        name,
        "1 to 64 letters, digits, dots, dashes");
    for (String each : names) {
      Require.that(
          each.matches("(uri|dns|ip):[A-Za-z0-9:/._-]{1,200}"),
          "name in a certificate",
          each,
          "uri:…, dns:… or ip:…");
    }
  }

  /** Valid for a year from now on. */
  public static Wanted of(String name, String... names) {
    return new Wanted(name, List.of(names), Duration.ZERO, YEAR);
  }

  /** One whose time is over. */
  public Wanted expired() {
    return new Wanted(name, names, Duration.ofDays(3), Duration.ofDays(1));
  }
}
