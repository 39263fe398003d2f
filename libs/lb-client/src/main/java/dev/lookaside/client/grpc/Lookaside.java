package dev.lookaside.client.grpc;

import dev.lookaside.client.grpc.balancing.AttemptListener;
import dev.lookaside.client.grpc.balancing.AttemptMemory;
import dev.lookaside.client.grpc.balancing.CallKeys;
import dev.lookaside.client.grpc.balancing.PickListener;
import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptor;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannelBuilder;
import io.grpc.NameResolver;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Where to begin.
 *
 * <p>With this library on the class path, gRPC itself understands the target {@code
 * lookaside:///worker}; balancers are given in the target, as the system property {@code
 * lookaside.lb} or as the environment variable {@code LOOKASIDE_LB}. Nothing here needs to be
 * called then.
 */
public final class Lookaside {
  public static final String SCHEME = "lookaside";

  /** The settings of one channel, instead of those of the process. */
  public static final NameResolver.Args.Key<ClientSettings> SETTINGS =
      NameResolver.Args.Key.create("dev.lookaside.client.settings");

  /**
   * Calls of the same key belong together; only policies with affinity, such as hash, look at it.
   */
  public static final CallOptions.Key<String> AFFINITY_KEY = CallKeys.AFFINITY;

  /** Who is told where each attempt of a call went. */
  public static final CallOptions.Key<AttemptListener> ATTEMPTS = CallKeys.ATTEMPTS;

  /** Who is told which endpoints a call is given, and by which policy. */
  public static final CallOptions.Key<PickListener> PICKS = CallKeys.PICKS;

  private static final int KEEP_ALIVE_TIMEOUT_SECONDS = 5;

  private Lookaside() {}

  /**
   * A channel to a service, with settings of its own, whose retries and hedges never go back to an
   * endpoint as long as there is another.
   *
   * @param credentials for the connections to the endpoints
   */
  public static ManagedChannelBuilder<?> newChannelBuilder(
      String service, ClientSettings settings, ChannelCredentials credentials) {
    String target = SCHEME + ":///" + URLEncoder.encode(service, StandardCharsets.UTF_8);
    return Grpc.newChannelBuilder(target, credentials)
        .setNameResolverArg(SETTINGS, settings)
        .intercept(attemptMemory())
        .keepAliveTime(settings.keepAliveTime().toNanos(), TimeUnit.NANOSECONDS)
        .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Credentials as the environment says: TLS with the PEM files that {@code LOOKASIDE_TLS_CA},
   * {@code LOOKASIDE_TLS_CERT} and {@code LOOKASIDE_TLS_KEY} name, or the system properties {@code
   * lookaside.tls-ca} and so on; plaintext without them. What is new in the files is used as it
   * comes.
   */
  public static ChannelCredentials credentialsOfEnvironment() {
    return EnvironmentSettings.ofThisProcess()
        .credentials()
        .orElseGet(InsecureChannelCredentials::create);
  }

  /**
   * For channels that are made otherwise and that retry or hedge: lets each call remember the
   * endpoints that it was sent to. Without it, a retry leaves out the endpoints that have just
   * failed for anyone, and a hedge may go where its call already is.
   */
  public static ClientInterceptor attemptMemory() {
    return new AttemptMemory();
  }
}
