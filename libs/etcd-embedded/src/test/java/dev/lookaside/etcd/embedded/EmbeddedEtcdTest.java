package dev.lookaside.etcd.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etcd.jetcd.Client;
import io.etcd.jetcd.api.AuthGrpc;
import io.etcd.jetcd.api.AuthUserListRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EmbeddedEtcdTest {

  @Test
  void listensOnLoopbackAtAFreePort() {
    try (EmbeddedEtcd etcd = EmbeddedEtcd.builder().build().start()) {
      assertThat(etcd.port()).isPositive();
      assertThat(etcd.clientUri()).hasToString("http://127.0.0.1:" + etcd.port());
    }
  }

  @Test
  void namesAPortThatIsInUse() {
    try (EmbeddedEtcd first = EmbeddedEtcd.builder().build().start()) {
      EmbeddedEtcd second = EmbeddedEtcd.builder().port(first.port()).build();
      assertThatThrownBy(second::start)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("127.0.0.1:" + first.port());
      second.close();
    }
  }

  @Test
  void closesTwiceAndFreesItsPort() {
    EmbeddedEtcd first = EmbeddedEtcd.builder().build().start();
    int port = first.port();
    first.close();
    first.close();
    try (EmbeddedEtcd second = EmbeddedEtcd.builder().port(port).build().start()) {
      assertThat(second.port()).isEqualTo(port);
    }
  }

  @Test
  void startsOnceOnly() {
    try (EmbeddedEtcd etcd = EmbeddedEtcd.builder().build().start()) {
      assertThatThrownBy(etcd::start).hasMessage("started twice (expected: once)");
    }
  }

  @Test
  void saysWhatItDoesNotHave() {
    try (EmbeddedEtcd etcd = EmbeddedEtcd.builder().build().start()) {
      ManagedChannel channel =
          ManagedChannelBuilder.forAddress("127.0.0.1", etcd.port()).usePlaintext().build();
      AuthGrpc.AuthBlockingStub auth = AuthGrpc.newBlockingStub(channel);
      assertThatThrownBy(() -> auth.userList(AuthUserListRequest.getDefaultInstance()))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED))
          .hasMessageContaining("etcdserverpb.Auth/UserList is not part of the embedded etcd");
      channel.shutdownNow();
    }
  }

  @Test
  void listsItselfAsTheOneMemberThatLeads() throws Exception {
    try (EmbeddedEtcd etcd = EmbeddedEtcd.builder().build().start();
        Client client = Client.builder().endpoints(etcd.clientUri()).build()) {
      var members = client.getClusterClient().listMember().get(10, TimeUnit.SECONDS).getMembers();
      assertThat(members).hasSize(1);
      assertThat(members.get(0).getClientURIs()).containsExactly(etcd.clientUri());
      long leader =
          client
              .getMaintenanceClient()
              .statusMember(etcd.clientUri().toString())
              .get(10, TimeUnit.SECONDS)
              .getLeader();
      assertThat(leader).isEqualTo(members.get(0).getId());
    }
  }

  @Test
  void tellsIdleWatchersOfProgressByItself() throws Exception {
    try (EmbeddedEtcd etcd =
            EmbeddedEtcd.builder().progressInterval(Duration.ofMillis(50)).build().start();
        Client client = Client.builder().endpoints(etcd.clientUri()).build();
        Watching watching =
            Watching.with(client, Watching.prefix("w").withProgressNotify(true).build(), "w")) {
      assertThat(watching.progress()).isEqualTo(1);
      assertThat(watching.progress()).isEqualTo(1);
    }
  }
}
