package dev.lookaside.trials.bounds.misdeed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.function.ToIntFunction;

/** Connections that say something short, and then nothing. */
public final class HeldConnections implements Misdeed {
  private static final int POLL_MILLIS = 50;
  private static final int STEP = 50;

  private final ToIntFunction<Target> port;
  private final int count;
  private final byte[] words;
  private final ByteBuffer drain = ByteBuffer.allocate(16 << 10);

  /**
   * So many of them.
   *
   * @param words what each says at first
   */
  public HeldConnections(ToIntFunction<Target> port, int count, byte[] words) {
    this.port = port;
    this.count = count;
    this.words = words.clone();
  }

  @Override
  public void commit(Target target, Told told, Deadline end) throws IOException {
    try (Selector selector = Selector.open()) {
      int opened = 0;
      while (!end.isOver()) {
        for (int i = 0; i < STEP && opened < count; i++, opened++) {
          open(selector, port.applyAsInt(target), told);
        }
        selector.select(key -> ready(key, told), opened < count ? 1 : POLL_MILLIS);
      }
      for (SelectionKey key : selector.keys()) {
        boolean isIn = ((SocketChannel) key.channel()).isConnected();
        told.add(isIn ? "still open at the end" : "not let in");
        key.channel().close();
      }
    }
  }

  private static void open(Selector selector, int port, Told told) {
    try {
      SocketChannel channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.bind(BadPeer.anyPort());
      channel.connect(BadPeer.server(port));
      channel.register(selector, SelectionKey.OP_CONNECT, System.nanoTime());
    } catch (IOException e) {
      told.add(BadPeer.words(e));
    }
  }

  private void ready(SelectionKey key, Told told) {
    SocketChannel channel = (SocketChannel) key.channel();
    try {
      if (key.isConnectable() && channel.finishConnect()) {
        channel.write(ByteBuffer.wrap(words));
        key.interestOps(SelectionKey.OP_READ);
      } else if (key.isReadable()) {
        drain.clear();
        if (channel.read(drain) < 0) {
          closed(key, told);
        }
      }
    } catch (IOException e) {
      closed(key, told);
    }
  }

  private static void closed(SelectionKey key, Told told) {
    long seconds = Math.round((System.nanoTime() - (Long) key.attachment()) / 1e9);
    told.add(seconds == 0 ? "closed at once" : "closed after %d s".formatted(seconds));
    key.cancel();
    try {
      key.channel().close();
    } catch (IOException e) {
      told.add(BadPeer.words(e));
    }
  }
}
