package dev.lookaside.app.debug;

import dev.lookaside.core.concurrent.DaemonThreads;
import io.grpc.Status;
import io.grpc.channelz.v1.ChannelzGrpc;
import io.grpc.channelz.v1.GetChannelRequest;
import io.grpc.channelz.v1.GetChannelResponse;
import io.grpc.channelz.v1.GetServerRequest;
import io.grpc.channelz.v1.GetServerResponse;
import io.grpc.channelz.v1.GetServerSocketsRequest;
import io.grpc.channelz.v1.GetServerSocketsResponse;
import io.grpc.channelz.v1.GetServersRequest;
import io.grpc.channelz.v1.GetServersResponse;
import io.grpc.channelz.v1.GetSocketRequest;
import io.grpc.channelz.v1.GetSocketResponse;
import io.grpc.channelz.v1.GetSubchannelRequest;
import io.grpc.channelz.v1.GetSubchannelResponse;
import io.grpc.channelz.v1.GetTopChannelsRequest;
import io.grpc.channelz.v1.GetTopChannelsResponse;
import io.grpc.protobuf.services.ChannelzService;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * gRPC's own channelz on one thread, which ends when nobody asks. It waits for the event loops of
 * the sockets that it tells of; on an event loop, two that wait for each other would stop the
 * server.
 */
final class OwnThreadChannelz extends ChannelzGrpc.ChannelzImplBase implements AutoCloseable {
  private static final int MOST_SHOWN = 100;
  private static final int MOST_WAITING = 16;

  private final ChannelzService own = ChannelzService.newInstance(MOST_SHOWN);
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          10,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          new DaemonThreads("lookaside-channelz"));

  OwnThreadChannelz() {
    thread.allowCoreThreadTimeOut(true);
  }

  @Override
  public void getTopChannels(
      GetTopChannelsRequest request, StreamObserver<GetTopChannelsResponse> caller) {
    run(caller, () -> own.getTopChannels(request, caller));
  }

  @Override
  public void getServers(GetServersRequest request, StreamObserver<GetServersResponse> caller) {
    run(caller, () -> own.getServers(request, caller));
  }

  @Override
  public void getServer(GetServerRequest request, StreamObserver<GetServerResponse> caller) {
    run(caller, () -> own.getServer(request, caller));
  }

  @Override
  public void getServerSockets(
      GetServerSocketsRequest request, StreamObserver<GetServerSocketsResponse> caller) {
    run(caller, () -> own.getServerSockets(request, caller));
  }

  @Override
  public void getChannel(GetChannelRequest request, StreamObserver<GetChannelResponse> caller) {
    run(caller, () -> own.getChannel(request, caller));
  }

  @Override
  public void getSubchannel(
      GetSubchannelRequest request, StreamObserver<GetSubchannelResponse> caller) {
    run(caller, () -> own.getSubchannel(request, caller));
  }

  @Override
  public void getSocket(GetSocketRequest request, StreamObserver<GetSocketResponse> caller) {
    run(caller, () -> own.getSocket(request, caller));
  }

  private void run(StreamObserver<?> caller, Runnable question) {
    try {
      thread.execute(question);
    } catch (RejectedExecutionException e) {
      caller.onError(
          Status.RESOURCE_EXHAUSTED
              .withDescription("too many questions wait (expected: at most " + MOST_WAITING + ")")
              .asException());
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
