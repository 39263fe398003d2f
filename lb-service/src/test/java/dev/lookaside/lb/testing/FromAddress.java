package dev.lookaside.lb.testing;

import io.grpc.Attributes;
import io.grpc.netty.NettyChannelBuilder.LocalSocketPicker;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Connections come from this address, such as 127.0.0.2, which Linux has without asking. */
public final class FromAddress extends LocalSocketPicker {
  private final String address;

  public FromAddress(String address) {
    this.address = address;
  }

  @Override
  public SocketAddress createSocketAddress(SocketAddress remote, Attributes attributes) {
    return new InetSocketAddress(address, 0);
  }
}
