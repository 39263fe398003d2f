package dev.lookaside.lb.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** A connection that takes as many writes as a test lets it. */
final class FakeOutput extends ServletOutputStream {
  private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
  int room = Integer.MAX_VALUE;
  boolean broken;
  boolean takenBack;

  String taken() {
    return taken.toString(UTF_8);
  }

  @Override
  public boolean isReady() {
    if (takenBack) {
      throw new IllegalStateException("recycled");
    }
    return room > 0;
  }

  @Override
  public void setWriteListener(WriteListener listener) {
    // The test calls it.
  }

  @Override
  public void write(int b) {
    throw new UnsupportedOperationException("byte by byte");
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    if (broken) {
      throw new IOException("broken pipe");
    }
    room--;
    taken.writeBytes(bytes);
  }
}
