package dev.lookaside.lb.subscribe;

import com.google.protobuf.CodedOutputStream;
import dev.lookaside.lb.subscribe.EncodedUpdate.Kind;
import dev.lookaside.v1.SubscribeResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes an update piece by piece, none of them much longer than {@link #PIECE_BYTES}. All but the
 * last say that there is more, and the last that there is not: so all in a row are one message for
 * those who do not know of pieces.
 */
final class Cutter {
  static final int PIECE_BYTES = 128 << 10;

  /** What an entry of a list takes beside its content. */
  private static final int ENTRY_BYTES = 6;

  private final Kind kind;
  private final List<byte[]> pieces = new ArrayList<>();
  private SubscribeResponse.Builder piece;
  private int bytes;

  /** Begins with what is said once. */
  Cutter(Kind kind, SubscribeResponse.Builder head) {
    this.kind = kind;
    this.piece = head;
  }

  /** Where the next entry of a list goes. */
  SubscribeResponse.Builder roomFor(int entryBytes) {
    if (bytes > 0 && bytes + entryBytes > PIECE_BYTES) {
      pieces.add(piece.setMore(true).build().toByteArray());
      piece = SubscribeResponse.newBuilder();
      bytes = 0;
    }
    bytes += entryBytes + ENTRY_BYTES;
    return piece;
  }

  EncodedUpdate whole() {
    if (pieces.isEmpty()) {
      return EncodedUpdate.of(piece.build());
    }
    pieces.add(last());
    return EncodedUpdate.of(kind, pieces);
  }

  /** Protobuf leaves out what is false, and in a row the latest word counts. */
  private byte[] last() {
    ByteArrayOutputStream last = new ByteArrayOutputStream();
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(last);
      piece.build().writeTo(out);
      out.writeBool(SubscribeResponse.MORE_FIELD_NUMBER, false);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return last.toByteArray();
  }
}
