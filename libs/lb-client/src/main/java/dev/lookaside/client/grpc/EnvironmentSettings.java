package dev.lookaside.client.grpc;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Locality;
import dev.lookaside.tls.PeerNames;
import dev.lookaside.tls.PemFiles;
import io.grpc.ChannelCredentials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Settings from outside of the program: system properties such as {@code lookaside.lb} and {@code
 * lookaside.subset-size}, else environment variables such as {@code LOOKASIDE_LB}.
 *
 * @param property the value of a system property, or null
 * @param environment the value of an environment variable, or null
 */
record EnvironmentSettings(
    UnaryOperator<@Nullable String> property, UnaryOperator<@Nullable String> environment) {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m)");

  static EnvironmentSettings ofThisProcess() {
    return new EnvironmentSettings(System::getProperty, System::getenv);
  }

  /** The defaults, with all that is set. */
  ClientSettings read() {
    ClientSettings settings = ClientSettings.defaults();
    settings = with(settings, "lb", EnvironmentSettings::addresses, settings::withBalancers);
    settings = with(settings, "client-id", Function.identity(), settings::withClientId);
    settings = with(settings, "policy", Function.identity(), settings::withPolicy);
    settings = with(settings, "subset-size", Integer::valueOf, settings::withSubsetSize);
    settings =
        with(settings, "zone", text -> Locality.parse("locality", text), settings::withLocality);
    settings =
        with(settings, "load-interval", EnvironmentSettings::duration, settings::withLoadInterval);
    settings =
        with(
            settings, "stats-interval", EnvironmentSettings::duration, settings::withStatsInterval);
    settings = with(settings, "max-attempts", Integer::valueOf, settings::withMaxAttempts);
    settings =
        with(
            settings,
            "keep-alive-time",
            EnvironmentSettings::duration,
            settings::withKeepAliveTime);
    settings = with(settings, "snapshot-directory", Path::of, settings::withSnapshotDirectory);
    Optional<ChannelCredentials> credentials = credentials();
    return credentials.isPresent() ? settings.withBalancerCredentials(credentials.get()) : settings;
  }

  /**
   * For channels, if TLS is set: {@code tls-ca}, {@code tls-cert} and {@code tls-key} are PEM
   * files, {@code tls-names} the names of which a server must have one, instead of its host.
   */
  Optional<ChannelCredentials> credentials() {
    Optional<Path> ca = text("tls-ca").map(Path::of);
    Optional<Path> certificate = text("tls-cert").map(Path::of);
    Optional<Path> key = text("tls-key").map(Path::of);
    if (ca.isEmpty() && certificate.isEmpty() && key.isEmpty()) {
      return Optional.empty();
    }
    List<String> names =
        text("tls-names").map(text -> List.of(text.split(",", -1))).orElse(List.of());
    return Optional.of(
        FileCredentials.of(new PemFiles(ca, certificate, key), new PeerNames(names)));
  }

  private <T> ClientSettings with(
      ClientSettings settings,
      String name,
      Function<String, T> parse,
      Function<T, ClientSettings> set) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return settings;
    }
    try {
      return set.apply(parse.apply(text.get()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "lookaside.%s (or %s) is '%s': %s"
              .formatted(name, variable(name), text.get(), e.getMessage()),
          e);
    }
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(property.apply("lookaside." + name))
        .or(() -> Optional.ofNullable(environment.apply(variable(name))))
        .filter(text -> !text.isBlank());
  }

  private static String variable(String name) {
    return "LOOKASIDE_" + name.toUpperCase(java.util.Locale.ROOT).replace('-', '_');
  }

  /** Reads {@code host1:50051,host2:50051}. */
  static List<Address> addresses(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip).map(Address::parse).toList();
  }

  private static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no duration (expected: such as 100ms, 5s or 1m)");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      default -> Duration.ofMinutes(number);
    };
  }
}
