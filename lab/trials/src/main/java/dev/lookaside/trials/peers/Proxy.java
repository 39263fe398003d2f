package dev.lookaside.trials.peers;

import static java.util.stream.Collectors.joining;

import dev.lookaside.trials.process.Local;
import dev.lookaside.trials.process.RunningApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** A proxy of Debian's, in the way of every call, as its manual sets it up for gRPC. */
enum Proxy {
  HAPROXY("haproxy") {
    @Override
    String configuration(int port, List<Integer> backends, Path directory) {
      return """
      global
        tune.h2.max-concurrent-streams 1024
      defaults
        mode http
        timeout connect 5s
        timeout client 1h
        timeout server 1h
      frontend in
        bind 127.0.0.1:%d proto h2
        default_backend out
      backend out
        balance roundrobin
      %s
      """
          .formatted(
              port,
              IntStream.range(0, backends.size())
                  .mapToObj(i -> "  server b%d 127.0.0.1:%d proto h2".formatted(i, backends.get(i)))
                  .collect(joining("\n")));
    }

    @Override
    List<String> command(Path program, Path file, Path directory) {
      return List.of(program.toString(), "-db", "-f", file.toString());
    }
  },

  NGINX("nginx") {
    @Override
    String configuration(int port, List<Integer> backends, Path directory) {
      return """
      daemon off;
      worker_processes auto;
      pid nginx.pid;
      error_log stderr warn;
      events { worker_connections 4096; }
      http {
        access_log off;
        client_body_temp_path body;
        proxy_temp_path proxy;
        fastcgi_temp_path fastcgi;
        uwsgi_temp_path uwsgi;
        scgi_temp_path scgi;
        upstream out {
          keepalive 256;
          keepalive_requests 1000000000;
      %s
        }
        server {
          listen 127.0.0.1:%d http2;
          http2_max_concurrent_streams 1024;
          keepalive_requests 1000000000;
          keepalive_timeout 1h;
          location / { grpc_pass grpc://out; }
        }
      }
      """
          .formatted(
              backends.stream()
                  .map(backend -> "    server 127.0.0.1:%d;".formatted(backend))
                  .collect(joining("\n")),
              port);
    }

    @Override
    List<String> command(Path program, Path file, Path directory) {
      return List.of(program.toString(), "-p", directory.toString(), "-c", file.toString());
    }
  };

  private static final Duration STARTING = Duration.ofSeconds(10);

  private final String program;

  Proxy(String program) {
    this.program = program;
  }

  abstract String configuration(int port, List<Integer> backends, Path directory);

  abstract List<String> command(Path program, Path file, Path directory);

  String program() {
    return program;
  }

  boolean isThere() {
    return Local.program(program).isPresent();
  }

  RunningApp start(int port, List<Integer> backends, Path logs)
      throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("lookaside-" + program);
    Path file = directory.resolve("configuration");
    Files.writeString(file, configuration(port, backends, directory));
    RunningApp proxy =
        RunningApp.start(
            program,
            logs,
            directory,
            command(Local.program(program).orElseThrow(), file, directory));
    Local.await(program, STARTING, proxy, () -> Local.listens(port));
    return proxy;
  }
}
