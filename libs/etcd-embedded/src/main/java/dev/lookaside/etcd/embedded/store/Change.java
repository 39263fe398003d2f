package dev.lookaside.etcd.embedded.store;

import com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;

/** What happened to one key; carries what was there before, so that it can be undone. */
public sealed interface Change {

  ByteString key();

  /** The entry before, or null if there was none. */
  @Nullable Entry previous();

  /** The entry after, or null if there is none. */
  @Nullable Entry after();

  long bytes();

  /** A key was written. */
  record Put(Entry after, @Nullable Entry previous) implements Change {
    @Override
    public ByteString key() {
      return after.key();
    }

    @Override
    public long bytes() {
      return after.bytes();
    }
  }

  /** A key was deleted, by hand or with its lease. */
  record Deleted(Entry previous, long revision) implements Change {
    @Override
    public ByteString key() {
      return previous.key();
    }

    @Override
    public @Nullable Entry after() {
      return null;
    }

    @Override
    public long bytes() {
      return previous.bytes();
    }
  }
}
