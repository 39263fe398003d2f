package dev.lookaside.worker;

import dev.lookaside.v1.ExecuteRequest;
import dev.lookaside.v1.ExecuteResponse;
import dev.lookaside.v1.WorkerGrpc;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.devh.boot.grpc.server.config.GrpcServerProperties;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A whole worker on real ports in this process, with etcd away unless told where it is. */
final class RunningWorker implements AutoCloseable {
  private final ConfigurableApplicationContext context;
  private final ManagedChannel channel;

  private RunningWorker(ConfigurableApplicationContext context) {
    this.context = context;
    this.channel = newChannel();
  }

  static RunningWorker start(String... properties) {
    Stream<String> defaults =
        Stream.of(
            "--worker.id=w1",
            "--worker.port=0",
            "--worker.bind-address=127.0.0.1",
            "--server.address=127.0.0.1",
            "--worker.drain-delay=100ms",
            "--worker.warm-up=0s",
            "--etcd.endpoints=http://127.0.0.1:1");
    Stream<String> kept = defaults.filter(each -> !overridden(each, properties));
    String[] arguments = Stream.concat(kept, Arrays.stream(properties)).toArray(String[]::new);
    var application = new SpringApplication(WorkerApplication.class, Extras.class);
    return new RunningWorker(
        WorkerApplication.command().start(application, arguments).orElseThrow());
  }

  /** An argument given twice would be a list of two values. */
  private static boolean overridden(String argument, String... properties) {
    String start = argument.substring(0, argument.indexOf('=') + 1);
    return Arrays.stream(properties).anyMatch(property -> property.startsWith(start));
  }

  ConfigurableApplicationContext context() {
    return context;
  }

  int port() {
    return context.getBean(GrpcServerProperties.class).getPort();
  }

  ManagedChannel channel() {
    return channel;
  }

  /** A channel with a connection of its own; the caller closes it. */
  ManagedChannel newChannel() {
    return Grpc.newChannelBuilderForAddress(
            "127.0.0.1", port(), InsecureChannelCredentials.create())
        .build();
  }

  WorkerGrpc.WorkerBlockingStub worker() {
    return WorkerGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
  }

  ExecuteResponse execute(String task) {
    return worker().execute(request(task));
  }

  static ExecuteRequest request(String task) {
    return ExecuteRequest.newBuilder().setTask(task).setClientId("test").build();
  }

  /** The body at this path of the HTTP port, after its status. */
  String http(String path) throws IOException, InterruptedException {
    String port = context.getEnvironment().getProperty("local.server.port");
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    return response.statusCode() + "\n" + response.body();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    context.close();
  }

  @Configuration(proxyBeanMethods = false)
  static class Extras {
    @Bean
    FailingTask failingTask() {
      return new FailingTask();
    }
  }
}
