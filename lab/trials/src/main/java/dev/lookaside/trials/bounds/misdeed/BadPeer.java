package dev.lookaside.trials.bounds.misdeed;

import dev.lookaside.testing.http2.Http2Peer;
import io.grpc.Attributes;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Where bad peers come from: an address that the well-behaved one does not have. */
final class BadPeer {
  static final InetAddress ADDRESS = address();

  /** As small as HTTP/2 has it: what is not read soon stands still. */
  private static final int WINDOW_BYTES = 65_535;

  private BadPeer() {}

  private static InetAddress address() {
    try {
      return InetAddress.getByName("127.0.0.2");
    } catch (UnknownHostException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<ManagedChannel> channels(int port, int count) {
    return IntStream.range(0, count).mapToObj(i -> channel(port)).toList();
  }

  static ManagedChannel channel(int port) {
    return NettyChannelBuilder.forAddress("127.0.0.1", port)
        .usePlaintext()
        .directExecutor()
        .flowControlWindow(WINDOW_BYTES)
        .localSocketPicker(
            new NettyChannelBuilder.LocalSocketPicker() {
              @Override
              public SocketAddress createSocketAddress(
                  SocketAddress remote, Attributes attributes) {
                return new InetSocketAddress(ADDRESS, 0);
              }
            })
        .build();
  }

  /** One that speaks HTTP/2 by itself; null if it was not let in. */
  static @Nullable Http2Peer http2(int port) {
    try {
      return Http2Peer.connect(port, ADDRESS);
    } catch (UncheckedIOException refused) {
      return null;
    }
  }

  static InetSocketAddress server(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  static InetSocketAddress anyPort() {
    return new InetSocketAddress(ADDRESS, 0);
  }

  static String words(IOException error) {
    return error.getClass().getSimpleName();
  }
}
