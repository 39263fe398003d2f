package dev.lookaside.testing.http2;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A client of gRPC that does what no library would: it leaves messages half sent, takes calls back
 * as fast as it can, or says nothing at all. It reads what comes and keeps little of it.
 */
public final class Http2Peer implements AutoCloseable {
  private static final byte[] GREETING = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int GOAWAY = 7;
  private static final int ACK = 1;
  private static final int END_HEADERS = 4;
  private static final int NO_FLAGS = 0;
  private static final int CANCEL = 8;
  private static final int FAREWELL_FIXED_BYTES = 8;
  private static final long READER_STACK_BYTES = 64 << 10;

  private final Socket socket;
  private final DataOutputStream out;
  private final CompletableFuture<String> farewell = new CompletableFuture<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final AtomicInteger answers = new AtomicInteger();
  private int nextStream = 1;

  private Http2Peer(Socket socket) throws IOException {
    this.socket = socket;
    this.out = new DataOutputStream(socket.getOutputStream());
  }

  /** Connects to a port of this machine, and greets. */
  public static Http2Peer connect(int port) {
    return connect(port, InetAddress.getLoopbackAddress());
  }

  /**
   * The same, from another address of this machine.
   *
   * @param from such as 127.0.0.2: a server that shares what it has among addresses takes it for
   *     somebody else
   */
  public static Http2Peer connect(int port, InetAddress from) {
    Http2Peer peer = to(port, from);
    peer.sending(() -> {
      peer.out.write(GREETING);
      peer.frame(SETTINGS, NO_FLAGS, 0, new byte[0]);
    });
    // Not before: to answer is to speak, and the greeting must be the first word.
    peer.listen(peer::acknowledge);
    return peer;
  }

  /** Connects, and says nothing. */
  public static Http2Peer silent(int port) {
    Http2Peer peer = to(port, InetAddress.getLoopbackAddress());
    peer.listen(() -> {});
    return peer;
  }

  private static Http2Peer to(int port, InetAddress from) {
    try {
      return new Http2Peer(new Socket(InetAddress.getLoopbackAddress(), port, from, 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void listen(Runnable onSettings) {
    Thread reader = new Thread(null, () -> read(onSettings), "http2-peer", READER_STACK_BYTES);
    reader.setDaemon(true);
    reader.start();
  }

  private void acknowledge() {
    sending(() -> frame(SETTINGS, ACK, 0, new byte[0]));
  }

  /** Begins a call, such as of {@code /grpc.health.v1.Health/Check}; returns its stream. */
  public int open(String path) {
    int stream = nextStream;
    nextStream += 2;
    sending(() -> frame(HEADERS, END_HEADERS, stream, headers(path)));
    return stream;
  }

  /** Sends the beginning of a message that says it has more bytes than come. */
  public void part(int stream, int claimedBytes, byte[] sent) {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    sending(() -> {
      DataOutputStream data = new DataOutputStream(message);
      data.writeByte(0);
      data.writeInt(claimedBytes);
      data.write(sent);
      frame(DATA, NO_FLAGS, stream, message.toByteArray());
    });
  }

  /** Takes a call back. */
  public void reset(int stream) {
    sending(() -> {
      ByteArrayOutputStream code = new ByteArrayOutputStream();
      new DataOutputStream(code).writeInt(CANCEL);
      frame(RST_STREAM, NO_FLAGS, stream, code.toByteArray());
    });
  }

  /** With what words the server took its leave; waits for them. */
  public String farewell(Duration within) {
    return await(farewell, within);
  }

  /** The same as far as it has come; empty if the server has not said any. */
  public String lastWords() {
    return farewell.getNow("");
  }

  /** Waits for the end of the connection. */
  public void awaitEnd(Duration within) {
    await(closed, within);
  }

  public boolean isOpen() {
    return !closed.isDone();
  }

  /** How many streams were answered, with whatever. */
  public int answers() {
    return answers.get();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Sending {
    void run() throws IOException;
  }

  /** Who is cut off does not notice at once. */
  private void sending(Sending what) {
    try {
      what.run();
    } catch (IOException e) {
      closed.complete(null);
    }
  }

  private void frame(int type, int flags, int stream, byte[] content) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    DataOutputStream frame = new DataOutputStream(whole);
    frame.writeByte(content.length >> 16);
    frame.writeShort(content.length);
    frame.writeByte(type);
    frame.writeByte(flags);
    frame.writeInt(stream);
    frame.write(content);
    out.write(whole.toByteArray());
    out.flush();
  }

  /** As HPACK's literals without index and without Huffman's code. */
  private static byte[] headers(String path) throws IOException {
    Map<String, String> fields =
        Map.of(":method", "POST", ":scheme", "http", ":path", path, ":authority", "localhost");
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (Map.Entry<String, String> field : fields.entrySet()) {
      literal(block, field.getKey(), field.getValue());
    }
    literal(block, "te", "trailers");
    literal(block, "content-type", "application/grpc");
    return block.toByteArray();
  }

  private static void literal(ByteArrayOutputStream block, String name, String value)
      throws IOException {
    block.write(0);
    block.write(name.length());
    block.write(name.getBytes(US_ASCII));
    block.write(value.length());
    block.write(value.getBytes(US_ASCII));
  }

  private void read(Runnable onSettings) {
    try {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      while (true) {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        in.readInt();
        byte[] content = in.readNBytes(length);
        if (type == GOAWAY) {
          farewell.complete(
              new String(
                  content, FAREWELL_FIXED_BYTES, content.length - FAREWELL_FIXED_BYTES, UTF_8));
        } else if (type == SETTINGS && flags != ACK) {
          onSettings.run();
        } else if (type == HEADERS) {
          answers.incrementAndGet();
        }
      }
    } catch (IOException e) {
      closed.complete(null);
    }
  }

  private static <T> T await(CompletableFuture<T> future, Duration within) {
    try {
      return future.get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("did not happen within " + within, e);
    }
  }
}
