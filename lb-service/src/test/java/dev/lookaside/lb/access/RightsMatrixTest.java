package dev.lookaside.lb.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.lb.testing.RunningLb;
import dev.lookaside.tls.LiveTls;
import dev.lookaside.tls.PeerNames;
import dev.lookaside.tls.PemFiles;
import dev.lookaside.tls.development.DevelopmentAuthority;
import dev.lookaside.tls.development.Wanted;
import dev.lookaside.v1.AccessGrpc;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.PickRequest;
import dev.lookaside.v1.WhoAmIRequest;
import dev.lookaside.xds.v3.AggregatedDiscoveryServiceGrpc;
import dev.lookaside.xds.v3.DiscoveryRequest;
import dev.lookaside.xds.v3.DiscoveryResponse;
import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A balancer with security on: every method that it serves, called by every role. */
final class RightsMatrixTest {
  private static final List<String> ROLES =
      List.of("client", "worker", "operator", "metrics", "balancer");
  private static final Set<String> ALL = Set.copyOf(ROLES);
  private static final Set<String> CLIENTS = Set.of("client", "operator");
  private static final Set<String> OPERATORS = Set.of("operator");

  /** Who may call what; a service that the balancer serves and that has no row fails the test. */
  private static final Map<String, Set<String>> ALLOWED =
      Map.of(
          "lookaside.v1.LoadBalancer", CLIENTS,
          "lookaside.v1.Access", ALL,
          "lookaside.v1.Admin", OPERATORS,
          "grpc.health.v1.Health", ALL,
          "grpc.reflection.v1.ServerReflection", OPERATORS,
          "grpc.reflection.v1alpha.ServerReflection", OPERATORS,
          "grpc.channelz.v1.Channelz", OPERATORS,
          "envoy.service.discovery.v3.AggregatedDiscoveryService", CLIENTS,
          "envoy.service.load_stats.v3.LoadReportingService", CLIENTS,
          "envoy.service.status.v3.ClientStatusDiscoveryService", OPERATORS);

