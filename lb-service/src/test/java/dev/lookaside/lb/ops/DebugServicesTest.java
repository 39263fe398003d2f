package dev.lookaside.lb.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DynamicMessage;
import dev.lookaside.lb.testing.RunningLb;
import io.grpc.channelz.v1.ChannelzGrpc;
import io.grpc.channelz.v1.GetServerSocketsRequest;
import io.grpc.channelz.v1.GetServersRequest;
import io.grpc.channelz.v1.GetSocketRequest;
import io.grpc.channelz.v1.Server;
import io.grpc.channelz.v1.Socket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A balancer that tells tools of itself. */
class DebugServicesTest {
  private static final String BALANCER = "lookaside.v1.LoadBalancer";

  private static RunningLb lb;

  @BeforeAll
  static void start() {
    lb =
        RunningLb.start(
            "--lb.registry=embedded",
            "--lookaside.debug.reflection=true",
            "--lookaside.debug.channelz=true");
  }

  @AfterAll
  static void stop() {
    lb.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {Reflected.V1, Reflected.V1_ALPHA})
  void aClientWithoutProtoFilesFindsAndCallsEveryKindOfService(String version) throws Exception {
    Reflected client = new Reflected(lb.channel(), version);

    assertThat(client.services())
        .contains(BALANCER, "lookaside.v1.Access", "grpc.health.v1.Health", version);
    var pick = client.method(BALANCER, "Pick");
    var service = pick.getInputType().findFieldByName("service");
    var request =
        DynamicMessage.newBuilder(pick.getInputType()).setField(service, "nobody").build();
    assertThatThrownBy(() -> client.call(pick, request))
        .hasMessageStartingWith("NOT_FOUND: service is 'nobody'");

    var check = client.method("grpc.health.v1.Health", "Check");
    var healthy =
        client.call(check, DynamicMessage.getDefaultInstance(check.getInputType())).toString();
    assertThat(healthy.strip()).isEqualTo("status: SERVING");
  }

  @Test
  void channelzShowsTheConnectionThatAsks() {
    var channelz =
        ChannelzGrpc.newBlockingStub(lb.channel()).withDeadlineAfter(20, TimeUnit.SECONDS);

    List<Socket> ours =
        channelz.getServers(GetServersRequest.getDefaultInstance()).getServerList().stream()
            .flatMap(server -> sockets(channelz, server).stream())
            .filter(socket -> socket.getLocal().getTcpipAddress().getPort() == lb.rpcPort())
            .toList();

    assertThat(ours).isNotEmpty();
    assertThat(ours)
        .allSatisfy(socket -> assertThat(socket.getData().getStreamsStarted()).isPositive());
  }

  private static List<Socket> sockets(ChannelzGrpc.ChannelzBlockingStub channelz, Server server) {
    return channelz
        .getServerSockets(
            GetServerSocketsRequest.newBuilder().setServerId(server.getRef().getServerId()).build())
        .getSocketRefList()
        .stream()
        .map(ref -> GetSocketRequest.newBuilder().setSocketId(ref.getSocketId()).build())
        .map(request -> channelz.getSocket(request).getSocket())
        .toList();
  }
}
