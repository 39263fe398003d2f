package dev.lookaside.lb.testing;

import dev.lookaside.lb.LbApplication;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import net.devh.boot.grpc.server.event.GrpcServerStartedEvent;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/** The application as users start it, on free ports. */
public final class RunningLb implements AutoCloseable {
  public static final String ETCD_AWAY = "--etcd.endpoints=http://127.0.0.1:1";

  private static final Map<String, String> FREE_PORTS =
      Map.of(
          "--lb.port=", "0",
          "--lb.bind-address=", "127.0.0.1",
          "--lb.embedded.port=", "0",
          "--server.port=", "0",
          "--server.address=", "127.0.0.1");

  private final ConfigurableApplicationContext context;
  private final int rpcPort;
  private final ManagedChannel channel;
  private final HttpClient http = HttpClient.newHttpClient();

  private final Server server;

  private RunningLb(ConfigurableApplicationContext context, Server server, int rpcPort) {
    this.context = context;
    this.server = server;
    this.rpcPort = rpcPort;
    this.channel = NettyChannelBuilder.forAddress("127.0.0.1", rpcPort).usePlaintext().build();
  }

  /** Starts it with these arguments; what they do not say is on free ports of loopback. */
  public static RunningLb start(String... arguments) {
    AtomicReference<GrpcServerStartedEvent> started = new AtomicReference<>();
    SpringApplication application =
        new SpringApplicationBuilder(LbApplication.class)
            .listeners((ApplicationListener<GrpcServerStartedEvent>) started::set)
            .application();
    List<String> all = new ArrayList<>(List.of(arguments));
    FREE_PORTS.forEach((name, value) -> {
      if (all.stream().noneMatch(argument -> argument.startsWith(name))) {
        all.add(name + value);
      }
    });
    ConfigurableApplicationContext context =
        LbApplication.command().start(application, all.toArray(String[]::new)).orElseThrow();
    GrpcServerStartedEvent server = Objects.requireNonNull(started.get(), "no gRPC server");
    return new RunningLb(context, server.getServer(), server.getPort());
  }

  public ConfigurableApplicationContext context() {
    return context;
  }

  /** The gRPC services that it serves, whichever way they came to it. */
  public List<ServerServiceDefinition> services() {
    return server.getServices();
  }

  public int rpcPort() {
    return rpcPort;
  }

  public ManagedChannel channel() {
    return channel;
  }

  public int httpPort() {
    return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
  }

  public HttpResponse<String> get(String path) {
    return send(request(path));
  }

  /** With an {@code Authorization} header. */
  public HttpResponse<String> get(String path, String authorization) {
    return send(request(path).header("Authorization", authorization));
  }

  /**
   * Sends a body.
   *
   * @param headers names and values in turn
   */
  public HttpResponse<String> post(String path, String body, String... headers) {
    HttpRequest.Builder request = request(path).POST(HttpRequest.BodyPublishers.ofString(body));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
    context.close();
  }
}
