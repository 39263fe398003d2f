package dev.lookaside.lb.csds;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.lookaside.lb.access.Sights;
import dev.lookaside.lb.xds.ClientNode;
import dev.lookaside.lb.xds.ClientView;
import dev.lookaside.lb.xds.ClientView.ResourceView;
import dev.lookaside.lb.xds.ClientView.State;
import dev.lookaside.security.identity.Caller;
import dev.lookaside.security.identity.Principal;
import dev.lookaside.security.rights.Judge;
import dev.lookaside.security.rights.Policy;
import dev.lookaside.security.rights.Rights;
import dev.lookaside.security.rights.Role;
import dev.lookaside.xds.v3.ClientConfig;
import dev.lookaside.xds.v3.ClientConfig.GenericXdsConfig;
import dev.lookaside.xds.v3.ClientResourceStatus;
import dev.lookaside.xds.v3.ClientStatusRequest;
import dev.lookaside.xds.v3.ClientStatusResponse;
import dev.lookaside.xds.v3.Cluster;
import dev.lookaside.xds.v3.ConfigStatus;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ClientStatusTest {
  private static final ClientStatusRequest WHOLE = ClientStatusRequest.getDefaultInstance();
  private static final ClientStatusRequest BRIEF =
      ClientStatusRequest.newBuilder().setExcludeResourceContents(true).build();

  private static final Sights EVERYTHING = new Sights(Optional.empty());

  private final Answers caller = new Answers();

  @Test
  void tellsWhatEachClientWasSentAndSaidOfIt() {
    serving(
            client(
                resource("a", State.ACKED, "", cluster(1)),
                resource("b", State.NACKED, "no such policy", cluster(1)),
                resource("c", State.REQUESTED, "", cluster(1)),
                resource("d", State.DOES_NOT_EXIST, "", Optional.empty())))
        .fetchClientStatus(WHOLE, caller);

    ClientConfig told = caller.said.get(0).getConfig(0);
    assertThat(caller.over).isTrue();
    assertThat(told.getNode().getId()).isEqualTo("app-1");
    assertThat(told.getNode().getUserAgentName()).isEqualTo("gRPC Java 1");
    assertThat(told.getGenericXdsConfigsList())
        .extracting(GenericXdsConfig::getConfigStatus)
        .containsExactly(
            ConfigStatus.SYNCED, ConfigStatus.ERROR, ConfigStatus.STALE, ConfigStatus.SYNCED);
    assertThat(told.getGenericXdsConfigsList())
        .extracting(GenericXdsConfig::getClientStatus)
        .containsExactly(
            ClientResourceStatus.ACKED,
            ClientResourceStatus.NACKED,
            ClientResourceStatus.REQUESTED,
            ClientResourceStatus.DOES_NOT_EXIST);
    assertThat(told.getGenericXdsConfigs(1).getErrorState().getDetails())
        .isEqualTo("no such policy");
    assertThat(told.getGenericXdsConfigs(0).getXdsConfig().is(Cluster.class)).isTrue();
    assertThat(told.getGenericXdsConfigs(0).getVersionInfo()).isEqualTo("7");
  }

  @Test
  void anOperatorOfOneServiceIsToldOfNoOtherAndOfNoClientOfOthers() {
    Judge judge =
        new Judge(
            () ->
                new Policy(
                    List.of(
                        new Policy.Rule("guest", new Rights(Set.of(Role.OPERATOR), List.of("a"))))),
            Optional::empty);
    List<ClientView> clients =
        List.of(
            client(
                resource("a", State.ACKED, "", cluster(1)),
                resource("b", State.ACKED, "", cluster(1))),
            client(resource("b", State.ACKED, "", cluster(1))));
    ClientStatus status =
        new ClientStatus(
            most -> CompletableFuture.completedFuture(clients), new Sights(Optional.of(judge)));

    Caller.with(new Principal("guest", Principal.Proof.TOKEN))
        .run(() -> status.fetchClientStatus(WHOLE, caller));

    assertThat(caller.said.get(0).getConfigList())
        .singleElement()
        .satisfies(config ->
            assertThat(config.getGenericXdsConfigsList())
                .extracting(GenericXdsConfig::getName)
                .containsExactly("a"));
  }

  @Test
  void leavesContentsOutIfItIsAskedTo() {
    serving(client(resource("a", State.ACKED, "", cluster(1)))).fetchClientStatus(BRIEF, caller);

    assertThat(caller.said.get(0).getConfig(0).getGenericXdsConfigs(0).hasXdsConfig()).isFalse();
  }

  @Test
  void whatIsTooMuchIsToldWithoutItsContent() {
    int most = ClientStatus.MOST_BYTES;
    serving(
            client(
                resource("a", State.ACKED, "", cluster(most / 2)),
                resource("b", State.ACKED, "", cluster(most / 2 + 100)),
                resource("c", State.ACKED, "", cluster(1))))
        .fetchClientStatus(WHOLE, caller);

    assertThat(caller.said.get(0).getConfig(0).getGenericXdsConfigsList())
        .extracting(GenericXdsConfig::hasXdsConfig)
        .containsExactly(true, false, true);
    assertThat(caller.said.get(0).getSerializedSize()).isLessThan(4 << 20);
  }

  @Test
  void asksForNoMoreClientsThanItTells() {
    ClientStatus status =
        new ClientStatus(
            most ->
                CompletableFuture.completedFuture(
                    Collections.nCopies(Math.min(most, 10_000), client())),
            EVERYTHING);

    status.fetchClientStatus(WHOLE, caller);

    assertThat(caller.said.get(0).getConfigCount()).isEqualTo(ClientStatus.MOST_CLIENTS);
  }

  @Test
  void theNextQuestionIsReadWhenTheLastAnswerIsOnItsWay() {
    CompletableFuture<List<ClientView>> later = new CompletableFuture<>();
    StreamObserver<ClientStatusRequest> questions =
        new ClientStatus(most -> later, EVERYTHING).streamClientStatus(caller);
    caller.becomes(true);
    questions.onNext(WHOLE);
    assertThat(caller.requested).isEqualTo(1);

    later.complete(List.of(client()));
    assertThat(caller.said).hasSize(1);
    assertThat(caller.requested).isEqualTo(2);

    caller.becomes(false);
    questions.onNext(BRIEF);
    assertThat(caller.said).hasSize(2);
    assertThat(caller.requested).isEqualTo(2);
    caller.becomes(true);
    assertThat(caller.requested).isEqualTo(3);
  }

  /** Without a handler gRPC throws where an answer comes too late. */
  @Test
  void whoLeavesBeforeTheAnswerIsNoError() {
    var unused =
        new ClientStatus(most -> new CompletableFuture<>(), EVERYTHING).streamClientStatus(caller);
    assertThat(caller.mayLeave).isTrue();
  }

  @Test
  void whatIsAskedIsAnsweredBeforeTheEnd() {
    CompletableFuture<List<ClientView>> later = new CompletableFuture<>();
    StreamObserver<ClientStatusRequest> questions =
        new ClientStatus(most -> later, EVERYTHING).streamClientStatus(caller);
    caller.becomes(true);
    questions.onNext(WHOLE);
    questions.onCompleted();
    assertThat(caller.over).isFalse();

    later.complete(List.of(client()));
    assertThat(caller.said).hasSize(1);
    assertThat(caller.over).isTrue();
  }

  private static ClientStatus serving(ClientView client) {
    return new ClientStatus(most -> CompletableFuture.completedFuture(List.of(client)), EVERYTHING);
  }

  private static ClientView client(ResourceView... resources) {
    return new ClientView(
        new ClientNode("app-1", "lookaside", "//", "gRPC Java 1"), List.of(resources));
  }

  private static ResourceView resource(
      String name, State state, String refusal, Optional<Message> content) {
    return new ResourceView(
        "type.googleapis.com/envoy.config.cluster.v3.Cluster",
        name,
        "7",
        state,
        content,
        Optional.of(refusal).filter(reason -> !reason.isEmpty()));
  }

  private static Optional<Message> cluster(int bytes) {
    return Optional.of(Cluster.newBuilder().setName("x".repeat(bytes)).build());
  }

  private static final class Answers extends ServerCallStreamObserver<ClientStatusResponse> {
    private final List<ClientStatusResponse> said = new ArrayList<>();
    private Runnable whenReady = () -> {};
    private boolean ready;
    private int requested;
    private boolean mayLeave;
    private boolean over;

    void becomes(boolean isReady) {
      ready = isReady;
      if (isReady) {
        whenReady.run();
      }
    }

    @Override
    public void onNext(ClientStatusResponse response) {
      said.add(response);
    }

    @Override
    public void onError(Throwable failure) {
      throw new AssertionError(failure);
    }

    @Override
    public void onCompleted() {
      over = true;
    }

    @Override
    public boolean isReady() {
      return ready;
    }

    @Override
    public void setOnReadyHandler(Runnable handler) {
      whenReady = handler;
    }

    @Override
    public void request(int count) {
      requested += count;
    }

    @Override
    public void disableAutoRequest() {}

    @Override
    public void disableAutoInboundFlowControl() {}

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public void setOnCancelHandler(Runnable handler) {
      mayLeave = true;
    }

    @Override
    public void setCompression(String compression) {}

    @Override
    public void setMessageCompression(boolean enable) {}
  }
}
