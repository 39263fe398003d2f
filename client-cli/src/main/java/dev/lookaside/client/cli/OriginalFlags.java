package dev.lookaside.client.cli;

import java.util.Arrays;
import java.util.Set;

/**
 * The options of the original's client, which were typed with one dash or with two. For picocli one
 * dash begins a cluster of short options: these are no short ones.
 */
public final class OriginalFlags {
  private static final Set<String> NAMES = Set.of("id", "lb", "task");

  private OriginalFlags() {}

  /** The same arguments, with two dashes before each of these options. */
  public static String[] withTwoDashes(String... arguments) {
    return Arrays.stream(arguments)
        .map(argument -> isOriginal(argument) ? "-" + argument : argument)
        .toArray(String[]::new);
  }

  private static boolean isOriginal(String argument) {
    int equals = argument.indexOf('=');
    return argument.startsWith("-")
        && NAMES.contains(argument.substring(1, equals < 0 ? argument.length() : equals));
  }
}
