package dev.lookaside.lb.ops;

import net.devh.boot.grpc.server.event.GrpcServerStartedEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/** Says once, in one line, that the balancer serves, and where. */
public final class ReadyLine {
  private static final Logger log = LoggerFactory.getLogger(ReadyLine.class);

  private final String policy;
  private final String registry;
  private int rpcPort;

  public ReadyLine(String policy, String registry) {
    this.policy = policy;
    this.registry = registry;
  }

  @EventListener
  public void started(GrpcServerStartedEvent event) {
    rpcPort = event.getPort();
  }

  @EventListener
  public void ready(ApplicationReadyEvent event) {
    var environment = event.getApplicationContext().getEnvironment();
    log.info(
        "ready: policy {}, gRPC on port {}, HTTP on port {}, registry {}",
        policy,
        rpcPort,
        environment.getProperty("local.server.port", "-"),
        registry);
  }
}