  private static final Map<String, ManagedChannel> CHANNELS = new HashMap<>();
  private static RunningLb lb;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    DevelopmentAuthority authority = DevelopmentAuthority.in(directory);
    PemFiles own = authority.issue(certificate("balancer"));
    Path policy = directory.resolve("policy.yaml");
    StringBuilder text = new StringBuilder("principals:\n");
    for (String role : ROLES) {
      text.append(
          "  - {principal: \"spiffe://lookaside/%s/*\", roles: [%s], services: [worker]}\n"
              .formatted(role, role));
    }
    Files.writeString(policy, text);
    lb =
        RunningLb.start(
            "--lb.registry=embedded",
            "--lb.csds.enabled=true",
            "--lookaside.debug.reflection=true",
            "--lookaside.debug.channelz=true",
            "--security.enabled=true",
            "--security.policy-file=" + policy,
            "--security.tls.bundle=own",
            "--spring.ssl.bundle.pem.own.keystore.certificate=" + own.certificate().orElseThrow(),
            "--spring.ssl.bundle.pem.own.keystore.private-key=" + own.key().orElseThrow(),
            "--spring.ssl.bundle.pem.own.truststore.certificate=" + authority.ca());
    for (String role : ROLES) {
      // Not the balancer's own certificate: a process may call itself.
      PemFiles files =
          role.equals("balancer") ? authority.issue(other()) : authority.issue(certificate(role));
      CHANNELS.put(role, channel(new LiveTls(files.load())));
    }
    CHANNELS.put(
        "stranger",
        channel(
            new LiveTls(
                authority
                    .issue(Wanted.of("stranger", "uri:spiffe://lookaside/stranger/s"))
                    .load())));
    CHANNELS.put("nobody", channel(new LiveTls(PemFiles.trusting(authority.ca()).load())));
  }

  private static Wanted certificate(String role) {
    return Wanted.of(role, "uri:spiffe://lookaside/" + role + "/" + role + "1", "ip:127.0.0.1");
  }

  private static Wanted other() {
    return Wanted.of("balancer2", "uri:spiffe://lookaside/balancer/other");
  }

  private static ManagedChannel channel(LiveTls tls) {
    ChannelCredentials credentials = tls.channelCredentials(PeerNames.theHost());
    return NettyChannelBuilder.forAddress("127.0.0.1", lb.rpcPort(), credentials).build();
  }

  private static ManagedChannel channelOf(String who) {
    return Objects.requireNonNull(CHANNELS.get(who));
  }

  @AfterAll
  static void stop() {
    CHANNELS.values().forEach(ManagedChannel::shutdownNow);
    lb.close();
  }

  static Stream<MethodDescriptor<?, ?>> methods() {
    return lb.services().stream()
        .flatMap(service -> service.getMethods().stream())
        .map(method -> method.getMethodDescriptor());
  }

  @Test
  void everyServiceHasARow() {
    assertThat(lb.services())
        .extracting(service -> service.getServiceDescriptor().getName())
        .contains("lookaside.v1.LoadBalancer", "lookaside.v1.Access", "grpc.health.v1.Health")
        .allSatisfy(service -> assertThat(ALLOWED).containsKey(service));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aMethodAnswersTheRolesThatItIsForAndNobodyElse(MethodDescriptor<?, ?> method) {
    Set<String> allowed = ALLOWED.getOrDefault(method.getServiceName(), Set.of());
    for (String role : ROLES) {
      Status status = call(channelOf(role), method);
      boolean denied = status.getCode() == Status.Code.PERMISSION_DENIED;
      assertThat(denied)
          .as("%s of %s: %s", method.getFullMethodName(), role, status)
          .isEqualTo(!allowed.contains(role));
      assertThat(status.getCode()).isNotEqualTo(Status.Code.UNAUTHENTICATED);
    }
    assertThat(call(channelOf("stranger"), method).getCode())
        .isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(call(channelOf("nobody"), method).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
  }

  @Test
  void aClientHasNoRightToOtherServicesThanItsOwn() {
    assertThat(pick("worker")).isNotEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(pick("billing")).isEqualTo(Status.Code.PERMISSION_DENIED);
  }

  @Test
  void saysWhoCalls() {
    var answer =
        AccessGrpc.newBlockingStub(channelOf("client")).whoAmI(WhoAmIRequest.getDefaultInstance());
    assertThat(answer.getPrincipal()).isEqualTo("spiffe://lookaside/client/client1");
    assertThat(answer.getProof()).isEqualTo("certificate");
    assertThat(answer.getRolesList()).containsExactly("client");
    assertThat(answer.getServicesList()).containsExactly("worker");
    assertThat(answer.getEnforced()).isTrue();
  }

  @Test
  void ofTheServicesThatOneStreamAsksForEachIsJudgedByItself() {
    CompletableFuture<DiscoveryResponse> answer = new CompletableFuture<>();
    StreamObserver<DiscoveryRequest> stream =
        AggregatedDiscoveryServiceGrpc.newStub(channelOf("client"))
            .streamAggregatedResources(
                new StreamObserver<>() {
                  @Override
                  public void onNext(DiscoveryResponse response) {
                    answer.complete(response);
                  }

                  @Override
                  public void onError(Throwable error) {
                    answer.completeExceptionally(error);
                  }

                  @Override
                  public void onCompleted() {}
                });

    stream.onNext(
        DiscoveryRequest.newBuilder()
            .setTypeUrl("type.googleapis.com/envoy.config.listener.v3.Listener")
            .addResourceNames("worker")
            .addResourceNames("billing")
            .build());

    assertThat(answer.orTimeout(20, TimeUnit.SECONDS).join().getResourceErrorsList())
        .extracting(error -> error.getErrorDetail().getCode())
        .containsExactly(Status.Code.NOT_FOUND.value(), Status.Code.PERMISSION_DENIED.value());
    stream.onCompleted();
  }

  private static Status.Code pick(String service) {
    try {
      var unused =
          LoadBalancerGrpc.newBlockingStub(channelOf("client"))
              .withDeadlineAfter(20, TimeUnit.SECONDS)
              .pick(PickRequest.newBuilder().setService(service).build());
      return Status.Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    }
  }

  /** How it ends, or OK at its first answer. */
  private static <Q, A> Status call(ManagedChannel channel, MethodDescriptor<Q, A> method) {
    CompletableFuture<Status> ended = new CompletableFuture<>();
    ClientCall<Q, A> call =
        channel.newCall(method, CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS));
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onMessage(A message) {
            ended.complete(Status.OK);
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            ended.complete(status);
          }
        },
        new Metadata());
    call.request(1);
    call.sendMessage(method.parseRequest(new java.io.ByteArrayInputStream(new byte[0])));
    call.halfClose();
    Status status = ended.join();
    call.cancel("enough", null);
    return status;
  }
}
